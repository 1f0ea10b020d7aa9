@preconcurrency import Glibc
import Lua
import Workbench

/// `perigee api`: the declarations of all functions, for editors, checkers and readers.
enum APICommand {
  static let usage = """
    usage: perigee api --luals DIR      definition files for the Lua language server
           perigee api --luacheck       a .luacheckrc, on standard output
           perigee api --markdown DIR   the reference: examples, their output, pictures
           perigee api --json           everything, on standard output
    """

  private struct CannotWrite: Error {
    let path: String
  }

  /// The exit status.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      switch (arguments.first, arguments.dropFirst().first, arguments.count) {
      case ("--luals", let folder?, 2): try write(LuaLSDefinitions().files, to: folder)
      case ("--luacheck", nil, 1): print(luacheckConfiguration())
      case ("--markdown", let folder?, 2):
        try make(folder)
        try write(MarkdownReference(picturesIn: folder, running: output).pages(), to: folder)
      case ("--json", nil, 1): print(try apiDocument())
      default:
        fputs("\(usage)\n", stderr)
        return 2
      }
      return 0
    } catch let failure as ScriptFailure {
      fputs("perigee: an example failed: \(failure.message)\n", stderr)
    } catch let failure as CannotWrite {
      fputs("perigee: '\(failure.path)' cannot be written: \(String(cString: strerror(errno)))\n", stderr)
    } catch {
      fputs("perigee: \(error)\n", stderr)
    }
    return 1
  }

  private static func make(_ folder: String) throws {
    if mkdir(folder, 0o777) != 0, errno != EEXIST { throw CannotWrite(path: folder) }
  }

  private static func write(_ files: [(name: String, text: String)], to folder: String) throws {
    try make(folder)
    for (name, text) in files {
      let path = "\(folder)/\(name)"
      guard let file = fopen(path, "we") else { throw CannotWrite(path: path) }
      let isWritten = fputs(text, file) >= 0
      guard fclose(file) == 0, isWritten else { throw CannotWrite(path: path) }
    }
  }

  /// What a script prints, in a session of its own. Lua and the host print to the same stream, so that is led to a file.
  private static func output(of script: String, _ name: String) throws -> String {
    fflush(stdout)
    guard let file = tmpfile() else { throw CannotWrite(path: "a temporary file") }
    let screen = dup(STDOUT_FILENO)
    dup2(fileno(file), STDOUT_FILENO)
    defer {
      fflush(stdout)
      dup2(screen, STDOUT_FILENO)
      close(screen)
      fclose(file)
    }
    try Session.open(SessionOptions(isQuiet: true)) { session in
      _ = try session.run(.text(script, name: "=\(name)"))
    }
    fflush(stdout)
    rewind(file)
    var bytes: [UInt8] = []
    while case let byte = getc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
