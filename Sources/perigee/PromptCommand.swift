@preconcurrency import Glibc
import Lua
import Workbench

/// A command of the prompt: `:name argument`.
struct PromptCommand {
  let name: String
  /// How its argument is called in the list.
  private let argument: String
  let summary: String
  let takesFile: Bool
  /// Answers with an exit status to leave.
  let action: (Prompt, String) -> Int32?

  var usage: String { argument.isEmpty ? ":\(name)" : ":\(name) \(argument)" }

  private init(
    _ name: String, _ argument: String = "", _ summary: String, _ action: @escaping (Prompt, String) -> Int32?
  ) {
    self.name = name
    self.argument = argument
    self.summary = summary
    self.action = action
    takesFile = argument.contains("FILE")
  }

  /// By its name, or a beginning of it that is no other's.
  static func named(_ name: String) -> PromptCommand? {
    if let exact = all.first(where: { $0.name == name }) { return exact }
    let longer = all.filter { !name.isEmpty && $0.name.hasPrefix(name) }
    return longer.count == 1 ? longer[0] : nil
  }

  nonisolated(unsafe) static let all: [PromptCommand] = everywhere.filter { command in
    command.name != "recipe" || API.perigee.modules.contains { $0.name == "recipe" }
  }

  nonisolated(unsafe) private static let everywhere: [PromptCommand] = [
    PromptCommand("help", "", "this list", { prompt, _ in prompt.listCommands() }),
    PromptCommand("doc", "NAME", "what is known of a name, a value or a word") {
      prompt, topic in
      prompt.explain(topic)
      return nil
    },
    PromptCommand("who", "", "the variables, their sizes, the memory they hold") { prompt, _ in
      prompt.listVariables()
    },
    PromptCommand("time", "CODE", "runs the code and tells its time") { prompt, code in
      prompt.evaluate(code, alwaysTimed: true)
    },
    PromptCommand("timeit", "CODE", "runs the code often and tells the time of a run") { prompt, code in
      prompt.measure(code)
    },
    PromptCommand("run", "FILE [ARGUMENT…]", "runs a script; its globals stay") { prompt, words in
      prompt.runScript(words)
    },
    PromptCommand("load", "FILE", "runs a file as if typed; its locals stay too") {
      prompt, path in
      prompt.load(path)
    },
    PromptCommand("recipe", "[NAME FLAG…]", "runs a recipe; without a name, lists them") {
      prompt, words in
      prompt.runRecipe(words)
    },
    PromptCommand("edit", "", "takes the last input to $EDITOR and back") {
      prompt, _ in
      prompt.editLastInput()
    },
    PromptCommand("save", "FILE", "writes the inputs, less those that failed") { prompt, path in
      prompt.saveInputs(path)
    },
    PromptCommand("history", "[WORD]", "the last inputs, or all with a word in them") { prompt, word in
      prompt.listHistory(word)
    },
    PromptCommand("seed", "N", "begins the default random stream anew") { prompt, seed in
      prompt.reseed(seed)
    },
    PromptCommand("reset", "", "forgets all variables") { prompt, _ in
      prompt.reset()
    },
    PromptCommand("trace", "", "all that was under way in the last failure") { prompt, _ in
      prompt.showTrace()
    },
    PromptCommand("quit", "", "leaves; so does Ctrl-D", { _, _ in 0 }),
  ]
}

extension Prompt {
  fileprivate func listCommands() -> Int32? {
    let rows =
      PromptCommand.all.map { ($0.usage, $0.summary) } + [
        ("?NAME", "the same as :doc NAME; so is NAME?"), ("!COMMAND", "runs a command of the shell"),
      ]
    let width = rows.map(\.0.count).max() ?? 0
    for (usage, summary) in rows {
      show("  \(usage)\(String(repeating: " ", count: width - usage.count))  \(summary)")
    }
    show(
      """

        _ is the last value, _1 to _9 are the last nine, the newest first. A ; at the
        end mutes. Tab completes, Ctrl-R searches the history, Alt-Enter begins a new
        line, Ctrl-C stops what runs.
        help() lists the modules.
      """)
    return nil
  }

  fileprivate func listVariables() -> Int32? {
    let variables = session.variables
    if variables.isEmpty { show("no variables") }
    let name = variables.map(\.name.count).max() ?? 0
    let type = variables.map(\.type.count).max() ?? 0
    let brief = variables.map(\.brief.count).max() ?? 0
    for variable in variables {
      let bytes = variable.nativeBytes > 0 ? byteText(variable.nativeBytes) : ""
      let line =
        "\(padded(variable.name, name))  \(padded(variable.type, type))  \(padded(variable.brief, brief))  \(bytes)"
      show(String(line.reversed().drop { $0 == " " }.reversed()))
    }
    return nil
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func byteText(_ bytes: Int) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    var (size, unit) = (Double(bytes), 0)
    while size >= 1024, unit < units.count - 1 { (size, unit) = (size / 1024, unit + 1) }
    return "\(shortNumber(size)) \(units[unit])"
  }

  /// As often as a fifth of a second has room for, and that five times: the fastest time is the least disturbed one.
  fileprivate func measure(_ code: String) -> Int32? {
    func run(_ body: String, _ count: Int) throws(ScriptFailure) -> Double {
      let start = seconds()
      try session.run(.text("local f = function() \(body)\nend for _ = 1, \(count) do f() end", name: "=timeit"))
      return seconds() - start
    }
    return attempt { () throws(ScriptFailure) in
      var body = "return \(code)"
      do throws(ScriptFailure) { _ = try run(body, 0) } catch {
        body = code
      }
      var count = 1
      var time = try run(body, count)
      while time < 0.1, count < 1 << 30 {
        count *= time < 0.01 ? 10 : 2
        time = try run(body, count)
      }
      var best = time
      for _ in 0..<4 where time < 2 { best = min(best, try run(body, count)) }
      show("\(timeText(best / Double(count))) a run, the best of \(time < 2 ? 5 : 1) x \(count)")
    }
  }

  fileprivate func runScript(_ text: String) -> Int32? {
    let words = text.split(separator: " ").map { String($0) }
    guard let script = words.first else { return complaint("which file? :run FILE") }
    session.setArguments(script: script, Array(words.dropFirst()))
    return attempt { () throws(ScriptFailure) in try session.run(.file(script)) }
  }

  fileprivate func runRecipe(_ text: String) -> Int32? {
    let words = text.split(separator: " ").map { "\(quotedInLua(String($0)))," }.joined()
    return attempt { () throws(ScriptFailure) in
      try session.run(.text("recipe.command{\(words)}", name: "=recipe"))
    }
  }

  fileprivate func load(_ path: String) -> Int32? {
    guard let text = contents(path) else { return complaint("'\(path)' cannot be read") }
    return evaluate(text)
  }

  fileprivate func editLastInput() -> Int32? {
    guard let file = TemporaryFile(suffix: ".lua") else { return complaint("no temporary file can be made") }
    let path = file.path
    defer { unlink(path) }
    var text = lastInput
    _ = text.withUTF8 { write(file.descriptor, $0.baseAddress, $0.count) }
    close(file.descriptor)
    let program = variable("VISUAL") ?? variable("EDITOR") ?? "vi"
    guard system("\(program) '\(path)'") == 0, let edited = contents(path) else {
      return complaint("\(program) did not succeed")
    }
    editor.draft = String(edited.reversed().drop { $0.isWhitespace }.reversed())
    return nil
  }

  fileprivate func saveInputs(_ path: String) -> Int32? {
    guard !path.isEmpty else { return complaint("which file? :save FILE") }
    guard let file = fopen(path, "we") else { return complaint("'\(path)' cannot be written") }
    let isWritten = succeeded.allSatisfy { fputs("\($0)\n", file) >= 0 }
    guard fclose(file) == 0, isWritten else { return complaint("'\(path)' cannot be written") }
    show("\(succeeded.count) \(succeeded.count == 1 ? "input" : "inputs") in \(path)")
    return nil
  }

  fileprivate func listHistory(_ word: String) -> Int32? {
    let entries = editor.history.entries
    for entry in word.isEmpty ? Array(entries.suffix(30)) : entries.filter({ $0.contains(word) }) {
      show(palette.highlighted(entry))
    }
    return nil
  }

  fileprivate func reseed(_ seed: String) -> Int32? {
    guard let seed = Int(seed) else { return complaint("which seed? :seed 1") }
    return attempt { () throws(ScriptFailure) in try session.run(.text("random.seed(\(seed))", name: "=seed")) }
  }

  fileprivate func reset() -> Int32? {
    do { try session.reset() } catch { complain("not enough memory") }
    return nil
  }

  fileprivate func showTrace() -> Int32? {
    guard let failure = session.lastFailure else { return complaint("the last input did not fail") }
    show(failure.message)
    for frame in failure.frames { show("  \(frame)") }
    return nil
  }

  private func complaint(_ text: String) -> Int32? {
    complain(text)
    return nil
  }

  private func contents(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return ferror(file) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
