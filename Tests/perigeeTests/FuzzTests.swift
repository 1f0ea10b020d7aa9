import Glibc
import Lua
import Testing
import Workbench

/// Ten thousand random calls of every function and method end in a result or a Lua error: no trap, no hang, no leak.
///
/// In processes of their own, which a trap would end, with 256 MiB to live on. PERIGEE_FUZZ sets another number of calls.
@Suite struct FuzzTests {
  /// The rounds are shared out over two seeds, for two processors.
  @Test(arguments: [20_240_229, 1_977])
  func randomCallsEndWell(seed: Int) throws {
    let total = getenv("PERIGEE_FUZZ").flatMap { Int(String(cString: $0)) } ?? 10_000
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let script = Command.temporaryFile(try Self.names + contents(of: "fuzz.lua"))
    defer { unlink(script) }
    let rounds = max(1, total / 2)
    let run = try Command.run(
      ["--memory", "256", script, String(rounds), String(seed)], folder: folder.path)
    #expect(run.status == 0, "\(run.errors.prefix(2000))")
    // Before the last line there may be what functions print.
    let counts = (run.output.split(separator: "\n").last ?? "").split(separator: " ").compactMap { Int($0) }
    #expect(counts.count == 2 && counts[0] >= rounds * API.perigee.functions.filter(\.isDocumented).count)
    // Most random calls are wrong; too few right ones would test the argument checks alone.
    #expect(counts.count == 2 && counts[1] > counts[0] / 20)
  }

  /// The tables of names that the script wants.
  private static var names: String {
    func list(_ names: [String]) -> String { "{" + names.map { "'\($0)'" }.joined(separator: ", ") + "}" }
    let functions =
      API.perigee.modules.flatMap { $0.functions + ($0.constructor.map { [$0] } ?? []) } + API.perigee.globals
    let methods = API.perigee.types.map { type in
      // A picture is drawn by another program, which takes longer than a hundred other calls.
      let names = type.methods.map { String($0.name.split(separator: ":").last!) }.filter { $0 != "show" }
      return "['\(type.type.name)'] = \(list(names))"
    }
    return "local functions = \(list(functions.map(\.name)))\nlocal methods = {\(methods.joined(separator: ", "))}\n"
  }
}

private func contents(of name: String) throws -> String {
  let folder = #filePath.split(separator: "/").dropLast().reduce(into: "") { $0 += "/\($1)" }
  return Command.contents("\(folder)/\(name)")
}
