import Glibc
import VirtualTerminal

/// Somebody who works at the prompt of the built `perigee`, in a folder and a home of his own.
final class TerminalSession {
  let terminal: PseudoTerminal
  let folder: String
  private var process = pid_t()

  struct NotStarted: Error {}

  init(
    _ arguments: [String] = [], columns: Int = 80, rows: Int = 40, environment: [String] = [], folder: String? = nil
  ) throws {
    terminal = try PseudoTerminal(columns: columns, rows: rows)
    self.folder = try folder ?? Self.temporaryFolder()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Whoever leads a new session has for its terminal the first one that it opens.
    for descriptor in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, terminal.path, O_RDWR, 0)
    }
    let words =
      ["env", "-i", "-C", self.folder, "HOME=\(self.folder)", "TERM=xterm-256color", "PATH=/usr/bin:/bin"]
      + environment + [Command.executable] + arguments
    let pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, 0x80)  // POSIX_SPAWN_SETSID, which the importer does not see
    guard posix_spawn(&process, "/usr/bin/env", &actions, &attributes, pointers, environ) == 0 else {
      throw NotStarted()
    }
  }

  deinit {
    kill(-process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  private static func temporaryFolder() throws -> String {
    var template = Array("/tmp/perigee-home-XXXXXX".utf8) + [0]
    guard template.withUnsafeMutableBytes({ mkdtemp($0.baseAddress!) }) != nil else { throw NotStarted() }
    return String(decoding: template.dropLast(), as: UTF8.self)
  }

  var screen: VirtualScreen { terminal.screen }

  /// Enters an input and waits for the prompt to be back; the lines that were shown in between.
  @discardableResult
  func enter(_ input: String, seconds: Double = 30) throws -> [String] {
    try type(input)
    let first = history.count - 1
    terminal.type("\r")
    try terminal.wait(for: "the prompt after '\(input)'", seconds: seconds) { screen in
      self.isReady(screen) && self.history.count - 1 > first
    }
    return Array(history[(first + 1)...].dropLast())
  }

  /// Waits for a prompt, types, and waits until that is shown.
  func type(_ text: String) throws {
    try terminal.wait(for: "a prompt", seconds: 30) { isReady($0) }
    terminal.type(text)
    terminal.settle()
  }

  /// All rows so far, with those that have scrolled away.
  var history: [String] { screen.scrollback + screen.lines }

  private func isReady(_ screen: VirtualScreen) -> Bool {
    screen.lines.last == ">" && screen.cursor.column == 2 && screen.modes.contains(2004)
  }

  /// The exit status, once the process has ended.
  func waitForEnd() -> Int32 {
    var status: Int32 = 0
    let end = now() + 20
    while now() < end {
      terminal.settle(milliseconds: 50)
      if waitpid(process, &status, WNOHANG) == process { return (status >> 8) & 0xff }
    }
    return -1
  }
}
