@preconcurrency import Glibc
import LineEditor
import Workbench

/// A session at a terminal: reads an input, runs it, shows what came of it, until its end.
final class Prompt {
  let session: Session
  let editor: LineEditor
  let palette: Palette
  /// Inputs that did not fail, as a script has them, for `:save`.
  private(set) var succeeded: [String] = []
  private(set) var lastInput = ""

  /// Runs longer than this tell their time, in seconds.
  private static let longRun = 1.0

  init(_ session: Session) {
    self.session = session
    let term = variable("TERM")
    let isTerminal = isatty(STDOUT_FILENO) != 0 && term != nil && term != "dumb"
    palette = Palette(!isTerminal ? .none : variable("NO_COLOR") == nil ? .colors : .attributes)
    let history = History(path: isatty(STDIN_FILENO) != 0 ? Places.history : nil, project: Places.project)
    editor = LineEditor(term: term, palette: palette, history: history, assistant: Assistant(session))
  }

  /// Reads and runs inputs until their end; the exit status. `startUp`: a file to run first.
  func run(startUp: String?) -> Int32 {
    show("Perigee \(version) on Lua 5.4. :help says what there is; Ctrl-D leaves.")
    if let startUp, let status = runStartUp(startUp) { return status }
    while true {
      fflush(stdout)
      switch editor.read() {
      case .end:
        if !editor.isTerminal { show("") }
        return 0
      case .interrupted:
        session.forgetInterrupt()
        if !editor.isTerminal { show("") }
      case .text(let input):
        editor.history.append(input)
        session.forgetInterrupt()
        if let status = perform(Request(input)) { return status }
      }
    }
  }

  /// The exit status where the request was to leave.
  private func perform(_ request: Request) -> Int32? {
    switch request {
    case .nothing: return nil
    case .help(let topic): explain(topic)
    case .shell(let line):
      fflush(stdout)
      system(line)
    case .command(let name, let argument):
      guard let command = PromptCommand.named(name) else {
        complain("no command :\(name); :help lists them")
        return nil
      }
      return command.action(self, argument)
    case .lua(let code): return evaluate(code)
    }
    return nil
  }

  private func runStartUp(_ path: String) -> Int32? {
    guard access(path, F_OK) == 0 else { return nil }
    return attempt { () throws(ScriptFailure) in try session.run(.file(path)) }
  }
}

// What commands do, too.
extension Prompt {
  @discardableResult
  func evaluate(_ code: String, alwaysTimed: Bool = false) -> Int32? {
    lastInput = code
    return attempt { () throws(ScriptFailure) in
      let start = seconds()
      let result = try session.evaluate(code, width: columns)
      let duration = seconds() - start
      for value in result.values { show(value) }
      if alwaysTimed || duration >= Prompt.longRun { show(palette("took \(timeText(duration))", .faint)) }
      for warning in result.warnings { show(palette(warning, .error)) }
      succeeded.append(result.script)
    }
  }

  /// Tells of a failure; the exit status where the script asked to leave.
  func attempt(_ body: () throws(ScriptFailure) -> Void) -> Int32? {
    do throws(ScriptFailure) {
      try body()
      return nil
    } catch {
      if case .exit(let status) = error.cause { return status }
      report(error)
      return nil
    }
  }

  func explain(_ topic: String) {
    guard !topic.isEmpty else { return show(help() ?? "") }
    if let page = session.explain(topic) { show(page) } else { complain("nothing is known of '\(topic)'") }
  }

  func show(_ text: String) { print(text) }

  func complain(_ text: String) {
    fflush(stdout)
    fputs("\(palette(text, .error))\n", stderr)
  }

  var columns: Int {
    var size = winsize()
    return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) : 80
  }

  private func report(_ failure: ScriptFailure) {
    fflush(stdout)
    // The terminal has shown ^C where the cursor was.
    if failure.cause == .interrupted { return complain(editor.isTerminal ? "\ninterrupted" : "interrupted") }
    let diagnosis = session.diagnose(failure)
    let place = diagnosis.place.map { palette("  (\($0))", .faint) } ?? ""
    var lines = ["\(palette(diagnosis.message, .error))\(place)"]
    if let line = diagnosis.line { lines += pointer(to: diagnosis.mark, in: line) }
    lines += diagnosis.trace.map { palette("  \($0)", .faint) }
    fputs(lines.joined(separator: "\n") + "\n", stderr)
  }
}

extension Prompt {
  /// A line, of a long one the part around the mark, and below it carets.
  private func pointer(to mark: Range<Int>, in line: String) -> [String] {
    let clear = line.map { $0 == "\t" ? " " : $0 }
    let room = columns - 4
    let first = clear.count <= room ? 0 : min(max(0, mark.lowerBound - room / 2), clear.count - room)
    let shown = clear[first..<min(first + room, clear.count)]
    let start = min(mark.lowerBound, clear.count)
    let end = min(max(mark.upperBound, start + 1), first + room)
    let indentation = String(repeating: " ", count: 2 + clear[first..<start].width)
    let length = start < clear.count ? clear[start..<min(end, clear.count)].width : 1
    return [
      "  \(palette.highlighted(String(shown)))",
      "\(indentation)\(palette(String(repeating: "^", count: length), .error))",
    ]
  }
}

/// Where a user's files are, as the XDG base directory specification has it.
enum Places {
  static var startUp: String? { place("XDG_CONFIG_HOME", ".config").map { "\($0)/perigee/init.lua" } }
  static var history: String? { place("XDG_STATE_HOME", ".local/state").map { "\($0)/perigee/history" } }

  private static func place(_ name: String, _ fallback: String) -> String? {
    variable(name) ?? variable("HOME").map { "\($0)/\(fallback)" }
  }

  /// The folder of the project that the working directory is in: that of its repository, or else itself.
  static var project: String {
    guard let buffer = getcwd(nil, 0) else { return "" }
    defer { free(buffer) }
    let here = String(cString: buffer)
    var folder = here[...]
    while !folder.isEmpty {
      if access("\(folder)/.git", F_OK) == 0 { return String(folder) }
      folder = folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)]
    }
    return here
  }
}

/// A variable of the environment that is set and not empty.
func variable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}

func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Three significant digits with a unit.
func timeText(_ seconds: Double) -> String {
  let (scale, unit) =
    seconds >= 1 ? (1.0, "s") : seconds >= 1e-3 ? (1e3, "ms") : seconds >= 1e-6 ? (1e6, "µs") : (1e9, "ns")
  return "\(shortNumber(seconds * scale)) \(unit)"
}

/// Three significant digits, for numbers from 1 to 1000 and above.
func shortNumber(_ value: Double) -> String {
  let places = value >= 100 ? 1.0 : value >= 10 ? 10.0 : 100.0
  let rounded = (value * places).rounded() / places
  return rounded == rounded.rounded() && rounded < 1e15 ? String(Int(rounded)) : String(rounded)
}
