/// What a terminal shows of the bytes that it gets: enough of ECMA-48 and of xterm to test programs that draw.
package struct VirtualScreen {
  package struct Cell: Equatable {
    package var text: Character = " "
    /// The parameters of the last SGR sequence, as "1;34".
    package var style = ""
    /// The right half of a wide character.
    var isContinuation = false
  }

  private struct Row {
    var cells: [Cell] = []
    /// The next row goes on with the same line.
    var isWrapped = false
  }

  package private(set) var columns: Int
  package private(set) var rows: Int
  package private(set) var cursor = (row: 0, column: 0)
  /// Rows that have left at the top.
  package private(set) var scrollback: [String] = []
  /// How many pictures were drawn: synchronised updates that have ended.
  package private(set) var updates = 0
  package private(set) var modes: Set<Int> = []
  private var grid: [Row]
  private var style = ""
  /// The last column was written to, and the next character wraps.
  private var wrapsNext = false
  private var pending: [UInt8] = []

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    grid = Array(repeating: Row(), count: rows)
  }

  /// The rows without trailing spaces; those at the bottom that are empty are left out.
  package var lines: [String] {
    var lines = grid.map { text($0) }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  package var text: String { lines.joined(separator: "\n") }
  package var cursorIsVisible: Bool { modes.contains(25) }

  package func style(row: Int, column: Int) -> String {
    grid[row].cells.indices ~= column ? grid[row].cells[column].style : ""
  }

  /// The style of the first place where a text is shown.
  package func style(of wanted: String) -> String? {
    for row in grid {
      let characters = row.cells.map { $0.isContinuation ? "\u{0}" : $0.text }
      guard let start = characters.firstRange(of: Array(wanted))?.lowerBound else { continue }
      return row.cells[start].style
    }
    return nil
  }

  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    pending += bytes
    var position = 0
    while position < pending.count {
      guard let next = step(position) else { break }
      position = next
    }
    pending.removeFirst(position)
  }

  /// Wraps anew what is shown, as most terminals do.
  package mutating func resize(columns: Int, rows: Int) {
    var lines: [[Cell]] = [[]]
    var place = (line: 0, offset: 0)
    for (i, row) in grid.enumerated() {
      if i == cursor.row { place = (lines.count - 1, lines[lines.count - 1].count + cursor.column) }
      let cells = row.isWrapped ? row.cells : Array(row.cells.dropLast(while: { $0 == Cell() }))
      lines[lines.count - 1] += cells
      if !row.isWrapped { lines.append([]) }
    }
    lines.removeLast()
    (self.columns, self.rows) = (columns, rows)
    var new: [Row] = []
    for (i, line) in lines.enumerated() {
      let start = new.count
      var rest = line[...]
      repeat {
        let part = rest.prefix(columns)
        rest = rest.dropFirst(columns)
        new.append(Row(cells: Array(part), isWrapped: !rest.isEmpty))
      } while !rest.isEmpty
      if i == place.line { cursor = (start + place.offset / columns, place.offset % columns) }
    }
    while new.count > rows, new.last?.cells.isEmpty == true, new.count - 1 > cursor.row { new.removeLast() }
    while new.count > rows {
      scrollback.append(text(new.removeFirst()))
      cursor.row -= 1
    }
    while new.count < rows { new.append(Row()) }
    grid = new
    wrapsNext = false
  }

  private func text(_ row: Row) -> String {
    var text = String(row.cells.filter { !$0.isContinuation }.map(\.text))
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  /// Deals with what begins at a position; where the next begins, or nil where bytes are missing.
  private mutating func step(_ position: Int) -> Int? {
    let byte = pending[position]
    switch byte {
    case 0x1B: return escape(position)
    case 0x0D:
      cursor.column = 0
      wrapsNext = false
    case 0x0A: lineFeed()
    case 0x08: cursor.column = max(0, cursor.column - 1)
    case 0x09: cursor.column = min(columns - 1, cursor.column / 8 * 8 + 8)
    case 0..<0x20: break
    default:
      let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard position + length <= pending.count else { return nil }
      put(String(decoding: pending[position..<position + length], as: UTF8.self).unicodeScalars.first!)
      return position + length
    }
    return position + 1
  }

  private mutating func escape(_ position: Int) -> Int? {
    guard position + 1 < pending.count else { return nil }
    guard pending[position + 1] == UInt8(ascii: "[") else { return position + 2 }
    guard let end = pending[(position + 2)...].firstIndex(where: { 0x40...0x7E ~= $0 }) else { return nil }
    let text = String(decoding: pending[position + 2..<end], as: UTF8.self)
    control(text, final: Character(Unicode.Scalar(pending[end])))
    return end + 1
  }

  private mutating func control(_ text: String, final: Character) {
    let isPrivate = text.hasPrefix("?")
    let numbers = text.drop { $0 == "?" }.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let count = max(1, numbers.first ?? 1)
    if final != "m" { wrapsNext = false }
    switch final {
    case "A": cursor.row = max(0, cursor.row - count)
    case "B": cursor.row = min(rows - 1, cursor.row + count)
    case "C": cursor.column = min(columns - 1, cursor.column + count)
    case "D": cursor.column = max(0, cursor.column - count)
    case "G": cursor.column = min(columns - 1, count - 1)
    case "H":
      let column = numbers.count > 1 ? max(1, numbers[1]) : 1
      cursor = (min(rows, count) - 1, min(columns, column) - 1)
    case "J":
      if numbers.first == 2 {
        grid = Array(repeating: Row(), count: rows)
      } else {
        erase(row: cursor.row, from: cursor.column)
        for row in cursor.row + 1..<max(rows, cursor.row + 1) { erase(row: row, from: 0) }
      }
    case "K": erase(row: cursor.row, from: numbers.first == 2 ? 0 : cursor.column)
    case "m": style = text == "0" ? "" : text
    case "h" where isPrivate: modes.formUnion(numbers)
    case "l" where isPrivate:
      modes.subtract(numbers)
      if numbers == [2026] { updates += 1 }
    default: break
    }
  }

  private mutating func erase(row: Int, from column: Int) {
    if column < grid[row].cells.count { grid[row].cells.removeSubrange(column...) }
    grid[row].isWrapped = false
  }

  private mutating func lineFeed() {
    wrapsNext = false
    if cursor.row + 1 < rows {
      cursor.row += 1
    } else {
      scrollback.append(text(grid.removeFirst()))
      grid.append(Row())
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = width(scalar)
    if width == 0 {
      guard cursor.column > 0 || wrapsNext else { return }
      var column = wrapsNext ? cursor.column : cursor.column - 1
      if grid[cursor.row].cells[column].isContinuation { column -= 1 }
      var joined = String(grid[cursor.row].cells[column].text)
      joined.unicodeScalars.append(scalar)
      if joined.count == 1 { grid[cursor.row].cells[column].text = Character(joined) }
      return
    }
    if wrapsNext || cursor.column + width > columns {
      grid[cursor.row].isWrapped = true
      lineFeed()
      cursor.column = 0
    }
    while grid[cursor.row].cells.count < cursor.column + width { grid[cursor.row].cells.append(Cell()) }
    grid[cursor.row].cells[cursor.column] = Cell(text: Character(scalar), style: style)
    if width == 2 {
      grid[cursor.row].cells[cursor.column + 1] = Cell(text: " ", style: style, isContinuation: true)
    }
    cursor.column += width
    wrapsNext = cursor.column == columns
    if wrapsNext { cursor.column -= 1 }
  }

  /// Enough for tests: combining accents, joiners, East Asian characters and the usual emoji.
  private func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x0300...0x036F, 0x200B...0x200D, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF01...0xFF60, 0x1F300...0x1FAFF: 2
    default: 1
    }
  }
}

extension Array {
  fileprivate func dropLast(while holds: (Element) -> Bool) -> ArraySlice<Element> {
    var slice = self[...]
    while let last = slice.last, holds(last) { slice.removeLast() }
    return slice
  }
}
