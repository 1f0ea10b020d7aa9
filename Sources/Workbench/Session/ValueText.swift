import Lua
import LuaSyntax

/// How the prompt shows a value. Texts are quoted; tables are shown to a depth, without running any code of theirs but that of
/// the value itself, if it has a `__tostring`.
struct ValueText {
  private let vm: VM
  private let call: Call
  private let width: Int

  private static let deepest = 4
  private static let mostElements = 60
  private static let mostInAll = 1000

  init(_ vm: VM, _ call: Call, width: Int) {
    self.vm = vm
    self.call = call
    self.width = width
  }

  func text(_ slot: Int32) throws(ScriptFailure) -> String {
    switch call.content(slot) {
    case .string:
      let string = call.string(slot) ?? ""
      return string.contains("\n") ? string : quotedInLua(string)
    case .table where !call.hasMetafield(slot, "__tostring"):
      var tree = Tree(call, deepest: ValueText.deepest, mostElements: ValueText.mostElements, left: ValueText.mostInAll)
      return tree.node(slot).lines(width: width).joined(separator: "\n")
    case .function where call.hostFunction(slot) != nil:
      let function = call.hostFunction(slot)!
      return "function \(function.signature)"
    default: return try vm.text(slot, call)
    }
  }
}

/// A string as Lua would read it.
package func quotedInLua(_ string: String) -> String {
  let quote = string.contains("\"") && !string.contains("'") ? "'" : "\""
  var text = quote
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\t": text += "\\t"
    case "\r": text += "\\r"
    case _ where String(scalar) == quote: text += "\\\(quote)"
    case _ where scalar.properties.generalCategory == .control: text += "\\x\(hex(scalar.value))"
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + quote
}

private func hex(_ value: UInt32) -> String {
  let digits = String(value, radix: 16)
  return digits.count < 2 ? "0\(digits)" : digits
}

/// Reads a value into nodes.
private struct Tree {
  private let call: Call
  private let deepest: Int
  private let mostElements: Int
  /// How many nodes there may still be.
  private var left: Int
  /// The tables that the one at hand is in.
  private var open: [UnsafeRawPointer] = []

  init(_ call: Call, deepest: Int, mostElements: Int, left: Int) {
    self.call = call
    self.deepest = deepest
    self.mostElements = mostElements
    self.left = left
  }

  mutating func node(_ slot: Int32) -> Node {
    left -= 1
    guard case .table = call.content(slot), let identity = call.identity(slot) else { return .leaf(leaf(slot)) }
    if open.contains(identity) { return .leaf("<cycle>") }
    if open.count == deepest || left < 0 { return .leaf("{…}") }
    open.append(identity)
    defer { open.removeLast() }
    return table(slot)
  }

  private mutating func table(_ slot: Int32) -> Node {
    let length = call.length(slot)
    var elements: [(key: String?, value: Node)] = []
    for i in 0..<min(length, mostElements) where left > 0 {
      if let node = try? call.withElement(slot, i + 1, { node($0) }) { elements.append((nil, node)) }
    }
    var hidden = length - elements.count
    var named: [(order: Key, value: Node)] = []
    var names: [(Key, Int)] = []
    var count = 0
    // Two rounds: which keys there are, and then the values of the first ones in their order.
    try? call.forEachPair(slot) { key, _ in
      if let key = Key(call, key, beyond: length) { names.append((key, count)) }
      count += 1
    }
    names.sort { $0.0 < $1.0 }
    let shown = Dictionary(names.prefix(mostElements).map { ($0.1, $0.0) }) { first, _ in first }
    count = 0
    try? call.forEachPair(slot) { _, value in
      if let key = shown[count], left > 0 { named.append((key, node(value))) }
      count += 1
    }
    named.sort { $0.order < $1.order }
    hidden += names.count - named.count
    elements += named.map { (Optional($0.order.text), $0.value) }
    return .table(elements, hidden: hidden)
  }

  /// A value in a table, in a few words.
  private func leaf(_ slot: Int32) -> String {
    switch call.content(slot) {
    case .none, .null: "nil"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): numberText(value)
    case .string: shortened(call.string(slot) ?? "")
    case .table: "{…}"
    case .function: call.hostFunction(slot).map { "function \($0.name)" } ?? "function"
    case .object: call.objectType(slot)?.brief ?? "closed object"
    case .foreign: "userdata"
    }
  }

  private func shortened(_ string: String) -> String {
    quotedInLua(string.count <= 60 ? string : "\(string.prefix(57))...")
  }
}

/// As Lua's tostring has it.
func numberText(_ value: Double) -> String {
  let text = text(value, digits: 14)
  return text.allSatisfy { $0.isNumber || $0 == "-" } ? "\(text).0" : text
}

/// A key of a table, in the order in which keys are shown: numbers, names, others.
private enum Key: Comparable {
  case number(Double)
  case name(String)
  case other(String)

  /// nil for a key that is a position up to `length`.
  init?(_ call: Call, _ slot: Int32, beyond length: Int) {
    switch call.content(slot) {
    case .integer(let i):
      if i >= 1 && i <= length { return nil }
      self = .number(Double(i))
    case .number(let x): self = .number(x)
    case .string: self = .name(call.string(slot) ?? "")
    default: self = .other(call.describe(slot))
    }
  }

  var text: String {
    switch self {
    case .number(let x): "[\(Int(exactly: x).map { String($0) } ?? numberText(x))]"
    case .name(let name): isName(name) ? name : "[\(quotedInLua(name))]"
    case .other(let text): "[\(text)]"
    }
  }

  private func isName(_ text: String) -> Bool {
    let tokens = LuaLexer.tokens(of: text).tokens
    return tokens.count == 1 && tokens[0].kind == .name && text.utf8.allSatisfy { $0 < 0x80 }
  }
}

private indirect enum Node {
  case leaf(String)
  case table([(key: String?, value: Node)], hidden: Int)

  /// In one line.
  var line: String {
    switch self {
    case .leaf(let text): return text
    case .table(let elements, let hidden):
      var parts = elements.map { element in element.key.map { "\($0) = \(element.value.line)" } ?? element.value.line }
      if hidden > 0 { parts.append("… \(hidden) more") }
      return "{\(parts.joined(separator: ", "))}"
    }
  }

  /// In one line where that fits, else an element to a line; numbers and other short values side by side.
  func lines(width: Int) -> [String] {
    let line = line
    guard line.count > width, case .table(let elements, let hidden) = self else { return [line] }
    var lines = ["{"]
    var isFilling = false
    for (key, value) in elements {
      if case .leaf(let text) = value, key == nil {
        if isFilling, lines[lines.count - 1].count + text.count + 2 <= width {
          lines[lines.count - 1] += " \(text),"
        } else {
          lines.append("  \(text),")
        }
        isFilling = true
        continue
      }
      isFilling = false
      var inner = value.lines(width: width - 2 - (key.map { $0.count + 3 } ?? 0))
      if let key { inner[0] = "\(key) = \(inner[0])" }
      inner[inner.count - 1] += ","
      lines += inner.map { "  \($0)" }
    }
    if hidden > 0 { lines.append("  … \(hidden) more") }
    return lines + ["}"]
  }
}
