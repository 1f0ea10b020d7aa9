@preconcurrency import Glibc
import Kernels
import Plotting

/// Where a picture is shown: in a window where there is a display; else on the terminal, as a bitmap where the terminal has
/// those, or in characters.
struct Display {
  private let format: PictureFormat
  private let hasWindows = getenv("DISPLAY") != nil || getenv("WAYLAND_DISPLAY") != nil

  init() {
    guard isatty(STDOUT_FILENO) == 1 else {
      format = .text(columns: 80, lines: 24)
      return
    }
    var window = winsize()
    _ = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window)
    let (columns, lines) = window.ws_col > 0 ? (Int(window.ws_col), Int(window.ws_row)) : (80, 24)
    // A line is left for the prompt.
    format =
      Display.hasSixel() ? .sixel : .text(columns: min(max(columns, 40), 160), lines: min(max(lines - 1, 12), 50))
  }

  func show(_ picture: some Picture) throws(Failure) {
    if hasWindows, try opensWindow(picture) { return }
    let bytes = try picture.drawn(as: format)
    fwrite(bytes, 1, bytes.count, stdout)
    if format == .sixel { fputs("\n", stdout) }
    fflush(stdout)
  }

  /// Leaves a file to whatever the desktop shows pictures with. Whether there is such a thing.
  private func opensWindow(_ picture: some Picture) throws(Failure) -> Bool {
    guard let file = TemporaryFile(suffix: ".svg") else { return false }
    close(file.descriptor)
    let name = file.path
    try Workbench.write(try picture.drawn(as: .svg), to: name)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    let words: [UnsafeMutablePointer<CChar>?] = [strdup("xdg-open"), strdup(name), nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    guard posix_spawnp(&process, "xdg-open", &actions, nil, words, environ) == 0 else {
      unlink(name)
      return false
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status == 0
  }

  /// Asks the terminal what it can do: among the attributes that it answers with, 4 is sixel (DEC VT340).
  private static func hasSixel() -> Bool {
    guard isatty(STDIN_FILENO) == 1 else { return false }
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return false }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(STDIN_FILENO, TCSANOW, &raw)
    defer { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
    fflush(stdout)
    guard write(STDOUT_FILENO, "\u{1B}[c", 3) == 3 else { return false }
    var answer: [UInt8] = []
    var wait = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    while answer.count < 64, poll(&wait, 1, 100) == 1, read(STDIN_FILENO, &byte, 1) == 1 {
      answer.append(byte)
      if byte == UInt8(ascii: "c") { break }
    }
    let attributes = String(decoding: answer.drop { $0 != UInt8(ascii: "?") }.dropFirst().dropLast(), as: UTF8.self)
    return attributes.split(separator: ";").dropFirst().contains("4")
  }
}
