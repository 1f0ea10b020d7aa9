@preconcurrency import Glibc
import Workbench

/// A plain read-eval-print loop on standard input.
struct Prompt {
  private let session: Session

  init(_ session: Session) { self.session = session }

  /// Reads and runs inputs until their end; the exit status.
  func run() -> Int32 {
    print("Perigee \(version) on Lua 5.4. help() says what there is; Ctrl-D leaves.")
    while let input = readInput() {
      if input.isEmpty { continue }
      do {
        for value in try session.evaluate(input) { print(value) }
      } catch {
        if case .exit(let status) = error.cause { return status }
        fflush(stdout)
        fputs("\(error.message)\n", stderr)
      }
    }
    print()
    return 0
  }

  /// Lines up to a complete input; nil at the end of standard input.
  private func readInput() -> String? {
    var input = ""
    while true {
      switch readLine(prompt: input.isEmpty ? "> " : ">> ") {
      case .line(let line):
        input += (input.isEmpty ? "" : "\n") + line
        if !session.isIncomplete(input) { return input }
      case .interrupted: return ""
      case .end: return input.isEmpty ? nil : input
      }
    }
  }

  private enum Line {
    case line(String)
    case interrupted, end
  }

  private func readLine(prompt: String) -> Line {
    print(prompt, terminator: "")
    fflush(stdout)
    if let line = Swift.readLine() { return .line(line) }
    guard errno == EINTR, feof(stdin) == 0 else { return .end }
    clearerr(stdin)
    session.forgetInterrupt()
    print()
    return .interrupted
  }
}
