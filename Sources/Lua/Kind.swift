/// What a parameter takes: how it is read, and its name in documentation and messages.
package struct Kind<Value>: Sendable {
  /// For messages: "k must be `an integer from 1`, got 0".
  package let wanted: String
  /// For signatures and editors: `integer`.
  package let type: String
  /// The words that there are to choose from, for completion; empty where any value of the type will do.
  package private(set) var words: [String] = []
  /// The value in a slot. Throws `Mismatch` where it is another kind, `ArgumentError` where there is more to say.
  package let read: @Sendable (Call, Int32) throws -> Value

  package init(_ wanted: String, type: String, read: @escaping @Sendable (Call, Int32) throws -> Value) {
    self.wanted = wanted
    self.type = type
    self.read = read
  }

  /// A kind that `find` recognises; nil is a mismatch.
  package init(_ wanted: String, type: String, find: @escaping @Sendable (Call, Int32) throws -> Value?) {
    self.init(wanted, type: type) { call, slot throws -> Value in
      guard let value = try find(call, slot) else { throw Mismatch(wanted: wanted) }
      return value
    }
  }

  /// The value, made into another by the host.
  package func map<Other>(_ transform: @escaping @Sendable (Value) throws -> Other) -> Kind<Other> {
    let read = read
    return Kind<Other>(wanted, type: type) { call, slot throws -> Other in try transform(try read(call, slot)) }
      .offering(words)
  }

  /// The same kind, with words to choose from.
  package func offering(_ words: [String]) -> Kind {
    var copy = self
    copy.words = words
    return copy
  }
}

extension Kind where Value == Double {
  /// Any number, NaN and infinity included.
  package static var number: Kind { Kind("a number", type: "number", find: { $0.number($1) }) }

  package static var finite: Kind { number("finite", "a finite number") { $0.isFinite } }
  package static var positive: Kind { number("positive", "a positive number") { $0 > 0 && $0.isFinite } }
  package static var nonnegative: Kind { number("zero or positive", "a number") { $0 >= 0 && $0.isFinite } }
  package static var probability: Kind { number("between 0 and 1", "a number") { $0 >= 0 && $0 <= 1 } }

  /// A number with a property, in the words of a message: "sigma must be `positive`, got -1".
  package static func number(
    _ property: String, _ wanted: String, where holds: @escaping @Sendable (Double) -> Bool
  ) -> Kind {
    Kind(wanted, type: "number") { call, slot throws -> Double in
      guard let value = call.number(slot) else { throw Mismatch(wanted: wanted) }
      guard holds(value) else { throw Mismatch(wanted: property) }
      return value
    }
  }
}

extension Kind where Value == Int {
  package static var integer: Kind { Kind("an integer", type: "integer", find: { $0.integer($1) }) }

  package static func integer(_ range: ClosedRange<Int>) -> Kind {
    Kind("an integer from \(range.lowerBound) to \(range.upperBound)", type: "integer") { call, slot in
      call.integer(slot).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  package static func integer(_ range: PartialRangeFrom<Int>) -> Kind {
    Kind("an integer from \(range.lowerBound)", type: "integer") { call, slot in
      call.integer(slot).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension Kind where Value == Bool {
  package static var boolean: Kind {
    Kind("true or false", type: "boolean") { call, slot in
      if case .boolean(let value) = call.content(slot) { value } else { nil }
    }
  }
}

extension Kind where Value == String {
  package static var string: Kind { Kind("a string", type: "string", find: { $0.string($1) }) }
}

/// A set of words that a script may choose from.
extension Kind where Value: CaseIterable & RawRepresentable & Sendable, Value.RawValue == String {
  package static var choice: Kind {
    let words = Value.allCases.map { quoted($0.rawValue) }
    let wanted = words.count == 1 ? words[0] : words.dropLast().joined(separator: ", ") + " or " + words.last!
    let type = Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: "|")
    return Kind(wanted, type: type) { call, slot in call.string(slot).flatMap { Value(rawValue: $0) } }
      .offering(Value.allCases.map(\.rawValue))
  }
}

extension Kind where Value: ScriptObject {
  package static var object: Kind {
    let name = Value.scriptType.name
    let article = "aeiou".contains(name.first ?? "x") ? "an" : "a"
    let wanted = "\(article) \(name)"
    // Not by way of `find`: an optional of a generic type is looked up at every call, and receivers are read at every call.
    return Kind(wanted, type: name) { call, slot throws -> Value in
      guard let object = call.boxed(slot, Value.scriptType) else { throw Mismatch(wanted: wanted) }
      return call.unboxed(object)
    }
  }
}

/// The slot of an argument that the function reads by itself.
package struct Slot: Sendable {
  package let index: Int32
}

extension Kind where Value == Slot {
  package static var any: Kind {
    Kind("a value", type: "any") { call, slot throws -> Slot in
      if call.isAbsent(slot) { throw Mismatch(wanted: "a value") }
      return Slot(index: slot)
    }
  }

  package static var table: Kind {
    Kind("a table", type: "table") { call, slot in
      if case .table = call.content(slot) { Slot(index: slot) } else { nil }
    }
  }
}

extension Kind {
  /// A table of values of one kind, from 1.
  package static func list<Element: Sendable>(of element: Kind<Element>) -> Kind where Value == [Element] {
    let read = element.read
    return Kind("a table, each \(element.wanted)", type: "\(element.type)[]") { call, slot in
      guard case .table = call.content(slot) else { return nil }
      return try (1..<call.length(slot) + 1).map { index in
        try call.withElement(slot, index) { element in
          do {
            return try read(call, element)
          } catch let mismatch as Mismatch {
            throw ArgumentError("element \(index)", mustBe: mismatch.wanted, got: call.describe(element))
          }
        }
      }
    }
    .offering(element.words)
  }
}
