/// A documented, typed argument or option of a host function.
package struct Parameter<Value>: Sendable {
  package let documentation: ParameterDocumentation
  /// The value in a slot, or the default where the slot holds nothing. Throws `ArgumentError`, with the parameter's name.
  package let read: @Sendable (Call, Int32) throws -> Value

  /// One that must be given.
  package init(_ name: String, _ kind: Kind<Value>, _ summary: String) {
    documentation = ParameterDocumentation(
      name: name, type: kind.type, summary: summary, isRequired: true, describeFallback: { nil }, words: kind.words)
    read = { call, slot in try Parameter.value(name, kind, call, slot) }
  }

  /// One with a default.
  package init(_ name: String, _ kind: Kind<Value>, default fallback: Value, _ summary: String) where Value: Sendable {
    documentation = ParameterDocumentation(
      name: name, type: kind.type, summary: summary, isRequired: false, describeFallback: { describe(fallback) },
      words: kind.words)
    read = { call, slot in call.isAbsent(slot) ? fallback : try Parameter.value(name, kind, call, slot) }
  }

  /// One that may be left out. `otherwise` says what happens then.
  package init<Wrapped>(_ name: String, optional kind: Kind<Wrapped>, otherwise: String? = nil, _ summary: String)
  where Value == Wrapped? {
    documentation = ParameterDocumentation(
      name: name, type: kind.type, summary: summary, isRequired: false, describeFallback: { otherwise },
      words: kind.words)
    read = { call, slot in call.isAbsent(slot) ? nil : try Parameter<Wrapped>.value(name, kind, call, slot) }
  }

  static func value(_ name: String, _ kind: Kind<Value>, _ call: Call, _ slot: Int32) throws -> Value {
    do {
      return try kind.read(call, slot)
    } catch let mismatch as Mismatch {
      throw ArgumentError(name, mustBe: mismatch.wanted, got: call.describe(slot))
    } catch let error as ArgumentError where error.scriptMessage.hasPrefix("element ") {
      throw ArgumentError("\(name): \(error.scriptMessage)")
    }
  }
}

/// What help, completion and editors say of a parameter.
package struct ParameterDocumentation: Sendable {
  package let name: String
  package let type: String
  package let summary: String
  package let isRequired: Bool
  /// The default's text; made when it is asked for, since that takes a while for all that a machine has.
  package var fallback: String? { describeFallback() }
  let describeFallback: @Sendable () -> String?
  /// The words that there are to choose from; empty for any.
  package var words: [String] = []
  /// The keys, where the parameter is a table of options.
  package var options: [ParameterDocumentation] = []
}

private func describe(_ value: some Any) -> String {
  switch value {
  case let number as Double: text(number)
  case let string as String: "\"\(string)\""
  case let choice as any RawRepresentable<String>: "\"\(choice.rawValue)\""
  default: "\(value)"
  }
}

/// A parameter of any type.
package protocol AnyParameter: Sendable {
  var documentation: ParameterDocumentation { get }
  func readAny(_ call: Call, _ slot: Int32) throws -> Any
}

extension Parameter: AnyParameter {
  package func readAny(_ call: Call, _ slot: Int32) throws -> Any { try read(call, slot) }
}

/// A parameter that a script may give by name in place of another: `scale` for `rate`.
package struct AlternativeParameter: Sendable {
  package let parameter: any AnyParameter
  package let replaced: String

  package init(_ parameter: any AnyParameter, for replaced: String) {
    self.parameter = parameter
    self.replaced = replaced
  }
}

/// The checked values of an options table. A key reads its own value: `options[tolerance]`.
package struct Options {
  private let values: [String: Any]
  /// The names of those that the script gave.
  package let given: Set<String>

  package subscript<Value>(key: Parameter<Value>) -> Value {
    guard let value = values[key.documentation.name] as? Value else {
      preconditionFailure("option \(key.documentation.name) is not declared")
    }
    return value
  }

  init(
    _ call: Call, _ slot: Int32, keys: [any AnyParameter], alternatives: [AlternativeParameter] = []
  ) throws {
    let all = keys + alternatives.map(\.parameter)
    given = call.isAbsent(slot) ? [] : try Options.names(call, slot, known: all.map(\.documentation.name))
    let replaced = try Options.replaced(by: alternatives, given)
    var values: [String: Any] = [:]
    for key in all {
      let name = key.documentation.name
      if given.contains(name) {
        let value: Any = try call.withField(slot, name) { try key.readAny(call, $0) }
        values[name] = value
      } else if !replaced.contains(name), !alternatives.contains(where: { $0.parameter.documentation.name == name }) {
        values[name] = try key.readAny(call, absentSlot)
      }
    }
    self.values = values
  }

  /// What need not be given, since something else was given for it.
  private static func replaced(by alternatives: [AlternativeParameter], _ given: Set<String>) throws -> Set<String> {
    var sources: [String: String] = [:]
    for alternative in alternatives where given.contains(alternative.parameter.documentation.name) {
      let name = alternative.parameter.documentation.name
      if let other = sources[alternative.replaced]
        ?? (given.contains(alternative.replaced) ? alternative.replaced : nil)
      {
        throw ArgumentError("\(other) and \(name) say the same: give one of them")
      }
      sources[alternative.replaced] = name
    }
    return Set(sources.keys)
  }

  init(positional call: Call, _ keys: [any AnyParameter]) throws {
    var values: [String: Any] = [:]
    var given: Set<String> = []
    for (i, key) in keys.enumerated() {
      let slot = Int32(i + 1)
      values[key.documentation.name] = try key.readAny(call, slot)
      if !call.isAbsent(slot) { given.insert(key.documentation.name) }
    }
    self.values = values
    self.given = given
  }

  private static func names(_ call: Call, _ slot: Int32, known: [String]) throws -> Set<String> {
    guard case .table = call.content(slot) else { throw Mismatch(wanted: "a table of options") }
    var names: Set<String> = []
    var unknown: [String] = []
    try call.forEachPair(slot) { key, _ in
      if let name = call.string(key), known.contains(name) {
        names.insert(name)
      } else {
        unknown.append(call.string(key).map { quoted($0) } ?? "[\(call.describe(key))]")
      }
    }
    if let first = unknown.min() {
      let bare = first.trimmingQuotes
      let advice = Spelling.nearest(to: bare, in: known).map { "did you mean '\($0)'?" }
      throw ArgumentError("unknown option \(first) (\(advice ?? "known: " + known.joined(separator: ", ")))")
    }
    return names
  }
}

/// No stack has this slot: it reads as nothing.
private let absentSlot: Int32 = 1_000_000 - 1

extension String {
  fileprivate var trimmingQuotes: String { hasPrefix("'") && hasSuffix("'") ? String(dropFirst().dropLast()) : self }
}

extension Parameter where Value == Options {
  /// The last argument of a function: a table with named options.
  package static func options(_ keys: [any AnyParameter]) -> Parameter {
    Parameter(keys: keys)
  }

  private init(keys: [any AnyParameter]) {
    var documentation = ParameterDocumentation(
      name: "options", type: "table", summary: "named options",
      isRequired: keys.contains { $0.documentation.isRequired },
      describeFallback: { nil })
    documentation.options = keys.map(\.documentation)
    self.documentation = documentation
    read = { call, slot in
      do { return try Options(call, slot, keys: keys) } catch let mismatch as Mismatch {
        throw ArgumentError("options", mustBe: mismatch.wanted, got: call.describe(slot))
      }
    }
  }
}
