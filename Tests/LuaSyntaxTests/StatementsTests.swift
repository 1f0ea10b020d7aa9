import LuaSyntax
import Testing

@Suite struct StatementsTests {
  /// What is left of the text from its last statement on, where that is an expression.
  private func tail(_ text: String) -> String? {
    guard let last = Statements.last(in: text), last.kind == .expression else { return nil }
    return String(decoding: Array(text.utf8)[last.start...], as: UTF8.self)
  }

  @Test(arguments: [
    ("x = 1; x + 1", "x + 1"), ("x = 1 x", "x"), ("local a, b <const> = 1, 2 a, b", "a, b"),
    ("for i = 1, 2 do print(i) end 'done'", "'done'"), ("function f(...) return ... end f(2)", "f(2)"),
    ("if a then b() elseif c then d() else e() end {1, x = 2, [3] = 4; 5}", "{1, x = 2, [3] = 4; 5}"),
    ("do local x <close> = y end -x ^ 2 .. #y", "-x ^ 2 .. #y"), ("repeat x = x + 1 until x > 3\nx", "x"),
    ("local function g() end goto l ::l:: g{1}:h'x'.y[2]", "g{1}:h'x'.y[2]"),
    ("x = [[a\nb]] x", "x"), ("f(function() return 1 end)", "f(function() return 1 end)"),
    ("for k, v in pairs(t) do break end function(x) end", "function(x) end"),
  ])
  func endsInExpressions(text: String, wanted: String) { #expect(tail(text) == wanted) }

  /// A parenthesis in a new line goes on with the call before it, as in Lua.
  @Test func callsGoOnInTheNextLine() { #expect(tail("f = g\n(h)(1)") == nil) }

  @Test(arguments: [
    "x = 1", "local x", "return 1", "for i = 1, 2 do end", "function f() end", "", "-- x", "x = x + 1;",
  ])
  func endsInStatements(text: String) { #expect(tail(text) == nil) }

  @Test(arguments: ["x = ", "if x", "1 +", "f(", ")", "end", "x ~ = 3"])
  func isNotUnderstood(text: String) { #expect(tail(text) == nil) }

  @Test func nestingHasAnEnd() {
    for open in ["(", "{", "-(", "f(", "do ", "function() "] {
      #expect(tail(String(repeating: open, count: 100_000)) == nil)
    }
  }
}
