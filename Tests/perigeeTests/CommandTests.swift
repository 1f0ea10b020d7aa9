import Glibc
import Testing

/// The command as a process.
@Suite struct CommandTests {
  @Test func textAndResult() throws {
    let run = try Command.run(["-e", "print(1 + 1)"])
    #expect(run.status == 0 && run.output == "2\n" && run.errors.isEmpty)
  }

  @Test func scriptOnStandardInput() throws {
    #expect(try Command.run([], input: "print(6 * 7)").output == "42\n")
  }

  @Test func scriptWithArguments() throws {
    let path = Command.temporaryFile("print(arg[0] ~= nil, arg[1], arg[2], #arg)")
    #expect(try Command.run(["--seed", "3", path, "--seed", "x"]).output == "true\t--seed\tx\t2\n")
  }

  @Test(arguments: [["--bogus"], ["--threads", "0"], ["--seed", "x"], ["-e"]])
  func wrongCommandLine(arguments: [String]) throws {
    let run = try Command.run(arguments)
    #expect(run.status == 2 && run.output.isEmpty && run.errors.contains("perigee"))
  }

  @Test func errorsOfScripts() throws {
    let run = try Command.run(["-e", "local function inner() error('went wrong') end inner()"])
    #expect(run.status == 1 && run.errors.contains("went wrong") && run.errors.contains("stack traceback"))
    #expect(try Command.run(["/none/such.lua"]).status == 1)
    #expect(try Command.run(["-e", "x ="]).status == 1)
    #expect(try Command.run(["-e", "os.exit(9)"]).status == 9)
  }

  @Test func promptGoesOnAfterErrors() throws {
    let run = try Command.run(["-i"], input: "1+1\nx = 5\nfor i = 1, 2 do\nprint(i) end\nerror('oops')\nx\n")
    #expect(run.status == 0)
    #expect(run.output.contains("> 2\n") && run.output.contains(">> 1\n2\n") && run.output.contains("> 5\n"))
    #expect(run.errors.contains("oops"))
  }

  @Test func helpAndVersion() throws {
    #expect(try Command.run(["--version"]).output.hasPrefix("perigee "))
    #expect(try Command.run(["--help"]).output.contains("--threads"))
    #expect(try Command.run(["help", "help"]).output.contains("help([topic])"))
    #expect(try Command.run(["help", "nonesuch"]).status == 1)
  }

  /// The bar for the machine is 0.1 s; what a test can promise on a busy one is that it ends at all.
  @Test(arguments: [
    "while true do pcall(function() while true do end end) end",
    "local x = dist.normal(0, 1):sample(2e6) while true do pcall(em.fit, x, {k = 8, restarts = 100}) end",
    "while true do pcall(function() dist.binomial(100, 0.3):sample(1e7) end) end",
    "while true do pcall(function() vector.ones(1e7):sort() end) end",
  ])
  func interrupts(script: String) throws {
    let run = try Command.run(["-e", script], interruptAfter: 500_000)
    #expect(run.status == 130 && run.errors.contains("interrupted"))
  }

  /// Lua sees 16 bytes of each vector, and 80 MB have to count.
  @Test(arguments: [
    "for i = 1, 1000 do local v = vector.zeros(1e7) end", "for i = 1, 60 do local v = vector.ones(1e7) + i end",
  ])
  func garbageOfArraysIsCollected(script: String) throws {
    let run = try Command.run(["-e", script])
    #expect(run.status == 0 && run.peakMemory < 1 << 30)
  }
}
