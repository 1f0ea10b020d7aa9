import Lua

// A frame on a screen of 80 columns and 24 lines.
extension Frame {
  private static let width = 80
  private static let longest = 20

  package var text: String {
    let title = "frame · \(counted(rows, "row")) · \(counted(columns.count, "column"))"
    // A long frame shows its first and its last rows.
    let shown = rows <= Frame.longest ? Array(0..<rows) : Array(0..<Frame.longest - 5) + Array(rows - 5..<rows)
    var blocks: [[String]] = []
    for (name, column) in zip(names, columns).prefix(Frame.width / 2) {
      var lines = [name] + column.texts(shown)
      if shown.count < rows { lines.insert("...", at: lines.count - 5) }
      blocks.append(aligned(lines.map { clipped($0) }, left: column.isFactor))
    }
    let fitting = fitting(blocks.map { $0[0].count })
    var lines =
      blocks.isEmpty
      ? []
      : blocks[0].indices.map { line in
        "  "
          + blocks.prefix(fitting.columns).map { $0[line] }.joined(
            separator: String(repeating: " ", count: fitting.gap))
      }
    if fitting.columns < columns.count { lines.append(hidden(from: fitting.columns)) }
    return ([title] + lines.map(trimmed)).joined(separator: "\n")
  }

  /// How many blocks fit beside each other, with two blanks between them or one.
  private func fitting(_ widths: [Int]) -> (columns: Int, gap: Int) {
    func count(gap: Int) -> Int {
      var end = 2 - gap
      return widths.prefix { width in
        end += gap + width
        return end <= Frame.width
      }.count
    }
    if count(gap: 2) == columns.count { return (columns.count, 2) }
    return count(gap: 1) == columns.count ? (columns.count, 1) : (count(gap: 2), 2)
  }

  private func hidden(from first: Int) -> String {
    var line = "  ... and \(counted(columns.count - first, "more column")):"
    for (i, name) in names[first...].enumerated() {
      let word = (i == 0 ? " " : ", ") + clipped(name)
      if line.count + word.count > Frame.width - 5 { return line + ", ..." }
      line += word
    }
    return line
  }
}

extension Frame.Column {
  fileprivate func texts(_ rows: [Int]) -> [String] {
    switch self {
    case .factor(let factor): rows.map { factor[$0] ?? "" }
    case .numbers(let vector): ArrayText.aligned(rows.map { spelt(vector[$0]) })
    }
  }
}

/// Integers in full, other numbers with six significant digits.
private func spelt(_ number: Double) -> String {
  if number.isNaN { return "" }
  return Lua.text(number, digits: number == number.rounded() && abs(number) < 1e15 ? 15 : 6)
}

private func clipped(_ text: String) -> String {
  let line = String(text.map { $0.isNewline ? " " : $0 })
  return line.count <= 30 ? line : line.prefix(27) + "..."
}

private func trimmed(_ line: String) -> String {
  String(line.reversed().drop { $0 == " " }.reversed())
}

private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
