import Glibc
import Lua

/// What a recipe's parameter can be, and what a value of it is.
enum RecipeValue: Sendable, Equatable {
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case strings([String])

  /// As a command line has it.
  var text: String {
    switch self {
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): Lua.text(value, digits: 15)
    case .string(let value): value
    case .strings(let values): values.joined(separator: ",")
    }
  }
}

extension RecipeValue: Pushable {
  func push(to call: Call) throws -> Int32 {
    switch self {
    case .boolean(let value): try value.push(to: call)
    case .integer(let value): try value.push(to: call)
    case .number(let value): try value.push(to: call)
    case .string(let value): try value.push(to: call)
    case .strings(let values): try values.push(to: call)
    }
  }
}

/// A declared parameter of a recipe: its type, what it may be, and what it is for.
struct RecipeParameter: Sendable {
  enum Form: String, CaseIterable, Sendable {
    case boolean, integer, number, string, strings
    /// A file that is there, or a bundled set.
    case file
  }

  let name: String
  let form: Form
  let isRequired: Bool
  let fallback: RecipeValue?
  let least, most: Double?
  let choices: [String]?
  let help: String

  /// `--row-weights`
  var flag: String { "--" + name.map { $0 == "_" ? "-" : String($0) }.joined() }

  /// In the words of a message: "k must be `an integer from 1`, got 0".
  var wanted: String {
    if let choices { return choices.map { "'\($0)'" }.joined(separator: " or ") }
    let bounds =
      switch (least, most) {
      case (let least?, let most?): " from \(Lua.text(least)) to \(Lua.text(most))"
      case (let least?, nil): " from \(Lua.text(least))"
      case (nil, let most?): " of at most \(Lua.text(most))"
      case (nil, nil): ""
      }
    switch form {
    case .boolean: return "true or false"
    case .integer: return "an integer\(bounds)"
    case .number: return "a number\(bounds)"
    case .string: return "a string"
    case .strings: return "names, with commas between them"
    case .file: return "a file, or a bundled set (\(BundledData.names.joined(separator: ", ")))"
    }
  }

  /// The value that a text on the command line means. Throws where it is none, or not allowed.
  func value(ofText text: String) throws -> RecipeValue {
    let value: RecipeValue? =
      switch form {
      case .boolean: ["true": true, "false": false][text].map { .boolean($0) }
      case .integer: Int(text).map { .integer($0) }
      case .number: Double(text).map { .number($0) }
      case .string, .file: .string(text)
      case .strings: .strings(text.split(separator: ",").map { String($0.drop { $0 == " " }) })
      }
    guard let value, allows(value) else { throw ArgumentError(name, mustBe: wanted, got: quoted(text)) }
    return value
  }

  /// The value in a slot. Throws where it is none, or not allowed.
  func value(_ call: Call, _ slot: Int32) throws -> RecipeValue {
    let value: RecipeValue?
    switch form {
    case .boolean: value = if case .boolean(let x) = call.content(slot) { .boolean(x) } else { nil }
    case .integer: value = call.integer(slot).map { .integer($0) }
    case .number: value = call.number(slot).map { .number($0) }
    case .string, .file: value = isString(call, slot) ? call.string(slot).map { .string($0) } : nil
    case .strings:
      value =
        isString(call, slot)
        ? call.string(slot).map { .strings([$0]) }
        : (try? Kind<[String]>.list(of: .string).read(call, slot)).map { .strings($0) }
    }
    guard let value, allows(value) else { throw ArgumentError(name, mustBe: wanted, got: call.describe(slot)) }
    return value
  }

  private func isString(_ call: Call, _ slot: Int32) -> Bool {
    if case .string = call.content(slot) { true } else { false }
  }

  private func allows(_ value: RecipeValue) -> Bool {
    func isWithin(_ x: Double) -> Bool { x >= least ?? -.infinity && x <= most ?? .infinity }
    return switch value {
    case .integer(let x): isWithin(Double(x))
    case .number(let x): isWithin(x)
    case .string(let text) where form == .file:
      !text.utf8.contains(0) && (access(text, R_OK) == 0 || BundledData.names.contains(text))
    case .string(let text): choices?.contains(text) ?? true
    case .strings(let texts): !texts.isEmpty && (choices.map { choices in texts.allSatisfy(choices.contains) } ?? true)
    case .boolean: true
    }
  }
}

extension Kind where Value == [RecipeParameter] {
  /// The table `params` of a recipe: required ones first, then by name.
  static var recipeParameters: Kind {
    Kind("a table of parameters, by name", type: "table") { call, slot throws -> [RecipeParameter]? in
      guard case .table = call.content(slot) else { return nil }
      var parameters: [RecipeParameter] = []
      try call.forEachPair(slot) { key, value in
        guard case .string = call.content(key), let name = call.string(key), name.isIdentifier else {
          throw ArgumentError("params: a name must be letters, digits and '_', got \(call.describe(key))")
        }
        do {
          parameters.append(try RecipeParameter(name, call, value))
        } catch let error as ArgumentError {
          throw ArgumentError("params.\(name): \(error.scriptMessage)")
        }
      }
      return parameters.sorted { a, b in a.isRequired == b.isRequired ? a.name < b.name : a.isRequired }
    }
  }
}

extension RecipeParameter {
  fileprivate static let type = Parameter("type", Kind<Form>.choice, "what it is")
  fileprivate static let required = Parameter("required", .boolean, default: false, "whether it must be given")
  fileprivate static let help = Parameter("help", .string, default: "", "what it is for")
  fileprivate static let least = Parameter("min", optional: Kind<Double>.finite, "the least number")
  fileprivate static let most = Parameter("max", optional: Kind<Double>.finite, "the greatest number")
  fileprivate static let choices = Parameter(
    "choices", optional: Kind<[String]>.list(of: .string), "the strings it may be")
  fileprivate static let fallback = Parameter("default", optional: Kind<Slot>.any, "its value where it is not given")

  /// From its declaration in a slot.
  fileprivate init(_ name: String, _ call: Call, _ slot: Int32) throws {
    let keys: [any AnyParameter] = [
      RecipeParameter.type, RecipeParameter.required, RecipeParameter.help, RecipeParameter.least,
      RecipeParameter.most, RecipeParameter.choices,
    ]
    let options = try Parameter.options(keys + [RecipeParameter.fallback]).read(call, slot)
    let bare = RecipeParameter(
      name: name, form: options[RecipeParameter.type], isRequired: options[RecipeParameter.required], fallback: nil,
      least: options[RecipeParameter.least], most: options[RecipeParameter.most],
      choices: options[RecipeParameter.choices], help: options[RecipeParameter.help])
    let fallback = try call.withField(slot, "default") { slot in
      call.isAbsent(slot) ? nil : try bare.renamed("default").value(call, slot)
    }
    if bare.isRequired, fallback != nil { throw ArgumentError("what is required has no default") }
    self.init(
      name: name, form: bare.form, isRequired: bare.isRequired, fallback: fallback, least: bare.least, most: bare.most,
      choices: bare.choices, help: bare.help)
  }

  private func renamed(_ name: String) -> RecipeParameter {
    RecipeParameter(
      name: name, form: form, isRequired: isRequired, fallback: fallback, least: least, most: most, choices: choices,
      help: help)
  }
}

extension String {
  fileprivate var isIdentifier: Bool {
    !isEmpty
      && utf8.allSatisfy { $0 == UInt8(ascii: "_") || Character(Unicode.Scalar($0)).isLetter || (48...57).contains($0) }
  }
}
