import Lua
import Testing
import Workbench

/// Inputs of the prompt: what they answer, what stays of them, and what is said of those that fail.
@Suite struct SessionTests {
  private func answers(_ inputs: String...) throws -> [String] {
    try Session.open { (session: Session) throws in
      var last: [String] = []
      for input in inputs { last = try session.evaluate(input).values }
      return last
    }
  }

  private static let valuesCases: [(String, [String]?)] = [
    ("1 + 1", ["2"]), ("1, nil, 'x'", ["1", "nil", "\"x\""]), ("x = 1", []), ("x = 1; x + 1", ["2"]),
    ("x = 1\nx + 1", ["2"]), ("print", nil), ("1 + 1;", []), ("1 + 1 ; ;", []), ("return 5", ["5"]), ("", []),
    ("-- c", []),
    ("local a, b = 1, 2 a, b", ["1", "2"]), ("if true then return 3 end", ["3"]), ("'a\\nb'", ["a\nb"]),
    ("('x'):rep(3)", ["\"xxx\""]), ("f = function(x) return x end f(2)", ["2"]),
    ("(function(...) return ... end)(1, 2)", ["1", "2"]),
  ]

  @Test(arguments: valuesCases)
  func values(input: String, wanted: [String]?) throws {
    let values = try answers(input)
    if let wanted { #expect(values == wanted) } else { #expect(values.count == 1) }
  }

  @Test func localsOutliveTheirInput() throws {
    #expect(try answers("local x = 3", "x") == ["3"])
    #expect(try answers("local x = 3; local x = 4", "x") == ["4"])
    #expect(try answers("local x <const> = 3 local function f() return x end", "f()") == ["3"])
    #expect(try answers("do local x = 3 end", "x") == ["nil"])
    #expect(try answers("for i = 1, 2 do local y = i end", "i, y") == ["nil", "nil"])
    #expect(try answers("local x = 3 if x then return x end local y = 4", "x, y") == ["3", "nil"])
    #expect(try answers("local a = 1 local f = function() a = 2 end f()", "a") == ["2"])
  }

  /// Those that had a value when the input failed or was stopped are kept too.
  @Test func localsOutliveFailures() throws {
    try Session.open { (session: Session) throws in
      #expect(throws: ScriptFailure.self) { try session.evaluate("local x = 3 error 'no' local y = 4") }
      #expect(try session.evaluate("x, y").values == ["3", "nil"])
      #expect(throws: ScriptFailure.self) {
        try session.evaluate("local z = 5 local t = nil; (function() t.x = 1 end)()")
      }
      #expect(try session.evaluate("z").values == ["5"])
    }
  }

  @Test func lastValues() throws {
    #expect(try answers("1", "2", "x = 9", "_, _1, _2") == ["2", "2", "1"])
    #expect(try answers("1, 2, 3", "_1, _2, _3") == ["3", "2", "1"])
    #expect(try answers("7;", "_") == ["7"])
  }

  /// Nothing runs to find out whether an input is valid, and what is valid runs once.
  @Test func syntaxIsNotTriedByRunning() throws {
    try Session.open { (session: Session) throws in
      try session.run(.text("n = 0 function tick() n = n + 1 return n end", name: "=test"))
      for input in ["tick(", "tick() tick() =", "x = tick() +", "for i = tick()"] { _ = session.isIncomplete(input) }
      #expect(throws: ScriptFailure.self) { try session.evaluate("tick() = 3") }
      #expect(try session.evaluate("n").values == ["0"])
      _ = try session.evaluate("y = 1; tick()")
      #expect(try session.evaluate("n").values == ["1"])
    }
  }

  private static let completenessCases: [(String, Bool)] = [
    ("1 +", true), ("f(", true), ("for i = 1, 2 do", true), ("x = [[a", true), ("x", false), ("x = 1; x", false),
    ("x ==", true), ("end", false), ("1 1", false), ("", false), ("if x then\ny()\nelse", true), ("function f()", true),
  ]

  @Test(arguments: completenessCases)
  func completeness(input: String, isIncomplete: Bool) throws {
    try Session.open { (session: Session) throws in #expect(session.isIncomplete(input) == isIncomplete) }
  }

  @Test func longInputsAndDeepOnesEndWell() throws {
    try Session.open { (session: Session) throws in
      for open in ["(", "{", "function() "] {
        #expect(throws: ScriptFailure.self) { try session.evaluate(String(repeating: open, count: 10_000)) }
      }
      let many = (1...300).map { "local v\($0) = \($0)" }.joined(separator: "\n")
      #expect(throws: ScriptFailure.self) { try session.evaluate(many) }  // Lua takes 200
      #expect(try session.evaluate((1...190).map { "local w\($0) = \($0)" }.joined(separator: " ")).values.isEmpty)
      #expect(try session.evaluate("w190").values == ["190"])
    }
  }

  @Test func interruptsLeaveVariables() throws {
    try Session.open { (session: Session) throws in
      _ = try session.evaluate("kept = 1")
      let handle = session.handle
      let stopper = Task.detached {
        try await Task.sleep(for: .milliseconds(100))
        handle.interrupt()
      }
      defer { stopper.cancel() }
      do {
        _ = try session.evaluate("local inner = 2 while true do pcall(function() while true do end end) end")
        Issue.record("nothing stopped it")
      } catch let failure as ScriptFailure {
        #expect(failure.cause == .interrupted)
      }
      #expect(try session.evaluate("kept").values == ["1"])
    }
  }

  @Test func resetForgets() throws {
    try Session.open { (session: Session) throws in
      let first = try session.evaluate("x = 1 return dist.normal(0, 1):sample()").values
      try session.reset()
      #expect(try session.evaluate("x").values == ["nil"])
      #expect(try session.evaluate("dist.normal(0, 1):sample()").values == first)
    }
  }

  @Test func variablesAreListed() throws {
    try Session.open { (session: Session) throws in
      _ = try session.evaluate("local v = vector.ones(100) n = 3 s = 'a' t = {1, 2} f = em.fit 5")
      let variables = session.variables
      #expect(variables.map(\.name) == ["f", "n", "s", "t", "v"])
      #expect(variables.map(\.type) == ["function", "integer", "string", "table", "vector"])
      #expect(variables.map(\.nativeBytes) == [0, 0, 0, 0, 800])
      #expect(variables[3].brief == "2 elements" && variables[4].brief == "vector of 100")
    }
  }

  /// A table's own code is not run to show what is in it, even where that would change the table.
  @Test func printingRunsNoCodeOfElements() throws {
    let values = try answers(
      "t = {1, 2} t[3] = setmetatable({5}, {__tostring = function() t.new = 1 return 'x' end, __index = error})", "t")
    #expect(values == ["{1, 2, {5}}"])
    #expect(try answers("setmetatable({}, {__tostring = function() return 'shown' end})") == ["shown"])
    #expect(
      try answers("{[1.5] = 1, [true] = 2, ['a b'] = 3, c = 4, ['end'] = 5}") == [
        "{[1.5] = 1, [\"a b\"] = 3, c = 4, [\"end\"] = 5, [true] = 2}"
      ])
    #expect(try answers("{1e308 * 10, 0/0 ~= 0, 3.0, -2, '\\0\\t\"'}") == ["{inf, true, 3.0, -2, '\\x00\\t\"'}"])
  }

  private func diagnosis(_ inputs: String...) throws -> Diagnosis {
    try Session.open { (session: Session) throws in
      for input in inputs.dropLast() { _ = try session.evaluate(input) }
      do {
        _ = try session.evaluate(inputs[inputs.count - 1])
      } catch let failure as ScriptFailure {
        return session.diagnose(failure)
      }
      throw ArgumentError("it did not fail")
    }
  }

  private func marked(_ diagnosis: Diagnosis) -> String {
    String((diagnosis.line ?? "").dropFirst(diagnosis.mark.lowerBound).prefix(diagnosis.mark.count))
  }

  private static let failuresPointAtAWordCases: [(String, String?, String)] = [
    ("x = {}\ny = x.z.w", "attempt to index a nil value (field 'z')", "z"),
    ("em.fit({1, 2, 3}, {k = 0})", "em.fit: k must be an integer from 1 to 3, got 0", "em.fit"),
    ("em.fit({1, 2}, {tol = 1})", "em.fit: unknown option 'tol' (did you mean 'tolerance'?)", "tol"),
    ("vector{1, 2}:smu()", nil, "smu"), ("y = 3 + * 2", "unexpected symbol near '*'", "*"), ("1 + * 2", nil, "*"),
    ("nowhere()", "attempt to call a nil value (global 'nowhere')", "nowhere"),
  ]

  @Test(arguments: failuresPointAtAWordCases)
  func failuresPointAtAWord(input: String, message: String?, word: String) throws {
    let diagnosis = try diagnosis(input)
    if let message { #expect(diagnosis.message == message) }
    #expect(marked(diagnosis) == word)
  }

  @Test func failuresNameTheInputThatTheFunctionCameFrom() throws {
    let diagnosis = try diagnosis("function f(x)\n  return x + nil\nend", "2", "f(1)")
    #expect(diagnosis.place == "input 1:2" && diagnosis.line == "  return x + nil")
    #expect(diagnosis.trace.count == 2 && diagnosis.trace[0].contains("'f'"))
  }

  @Test func inputsCanBeWrittenAsAScript() throws {
    try Session.open { (session: Session) throws in
      func script(_ input: String) throws -> String { try session.evaluate(input).script }
      #expect(try script("x = 1") == "x = 1")
      #expect(try script("x, 2") == "print(x, 2)")
      #expect(try script("y = 3; y + 1") == "y = 3; print(y + 1)")
      #expect(try script("x + 1;") == "_ = x + 1")
      #expect(try script("tostring(x);") == "tostring(x)")
      #expect(try script("print()") == "print()")
    }
  }

  @Test func replacedModulesWarnOnce() throws {
    try Session.open { (session: Session) throws in
      #expect(try session.evaluate("em = 3").warnings.count == 1)
      #expect(try session.evaluate("x = 1").warnings.isEmpty)
      #expect(try session.evaluate("em = require 'em'").warnings.isEmpty)
      #expect(try session.evaluate("local em = 5").warnings.count == 1)
    }
  }
}
