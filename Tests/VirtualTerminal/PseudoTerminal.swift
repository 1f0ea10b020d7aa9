import Glibc

// TIOCSPTLCK and TIOCGPTN of Linux, which are macros too hard for the importer.
private let unlockRequest: UInt = 0x4004_5431
private let numberRequest: UInt = 0x8004_5430

/// Both ends of a pseudo-terminal, and the screen of whoever looks at it.
package final class PseudoTerminal {
  package private(set) var screen: VirtualScreen
  /// What a program has for its terminal.
  package let slave: Int32
  package let path: String
  private let master: Int32
  /// Everything that came.
  package private(set) var output: [UInt8] = []

  package struct Unavailable: Error {}
  package struct NeverShown: Error, CustomStringConvertible {
    package let description: String
  }

  package init(columns: Int = 80, rows: Int = 24) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, unlockRequest, &lock) == 0, ioctl(master, numberRequest, &number) == 0 else {
      throw Unavailable()
    }
    path = "/dev/pts/\(number)"
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw Unavailable() }
    screen = VirtualScreen(columns: columns, rows: rows)
    setSize()
  }

  deinit {
    close(master)
    close(slave)
  }

  package func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    setSize()
  }

  private func setSize() {
    var size = winsize(ws_row: UInt16(screen.rows), ws_col: UInt16(screen.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Types a text; what the program shows meanwhile is taken in, so that neither waits for the other.
  package func type(_ text: String) { typeBytes(Array(text.utf8)) }

  package func typeBytes(_ bytes: [UInt8]) {
    var written = 0
    while written < bytes.count {
      var state = pollfd(fd: master, events: Int16(POLLIN | POLLOUT), revents: 0)
      poll(&state, 1, 5000)
      if Int32(state.revents) & POLLIN != 0 { takeIn() }
      if Int32(state.revents) & POLLOUT != 0 {
        let count = bytes[written...].withUnsafeBytes { write(master, $0.baseAddress, min($0.count, 2048)) }
        if count <= 0 { return }
        written += count
      }
    }
  }

  /// Writes as a program would.
  package func print(_ text: String) {
    var text = text
    text.withUTF8 { _ = write(slave, $0.baseAddress, $0.count) }
    settle(milliseconds: 20)
  }

  /// Waits until the screen is as wanted.
  package func wait(
    for what: String, seconds: Double = 10, until holds: (VirtualScreen) -> Bool
  ) throws {
    let end = now() + seconds
    while !holds(screen) {
      guard now() < end else { throw NeverShown(description: "\(what) was never shown:\n\(screen.text)") }
      var state = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      if poll(&state, 1, 50) > 0 { takeIn() }
    }
  }

  package func wait(for text: String, seconds: Double = 10) throws {
    try wait(for: "'\(text)'", seconds: seconds) { $0.text.contains(text) }
  }

  /// Takes in all that comes until nothing has come for a while.
  package func settle(milliseconds: Int32 = 100) {
    var state = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while poll(&state, 1, milliseconds) > 0, Int32(state.revents) & POLLIN != 0 { takeIn() }
  }

  private func takeIn() {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(master, &chunk, chunk.count)
    guard count > 0 else { return }
    output += chunk[..<count]
    screen.feed(chunk[..<count])
  }
}

/// Seconds on a clock that only goes forward.
package func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
