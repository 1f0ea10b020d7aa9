/// What was typed.
enum Key: Equatable {
  case character(Character)
  /// Several characters that came at once, as from a terminal that pastes without saying so.
  case characters(String)
  /// Ctrl with a letter, in lower case, or with another character that makes a control code.
  case control(Character)
  case alt(Character)
  case enter, altEnter, tab, backTab, backspace, altBackspace, delete, escape
  case up, down, left, right, home, end, pageUp, pageDown
  case wordLeft, wordRight
  case paste(String)
  /// A sequence that means nothing here.
  case unknown
}

/// Makes keys of the bytes that a terminal sends.
struct KeyDecoder {
  private var bytes: [UInt8] = []
  private var position = 0
  /// Set within a bracketed paste: where its end was looked for last.
  private var pasteStart: Int?

  var isEmpty: Bool { position == bytes.count }

  mutating func append(_ new: some Sequence<UInt8>) {
    if position > 0, pasteStart == nil {
      bytes.removeFirst(position)
      position = 0
    }
    bytes += new
  }

  /// The next key, or nil where its bytes are not complete. `isFinal`: no more bytes follow soon, so that a lone escape is a key.
  mutating func next(isFinal: Bool = false) -> Key? {
    if pasteStart != nil { return paste() }
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    if byte == 0x1B { return escape(isFinal: isFinal) }
    if let key = KeyDecoder.control(byte) {
      position += 1
      return key
    }
    let end = endOfText(from: position, isFinal: isFinal)
    guard end > position else { return nil }
    let text = String(decoding: bytes[position..<end], as: UTF8.self)
    position = end
    return text.count == 1 ? .character(Character(text)) : .characters(text)
  }

  private static func control(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x0D, 0x0A: .enter
    case 0x09: .tab
    case 0x7F, 0x08: .backspace
    case 0: .control(" ")
    case 1...26: .control(Character(Unicode.Scalar(byte + 0x60)))
    case 27..<32: .control(Character(Unicode.Scalar(byte + 0x40)))
    default: nil
    }
  }

  /// Where no text goes on: at a control code, or at bytes that are not complete.
  private func endOfText(from start: Int, isFinal: Bool) -> Int {
    var end = start
    while end < bytes.count, bytes[end] >= 0x20, bytes[end] != 0x7F {
      let length = KeyDecoder.length(bytes[end])
      if end + length > bytes.count, !isFinal { break }
      end = min(end + length, bytes.count)
    }
    return end
  }

  private static func length(_ first: UInt8) -> Int { first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1 }

  private mutating func escape(isFinal: Bool) -> Key? {
    guard position + 1 < bytes.count else {
      if isFinal { position += 1 }
      return isFinal ? .escape : nil
    }
    switch bytes[position + 1] {
    case UInt8(ascii: "["): return controlSequence(isFinal: isFinal)
    case UInt8(ascii: "O"):
      guard position + 2 < bytes.count else { return incomplete(isFinal) }
      position += 3
      return KeyDecoder.named(final: bytes[position - 1], parameters: [])
    case 0x1B:
      position += 1
      return .escape
    case let byte where byte < 0x80:
      position += 2
      switch KeyDecoder.control(byte) {
      case .enter: return .altEnter
      case .backspace: return .altBackspace
      case nil: return .alt(Character(Unicode.Scalar(byte)))
      default: return .unknown
      }
    default:
      position += 1
      return .escape
    }
  }

  private mutating func incomplete(_ isFinal: Bool) -> Key? {
    guard isFinal else { return nil }
    position = bytes.count
    return .unknown
  }

  /// ESC [ parameters final
  private mutating func controlSequence(isFinal: Bool) -> Key? {
    var end = position + 2
    while end < bytes.count, !(0x40...0x7E ~= bytes[end]) { end += 1 }
    guard end < bytes.count else { return incomplete(isFinal) }
    let parameters = bytes[position + 2..<end].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    let final = bytes[end]
    position = end + 1
    if final == UInt8(ascii: "~"), parameters.first == 200 {
      pasteStart = position
      return paste()
    }
    return KeyDecoder.named(final: final, parameters: parameters)
  }

  private static func named(final: UInt8, parameters: [Int]) -> Key {
    let modifiers = parameters.count > 1 ? parameters[1] - 1 : 0
    let isWordwise = modifiers & 0b110 != 0  // Alt or Ctrl
    switch final {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    case UInt8(ascii: "C"): return isWordwise ? .wordRight : .right
    case UInt8(ascii: "D"): return isWordwise ? .wordLeft : .left
    case UInt8(ascii: "H"): return .home
    case UInt8(ascii: "F"): return .end
    case UInt8(ascii: "M"): return .enter  // of the number pad
    case UInt8(ascii: "Z"): return .backTab
    case UInt8(ascii: "~"):
      switch parameters.first {
      case 1, 7: return .home
      case 4, 8: return .end
      case 3: return .delete
      case 5: return .pageUp
      case 6: return .pageDown
      default: return .unknown
      }
    default: return .unknown
    }
  }

  /// All up to ESC [ 201 ~, once that has come.
  private mutating func paste() -> Key? {
    let mark: [UInt8] = Array("\u{1B}[201~".utf8)
    let start = position
    var at = max(start, pasteStart ?? start)
    while at + mark.count <= bytes.count {
      if bytes[at] == 0x1B, bytes[at..<at + mark.count].elementsEqual(mark) {
        position = at + mark.count
        pasteStart = nil
        return .paste(String(decoding: bytes[start..<at], as: UTF8.self))
      }
      at += 1
    }
    pasteStart = at  // what was looked at need not be looked at again
    return nil
  }
}
