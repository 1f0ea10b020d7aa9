import Kernels

/// How many points lie in each cell of a panel: what stands for more marks than an eye can tell apart.
struct CellGrid {
  let columns, rows: Int
  /// From below, row by row.
  private(set) var counts: [Int]
  /// Points in the panel.
  let total: Int
  private let x, y: (low: Double, high: Double)
  private let isLogarithmic: (x: Bool, y: Bool)

  /// About three pixels each, or one character.
  static func size(for panel: Panel) -> (columns: Int, rows: Int) {
    if case .text(let columns, let lines) = panel.format { return (max(columns - 12, 2), max(lines - 6, 2)) }
    return (max(panel.size.width / 3, 2), max(panel.size.height / 3, 2))
  }

  init(_ x: Vector, _ y: Vector, _ panel: Panel, _ size: (columns: Int, rows: Int)) throws(Failure) {
    (columns, rows) = size
    isLogarithmic = panel.isLogarithmic
    let ends = (isLogarithmic.x ? mapped(panel.x, log) : panel.x, isLogarithmic.y ? mapped(panel.y, log) : panel.y)
    (self.x, self.y) = ends
    var counts = [Int](repeating: 0, count: columns * rows)
    var total = 0
    let scale = (Double(columns) / (ends.0.high - ends.0.low), Double(rows) / (ends.1.high - ends.1.low))
    for start in stride(from: 0, to: x.count, by: 1 << 16) {
      try Interruption.check()
      for i in start..<min(start + 1 << 16, x.count) {
        let column = ((isLogarithmic.x ? log(x[i]) : x[i]) - ends.0.low) * scale.0
        let row = ((isLogarithmic.y ? log(y[i]) : y[i]) - ends.1.low) * scale.1
        guard column >= 0, row >= 0, column < Double(columns), row < Double(rows) else { continue }
        counts[Int(row) * columns + Int(column)] += 1
        total += 1
      }
    }
    (self.counts, self.total) = (counts, total)
  }

  /// What a legend says, so that nobody takes the cells for marks.
  func described(_ label: String) -> String {
    let note = "\(grouped(total)) points, counted in cells"
    return label.isEmpty ? note : "\(label) (\(note))"
  }

  /// The more points, the less transparent, by their logarithm: single ones remain visible beside thousands.
  func draw(in panel: inout Panel, _ color: Color, label: String) {
    let most = log1p(Double(counts.max() ?? 0))
    func opacity(_ count: Int) -> Double { count == 0 ? 0 : 0.12 + 0.88 * log1p(Double(count)) / most }
    if panel.format.isText {
      drawMarks(in: &panel)
    } else if isLogarithmic.x || isLogarithmic.y {
      drawBoxes(in: &panel) { color.number(alpha: opacity($0)) }
    } else {
      let (dx, dy) = ((x.high - x.low) / Double(columns), (y.high - y.low) / Double(rows))
      let pixels = counts.flatMap { [color.red, color.green, color.blue, UInt8(255 * opacity($0))] }
      panel.add(
        "'-' binary array=(\(columns),\(rows)) origin=(\(x.low + dx / 2),\(y.low + dy / 2)) dx=\(dx) dy=\(dy) "
          + "format='%uchar' using 1:2:3:4 with rgbalpha notitle", pixels)
    }
    panel.add("keyentry with points pt 5 ps 1 lc rgb '\(color.code())' \(Panel.title(label))")
  }

  /// A mark in the middle of each cell that has points.
  private func drawMarks(in panel: inout Panel) {
    var numbers: [Double] = []
    for cell in counts.indices where counts[cell] > 0 {
      let (left, right, low, high) = ends(of: cell)
      numbers += [(left + right) / 2, (low + high) / 2]
    }
    panel.add("\(Panel.record(numbers.count / 2, 2)) with points pt 7 notitle", bytes(numbers))
  }

  private func drawBoxes(in panel: inout Panel, _ code: (Int) -> UInt32) {
    var numbers: [Double] = []
    for cell in counts.indices where counts[cell] > 0 {
      let (left, right, low, high) = ends(of: cell)
      numbers += [(left + right) / 2, (low + high) / 2, left, right, low, high, Double(code(counts[cell]))]
    }
    guard !numbers.isEmpty else { return }
    panel.add(
      "\(Panel.record(numbers.count / 7, 7)) with boxxyerror fs solid noborder fc rgb variable notitle", bytes(numbers))
  }

  private func ends(of cell: Int) -> (left: Double, right: Double, low: Double, high: Double) {
    let (i, j) = (cell % columns, cell / columns)
    func place(_ ends: (low: Double, high: Double), _ t: Double, _ isLogarithmic: Bool) -> Double {
      let value = ends.low + t * (ends.high - ends.low)
      return isLogarithmic ? exp(value) : value
    }
    return (
      place(x, Double(i) / Double(columns), isLogarithmic.x),
      place(x, Double(i + 1) / Double(columns), isLogarithmic.x),
      place(y, Double(j) / Double(rows), isLogarithmic.y), place(y, Double(j + 1) / Double(rows), isLogarithmic.y)
    )
  }
}

private func mapped(_ ends: (low: Double, high: Double), _ f: (Double) -> Double) -> (low: Double, high: Double) {
  (f(ends.low), f(ends.high))
}

private func bytes(_ numbers: [Double]) -> [UInt8] { numbers.withUnsafeBytes { Array($0) } }

/// `1,000,000`
private func grouped(_ n: Int) -> String {
  let digits = Array("\(n)")
  return String(digits.indices.flatMap { i in (digits.count - i) % 3 == 0 && i > 0 ? [",", digits[i]] : [digits[i]] })
}
