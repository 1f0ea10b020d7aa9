/// Where the statements of a text begin, to tell an input that ends in an expression. Takes a little more than Lua does, since
/// Lua's compiler has the last word: an expression may stand where a statement should.
package struct Statements {
  package enum Kind: Sendable {
    /// An expression, or a call, which is both.
    case expression
    case other
  }

  private let bytes: [UInt8]
  private let tokens: [LuaLexer.Token]
  private var position = 0
  private var depth = 0

  /// More than this nested, and Lua itself gives up.
  private static let deepest = 180

  private struct Unclear: Error {}

  /// The last statement of a text: its first byte, and what it is. nil where the text is not understood.
  package static func last(in text: String) -> (start: Int, kind: Kind)? {
    var parser = Statements(text)
    return try? parser.lastStatement()
  }

  private init(_ text: String) {
    bytes = Array(text.utf8)
    tokens = LuaLexer.code(text).tokens
  }

  private mutating func lastStatement() throws -> (start: Int, kind: Kind)? {
    var last: (Int, Kind)?
    while position < tokens.count {
      let start = tokens[position].range.lowerBound
      if take(";") { continue }
      last = (start, try statement())
    }
    return last
  }

  // Tokens.

  private var kind: LuaLexer.Kind? { position < tokens.count ? tokens[position].kind : nil }

  private func next(is text: String) -> Bool {
    guard let kind, kind == .keyword || kind == .symbol else { return false }
    return bytes[tokens[position].range].elementsEqual(text.utf8)
  }

  private mutating func take(_ text: String) -> Bool {
    guard next(is: text) else { return false }
    position += 1
    return true
  }

  private mutating func want(_ text: String) throws { if !take(text) { throw Unclear() } }

  private mutating func name() throws {
    guard kind == .name else { throw Unclear() }
    position += 1
  }

  // Statements.

  private mutating func nested<R>(_ body: (inout Statements) throws -> R) throws -> R {
    depth += 1
    defer { depth -= 1 }
    guard depth < Statements.deepest else { throw Unclear() }
    return try body(&self)
  }

  private mutating func block() throws {
    try nested { parser in
      while parser.position < parser.tokens.count,
        !["end", "else", "elseif", "until"].contains(where: { parser.next(is: $0) })
      {
        if !parser.take(";") { _ = try parser.statement() }
      }
    }
  }

  private mutating func statement() throws -> Kind {
    if take("if") {
      repeat {
        try expression()
        try want("then")
        try block()
      } while take("elseif")
      if take("else") { try block() }
      try want("end")
    } else if take("while") {
      try expression()
      try loopBody()
    } else if take("do") {
      try block()
      try want("end")
    } else if take("for") {
      repeat { try name() } while take(",")
      if !take("=") { try want("in") }
      try expressions()
      try loopBody()
    } else if take("repeat") {
      try block()
      try want("until")
      try expression()
    } else if next(is: "function"), position + 1 < tokens.count, tokens[position + 1].kind == .name {
      position += 1
      try name()
      while take(".") || take(":") { try name() }
      try functionBody()
    } else if take("local") {
      try local()
    } else if take("return") {
      if position < tokens.count, !next(is: ";"), !next(is: "end") { try expressions() }
    } else if take("goto") {
      try name()
    } else if take("::") {
      try name()
      try want("::")
    } else if !take("break") {
      try expressions()
      if !take("=") { return .expression }
      try expressions()
    }
    return .other
  }

  private mutating func loopBody() throws {
    try want("do")
    try block()
    try want("end")
  }

  private mutating func local() throws {
    if take("function") {
      try name()
      return try functionBody()
    }
    repeat {
      try name()
      if take("<") {
        try name()
        try want(">")
      }
    } while take(",")
    if take("=") { try expressions() }
  }

  private mutating func functionBody() throws {
    try want("(")
    if !take(")") {
      repeat { if !take("...") { try name() } } while take(",")
      try want(")")
    }
    try block()
    try want("end")
  }

  // Expressions.

  private mutating func expressions() throws {
    repeat { try expression() } while take(",")
  }

  private static let unary = ["not", "-", "#", "~"]
  private static let binary = [
    "+", "-", "*", "/", "//", "^", "%", "&", "~", "|", ">>", "<<", "..", "<", "<=", ">", ">=", "==", "~=", "and", "or",
  ]

  private mutating func takeAny(_ words: [String]) -> Bool {
    for word in words where take(word) { return true }
    return false
  }

  private mutating func expression() throws {
    try nested { parser in
      repeat {
        while parser.takeAny(Statements.unary) {}
        try parser.operand()
      } while parser.takeAny(Statements.binary)
    }
  }

  private mutating func operand() throws {
    if kind == .number || kind == .string || ["nil", "true", "false", "..."].contains(where: { next(is: $0) }) {
      position += 1
    } else if take("function") {
      try functionBody()
    } else if next(is: "{") {
      try table()
    } else {
      if take("(") {
        try expression()
        try want(")")
      } else {
        try name()
      }
      while try suffix() {}
    }
  }

  private mutating func suffix() throws -> Bool {
    if take(".") {
      try name()
    } else if take("[") {
      try expression()
      try want("]")
    } else if take(":") {
      try name()
      guard try arguments() else { throw Unclear() }
    } else {
      return try arguments()
    }
    return true
  }

  private mutating func arguments() throws -> Bool {
    if kind == .string {
      position += 1
    } else if next(is: "{") {
      try table()
    } else if take("(") {
      if !take(")") {
        try expressions()
        try want(")")
      }
    } else {
      return false
    }
    return true
  }

  private mutating func table() throws {
    try want("{")
    while !take("}") {
      if take("[") {
        try expression()
        try want("]")
        try want("=")
      } else if kind == .name, position + 1 < tokens.count,
        bytes[tokens[position + 1].range].elementsEqual("=".utf8)
      {
        position += 2
      }
      try expression()
      if !take(",") && !take(";") && !next(is: "}") { throw Unclear() }
    }
  }
}
