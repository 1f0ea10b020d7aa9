import Lua

/// What luacheck has to know of the globals that scripts find: the text of a `.luacheckrc`.
package func luacheckConfiguration(_ api: API = .perigee) -> String {
  let modules = api.modules.map { module in
    let fields = module.functions.map { "\($0.shortName) = {}" }.joined(separator: ", ")
    return "    \(module.name) = {fields = {\(fields)}},"
  }
  let globals = api.globals.map { "    \($0.name) = {}," }
  return """
    -- What Perigee adds to Lua.
    stds.perigee = {
      read_globals = {
    \((modules + globals).joined(separator: "\n"))
      },
    }
    std = "lua54+perigee"
    """
}
