import Glibc
import Testing

/// What is shown to newcomers runs, and does what is said.
@Suite struct ExampleTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

  @Test(arguments: ["faithful.lua", "two_coins.lua"]) func scripts(_ name: String) throws {
    let run = try Command.run(["\(ExampleTests.root)/Scripts/examples/\(name)"])
    #expect(run.status == 0 && !run.output.isEmpty && run.errors.isEmpty, "\(run.errors)")
  }

  @Test func theReadmesScriptPrintsTheReadmesOutput() throws {
    let blocks = try readme().split(separator: "```", omittingEmptySubsequences: false)
    let position = try #require(blocks.firstIndex { $0.hasPrefix("lua\n") })
    let run = try Command.run(["-e", String(blocks[position].dropFirst(4))])
    #expect(run.output == blocks[position + 2].dropFirst(), "\(run.errors)")
  }

  /// The session of the README, typed at a terminal, shows what stands there, line by line.
  @Test func theReadmesSessionIsShownAsThere() throws {
    let start = try #require(try readme().firstRange(of: "$ Scripts/perigee\n")).upperBound
    let wanted = try readme()[start...].prefix { $0 != "`" }.split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map { String($0) }
    let session = try TerminalSession(columns: 80, rows: 24)
    for (i, line) in wanted.enumerated() where line.hasPrefix("> ") {
      let more = wanted[(i + 1)...].prefix { $0.hasPrefix("| ") }
      try session.type(line.dropFirst(2) + more.map { "\r" + $0.dropFirst(2).drop { $0 == " " } }.joined())
      session.terminal.type("\r")
      if wanted.dropFirst(i + 1).first == "^C" {
        session.terminal.settle(milliseconds: 300)
        session.terminal.type("\u{3}")
      }
    }
    #expect(session.waitForEnd() == 0)
    #expect(session.history == wanted)
  }

  private func readme() throws -> String {
    let file = try #require(fopen("\(ExampleTests.root)/README.md", "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
