/// Completions to choose from, in columns below the text, with the documentation of the chosen one.
struct Menu {
  private(set) var completions: Completions
  /// The text that the candidates complete, to come back to.
  let original: TextBuffer
  private(set) var selected: Int?

  private static let mostRows = 6

  init(_ completions: Completions, original: TextBuffer) {
    self.completions = completions
    self.original = original
  }

  /// Chooses the next candidate, or the one before; the text with it.
  mutating func move(by step: Int) -> TextBuffer {
    let count = completions.candidates.count
    selected = selected.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
    return original.completed(completions, with: completions.candidates[selected!].text)
  }

  func rows(_ painter: Painter) -> [ScreenRow] {
    let width = painter.columns - 1
    let candidates = completions.candidates
    let cell = min(width, (candidates.map(\.label.width).max() ?? 0) + 2)
    let columns = max(1, width / max(1, cell))
    let total = (candidates.count + columns - 1) / columns
    let shown = min(total, Menu.mostRows)
    let current = (selected ?? 0) / columns
    let first = max(0, min(current - shown / 2, total - shown))
    var rows = (first..<first + shown).map { row in
      var line = ScreenRow()
      for i in row * columns..<min(row * columns + columns, candidates.count) {
        let label = painter.clipped(candidates[i].label, i == selected ? .selected : .plain)
        let gap = max(0, min(cell, width) - label.width)
        line.text += label.text + String(repeating: " ", count: gap)
        line.width += label.width + gap
      }
      return line
    }
    let hidden = candidates.count - min(candidates.count, (first + shown) * columns) + first * columns
    if let summary = selected.map({ candidates[$0].summary }), !summary.isEmpty {
      rows.append(painter.clipped(summary, .faint))
    } else if hidden > 0 {
      rows.append(painter.clipped("\(hidden) more", .faint))
    }
    return rows
  }
}

extension TextBuffer {
  /// The text with a candidate in the place of the word that it completes.
  func completed(_ completions: Completions, with text: String) -> TextBuffer {
    var buffer = self
    let start = TextPosition(line: cursor.line, column: max(0, cursor.column - completions.replaced))
    buffer.remove(start..<cursor)
    buffer.insert(text)
    return buffer
  }
}
