import Glibc

/// Runs the built `perigee`.
struct Command {
  let status: Int32
  let output: String
  let errors: String
  /// The most memory that it held, in bytes.
  let peakMemory: Int

  struct NotStarted: Error {}

  /// `interruptAfter`: microseconds until it gets the signal. `path`: where it finds other programs, nil for where this one does.
  static func run(
    _ arguments: [String], input: String = "", folder: String = ".", interruptAfter delay: UInt32? = nil,
    by signal: Int32 = SIGINT, path: String? = nil
  ) throws -> Command {
    let files = [temporaryFile(input), temporaryFile(""), temporaryFile("")]
    defer { for file in files { unlink(file) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, files[0], O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, files[1], O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, files[2], O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] =
      (["env", "-C", folder] + (path.map { ["PATH=\($0)"] } ?? []) + [executable] + arguments).map { strdup($0) } + [
        nil
      ]
    defer { for word in words { free(word) } }
    var process = pid_t()
    guard posix_spawn(&process, "/usr/bin/env", &actions, nil, &words, environ) == 0 else { throw NotStarted() }
    if let delay {
      usleep(delay)
      kill(process, signal)
    }
    var status: Int32 = 0
    var usage = rusage()
    wait4(process, &status, 0, &usage)
    let isSignalled = status & 0x7f != 0
    return Command(
      status: isSignalled ? -(status & 0x7f) : (status >> 8) & 0xff, output: contents(files[1]),
      errors: contents(files[2]), peakMemory: usage.ru_maxrss << 10)
  }

  /// Beside the test bundle, which the build puts into the same folder.
  static let executable: String = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return (bundle.split(separator: "/").dropLast().reduce(into: "") { $0 += "/\($1)" }) + "/perigee"
  }()

  static func temporaryFile(_ contents: String) -> String {
    var path = Array("/tmp/perigee-test-XXXXXX".utf8CString)
    let file = mkstemp(&path)
    var text = contents
    text.withUTF8 { _ = write(file, $0.baseAddress, $0.count) }
    close(file)
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func contents(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let n = fread(&chunk, 1, chunk.count, file), n > 0 { bytes += chunk[..<n] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
