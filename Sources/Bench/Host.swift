import Glibc
import Lua
import Workbench

/// The border between Lua and the host, and the start of the process.
func hostRows() throws -> [Row] {
  try Session.open { session in
    [
      Row("perigee -e ''", try startSeconds() * 1e3, "ms", bar: 15),
      Row("host call: #v", try nanoseconds(session, "local x = #v"), "ns", bar: 150),
      Row("host call of a method: v:count()", try nanoseconds(session, "v:count()"), "ns", bar: 150),
      Row("host call with an index: v[2]", try nanoseconds(session, "local x = v[2]"), "ns", bar: 150),
      Row("host call with an object: v:copy()", try nanoseconds(session, "v:copy()"), "ns"),
      Row("call into Lua: v:map(f), an element", try nanosecondsOfMap(session), "ns"),
    ]
  }
}

/// Of a statement in a loop of Lua, less the empty loop.
private func nanoseconds(_ session: Session, _ statement: String) throws -> Double {
  try median(
    session,
    """
    local v, n, clock = vector{1, 2, 3}, 1e6, os.clock
    local start = clock() for i = 1, n do end local empty = clock() - start
    start = clock() for i = 1, n do \(statement) end
    return (clock() - start - empty) / n * 1e9
    """)
}

private func nanosecondsOfMap(_ session: Session) throws -> Double {
  try median(
    session,
    """
    local v, clock = vector.ones(1e6), os.clock
    local start = clock() v:map(function(x) return x end)
    return (clock() - start) / #v * 1e9
    """)
}

/// The median of five runs.
private func median(_ session: Session, _ script: String) throws -> Double {
  let values = try (0..<5).map { _ in
    Double(try session.run(.text(script, name: "=bench"), describingResults: true)[0]) ?? .nan
  }
  return values.sorted()[2]
}

/// Of the command that was built beside this program.
private func startSeconds() throws -> Double {
  let path =
    CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/perigee"
  return medianSeconds(21) {
    var words: [UnsafeMutablePointer<CChar>?] = [strdup(path), strdup("-e"), strdup(""), nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    guard posix_spawn(&process, path, nil, nil, &words, environ) == 0 else { return }
    waitpid(process, nil, 0)
  }
}
