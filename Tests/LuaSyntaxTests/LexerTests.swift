import LuaSyntax
import Testing

/// Tokens against the Lua 5.4 manual, section 3.1.
@Suite struct LexerTests {
  private func kinds(_ line: String, from state: LuaLexer.State = .code) -> [String] {
    let bytes = Array(line.utf8)
    return LuaLexer.tokens(of: line, from: state).tokens.filter { $0.kind != .space }.map {
      "\($0.kind) \(String(decoding: bytes[$0.range], as: UTF8.self))"
    }
  }

  @Test(arguments: [
    "3", "345", "0xff", "0xBEBADA", "3.0", "3.1416", "314.16e-2", "0.31416E1", "34e1", "0x0.1E", "0xA23p-4",
    "0X1.921FB54442D18P+1", ".5",
  ])
  func numbers(text: String) { #expect(kinds(text) == ["number \(text)"]) }

  @Test func names() {
    #expect(kinds("end end_ _end Größe") == ["keyword end", "name end_", "name _end", "name Größe"])
    #expect(kinds("a.b:c") == ["name a", "symbol .", "name b", "symbol :", "name c"])
  }

  @Test func symbols() {
    #expect(kinds("a//b..c ~= d") == ["name a", "symbol //", "name b", "symbol ..", "name c", "symbol ~=", "name d"])
    #expect(
      kinds("x<<1::l::...") == ["name x", "symbol <<", "number 1", "symbol ::", "name l", "symbol ::", "symbol ..."])
  }

  @Test func strings() {
    #expect(kinds(#"'a"b' "c\"d" x"#) == [#"string 'a"b'"#, #"string "c\"d""#, "name x"])
    #expect(
      kinds("[[a]] [=[b]]]=] x[1]") == [
        "string [[a]]", "string [=[b]]]=]", "name x", "symbol [", "number 1", "symbol ]",
      ])
    #expect(kinds("'open") == ["string 'open"])
    #expect(LuaLexer.tokens(of: "'open").state == .code)
  }

  @Test func whatLinesLeaveOpen() {
    #expect(LuaLexer.tokens(of: "x = [==[a]]").state == .longString(2))
    #expect(LuaLexer.tokens(of: "--[[ a").state == .longComment(0))
    #expect(LuaLexer.tokens(of: #""a\"#).state == .string(quote: UInt8(ascii: "\"")))
    #expect(LuaLexer.tokens(of: #""a\z"#).state == .string(quote: UInt8(ascii: "\"")))
    #expect(kinds("b]] c", from: .longString(0)) == ["string b]]", "name c"])
    #expect(kinds("b\" c", from: .string(quote: UInt8(ascii: "\""))) == ["string b\"", "name c"])
    #expect(kinds("", from: .longComment(1)) == [])
    #expect(LuaLexer.tokens(of: "", from: .longComment(1)).state == .longComment(1))
  }

  @Test func comments() {
    #expect(kinds("x -- [[ y") == ["name x", "comment -- [[ y"])
    #expect(kinds("--[=[ a ]=] y") == ["comment --[=[ a ]=]", "name y"])
  }

  /// Whatever the text, the tokens cover it.
  @Test func tokensCoverEveryLine() {
    var generator = SystemSeed(state: 7)
    let parts = ["'", "\"", "[[", "]]", "--", "\\", "end", "é", "漢", "0x", "e+", ".", "=", " ", "\t", "[=", "5", "~"]
    for _ in 0..<2000 {
      let line = (0..<Int.random(in: 0...12, using: &generator)).map { _ in parts.randomElement(using: &generator)! }
        .joined()
      let tokens = LuaLexer.tokens(of: line).tokens
      #expect(tokens.first?.range.lowerBound ?? 0 == 0 && tokens.last?.range.upperBound ?? 0 == line.utf8.count)
      #expect(zip(tokens, tokens.dropFirst()).allSatisfy { $0.range.upperBound == $1.range.lowerBound })
      #expect(tokens.allSatisfy { !$0.range.isEmpty })
    }
  }
}

/// Knuth's linear congruential generator: the same lines in every run.
private struct SystemSeed: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}
