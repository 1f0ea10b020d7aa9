import LuaSyntax

/// What a cursor stands in, by the text before it.
struct CursorContext {
  /// A step on the way to a value: `frame`, `.load`, `:head`, a call, an element.
  enum Link: Equatable {
    case name(String)
    case field(String)
    case method(String)
    case call, element
  }

  /// A bracket that is open.
  struct Frame {
    /// What is called, where the bracket holds arguments: `(` or, without one, `{`.
    var callee: [Link]?
    let isTable: Bool
    /// The position of the argument that the cursor is in, from 0.
    var argument = 0
    /// Of a table: the key whose value the cursor is in, and those that have come.
    var key: String?
    var keys: Set<String> = []
  }

  enum Word: Equatable {
    /// A name that stands alone.
    case name(String)
    case field(of: [Link], String)
    case method(of: [Link], String)
    /// Within quotes, so far.
    case string(String)
    /// Nothing that can be completed.
    case none
  }

  private(set) var frames: [Frame] = []
  private(set) var word = Word.none
  /// Whether the word is the first of its kind in its bracket: a key or a value of a table, an argument.
  private(set) var isFirst = false
  /// Names after `local`, and parameters, in the text.
  private(set) var locals: Set<String> = []

  private struct Token {
    let kind: LuaLexer.Kind
    let text: String
  }

  private let tokens: [Token]

  init(_ text: String) {
    let (code, state) = LuaLexer.code(text)
    let bytes = Array(text.utf8)
    var tokens = code.map { Token(kind: $0.kind, text: String(decoding: bytes[$0.range], as: UTF8.self)) }
    let touchesEnd = code.last.map { $0.range.upperBound == bytes.count } ?? false
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let lastKind = LuaLexer.tokens(of: String(line)).tokens.last?.kind
    if state == .code, lastKind == .comment {
      word = .none
    } else if case .longComment = state {
      word = .none
    } else if let last = tokens.last, last.kind == .string, touchesEnd, let contents = CursorContext.contents(last.text)
    {
      tokens.removeLast()
      word = .string(contents)
    } else if let last = tokens.last, touchesEnd, last.kind == .name || last.kind == .keyword {
      tokens.removeLast()
      word = .name(last.text)
    } else if let last = tokens.last, touchesEnd, last.kind == .number || last.kind == .string {
      word = .none
    } else {
      word = .name("")
    }
    self.tokens = tokens
    findFrames()
    if case .name(let name) = word, let last = tokens.last, last.text == "." || last.text == ":" {
      let chain = chain(endingAt: tokens.count - 2) ?? []
      word = last.text == "." ? .field(of: chain, name) : .method(of: chain, name)
    }
    isFirst = tokens.last.map { ["{", "(", ",", ";", "="].contains($0.text) } ?? true
    for (token, next) in zip(tokens, tokens.dropFirst()) where token.text == "local" && next.kind == .name {
      locals.insert(next.text)
    }
  }

  /// What an unfinished string holds; nil for one that is closed.
  private static func contents(_ text: String) -> String? {
    guard let quote = text.first, quote == "\"" || quote == "'" else { return nil }
    var isEscaped = false
    for character in text.dropFirst() {
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == quote {
        return nil
      }
    }
    return String(text.dropFirst())
  }

  private mutating func findFrames() {
    for (i, token) in tokens.enumerated() where token.kind == .symbol {
      switch token.text {
      case "(": frames.append(Frame(callee: chain(endingAt: i - 1), isTable: false))
      case "{": frames.append(Frame(callee: chain(endingAt: i - 1), isTable: true))
      case "[": frames.append(Frame(callee: nil, isTable: false))
      case ")", "}", "]": _ = frames.popLast()
      case ",", ";":
        guard !frames.isEmpty else { continue }
        frames[frames.count - 1].key = nil
        frames[frames.count - 1].argument += 1
      case "=":
        guard let last = frames.last, last.isTable, i > 0, tokens[i - 1].kind == .name else { continue }
        frames[frames.count - 1].key = tokens[i - 1].text
        frames[frames.count - 1].keys.insert(tokens[i - 1].text)
      default: break
      }
    }
    // `frame.load "ir`: a string is an argument without a bracket.
    if case .string = word, let callee = chain(endingAt: tokens.count - 1) {
      frames.append(Frame(callee: callee, isTable: false))
    }
  }

  /// The way to the value that ends at a token; nil where no name begins it.
  private func chain(endingAt end: Int) -> [Link]? {
    var links: [Link] = []
    var i = end
    while i >= 0 {
      let token = tokens[i]
      if token.kind == .name {
        let separator = i > 0 ? tokens[i - 1].text : ""
        guard separator == "." || separator == ":" else { return [.name(token.text)] + links.reversed() }
        links.append(separator == "." ? .field(token.text) : .method(token.text))
        i -= 2
      } else if token.kind == .string {
        links.append(.call)
        i -= 1
      } else if let open = opening(of: i) {
        links.append(token.text == "]" ? .element : .call)
        i = open - 1
      } else {
        return nil
      }
    }
    return nil
  }

  private func opening(of end: Int) -> Int? {
    guard [")", "}", "]"].contains(tokens[end].text) else { return nil }
    var depth = 0
    for i in stride(from: end, through: 0, by: -1) where tokens[i].kind == .symbol {
      if [")", "}", "]"].contains(tokens[i].text) { depth += 1 }
      if ["(", "{", "["].contains(tokens[i].text) { depth -= 1 }
      if depth == 0 { return i }
    }
    return nil
  }
}
