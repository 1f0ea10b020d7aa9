/// Splits Lua text into tokens, line by line, whether or not it is valid: for colours, brackets and completion.
package enum LuaLexer {
  package enum Kind: Sendable {
    case space, comment, string, number, keyword, name, symbol
  }

  package struct Token: Equatable, Sendable {
    package let kind: Kind
    /// In bytes of UTF-8.
    package let range: Range<Int>
  }

  /// What the end of a line leaves open.
  package enum State: Equatable, Sendable {
    case code
    /// `[==[` with so many equal signs.
    case longString(Int)
    case longComment(Int)
    /// A string whose line ended in `\`, or in `\z`.
    case string(quote: UInt8)
  }

  package static let keywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
    "not",
    "or", "repeat", "return", "then", "true", "until", "while",
  ]

  /// The tokens of one line, which cover all of it, and what it leaves open.
  package static func tokens(of line: String, from state: State = .code) -> (tokens: [Token], state: State) {
    var line = line
    return line.withUTF8 { bytes in
      var scanner = Scanner(bytes: bytes)
      return (scanner.scan(from: state), scanner.state)
    }
  }

  /// The tokens of a text of any number of lines, without spaces and comments, and what its end leaves open.
  package static func code(_ text: String) -> (tokens: [Token], state: State) {
    var tokens: [Token] = []
    var state = State.code
    var start = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let (found, next) = LuaLexer.tokens(of: String(line), from: state)
      for (i, token) in found.enumerated() where token.kind != .space && token.kind != .comment {
        let end = token.range.upperBound + start
        if i == 0, token.kind == .string, state != .code, let last = tokens.popLast() {
          tokens.append(Token(kind: .string, range: last.range.lowerBound..<end))  // it goes on from the line before
        } else {
          tokens.append(Token(kind: token.kind, range: token.range.lowerBound + start..<end))
        }
      }
      state = next
      start += line.utf8.count + 1
    }
    return (tokens, state)
  }
}

private struct Scanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var state = LuaLexer.State.code

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func scan(from open: LuaLexer.State) -> [LuaLexer.Token] {
    state = open
    var tokens: [LuaLexer.Token] = []
    if state != .code {
      let isComment = if case .longComment = state { true } else { false }
      finishOpen()
      if position > 0 { tokens.append(LuaLexer.Token(kind: isComment ? .comment : .string, range: 0..<position)) }
    }
    while position < bytes.count {
      let start = position
      let kind = next()
      tokens.append(LuaLexer.Token(kind: kind, range: start..<position))
    }
    return tokens
  }

  private func peek(_ ahead: Int = 0) -> UInt8 { position + ahead < bytes.count ? bytes[position + ahead] : 0 }

  private mutating func next() -> LuaLexer.Kind {
    let byte = peek()
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
      return .space
    case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): return comment()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      position += 1
      state = .string(quote: byte)
      finishOpen()
      return .string
    case UInt8(ascii: "["):
      guard let level = longBracket(at: position) else { break }
      position += level + 2
      state = .longString(level)
      finishOpen()
      return .string
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case UInt8(ascii: ".") where isDigit(peek(1)): return number()
    case _ where isLetter(byte):
      let start = position
      skip { isLetter($0) || isDigit($0) }
      let word = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
      return LuaLexer.keywords.contains(word) ? .keyword : .name
    default: break
    }
    symbol()
    return .symbol
  }

  private mutating func comment() -> LuaLexer.Kind {
    if let level = longBracket(at: position + 2) {
      position += level + 4
      state = .longComment(level)
      finishOpen()
    } else {
      position = bytes.count
    }
    return .comment
  }

  /// Goes on to the end of what is open, or of the line.
  private mutating func finishOpen() {
    switch state {
    case .code: return
    case .longString(let level), .longComment(let level):
      while position < bytes.count {
        if bytes[position] == UInt8(ascii: "]"), closesLongBracket(level) {
          position += level + 2
          state = .code
          return
        }
        position += 1
      }
    case .string(let quote):
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        if byte == quote {
          state = .code
          return
        }
        if byte == UInt8(ascii: "\\") {
          let skipsSpace = peek() == UInt8(ascii: "z")
          if position == bytes.count || (skipsSpace && position + 1 == bytes.count) {
            position = bytes.count
            return  // it goes on in the next line
          }
          position += 1
        }
      }
      state = .code  // an unfinished string ends with its line
    }
  }

  private func longBracket(at start: Int) -> Int? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "[") else { return nil }
    var end = start + 1
    while end < bytes.count, bytes[end] == UInt8(ascii: "=") { end += 1 }
    return end < bytes.count && bytes[end] == UInt8(ascii: "[") ? end - start - 1 : nil
  }

  private func closesLongBracket(_ level: Int) -> Bool {
    guard position + level + 1 < bytes.count, bytes[position + level + 1] == UInt8(ascii: "]") else { return false }
    return bytes[position + 1..<position + level + 1].allSatisfy { $0 == UInt8(ascii: "=") }
  }

  private mutating func number() -> LuaLexer.Kind {
    let isHex = peek() == UInt8(ascii: "0") && peek(1) | 0x20 == UInt8(ascii: "x")
    let exponent = UInt8(ascii: isHex ? "p" : "e")
    while position < bytes.count {
      let byte = bytes[position]
      if byte | 0x20 == exponent, peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") {
        position += 2
      } else if byte == UInt8(ascii: ".") && peek(1) == UInt8(ascii: ".") {
        break  // 1..2 is an error in Lua, and the dots are what to look at
      } else if isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: ".") {
        position += 1
      } else {
        break
      }
    }
    return .number
  }

  private mutating func symbol() {
    for word in longSymbols where word.count <= bytes.count - position {
      if word.enumerated().allSatisfy({ bytes[position + $0.offset] == $0.element }) {
        position += word.count
        return
      }
    }
    position += 1
  }

  private mutating func skip(while holds: (UInt8) -> Bool) {
    while position < bytes.count, holds(bytes[position]) { position += 1 }
  }
}

private let longSymbols = ["...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"].map { Array($0.utf8) }

private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

/// Bytes above ASCII belong to words that somebody types, though Lua does not take them.
private func isLetter(_ byte: UInt8) -> Bool {
  byte >= 0x80 || byte == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
}
