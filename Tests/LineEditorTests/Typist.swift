import Glibc
import LineEditor
import LuaSyntax
import Synchronization
import Testing
import VirtualTerminal

/// One after the other: a window's new size is told to the whole process.
@Suite(.serialized) enum TerminalTests {}

/// Somebody at a terminal, whose inputs an editor reads on a thread of its own.
final class Typist {
  let terminal: PseudoTerminal
  private let reader: Reader

  init(
    columns: Int = 40, rows: Int = 12, history: History = History(), colors: Bool = false, term: String = "xterm",
    draft: String = "", output: String = ""
  ) throws {
    terminal = try PseudoTerminal(columns: columns, rows: rows)
    terminal.print(output)
    reader = Reader(terminal.slave, history, Palette(colors ? .colors : .attributes), term, draft)
    reader.start()
    try terminal.wait(for: ">")
  }

  deinit {
    // An end of the input for the thread to end with.
    terminal.type("\u{3}\u{3}\u{4}")  // the first one may close a menu
    terminal.settle(milliseconds: 20)
    reader.join()
  }

  var screen: VirtualScreen { terminal.screen }
  var inputs: [LineEditor.Input] { reader.inputs.withLock { $0 } }

  /// Types, and waits for what comes of it.
  @discardableResult
  func type(_ text: String) -> VirtualScreen {
    terminal.type(text)
    terminal.settle()
    return screen
  }

  /// What has been entered so far, once there are so many.
  func inputs(_ count: Int) throws -> [LineEditor.Input] {
    try terminal.wait(for: "input \(count)") { _ in inputs.count >= count }
    return inputs
  }
}

enum Keys {
  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
  static let right = "\u{1B}[C"
  static let left = "\u{1B}[D"
  static let home = "\u{1B}[H"
  static let end = "\u{1B}[F"
  static let backspace = "\u{7F}"
  static let shiftTab = "\u{1B}[Z"

  static func control(_ letter: Character) -> String { String(Character(Unicode.Scalar(letter.asciiValue! & 0x1F))) }
  static func alt(_ letter: Character) -> String { "\u{1B}\(letter)" }
  static func paste(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }
}

private final class Reader: @unchecked Sendable {
  let inputs = Mutex<[LineEditor.Input]>([])
  private let editor: LineEditor
  private let assistant = Words()
  private var thread = pthread_t()

  init(_ descriptor: Int32, _ history: History, _ palette: Palette, _ term: String, _ draft: String) {
    editor = LineEditor(
      input: descriptor, output: descriptor, term: term, palette: palette, history: history, assistant: assistant)
    editor.draft = draft
  }

  func start() {
    pthread_create(
      &thread, nil,
      { context in
        Unmanaged<Reader>.fromOpaque(context!).takeUnretainedValue().run()
        return nil
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  func join() { pthread_join(thread, nil) }

  private func run() {
    while true {
      let input = editor.read()
      if case .text(let text) = input { editor.history.append(text) }
      inputs.withLock { $0.append(input) }
      if input == .end { return }
    }
  }
}

/// Knows a few words, and that `do` wants an `end`.
private final class Words: InputAssistant {
  private static let words: [Completions.Candidate] = [
    .init("pairs", summary: "goes through a table"), .init("pcall", summary: "calls and catches"),
    .init("print", summary: "writes a line"), .init("vector"),
  ]

  func isComplete(_ input: String) -> Bool {
    let bytes = Array(input.utf8)
    let words = LuaLexer.code(input).tokens.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    let open = words.count { ["do", "function", "then", "{", "("].contains($0) }
    let closed = words.count { ["end", "}", ")"].contains($0) }
    return open <= closed
  }

  func completions(after text: String) -> Completions {
    let word = String(text.reversed().prefix { $0.isLetter }.reversed())
    return Completions(replaced: word.count, Words.words.filter { $0.text.hasPrefix(word) })
  }

  func hint(after text: String) -> String? { text.hasSuffix("print(") ? "print(...)" : nil }
}
