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

  private func readme() throws -> String {
    let file = try #require(fopen("\(ExampleTests.root)/README.md", "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
