import Glibc
import Testing
import VirtualTerminal

/// The prompt, as it is at a terminal.
@Suite(.serialized) struct PromptTests {
  @Test func valuesAndLocals() throws {
    let session = try TerminalSession()
    #expect(try session.enter("local a, b = 2, 3").isEmpty)
    #expect(try session.enter("a * b") == ["6"])
    #expect(try session.enter("_ + _1") == ["12"])
    #expect(try session.enter("a, 'b'") == ["2", "\"b\""])
    #expect(try session.enter("b;").isEmpty)
    #expect(try session.enter("c = 1; c + 1") == ["2"])
  }

  @Test func errorsPointAtTheirPlace() throws {
    let session = try TerminalSession()
    try session.enter("local function inner(t) return t.x.y end function f() return (inner({})) end")
    let shown = try session.enter("1 + f()")
    #expect(shown[0] == "attempt to index a nil value (field 'x')  (input 1:1)")
    #expect(shown[1] == "  local function inner(t) return t.x.y end function f() return (inner({})) end")
    #expect(shown[2].firstIndex(of: "^") == shown[1].firstRange(of: "x.y")?.lowerBound)
    #expect(shown.dropFirst(3).contains { $0.contains("function") && $0.contains("inner") })
    #expect(session.screen.style(of: "attempt") == "31")
    #expect(try session.enter(":trace").contains { $0.contains("in main chunk") })
    #expect(try session.enter("local far = '\(String(repeating: "far", count: 60))' .. nowhere").last?.count ?? 99 < 80)
    #expect(try session.enter("x = = 2") == ["unexpected symbol near '='  (input 4:1)", "  x = = 2", "      ^"])
  }

  @Test func interruptsStopWhatRunsAndKeepVariables() throws {
    let session = try TerminalSession()
    try session.enter("kept = 7")
    try session.type("while true do end")
    session.terminal.type("\r")
    session.terminal.settle(milliseconds: 300)
    let start = now()
    session.terminal.type("\u{3}")
    try session.terminal.wait(for: "interrupted")
    #expect(now() - start < 2)  // the bar is 0.1 s, which a busy machine need not keep
    #expect(try session.enter("kept") == ["7"])
  }

  @Test func interruptOfTheInputAndEnd() throws {
    let session = try TerminalSession()
    try session.type("not this")
    session.terminal.type("\u{3}")
    try session.terminal.wait(for: "not this^C")
    try session.type("")
    session.terminal.type("\u{4}")
    #expect(session.waitForEnd() == 0)
  }

  @Test func exitStatus() throws {
    let session = try TerminalSession()
    try session.type("os.exit(3)")
    session.terminal.type("\r")
    #expect(session.waitForEnd() == 3)
  }

  @Test func completion() throws {
    let session = try TerminalSession()
    try session.enter("iris = frame.load 'iris'")
    func completed(_ text: String) throws -> String {
      try session.type("\(text)\t")
      let line = session.screen.lines.last { $0.hasPrefix("> ") } ?? ""
      session.terminal.type("\u{7}\u{15}")
      session.terminal.settle()
      return String(line.dropFirst(2))
    }
    #expect(try completed("em.fi") == "em.fit")
    #expect(try completed("iris.petal_w") == "iris.petal_width")
    #expect(try completed("iris:desc") == "iris:describe")
    #expect(try completed("em.fit(iris.petal_width, {cov") == "em.fit(iris.petal_width, {covariance =")
    #expect(try completed("em.fit(x, {k = 2, covariance = \"diag") == "em.fit(x, {k = 2, covariance = \"diagonal")
    #expect(try completed("frame.load \"fai") == "frame.load \"faithful")
    #expect(try completed("iris:matrix{\"sepal_l") == "iris:matrix{\"sepal_length")
    #expect(try completed("frame.load('iris'):hea") == "frame.load('iris'):head")
    #expect(try completed(":his") == ":history")
    #expect(try completed("?em.ste") == "?em.step")
  }

  @Test func signatureAndHelp() throws {
    let session = try TerminalSession()
    try session.type("em.fit(")
    #expect(session.screen.lines.last == "em.fit(x, [options])")
    #expect(session.screen.style(of: "em.fit(x, [") == "90")
    session.terminal.type("\u{3}")
    #expect(try session.enter("?em.fit").first == "em.fit(x, [options])")
    #expect(try session.enter("em.fit?").first == "em.fit(x, [options])")
    #expect(try session.enter("help 'covariance'").contains { $0.hasPrefix("  em.fit ") })
    #expect(try session.enter("v = vector{1, 2}").isEmpty)
    #expect(try session.enter("?v").first?.hasPrefix("vector: ") == true)
  }

  @Test func commands() throws {
    let session = try TerminalSession()
    try session.enter("x = vector.ones(1000)")
    #expect(try session.enter(":who") == ["x  vector  vector of 1000  7.81 KiB"])
    #expect(try session.enter(":time 1 + 1").first == "2")
    #expect(try session.enter(":timeit 1 + 1").first?.contains(" a run, the best of 5 x ") == true)
    #expect(try session.enter("!echo shell") == ["shell"])
    #expect(try session.enter(":save kept.lua") == ["2 inputs in kept.lua"])
    #expect(Command.contents("\(session.folder)/kept.lua") == "x = vector.ones(1000)\nprint(1 + 1)\n")
    try session.enter(":seed 5")
    let first = try session.enter("dist.normal(0, 1):sample(1)")
    try session.enter(":seed 5")
    #expect(try session.enter("dist.normal(0, 1):sample(1)") == first)
    try session.enter(":reset")
    #expect(try session.enter(":who") == ["no variables"])
    #expect(try session.enter("!printf 'local z = arg[1] y = z' > s.lua").isEmpty)
    try session.enter(":run s.lua seven")
    #expect(try session.enter("y, z") == ["\"seven\"", "nil"])
    try session.enter(":load s.lua")
    #expect(try session.enter("z") == ["\"seven\""])
    #expect(try session.enter(":history echo") == ["!echo shell", ":history echo"])
    #expect(try session.enter(":nonesuch") == ["no command :nonesuch; :help lists them"])
    let help = try session.enter(":help")
    #expect(help.contains { $0.contains(":timeit CODE") } && help.allSatisfy { $0.count <= 79 })
    try session.type(":quit")
    session.terminal.type("\r")
    #expect(session.waitForEnd() == 0)
  }

  @Test func editorBringsTheInputBack() throws {
    let session = try TerminalSession(environment: ["EDITOR=sed -i s/2/5/"])
    try session.enter("1 + 2")
    try session.type(":edit")
    session.terminal.type("\r")
    try session.terminal.wait(for: "> 1 + 5")
    session.terminal.type("\r")
    try session.terminal.wait(for: "6")
  }

  @Test func modulesCanBeReplacedWithAWarning() throws {
    let session = try TerminalSession()
    #expect(try session.enter("em = 3") == ["em is the name of a module; em = require \"em\" gets it back"])
    #expect(try session.enter("em = 4").isEmpty)
    #expect(try session.enter("em = require 'em'").isEmpty)
    #expect(try session.enter("em.fit").first == "function em.fit(x, [options])")
  }

  @Test func startUpFileAndHistoryOutliveSessions() throws {
    let session = try TerminalSession()
    try session.enter("!mkdir -p .config/perigee && echo 'greeting = \"hello\"' > .config/perigee/init.lua")
    let again = try TerminalSession(folder: session.folder)
    #expect(try again.enter("greeting") == ["\"hello\""])
    again.terminal.type("\u{1B}[A\u{1B}[A")
    try again.terminal.wait(for: "> !mkdir")
    let without = try TerminalSession(["--no-init"], folder: session.folder)
    #expect(try without.enter("greeting") == ["nil"])
  }

  /// The input is on the disk before it runs.
  @Test func historyOutlivesTheProcess() throws {
    let session = try TerminalSession()
    try session.type("while true do end -- stuck")
    session.terminal.type("\r")
    session.terminal.settle(milliseconds: 300)
    #expect(Command.contents("\(session.folder)/.local/state/perigee/history").contains("stuck"))
  }

  @Test func longRunsTellTheirTime() throws {
    let session = try TerminalSession()
    let shown = try session.enter("local t = os.clock() while os.clock() - t < 1.2 do end")
    #expect(shown.count == 1 && shown[0].hasPrefix("took ") && shown[0].hasSuffix(" s"))
  }

  @Test func withoutColours() throws {
    let session = try TerminalSession(environment: ["NO_COLOR=1"])
    try session.enter("error('x')")
    #expect(!String(decoding: session.terminal.output, as: UTF8.self).contains("\u{1B}[31m"))
  }

  @Test(.timeLimit(.minutes(1))) func halfAMegabyteIsPastedAndRun() throws {
    let session = try TerminalSession()
    try session.type("")
    let line = "n = (n or 0) + 1 -- a comment of the usual length\n"
    session.terminal.type("\u{1B}[200~\(String(repeating: line, count: 10_000))\u{1B}[201~")
    try session.terminal.wait(for: "the end of the paste", seconds: 40) { $0.lines.last?.hasSuffix("length") == true }
    session.terminal.type("\r")
    try session.terminal.wait(for: "the prompt", seconds: 40) { $0.lines.last == ">" }
    #expect(try session.enter("n") == ["10000"])
  }

  @Test func tablesAreShownToADepth() throws {
    let session = try TerminalSession()
    #expect(try session.enter("{1, 'two', {x = 3, [10] = true}}") == ["{1, \"two\", {[10] = true, x = 3}}"])
    try session.enter("t = {} t.me = t")
    #expect(try session.enter("t") == ["{me = <cycle>}"])
    #expect(try session.enter("{{{{{1}}}}}") == ["{{{{{…}}}}}"])
    #expect(try session.enter("{vector{1, 2}, em.fit, print}") == ["{vector of 2, function em.fit, function}"])
    let long = try session.enter("local t = {} for i = 1, 1000 do t[i] = i end return t")
    #expect(long.last == "}" && long.contains { $0.contains("… 940 more") } && long.allSatisfy { $0.count <= 80 })
  }
}
