import Glibc
import Kernels

/// The program that draws.
package enum Gnuplot {
  /// Seconds that a picture may take.
  static let timeLimit = 60.0

  /// What gnuplot writes when it is told `script`. Throws `.argument` where there is no gnuplot or it fails, `.interrupted`
  /// where a stop was asked for.
  package static func run(_ script: [UInt8], program: String = "gnuplot", timeLimit: Double = timeLimit) throws(Failure)
    -> [UInt8]
  {
    guard let process = try GnuplotProcess(program) else {
      throw Failure(
        .argument, "pictures are drawn by gnuplot, which is not installed: sudo apt-get install gnuplot-nox")
    }
    defer { process.end() }
    let (output, errors) = try process.exchange(script, timeLimit: timeLimit)
    let status = process.wait()
    guard status == 0, !output.isEmpty else {
      throw Failure(.argument, "gnuplot could not draw the picture: \(summary(errors, status))")
    }
    return output
  }

  /// The line that says what is wrong, among those that point to where.
  private static func summary(_ errors: [UInt8], _ status: Int32) -> String {
    let lines = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline)
    let telling = lines.last { $0.contains("line ") || $0.contains("error") } ?? lines.last
    return telling.map { String($0.drop { $0 == " " }.prefix(200)) } ?? "it ended with status \(status)"
  }
}

/// A running gnuplot: commands go in by one socket, pictures and messages come out by two more.
private final class GnuplotProcess {
  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private let errors: Int32
  private var status: Int32?

  /// nil where there is no such program.
  init?(_ program: String) throws(Failure) {
    var ends = [Int32](repeating: -1, count: 6)
    // Writing to a pipe whose reader is gone would end this process by a signal; a socket can be asked not to.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let isOpen = ends.withUnsafeMutableBufferPointer { ends in
      [0, 2, 4].allSatisfy { socketpair(AF_UNIX, kind, 0, ends.baseAddress! + $0) == 0 }
    }
    guard isOpen else {
      for end in ends where end >= 0 { close(end) }
      throw Failure(.argument, "gnuplot cannot be started: \(String(cString: strerror(errno)))")
    }
    let started = GnuplotProcess.spawn(program, input: ends[1], output: ends[3], errors: ends[5])
    for end in [ends[1], ends[3], ends[5]] { close(end) }
    guard case .success(let process) = started else {
      for end in [ends[0], ends[2], ends[4]] { close(end) }
      guard case .failure(let error) = started, error.code != ENOENT else { return nil }
      throw Failure(.argument, "gnuplot cannot be started: \(String(cString: strerror(error.code)))")
    }
    self.process = process
    (input, output, errors) = (ends[0], ends[2], ends[4])
    for end in [input, output, errors] { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
  }

  private struct SpawnError: Error { let code: Int32 }

  /// Without the user's configuration, in a process group of its own: an interrupt at the terminal is ours to pass on.
  private static func spawn(_ program: String, input: Int32, output: Int32, errors: Int32) -> Result<pid_t, SpawnError>
  {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, end) in [input, output, errors].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, end, Int32(target))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    let words = cStrings([program, "-d", "-"])
    let inherited = ["PATH", "HOME", "XDG_CACHE_HOME"].compactMap { (name: String) in
      getenv(name).map { "\(name)=\(String(cString: $0))" }
    }
    let environment = cStrings(inherited + ["LC_ALL=C.UTF-8"])
    defer { for word in words + environment { free(word) } }
    var process = pid_t()
    let code = posix_spawnp(&process, program, &actions, &attributes, words, environment)
    return code == 0 ? .success(process) : .failure(SpawnError(code: code))
  }

  /// Writes `script` and reads until gnuplot closes its output.
  func exchange(_ script: [UInt8], timeLimit: Double) throws(Failure) -> (output: [UInt8], errors: [UInt8]) {
    let began = ContinuousClock.now
    var (picture, messages, sent) = ([UInt8](), [UInt8](), 0)
    var (isPictureOpen, isMessageOpen) = (true, true)
    while isPictureOpen || isMessageOpen {
      try Interruption.check()
      guard ContinuousClock.now - began < .seconds(timeLimit) else {
        throw Failure(.argument, "gnuplot took more than \(Int(timeLimit)) s for the picture, and was stopped")
      }
      var waits = [
        pollfd(fd: sent < script.count ? input : -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: isPictureOpen ? output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isMessageOpen ? errors : -1, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waits, 3, 50) > 0 else { continue }
      if waits[0].revents != 0 {
        sent += write(script[sent...])
        if sent == script.count { shutdown(input, Int32(SHUT_WR)) }
      }
      if waits[1].revents != 0 { isPictureOpen = read(output, &picture) }
      if waits[2].revents != 0 { isMessageOpen = read(errors, &messages) }
    }
    return (picture, messages)
  }

  /// How many bytes are done with: all of them where nobody reads any more.
  private func write(_ bytes: ArraySlice<UInt8>) -> Int {
    let written = bytes.withUnsafeBytes { send(input, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    if written >= 0 { return written }
    return errno == EAGAIN || errno == EINTR ? 0 : bytes.count
  }

  /// Whether there may be more.
  private func read(_ end: Int32, _ bytes: inout [UInt8]) -> Bool {
    let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
      let count = Glibc.read(end, buffer.baseAddress, buffer.count)
      if count > 0 { bytes.append(contentsOf: buffer[..<count]) }
      return count
    }
    return count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR)
  }

  /// Its exit status, after it has closed its output.
  func wait() -> Int32 {
    if let status { return status }
    for end in [input, output, errors] { close(end) }
    var code: Int32 = 0
    while waitpid(process, &code, 0) < 0, errno == EINTR {}
    let result = code & 0x7f != 0 ? -(code & 0x7f) : code >> 8 & 0xff
    status = result
    return result
  }

  /// Ends it where it still runs.
  func end() {
    guard status == nil else { return }
    kill(process, SIGKILL)
    _ = wait()
  }
}

/// Copies for C, to be freed, with a null at the end.
private func cStrings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] { texts.map { strdup($0) } + [nil] }
