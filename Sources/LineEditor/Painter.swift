/// Lays out what is edited in rows of a screen.
struct Painter {
  let palette: Palette
  let prompt: String
  let continuation: String
  /// Of the terminal. The last column stays empty, so that no terminal wraps a line by itself.
  let columns: Int
  let rows: Int

  private var width: Int { max(4, columns - 1) }

  struct Picture {
    var rows: [ScreenRow]
    var cursor: (row: Int, column: Int)
  }

  /// What is shown besides the text.
  struct Extras {
    /// Grey, after the end of the text.
    var suggestion = ""
    /// Lines below it.
    var below: [(text: String, style: Palette.Style)] = []
    var menu: [ScreenRow] = []
    var brackets: [TextPosition] = []
    /// What was searched for.
    var match: Range<TextPosition>?
  }

  func picture(_ buffer: TextBuffer, _ lexed: LexedText, _ extras: Extras) -> Picture {
    let below = (extras.below.map { clipped($0.text, $0.style) } + extras.menu).prefix(max(0, rows / 2))
    let room = max(1, rows - below.count)
    var shown = line(buffer.cursor.line, buffer, lexed, extras)
    var cursor = position(of: buffer.cursor, in: buffer.line)
    if cursor.row == shown.count { shown.append(ScreenRow()) }
    // Lines around the cursor's, as many as there is room for: below it up to half of that, above it the rest.
    var next = buffer.cursor.line + 1
    while next < buffer.lines.count, shown.count - cursor.row < room {
      shown += line(next, buffer, lexed, extras)
      next += 1
    }
    var previous = buffer.cursor.line - 1
    while previous >= 0, cursor.row < room {
      let above = line(previous, buffer, lexed, extras)
      shown = above + shown
      cursor.row += above.count
      previous -= 1
    }
    if shown.count > room {
      let first = max(0, min(cursor.row - room / 2, shown.count - room))
      shown = Array(shown[first..<min(first + room, shown.count)])
      cursor.row -= first
    }
    return Picture(rows: shown + below, cursor: cursor)
  }

  /// The rows of one line with its prompt.
  private func line(_ index: Int, _ buffer: TextBuffer, _ lexed: LexedText, _ extras: Extras) -> [ScreenRow] {
    let characters = buffer.lines[index]
    var flow = Flow(palette: palette, width: width)
    flow.put(index == 0 ? prompt : continuation, .prompt)
    for span in lexed[index] {
      for column in span.columns {
        let place = TextPosition(line: index, column: column)
        let isMatched = extras.brackets.contains(place) || extras.match?.contains(place) == true
        flow.put(characters[column], isMatched ? .match : Palette.Style(span.kind))
      }
    }
    if index == buffer.lines.count - 1 {
      for (i, line) in extras.suggestion.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        if i > 0 {
          flow.newRow()
          flow.put(continuation, .faint)
        }
        flow.put(String(line), .faint)
      }
    }
    return flow.finished()
  }

  /// Where the cursor is shown, in rows of its line.
  private func position(of cursor: TextPosition, in line: [Character]) -> (row: Int, column: Int) {
    var row = 0
    var x = (cursor.line == 0 ? prompt : continuation).width
    for (i, character) in line.enumerated() {
      let needed = character.width
      if x + needed > width {
        row += 1
        x = 0
      }
      if i == cursor.column { return (row, x) }
      x += needed
    }
    return x >= width ? (row + 1, 0) : (row, x)
  }

  func clipped(_ text: String, _ style: Palette.Style) -> ScreenRow {
    var kept = ""
    var used = 0
    for character in text {
      if used + character.width > width {
        kept.removeLast()
        kept += "…"
        break
      }
      kept.append(character)
      used += character.width
    }
    return ScreenRow(text: palette(kept, style), width: kept.width)
  }
}

/// Puts characters into rows, with as few changes of colour as there are.
private struct Flow {
  let palette: Palette
  let width: Int
  private var rows: [ScreenRow] = []
  private var row = ScreenRow()
  private var run = ""
  private var style = Palette.Style.plain

  init(palette: Palette, width: Int) {
    self.palette = palette
    self.width = width
  }

  mutating func put(_ text: String, _ style: Palette.Style) { for character in text { put(character, style) } }

  mutating func put(_ character: Character, _ style: Palette.Style) {
    let needed = character.width
    if row.width + needed > width { newRow() }
    if style != self.style {
      endRun()
      self.style = style
    }
    if character == "\t" {
      run += String(repeating: " ", count: tabWidth)
    } else {
      run.append(character.isControl ? "\u{FFFD}" : character)
    }
    row.width += needed
  }

  mutating func newRow() {
    endRun()
    rows.append(row)
    row = ScreenRow()
  }

  private mutating func endRun() {
    row.text += palette(run, style)
    run = ""
  }

  mutating func finished() -> [ScreenRow] {
    newRow()
    return rows
  }
}
