import Glibc

/// Reads inputs of Lua from a terminal, with all that makes typing them pleasant; plain lines where there is no terminal.
package final class LineEditor {
  /// What came of a prompt.
  package enum Input: Equatable {
    case text(String)
    /// Ctrl-C: what was typed is dropped.
    case interrupted
    case end
  }

  package let history: History
  package let palette: Palette
  /// The text that the next prompt begins with.
  package var draft = ""
  private let assistant: any InputAssistant
  private let terminal: Terminal?
  private let lines: PlainLines
  private var decoder = KeyDecoder()
  private var killRing = KillRing()
  private var following: [String] = []

  private static let prompt = "> "
  private static let continuation = "| "
  private static let transcript = Transcript(prompts: [prompt], continuations: [continuation, ">> "])
  /// How long the rest of an escape sequence may be on its way, in milliseconds.
  private static let escapeTime: Int32 = 50

  /// `term`: what kind of terminal it is, as the variable TERM has it.
  package init(
    input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO, term: String?, palette: Palette, history: History,
    assistant: any InputAssistant
  ) {
    let isTerminal = isatty(input) != 0 && isatty(output) != 0 && term != nil && term != "dumb" && term != ""
    terminal = isTerminal ? Terminal(input: input, output: output) : nil
    lines = PlainLines(input: input, output: output)
    self.palette = palette
    self.history = history
    self.assistant = assistant
  }

  /// Whether keys are edited here, rather than lines read.
  package var isTerminal: Bool { terminal != nil }

  package func read() -> Input {
    guard let terminal, terminal.enter() else { return readPlainly() }
    defer {
      terminal.write("\u{1B}[?2004l")
      terminal.leave()
    }
    return edit(terminal)
  }

  private func edit(_ terminal: Terminal) -> Input {
    let start = draft.isEmpty && !following.isEmpty ? following.removeFirst() : draft
    draft = ""
    var editor = Editor(
      start, killRing: killRing, history: history, assistant: assistant, transcript: LineEditor.transcript)
    defer {
      killRing = editor.kills
      following = editor.following + following
    }
    var screen = Screen()
    terminal.write(
      "\u{1B}[?2004h" + screen.begin(columns: terminal.size.columns) + picture(of: &editor, terminal, on: &screen))
    var isFinal = false
    while true {
      guard let key = decoder.next(isFinal: isFinal) else {
        isFinal = false
        switch terminal.wait(decoder.isEmpty ? -1 : LineEditor.escapeTime) {
        case .bytes(let bytes): decoder.append(bytes)
        case .quiet: isFinal = !decoder.isEmpty
        case .resized:
          terminal.write(screen.resize(columns: terminal.size.columns) + picture(of: &editor, terminal, on: &screen))
        case .ended: return .end
        }
        continue
      }
      let outcome = editor.handle(key)
      switch outcome {
      case .editing:
        // Keys that came together are shown together.
        if decoder.isEmpty, !terminal.hasInput { terminal.write(picture(of: &editor, terminal, on: &screen)) }
      case .cleared: terminal.write(screen.clear() + picture(of: &editor, terminal, on: &screen))
      case .suspended:
        terminal.write(picture(of: &editor, terminal, on: &screen, isDone: true) + screen.finish())
        terminal.leave()
        terminal.suspend()
        _ = terminal.enter()
        terminal.write("\u{1B}[?2004h" + picture(of: &editor, terminal, on: &screen))
      case .submitted, .interrupted, .ended:
        let mark = outcome == .interrupted ? "^C" : ""
        terminal.write(picture(of: &editor, terminal, on: &screen, isDone: true, mark: mark) + screen.finish())
        if outcome == .interrupted { following = [] }
        return outcome == .submitted ? .text(editor.buffer.text) : outcome == .interrupted ? .interrupted : .end
      }
    }
  }

  /// What to write for the terminal to show the editor's state; `isDone`: the text alone, as it stays there.
  private func picture(
    of editor: inout Editor, _ terminal: Terminal, on screen: inout Screen, isDone: Bool = false, mark: String = ""
  ) -> String {
    editor.lex()
    let size = terminal.size
    let painter = Painter(
      palette: palette, prompt: LineEditor.prompt, continuation: LineEditor.continuation, columns: size.columns,
      rows: size.rows)
    var extras = Painter.Extras()
    if isDone {
      extras.suggestion = mark
    } else {
      extras.suggestion = editor.suggestion
      extras.brackets = editor.lexed.matchingBrackets(at: editor.buffer.cursor)
      extras.menu = editor.menu?.rows(painter) ?? []
      if let search = editor.search {
        extras.match = search.match(in: editor.buffer)
        extras.below = [(search.status, .faint)]
      } else if let hint = assistant.hint(after: editor.textBeforeCursor) {
        extras.below = [(hint, .faint)]
      }
    }
    let picture = painter.picture(editor.buffer, editor.lexed, extras)
    return screen.show(picture.rows, cursor: picture.cursor)
  }

  /// Lines up to a complete input.
  private func readPlainly() -> Input {
    var input = ""
    while true {
      switch lines.read(prompt: input.isEmpty ? LineEditor.prompt : LineEditor.continuation) {
      case .text(let line):
        input += (input.isEmpty ? "" : "\n") + line
        if assistant.isComplete(input) { return .text(input) }
      case .interrupted: return .interrupted
      case .end: return input.isEmpty ? .end : .text(input)
      }
    }
  }
}
