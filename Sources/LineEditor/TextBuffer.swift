/// A place between two characters.
struct TextPosition: Comparable {
  var line: Int
  var column: Int

  static func < (a: TextPosition, b: TextPosition) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// The text that is being edited: lines of characters, at least one, and the cursor.
struct TextBuffer: Equatable {
  private(set) var lines: [[Character]] = [[]]
  var cursor = TextPosition(line: 0, column: 0)

  init(_ text: String = "") {
    lines = TextBuffer.lines(of: text)
    cursor = end
  }

  var text: String { lines.map { String($0) }.joined(separator: "\n") }
  var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }
  var end: TextPosition { TextPosition(line: lines.count - 1, column: lines[lines.count - 1].count) }
  var line: [Character] { lines[cursor.line] }
  var isAtEnd: Bool { cursor == end }
  var isAtEndOfLine: Bool { cursor.column == line.count }

  /// Bytes of UTF-8 before the cursor.
  var offset: Int {
    lines[..<cursor.line].reduce(0) { $0 + utf8Count($1[...]) + 1 } + utf8Count(line[..<cursor.column])
  }

  func text(in range: Range<TextPosition>) -> String {
    let (from, to) = (range.lowerBound, range.upperBound)
    if from.line == to.line { return String(lines[from.line][from.column..<to.column]) }
    let middle = lines[from.line + 1..<to.line].map { String($0) }
    return ([String(lines[from.line][from.column...])] + middle + [String(lines[to.line][..<to.column])])
      .joined(separator: "\n")
  }

  /// Puts a text where the cursor is, and the cursor after it.
  mutating func insert(_ text: String) {
    var new = TextBuffer.lines(of: text)
    let tail = Array(line[cursor.column...])
    // Characters join across the seams: a letter and the accent that is typed after it.
    let seam = cursor.column - (cursor.column > 0 ? 1 : 0)
    new[0] = Array(line[..<seam]) + Array(String(line[seam..<cursor.column]) + String(new[0]))
    let column = new[new.count - 1].count
    if let first = tail.first, let last = new[new.count - 1].last {
      new[new.count - 1].removeLast()
      new[new.count - 1] += Array(String(last) + String(first)) + tail.dropFirst()
    } else {
      new[new.count - 1] += tail
    }
    lines.replaceSubrange(cursor.line...cursor.line, with: new)
    cursor = TextPosition(
      line: cursor.line + new.count - 1, column: min(column, lines[cursor.line + new.count - 1].count))
  }

  /// Removes a range; the cursor is where it was.
  mutating func remove(_ range: Range<TextPosition>) {
    let (from, to) = (range.lowerBound, range.upperBound)
    let tail = lines[to.line][to.column...]
    let joined = Array(lines[from.line][..<from.column]) + tail
    lines.replaceSubrange(from.line...to.line, with: [joined])
    cursor = from
  }

  mutating func replaceLine(_ index: Int, with characters: [Character]) {
    lines[index] = characters
    if cursor.line == index { cursor.column = min(cursor.column, characters.count) }
  }

  private static func lines(of text: String) -> [[Character]] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
  }

  private func utf8Count(_ characters: ArraySlice<Character>) -> Int { characters.reduce(0) { $0 + $1.utf8.count } }
}

// Where movements lead.
extension TextBuffer {
  func before(_ position: TextPosition) -> TextPosition? {
    if position.column > 0 { return TextPosition(line: position.line, column: position.column - 1) }
    if position.line > 0 { return TextPosition(line: position.line - 1, column: lines[position.line - 1].count) }
    return nil
  }

  func after(_ position: TextPosition) -> TextPosition? {
    if position.column < lines[position.line].count {
      return TextPosition(line: position.line, column: position.column + 1)
    }
    return position.line + 1 < lines.count ? TextPosition(line: position.line + 1, column: 0) : nil
  }

  func character(at position: TextPosition) -> Character? {
    lines.indices ~= position.line && lines[position.line].indices ~= position.column
      ? lines[position.line][position.column] : nil
  }

  var lineStart: TextPosition { TextPosition(line: cursor.line, column: 0) }
  var lineEnd: TextPosition { TextPosition(line: cursor.line, column: line.count) }

  /// The first character of the line that is no space.
  var indentation: Int { indentation(of: cursor.line) }
  func indentation(of line: Int) -> Int { lines[line].prefix { $0 == " " || $0 == "\t" }.count }

  func wordStart(before start: TextPosition) -> TextPosition { skip(from: start, step: before, look: before) }
  func wordEnd(after start: TextPosition) -> TextPosition { skip(from: start, step: after, look: { $0 }) }

  /// Over what is between words, then over a word.
  private func skip(
    from start: TextPosition, step: (TextPosition) -> TextPosition?, look: (TextPosition) -> TextPosition?
  ) -> TextPosition {
    func isWord(_ position: TextPosition) -> Bool {
      look(position).flatMap { character(at: $0) }?.isWordCharacter ?? false
    }
    var position = start
    while !isWord(position), let next = step(position) { position = next }
    while isWord(position), let next = step(position) { position = next }
    return position
  }

  /// Over spaces, then over all that is no space.
  func blankSeparatedWordStart(before start: TextPosition) -> TextPosition {
    func isSpace(_ position: TextPosition) -> Bool {
      before(position).flatMap { character(at: $0) }?.isWhitespace ?? true
    }
    var position = start
    while isSpace(position), let next = before(position) { position = next }
    while !isSpace(position), let next = before(position) { position = next }
    return position
  }

  /// The column of a line above or below that is nearest to where the cursor is shown.
  func column(in other: Int, under display: Int) -> Int {
    var width = 0
    for (column, character) in lines[other].enumerated() {
      if width + character.width > display { return column }
      width += character.width
    }
    return lines[other].count
  }
}

extension Character {
  var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}
