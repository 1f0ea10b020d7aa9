import Glibc
import Synchronization

/// A terminal that characters come from one by one, and its size.
final class Terminal {
  private let input: Int32
  private let output: Int32
  private var saved: termios?

  private static let resizes = ResizeSignal()

  init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  /// Keys are neither shown nor made into signals, until `leave`; pastes are marked as such.
  func enter() -> Bool {
    var mode = termios()
    guard tcgetattr(input, &mode) == 0 else { return false }
    saved = mode
    cfmakeraw(&mode)
    mode.c_oflag |= tcflag_t(OPOST | ONLCR)
    guard tcsetattr(input, TCSADRAIN, &mode) == 0 else { return false }
    Terminal.resizes.listen()
    return true
  }

  func leave() {
    if var saved { tcsetattr(input, TCSADRAIN, &saved) }
    saved = nil
  }

  var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let count = Glibc.write(output, bytes.baseAddress! + written, bytes.count - written)
        if count > 0 {
          written += count
        } else if count < 0 && errno == EAGAIN {
          var ready = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
          poll(&ready, 1, -1)
        } else if count == 0 || errno != EINTR {
          return
        }
      }
    }
  }

  enum Event {
    case bytes([UInt8])
    case resized
    case quiet
    case ended
  }

  /// Waits so many milliseconds for something to happen; −1 for as long as it takes.
  func wait(_ milliseconds: Int32) -> Event {
    var sources = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: Terminal.resizes.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&sources, 2, milliseconds)
    if count == 0 { return .quiet }
    if count < 0 { return errno == EINTR ? .quiet : .ended }
    if sources[1].revents != 0 {
      Terminal.resizes.clear()
      return .resized
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let length = read(input, &chunk, chunk.count)
    if length < 0 && (errno == EINTR || errno == EAGAIN) { return .quiet }
    return length > 0 ? .bytes(Array(chunk[..<length])) : .ended
  }

  /// Whether more bytes have come already.
  var hasInput: Bool {
    var source = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&source, 1, 0) > 0 && Int32(source.revents) & POLLIN != 0
  }

  func suspend() { kill(0, SIGTSTP) }
}

/// Makes the signal that a window has another size something to wait for: a pipe that the handler writes to.
private final class ResizeSignal: Sendable {
  let descriptor: Int32
  private static let writer = Atomic<Int32>(-1)

  init() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    descriptor = ends[0]
    ResizeSignal.writer.store(ends[1], ordering: .relaxed)
  }

  func listen() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      let saved = errno
      var mark: UInt8 = 0
      write(ResizeSignal.writer.load(ordering: .relaxed), &mark, 1)
      errno = saved
    }
    action.sa_flags = SA_RESTART
    sigaction(SIGWINCH, &action, nil)
  }

  func clear() {
    var marks = [UInt8](repeating: 0, count: 64)
    while Glibc.read(descriptor, &marks, marks.count) == marks.count {}
  }
}
