/// One row of the picture: text with its colours, and the columns that it takes.
struct ScreenRow: Equatable {
  var text = ""
  var width = 0
}

/// What the terminal shows of the editor, from the row where it began. Each change is one text to write.
struct Screen {
  private var rows: [ScreenRow] = []
  private var cursor = (row: 0, column: 0)

  /// For an editor that begins anew at the left, below all that is shown. What an unfinished line of output holds is kept, with a
  /// mark: the spaces wrap if and only if the cursor was not at the left.
  mutating func begin(columns: Int) -> String {
    rows = []
    cursor = (0, 0)
    return "\u{1B}[7m%\u{1B}[m\(String(repeating: " ", count: max(0, columns - 1)))\r\u{1B}[K"
  }

  /// Shows these rows and the cursor.
  mutating func show(_ new: [ScreenRow], cursor place: (row: Int, column: Int)) -> String {
    var out = "\u{1B}[?2026h\u{1B}[?25l"
    for (i, row) in new.enumerated() where i >= rows.count || rows[i] != row {
      out += move(to: i)
      out += "\(row.text)\u{1B}[K"
      cursor.column = row.width
    }
    if new.count < rows.count {
      out += move(to: new.count) + "\u{1B}[J"
    }
    out += move(to: place.row)
    if place.column > 0 { out += "\u{1B}[\(place.column)C" }
    cursor = place
    // What was erased below is still there to move to, but begins anew.
    rows = new
    return out + "\u{1B}[?25h\u{1B}[?2026l"
  }

  /// To the left of a row; below the last one a new row is made, for which the terminal scrolls where it has to.
  private mutating func move(to row: Int) -> String {
    defer { cursor = (row, 0) }
    if row < cursor.row { return "\r\u{1B}[\(cursor.row - row)A" }
    if row > cursor.row { return "\r" + String(repeating: "\n", count: row - cursor.row) }
    return "\r"
  }

  /// For a window of another width, in which terminals have wrapped anew what was there: everything is to be drawn again.
  mutating func resize(columns: Int) -> String {
    let above = rows[..<min(cursor.row, rows.count)].reduce(0) { $0 + max(1, ($1.width + columns - 1) / columns) }
    let up = above + cursor.column / columns
    rows = []
    cursor = (0, 0)
    return "\r" + (up > 0 ? "\u{1B}[\(up)A" : "") + "\u{1B}[J"
  }

  /// Clears the whole screen.
  mutating func clear() -> String {
    rows = []
    cursor = (0, 0)
    return "\u{1B}[H\u{1B}[2J"
  }

  /// Leaves the picture as it is, and goes below it.
  mutating func finish() -> String {
    let out = move(to: max(0, rows.count - 1)) + "\r\n\u{1B}[J"
    rows = []
    cursor = (0, 0)
    return out
  }
}
