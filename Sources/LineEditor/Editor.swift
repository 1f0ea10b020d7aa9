/// The text that is being edited, and what each key does to it. Knows no terminal.
struct Editor {
  private(set) var buffer: TextBuffer
  private(set) var lexed = LexedText()
  private(set) var search: HistorySearch?
  private(set) var menu: Menu?
  /// Inputs of a transcript that was pasted, for the prompts to come.
  private(set) var following: [String] = []
  private var undoStack = UndoStack()
  private var killRing: KillRing
  private let history: History
  private unowned let assistant: any InputAssistant
  private let transcript: Transcript
  /// Where in the history the text came from, and what its entries had to begin with.
  private var visited: (index: Int, prefix: String, typed: TextBuffer)?
  /// The range of the last yank, for the one before it to take its place.
  private var yanked: Range<TextPosition>?
  /// Where the cursor would be shown if the lines it passes were long enough.
  private var wantedColumn: Int?

  enum Outcome: Equatable {
    case editing, submitted, interrupted, ended, suspended, cleared
  }

  init(
    _ text: String, killRing: KillRing, history: History, assistant: any InputAssistant, transcript: Transcript
  ) {
    buffer = TextBuffer(text)
    self.killRing = killRing
    self.history = history
    self.assistant = assistant
    self.transcript = transcript
  }

  /// Brings `lexed` up to date.
  mutating func lex() { lexed.update(buffer.lines) }

  /// For the next input: what was cut is kept.
  var kills: KillRing { killRing }

  mutating func handle(_ key: Key) -> Outcome {
    if case .characters(let text) = key, search != nil || menu != nil {
      for character in text { _ = handle(.character(character)) }
      return .editing
    }
    if search != nil, let outcome = handleInSearch(key) { return outcome }
    if menu != nil, let outcome = handleInMenu(key) { return outcome }
    let wasMenu = menu != nil
    menu = nil
    let outcome = edit(key)
    if wasMenu, isTyping(key) { openMenu() }
    return outcome
  }

  private func isTyping(_ key: Key) -> Bool {
    switch key {
    case .character, .characters, .backspace: true
    default: false
    }
  }

  private mutating func edit(_ key: Key) -> Outcome {
    let before = (visited, yanked, wantedColumn)
    (visited, yanked, wantedColumn) = (nil, nil, nil)
    if !isCut(key) { killRing.pause() }
    if !isTyping(key), key != .delete { undoStack.separate() }
    switch key {
    case .character(let character): type(String(character))
    case .characters(let text): type(text)
    case .enter: return enter()
    case .altEnter: newLine()
    case .tab: complete()
    case .backspace: deleteBackward()
    case .delete: delete(to: buffer.after(buffer.cursor))
    case .control("d"):
      if buffer.isEmpty { return .ended }
      delete(to: buffer.after(buffer.cursor))
    case .control("c"): return .interrupted
    case .control("z"): return .suspended
    case .control("l"): return .cleared
    case .left, .control("b"): move(to: buffer.before(buffer.cursor))
    case .right, .control("f"):
      if buffer.isAtEnd { accept(suggestion) } else { move(to: buffer.after(buffer.cursor)) }
    case .end, .control("e"):
      if buffer.isAtEnd { accept(suggestion) } else { move(to: buffer.lineEnd) }
    case .home, .control("a"): moveHome()
    case .wordLeft, .alt("b"): move(to: buffer.wordStart(before: buffer.cursor))
    case .wordRight, .alt("f"):
      if buffer.isAtEnd { accept(firstWord(of: suggestion)) } else { move(to: buffer.wordEnd(after: buffer.cursor)) }
    case .up, .control("p"):
      (visited, wantedColumn) = (before.0, before.2)
      if buffer.cursor.line > 0 { moveVertically(by: -1) } else { visit(older: true) }
    case .down, .control("n"):
      (visited, wantedColumn) = (before.0, before.2)
      if buffer.cursor.line + 1 < buffer.lines.count { moveVertically(by: 1) } else { visit(older: false) }
    case .pageUp, .alt("p"):
      visited = before.0
      visit(older: true)
    case .pageDown, .alt("n"):
      visited = before.0
      visit(older: false)
    case .alt("<"): move(to: TextPosition(line: 0, column: 0))
    case .alt(">"): move(to: buffer.end)
    case .control("k"):
      cut(to: buffer.isAtEndOfLine ? buffer.after(buffer.cursor) : buffer.lineEnd, forward: true)
    case .control("u"):
      cut(to: buffer.cursor.column == 0 ? buffer.before(buffer.cursor) : buffer.lineStart, forward: false)
    case .control("w"): cut(to: buffer.blankSeparatedWordStart(before: buffer.cursor), forward: false)
    case .altBackspace: cut(to: buffer.wordStart(before: buffer.cursor), forward: false)
    case .alt("d"): cut(to: buffer.wordEnd(after: buffer.cursor), forward: true)
    case .control("y"): yank(killRing.newest(), inPlaceOf: nil)
    case .alt("y"): if before.1 != nil { yank(killRing.older(), inPlaceOf: before.1) }
    case .control("t"): transpose()
    case .control("_"): restore(undoStack.undo(buffer))
    case .alt("_"), .alt("/"): restore(undoStack.redo(buffer))
    case .control("r"): search = HistorySearch(history, original: buffer)
    case .paste(let text): paste(text)
    case .backTab: dedent()
    case .escape, .unknown, .control, .alt: break
    }
    return .editing
  }

  private func isCut(_ key: Key) -> Bool {
    [.control("k"), .control("u"), .control("w"), .altBackspace, .alt("d")].contains(key)
  }
}

// Changing the text.
extension Editor {
  private mutating func type(_ text: String) {
    let wasCloser = isCloser
    undoStack.record(buffer, .typing)
    if text.last?.isWhitespace == true { undoStack.separate() }
    buffer.insert(text)
    indentCloser(wasCloser)
  }

  /// Whether the line holds nothing but `end`, or another word that belongs further to the left.
  private var isCloser: Bool { buffer.isAtEndOfLine && buffer.cursor.line > 0 && LexedText.isCloser(buffer.line) }

  /// A line that has become `end`, or is that no longer, goes where it belongs.
  private mutating func indentCloser(_ wasCloser: Bool) {
    let index = buffer.cursor.line
    guard index > 0, isCloser != wasCloser else { return }
    lex()
    let plain = lexed.indentation(after: index - 1, upTo: buffer.lines[index - 1].count)
    let closed = max(0, plain - LexedText.indentStep)
    let (from, to) = isCloser ? (plain, closed) : (closed, plain)
    guard buffer.indentation == from else { return }
    buffer.replaceLine(index, with: Array(repeating: " ", count: to) + buffer.line.dropFirst(from))
    buffer.cursor = buffer.lineEnd
  }

  private mutating func enter() -> Outcome {
    if assistant.isComplete(buffer.text) { return .submitted }
    newLine()
    return .editing
  }

  private mutating func newLine() {
    undoStack.record(buffer, .other)
    lex()
    let indentation = lexed.indentation(after: buffer.cursor.line, upTo: buffer.cursor.column)
    buffer.insert("\n" + String(repeating: " ", count: indentation))
  }

  private mutating func deleteBackward() {
    // Within the indentation, a step of it.
    let column = buffer.cursor.column
    if column > 0, column <= buffer.indentation, column % LexedText.indentStep == 0 {
      return delete(to: TextPosition(line: buffer.cursor.line, column: column - LexedText.indentStep))
    }
    let wasCloser = isCloser
    delete(to: buffer.before(buffer.cursor))
    if column > 0 { indentCloser(wasCloser) }
  }

  private mutating func delete(to position: TextPosition?) {
    guard let position, position != buffer.cursor else { return }
    undoStack.record(buffer, .deleting)
    buffer.remove(min(position, buffer.cursor)..<max(position, buffer.cursor))
  }

  private mutating func cut(to position: TextPosition?, forward: Bool) {
    guard let position, position != buffer.cursor else { return }
    undoStack.record(buffer, .other)
    let range = min(position, buffer.cursor)..<max(position, buffer.cursor)
    killRing.cut(buffer.text(in: range), forward: forward)
    buffer.remove(range)
  }

  private mutating func yank(_ text: String?, inPlaceOf old: Range<TextPosition>?) {
    guard let text else { return }
    undoStack.record(buffer, .other)
    if let old { buffer.remove(old) }
    let start = buffer.cursor
    buffer.insert(text)
    yanked = start..<buffer.cursor
  }

  private mutating func transpose() {
    let line = buffer.line
    let column = min(buffer.cursor.column, line.count - 1)
    guard column > 0 else { return }
    undoStack.record(buffer, .other)
    var swapped = line
    swapped.swapAt(column - 1, column)
    buffer.replaceLine(buffer.cursor.line, with: swapped)
    buffer.cursor.column = column + 1
  }

  private mutating func dedent() {
    let index = buffer.cursor.line
    let step = min(LexedText.indentStep, buffer.indentation)
    guard step > 0 else { return }
    undoStack.record(buffer, .other)
    let column = max(0, buffer.cursor.column - step)
    buffer.replaceLine(index, with: Array(buffer.line.dropFirst(step)))
    buffer.cursor.column = column
  }

  private mutating func restore(_ other: TextBuffer?) {
    if let other { buffer = other }
  }

  private mutating func paste(_ text: String) {
    var inputs = transcript.inputs(in: text.withoutControls)
    guard !inputs.isEmpty else { return }
    undoStack.record(buffer, .other)
    var first = inputs.removeFirst()
    following = inputs + following
    // The end of the last line that was copied is not meant as a line to come.
    if buffer.isAtEnd { while first.hasSuffix("\n") { first.removeLast() } }
    buffer.insert(first)
  }
}

// Moving.
extension Editor {
  private mutating func move(to position: TextPosition?) { if let position { buffer.cursor = position } }

  /// To the first character that is no space, and from there to the left edge.
  private mutating func moveHome() {
    let indentation = buffer.indentation
    buffer.cursor.column = buffer.cursor.column == indentation ? 0 : indentation
  }

  private mutating func moveVertically(by step: Int) {
    let display = wantedColumn ?? buffer.line[..<buffer.cursor.column].width
    wantedColumn = display
    let line = buffer.cursor.line + step
    buffer.cursor = TextPosition(line: line, column: buffer.column(in: line, under: display))
  }

  private mutating func visit(older: Bool) {
    let from =
      visited ?? (history.entries.count, buffer.text(in: TextPosition(line: 0, column: 0)..<buffer.cursor), buffer)
    let index =
      older
      ? history.previous(before: from.index, prefix: from.prefix) : history.next(after: from.index, prefix: from.prefix)
    if let index {
      visited = (index, from.prefix, from.typed)
      buffer = TextBuffer(history.entries[index])
    } else if !older, visited != nil {
      buffer = from.typed
      visited = nil
    } else {
      visited = older && visited != nil ? from : nil
    }
  }
}

// What is offered.
extension Editor {
  /// What an earlier input went on with that began like this text.
  var suggestion: String {
    guard buffer.isAtEnd, !buffer.isEmpty, buffer.lines.count < 20, menu == nil, search == nil else { return "" }
    let text = buffer.text
    guard let index = history.previous(before: history.entries.count, prefix: text) else { return "" }
    return String(history.entries[index].dropFirst(text.count))
  }

  private func firstWord(of text: String) -> String {
    let gap = text.prefix { !$0.isWordCharacter }
    return String(gap + text.dropFirst(gap.count).prefix { $0.isWordCharacter })
  }

  private mutating func accept(_ text: String) {
    guard !text.isEmpty else { return }
    undoStack.record(buffer, .other)
    buffer.insert(text)
  }

  /// What is before the cursor, as the assistant gets it.
  var textBeforeCursor: String {
    let first = max(0, buffer.cursor.line - 200)
    return String(buffer.text(in: TextPosition(line: first, column: 0)..<buffer.cursor).suffix(10_000))
  }

  private mutating func complete() {
    if buffer.cursor.column <= buffer.indentation, !buffer.isEmpty || buffer.lines.count > 1 {
      return accept(String(repeating: " ", count: LexedText.indentStep))
    }
    let completions = assistant.completions(after: textBeforeCursor)
    guard !completions.candidates.isEmpty else { return }
    undoStack.record(buffer, .other)
    buffer = buffer.completed(completions, with: completions.commonPrefix)
    if completions.candidates.count > 1 { openMenu() }
  }

  private mutating func openMenu() {
    let completions = assistant.completions(after: textBeforeCursor)
    menu = completions.candidates.isEmpty ? nil : Menu(completions, original: buffer)
  }

  /// nil where the key closes the menu and means what it always does.
  private mutating func handleInMenu(_ key: Key) -> Outcome? {
    switch key {
    case .tab, .down, .right, .control("n"): buffer = menu!.move(by: 1)
    case .backTab, .up, .left, .control("p"): buffer = menu!.move(by: -1)
    case .enter where menu!.selected != nil: menu = nil
    case .escape, .control("g"), .control("c"):
      buffer = menu!.original
      menu = nil
    default: return nil
    }
    return .editing
  }

  /// nil where the key ends the search and means what it always does.
  private mutating func handleInSearch(_ key: Key) -> Outcome? {
    switch key {
    case .control("r"), .up: search!.older()
    case .down, .control("s"): search!.newer()
    case .character(let character): search!.query.append(character)
    case .backspace: search!.query = String(search!.query.dropLast())
    case .control("g"), .control("c"):
      buffer = search!.original
      search = nil
      return .editing
    case .escape, .tab:
      search = nil
      return .editing
    default:
      search = nil
      return nil
    }
    buffer = search!.found
    return .editing
  }
}
