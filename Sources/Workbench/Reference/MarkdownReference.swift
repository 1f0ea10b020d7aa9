import Lua

/// The reference as Markdown: a page for each module, one for each type of objects that is no module's, and an index.
package struct MarkdownReference {
  private let api: API
  /// What a script prints.
  private let run: (_ script: String, _ name: String) throws -> String
  /// Where pictures go.
  private let folder: String

  package init(
    _ api: API = .perigee, picturesIn folder: String,
    running run: @escaping (_ script: String, _ name: String) throws -> String
  ) {
    (self.api, self.folder, self.run) = (api, folder, run)
  }

  package func pages() throws -> [(name: String, text: String)] {
    var pages = [("README.md", index)]
    for module in api.modules { pages.append(("\(module.name).md", try page(module))) }
    for type in api.types where !isModule(type) {
      pages.append(("\(Name.identifier(type.type.name)).md", "# \(type.type.name)\n\n\(try section(type))"))
    }
    return pages
  }

  private func isModule(_ type: TypeDeclaration) -> Bool { api.modules.contains { $0.name == type.type.name } }

  private var index: String {
    let modules = api.modules.map { "| [\($0.name)](\($0.name).md) | \(cell($0.summary)) |" }
    let types = api.types.filter { !isModule($0) }.map {
      "| [\($0.type.name)](\(Name.identifier($0.type.name)).md) | \(cell($0.summary)) |"
    }
    return """
      # Reference

      | module | what it holds |
      |---|---|
      \(modules.joined(separator: "\n"))

      | object | what it is |
      |---|---|
      \(types.joined(separator: "\n"))

      """
  }

  private func page(_ module: Module) throws -> String {
    var parts = ["# \(module.name)", module.summary]
    if let guide = module.guide { parts.append(block(guide)) }
    for function in (module.constructor.map { [$0] } ?? []) + module.functions { parts.append(try section(function)) }
    for type in api.types where type.type.name == module.name {
      parts.append("# Objects: \(type.type.name)\n\n\(try section(type))")
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func section(_ type: TypeDeclaration) throws -> String {
    var parts = [type.summary]
    if !type.fields.isEmpty {
      parts.append(table("field", type.fields.map { ($0.name, "\($0.summary) (`\($0.type)`)") }))
    }
    if !type.operators.isEmpty {
      parts.append(table("operator", type.operators.map { ($0.function.name, $0.function.summary) }))
    }
    for method in type.methods { parts.append(try section(method)) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func section(_ function: Function) throws -> String {
    var parts = ["## \(function.signature)", function.summary]
    let parameters = function.parameters.dropFirst(function.isMethod ? 1 : 0)
    let plain = parameters.filter(\.options.isEmpty)
    if !plain.isEmpty { parts.append(table("parameter", plain.map { ($0.name, $0.line) })) }
    for parameter in parameters where !parameter.options.isEmpty {
      parts.append(table("option", parameter.options.map { ($0.name, $0.line) }))
    }
    if !function.notes.isEmpty { parts.append(block(function.notes)) }
    parts.append("Returns \(function.result).")
    parts.append("```lua\n\(function.example)\n```")
    let output = try run(function.example, function.name)
    if !output.isEmpty { parts.append(block(output)) }
    if !function.picture.isEmpty { parts.append(try picture(of: function)) }
    return parts.joined(separator: "\n\n")
  }

  /// Draws it, and shows how.
  private func picture(of function: Function) throws -> String {
    let file = "\(function.name).svg"
    _ = try run("\(function.picture)\nfig:save(\(quotedInLua("\(folder)/\(file)")))", function.name)
    return "![\(function.name)](\(file))\n\n```lua\n\(function.picture)\n```"
  }

  private func table(_ head: String, _ rows: [(String, String)]) -> String {
    "| \(head) | |\n|---|---|\n" + rows.map { "| `\(cell($0.0))` | \(cell($0.1)) |" }.joined(separator: "\n")
  }

  private func block(_ text: String) -> String { "```\n\(text.hasSuffix("\n") ? String(text.dropLast()) : text)\n```" }

  private func cell(_ text: String) -> String {
    text.reduce(into: "") { $0 += $1 == "|" ? "\\|" : $1 == "\n" ? " " : String($1) }
  }
}
