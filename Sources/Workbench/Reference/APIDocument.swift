import FoundationEssentials
import Lua

/// All declarations as JSON, for other programs.
package func apiDocument(_ api: API = .perigee) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(APIDocument(api)), as: UTF8.self)
}

private struct APIDocument: Encodable {
  struct Parameter: Encodable {
    let name, type, summary: String
    let required: Bool
    let `default`: String?
    let words: [String]
    let options: [Parameter]
  }

  struct Entry: Encodable {
    let name, signature, summary: String
    let parameters: [Parameter]
    let variadic: Bool
    let returns, notes, example: String
  }

  struct ModuleEntry: Encodable {
    let name, summary: String
    let constructor: Entry?
    let functions: [Entry]
  }

  struct TypeEntry: Encodable {
    let name, summary: String
    let fields: [Parameter]
    let methods: [Entry]
    let operators: [String: Entry]
  }

  let version: String
  let modules: [ModuleEntry]
  let types: [TypeEntry]
  let globals: [Entry]

  init(_ api: API) {
    version = Workbench.version
    modules = api.modules.map {
      ModuleEntry(
        name: $0.name, summary: $0.summary, constructor: $0.constructor.map(Entry.init),
        functions: $0.functions.map(Entry.init))
    }
    types = api.types.map { type in
      TypeEntry(
        name: type.type.name, summary: type.summary, fields: type.fields.map(Parameter.init),
        methods: type.methods.map(Entry.init),
        operators: Dictionary(type.operators.map { ($0.event, Entry($0.function)) }) { first, _ in first })
    }
    globals = api.globals.map(Entry.init)
  }
}

extension APIDocument.Parameter {
  fileprivate init(_ parameter: ParameterDocumentation) {
    self.init(
      name: parameter.name, type: parameter.type, summary: parameter.summary, required: parameter.isRequired,
      default: parameter.fallback, words: parameter.words, options: parameter.options.map { .init($0) })
  }
}

extension APIDocument.Entry {
  fileprivate init(_ function: Function) {
    self.init(
      name: function.name, signature: function.signature, summary: function.summary,
      parameters: function.parameters.map { .init($0) }, variadic: function.isVariadic, returns: function.result,
      notes: function.notes, example: function.example)
  }
}
