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
      try slowestCompletion(session),
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

/// What a key waits for at the prompt: completions and the signature after texts of all kinds, in a session with large tables.
private func slowestCompletion(_ session: Session) throws -> Row {
  _ = try session.run(
    .text(
      "big = {} for i = 1, 1e6 do big['key' .. i] = i _G['g' .. i] = i end; iris = frame.load 'iris'", name: "=bench"))
  let long = String(repeating: "local fit = em.fit(iris:matrix(), {k = 2})\n", count: 250)
  let texts = [
    "big.k", "g1", "em.", "em.fit(iris, {", "em.fit(iris, {family = \"", "frame.load \"", "iris:column(\"", "iris:",
    "x = '/usr/bin/", "\(long)em.fit(iris:matrix(), {k = 2, cov",
  ]
  let times = texts.map { text in
    medianSeconds(5) {
      _ = session.completions(after: text)
      _ = session.hint(after: text)
    }
  }
  let slowest = times.indices.max { times[$0] < times[$1] } ?? 0
  return Row(
    "completion, the slowest of \(texts.count)", times[slowest] * 1e3, "ms", bar: 50,
    note: "   after \(texts[slowest].suffix(24))")
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
