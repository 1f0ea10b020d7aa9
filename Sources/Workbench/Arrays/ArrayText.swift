import Kernels
import Lua

/// Numbers as a screen shows them: six significant digits, points below one another, 80 columns, and what does not fit left out
/// of the middle.
enum ArrayText {
  private static let width = 80
  /// Of more lines than these, so many of each end are shown.
  private static let (mostLines, endLines) = (20, 5)
  private static let gap = "  "

  /// A short vector as a script would write it, a long one in lines that begin with the position of their first element.
  static func text(of vector: Vector) -> String {
    let line = vector.count <= width / 3 ? "vector{\(vector.array.map(spelt).joined(separator: ", "))}" : ""
    if !line.isEmpty, line.count <= width { return line }
    let label = "[\(vector.count)]".count
    // More than can be shown of each end, and enough to find how wide the numbers are.
    let ends = shown(vector.count, most: width * mostLines, each: width * endLines)
    let cells = aligned(ends.map { spelt(vector[$0]) })
    let cellOf = Dictionary(uniqueKeysWithValues: zip(ends, cells))
    let perLine = max(1, (width - gap.count - label) / (gap.count + (cells.first?.count ?? 0)))
    let lines = (vector.count + perLine - 1) / perLine
    let texts = shown(lines, most: mostLines, each: endLines).map { line in
      let elements = line * perLine..<min((line + 1) * perLine, vector.count)
      return ([padded("[\(line * perLine + 1)]", label)] + elements.map { cellOf[$0] ?? "" }).joined(separator: gap)
    }
    return layout(vector.brief, texts, of: lines)
  }

  static func text(of matrix: Matrix) -> String {
    if matrix.count == 0 { return matrix.brief }
    let rows = shown(matrix.rows, most: mostLines, each: endLines)
    let columns = shown(matrix.columns, most: width, each: width / 2).map { j in
      aligned(rows.map { spelt(matrix[$0, j]) })
    }
    let visible = fitting(columns, isWhole: columns.count == matrix.columns)
    let texts = rows.indices.map { i in visible.map { $0[i] }.joined(separator: gap) }
    return layout(matrix.brief, texts, of: matrix.rows)
  }

  /// The indices of what is shown of n things: all, or so many of each end.
  private static func shown(_ n: Int, most: Int, each end: Int) -> [Int] {
    n <= most ? Array(0..<n) : Array(0..<end) + Array(n - end..<n)
  }

  /// The columns that fit on a line, from both ends, with dots for those that do not.
  private static func fitting(_ columns: [[String]], isWhole: Bool) -> [[String]] {
    func size(_ column: [String]) -> Int { gap.count + (column.first?.count ?? 0) }
    if isWhole, columns.reduce(0, { $0 + size($1) }) <= width { return columns }
    let dots = columns.first?.map { _ in "..." } ?? []
    var (left, right) = (0, columns.count)
    var room = width - size(dots)
    while left < right {
      let isLeft = left <= columns.count - right
      room -= size(columns[isLeft ? left : right - 1])
      if room < 0 { break }
      if isLeft { left += 1 } else { right -= 1 }
    }
    return columns[..<left] + [dots] + columns[right...]
  }

  private static func layout(_ title: String, _ lines: [String], of count: Int) -> String {
    var lines = lines.map { "\n\(gap)\($0)".trimmingTrailingSpaces }
    if lines.count < count { lines.insert("\n\(gap)...", at: endLines) }
    return title + lines.joined()
  }

  static func spelt(_ x: Double) -> String { x.isNaN ? "NaN" : Lua.text(x) }

  /// Padded to one width, with the points below one another.
  static func aligned(_ numbers: [String]) -> [String] {
    let parts = numbers.map { number in
      let end = number.firstIndex { $0 == "." || $0 == "e" } ?? number.endIndex
      return (whole: number[..<end], rest: number[end...])
    }
    let left = parts.map(\.whole.count).max() ?? 0
    let right = parts.map(\.rest.count).max() ?? 0
    return parts.map { whole, rest in
      padded(String(whole), left) + rest + String(repeating: " ", count: right - rest.count)
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
