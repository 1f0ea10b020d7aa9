import ArgumentParser
import Workbench

@main
struct Perigee: ParsableCommand {
  @Option(name: .customShort("e")) var code: String
  func run() throws {
    let s = try Session()
    do { for t in try s.run(.text(code, name: "=command line"), describingResults: true) { print(t) } } catch { print(error.message, error.traceback) }
  }
}
