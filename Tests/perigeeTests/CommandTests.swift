import Glibc
import Testing

/// The command as a process.
@Suite struct CommandTests {
  @Test func textAndResult() throws {
    let run = try Command.run(["-e", "print(1 + 1)"])
    #expect(run.status == 0 && run.output == "2\n" && run.errors.isEmpty)
    // What begins like an option is none.
    #expect(try Command.run(["-e", "-- a comment\nprint(1)", "-e", "-- another"]).output == "1\n")
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
    #expect(run.output.contains("> 2\n") && run.output.contains("| 1\n2\n") && run.output.contains("> 5\n"))
    #expect(run.errors.contains("oops"))
  }

  @Test func helpAndVersion() throws {
    #expect(try Command.run(["--version"]).output.hasPrefix("perigee "))
    #expect(try Command.run(["--help"]).output.contains("--threads"))
    #expect(try Command.run(["help", "help"]).output.contains("help([topic])"))
    #expect(try Command.run(["help", "nonesuch"]).status == 1)
  }

  @Test func declarationsForEditorsAndReaders() throws {
    let folder = try TemporaryFolder().path
    #expect(try Command.run(["api", "--luals", "\(folder)/luals"]).status == 0)
    #expect(Command.contents("\(folder)/luals/em.lua").contains("function em.fit(x, options) end"))
    #expect(try Command.run(["api", "--markdown", folder]).status == 0)
    let page = Command.contents("\(folder)/em.md")
    #expect(page.contains("  log-likelihood −1034.0018"))  // printed by the example
    #expect(try Command.run(["api", "--luacheck"]).output.contains("std = \"lua54+perigee\""))
    #expect(try Command.run(["api", "--json"]).output.hasPrefix("{"))
    #expect(try Command.run(["api"]).status == 2)
    #expect(try Command.run(["api", "--luals", "/dev/null/none"]).status == 1)
  }

  /// The bar for the machine is 0.1 s; what a test can promise on a busy one is that it ends at all.
  @Test(arguments: [
    "while true do pcall(function() while true do end end) end",
    "local x = dist.normal(0, 1):sample(2e6) while true do pcall(em.fit, x, {k = 8, restarts = 100}) end",
    "while true do pcall(function() dist.binomial(100, 0.3):sample(1e7) end) end",
    "while true do pcall(function() vector.ones(1e7):sort() end) end",
    "while true do pcall(optimize.minimize, function(x) return math.cos(x[1]) + x[2] ^ 2 end, {1, 1}, {tolerance = 0}) end",
    "while true do pcall(optimize.minimize, function(x) while true do end end, {1, 1}) end",
    "local x = dist.normal(0, 1):sample(1e6) while true do pcall(stats.kde(x, {bandwidth = 1}).grid, stats.kde(x), 1e6) end",
    """
    while true do
      pcall(em.solve, {start = {1}, map = function(x) return {x[1] + 1} end, loglik = function(x) return x[1] end,
        max_iterations = 1e9})
    end
    """,
  ])
  func interrupts(script: String) throws {
    let run = try Command.run(["-e", script], interruptAfter: 500_000)
    #expect(run.status == 130 && run.errors.contains("interrupted"))
  }

  /// A fit whose process was killed goes on from its checkpoint, and ends with the bits of one that was left alone.
  @Test func fitsOutliveTheirProcess() throws {
    let file = Command.temporaryFile("")
    unlink(file)
    func script(_ options: String) -> String {
      """
      random.seed(5)
      local x = dist.mixture({0.5, 0.5}, {dist.normal(0, 1), dist.normal(1, 1)}):sample(100000)
      local options = {k = 2, seed = 1, restarts = 6, accelerate = "none", max_iterations = 2000\(options)}
      local fit = em.fit(x, options)
      print(("%a %a %d"):format(fit.loglik, fit.components[1].mu, fit.evaluations))
      """
    }
    let whole = try Command.run(["-e", script("")])
    let kept = script(", checkpoint = '\(file)'")
    // The state is kept every two seconds; on a fast machine the fit may have ended before.
    let killed = try Command.run(["-e", kept], interruptAfter: 2_500_000, by: SIGKILL)
    #expect(killed.status == -SIGKILL || killed.status == 0)
    let resumed = try Command.run(["-e", kept])
    #expect(resumed.status == 0 && resumed.output == whole.output && !whole.output.isEmpty)
    #expect(access(file, F_OK) != 0)
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
