import Lua

/// Definition files for the Lua language server: what editors complete and check by. One for each module and type.
package struct LuaLSDefinitions {
  private let api: API

  package init(_ api: API = .perigee) { self.api = api }

  /// The texts of the files, by their names.
  package var files: [(name: String, text: String)] {
    api.modules.map { ("\($0.name).lua", text($0)) }
      + api.types.map { ("\(Name.identifier($0.type.name))_object.lua", text($0)) }
      + [("globals.lua", head + api.globals.map { function($0, as: $0.name) }.joined(separator: "\n"))]
  }

  private var head: String { "---@meta\n\n" }

  private func text(_ module: Module) -> String {
    var text = head + comment(module.summary) + "---@class \(module.name)lib\n"
    if let constructor = module.constructor {
      // By position, and by name in one table.
      let parameters = constructor.parameters.map { "\($0.name)\($0.isRequired ? "" : "?"): \(type($0))" }
      text += "---@overload fun(\(parameters.joined(separator: ", "))): \(results(constructor))\n"
    }
    text += "\(module.name) = {}\n\n"
    return text + module.functions.map { function($0, as: $0.name) }.joined(separator: "\n")
  }

  private func text(_ type: TypeDeclaration) -> String {
    let name = Name.identifier(type.type.name)
    var text = head + comment(type.summary) + "---@class \(name)\n"
    for field in type.fields { text += "---@field \(field.name) \(self.type(field)) \(oneLine(field.summary))\n" }
    if type.hasElements { text += "---@field [integer] any\n" }
    if type.hasOwnNames { text += "---@field [string] any\n" }
    for entry in type.operators {
      if let line = operatorLine(entry) { text += line }
    }
    text += "local \(name) = {}\n\n"
    return text + type.methods.map { function($0, as: "\(name):\($0.shortName)") }.joined(separator: "\n")
  }

  private static let operators: Set<String> = [
    "unm", "bnot", "len", "add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl", "shr",
    "concat",
    "call",
  ]

  private func operatorLine(_ entry: Operator) -> String? {
    let name = String(entry.event.dropFirst(2))
    guard LuaLSDefinitions.operators.contains(name) else { return nil }
    let isUnary = ["unm", "bnot", "len"].contains(name)
    let operand = isUnary ? "" : "(\(entry.function.parameters.dropFirst().first.map(type) ?? "any"))"
    return "---@operator \(name)\(operand): \(results(entry.function))\n"
  }

  private func function(_ function: Function, as name: String) -> String {
    var text = ""
    let parameters = function.isMethod ? Array(function.parameters.dropFirst()) : function.parameters
    for parameter in parameters where !parameter.options.isEmpty {
      text += "---@class (exact) \(function.optionsClass)\n"
      for option in parameter.options {
        text +=
          "---@field \(option.name)\(option.isRequired ? "" : "?") \(type(option)) \(oneLine(option.summary))\(fallback(option))\n"
      }
      text += "\n"
    }
    text += comment(function.summary)
    for parameter in parameters {
      let kind = parameter.options.isEmpty ? type(parameter) : function.optionsClass
      text += "---@param \(parameter.name)\(parameter.isRequired ? "" : "?") \(kind) \(oneLine(parameter.summary))\n"
    }
    var names = parameters.map(\.name)
    if function.isVariadic, let last = parameters.last {
      text += "---@param ... \(type(last))\n"
      names.append("...")
    }
    let types = function.resultTypes
    if function.result != "nothing" {
      for (i, kind) in types.enumerated() {
        text += "---@return \(known(kind))\(i == 0 ? " # \(function.result)" : "")\n"
      }
    }
    return text + "function \(name)(\(names.joined(separator: ", "))) end\n"
  }

  private static let plain: Set<String> = [
    "number", "integer", "string", "boolean", "table", "function", "any", "nil", "string[]", "integer[]", "number[]",
  ]

  /// A type that the server knows: Lua's, one of ours, or anything.
  private func known(_ name: String) -> String {
    let bare = name.hasSuffix("[]") ? String(name.dropLast(2)) : name
    if LuaLSDefinitions.plain.contains(name) || name.hasPrefix("\"") { return name }
    return api.types.contains { $0.type.name == bare } ? Name.identifier(name) : "any"
  }

  private func type(_ parameter: ParameterDocumentation) -> String {
    let types = parameter.type.split(separator: "|").map { known(String($0)) }
    // A table of numbers will do for a vector, one of rows for a matrix.
    let literals = [("vector", "number[]"), ("matrix", "number[][]")].filter { types.contains($0.0) }.map(\.1)
    return (types + literals).joined(separator: "|")
  }

  private func fallback(_ option: ParameterDocumentation) -> String { option.fallback.map { " (default \($0))" } ?? "" }

  private func results(_ function: Function) -> String { function.resultType.map(known) ?? "any" }

  private func comment(_ text: String) -> String { "---\(oneLine(text))\n" }

  private func oneLine(_ text: String) -> String { String(text.map { $0 == "\n" ? " " : $0 }) }
}

extension Function {
  /// `em.fit.options`
  fileprivate var optionsClass: String { "\(Name.identifier(String(name.map { $0 == ":" ? "." : $0 }))).options" }
}

/// Names as they stand in files and their names.
enum Name {
  /// Without the spaces that names of types may have.
  static func identifier(_ name: String) -> String { String(name.map { $0 == " " ? "_" : $0 }) }
}
