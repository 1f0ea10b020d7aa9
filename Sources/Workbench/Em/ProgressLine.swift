import Glibc
import Synchronization

/// A line on standard error that says how far a long call is, and that the next one overwrites. Only on a terminal, and only
/// for calls that take half a second or more.
final class ProgressLine {
  /// Whether somebody wants to see such lines at all.
  static let isWanted = Atomic<Bool>(true)

  private let isShown = ProgressLine.isWanted.load(ordering: .relaxed) && isatty(STDERR_FILENO) == 1
  private var next = ContinuousClock.now + .milliseconds(500)
  private var isDirty = false

  deinit { if isDirty { write("\r\u{1B}[K") } }

  /// Shows the text, ten times a second at most.
  func update(_ text: @autoclosure () -> String) {
    guard isShown, ContinuousClock.now >= next else { return }
    next = ContinuousClock.now + .milliseconds(100)
    isDirty = true
    write("\r\(text().prefix(79))\u{1B}[K")
  }

  private func write(_ text: String) {
    var text = text
    _ = text.withUTF8 { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
