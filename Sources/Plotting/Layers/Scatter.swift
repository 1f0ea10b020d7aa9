import Kernels

/// A mark for each point. Too many marks are counted in cells, and the figure says so.
package struct Scatter: Layer {
  package let x, y: Vector
  package let coloring: Coloring
  /// nil: the more points, the fainter.
  package let alpha: Double?
  /// Of a mark, 1 for that of a common one; nil: the more points, the smaller.
  package let markSize: Double?
  /// Whether to count points in cells; nil: where there are more than `mostMarks`.
  package let isBinned: Bool?
  package let label: String

  /// Beyond, marks hide each other, and a file of them grows too large to be looked at.
  static let mostMarks = 50_000

  /// Throws `.shape` where lengths differ.
  package init(
    _ x: Vector, _ y: Vector, _ coloring: Coloring, alpha: Double? = nil, markSize: Double? = nil,
    isBinned: Bool? = nil,
    label: String = ""
  ) throws(Failure) {
    try requireEqualLengths(x, y)
    if let count = coloring.count, count != x.count {
      throw Failure(.shape, "one color per point is wanted, got \(count) colors and \(x.count) points")
    }
    (self.x, self.y, self.coloring) = (try x.copy(), try y.copy(), coloring)
    (self.alpha, self.markSize, self.isBinned, self.label) = (alpha, markSize, isBinned, label)
  }

  package var name: String { "scatter" }
  package var xValues: [Vector] { [x] }
  package var yValues: [Vector] { [y] }

  package func draw(in panel: inout Panel) throws(Failure) {
    if isBinned ?? (x.count > Scatter.mostMarks) { return try drawCells(in: &panel) }
    switch coloring {
    case .one(let color): try panel.add([x, y], "\(marks) lc rgb '\(color.code(alpha: opacity))'", label: label)
    case .groups(let names, let codes):
      for (i, name) in names.enumerated() {
        let (x, y) = try points(of: i, codes)
        try panel.add([x, y], "\(marks) lc rgb '\(Color.group(i).code(alpha: opacity))'", label: name)
      }
    case .amounts(let values):
      try panel.add([x, y, values], "\(marks) lc palette", label: "")
      panel.amount = label
    }
  }

  /// As counts, darker where there are more; amounts are not shown then.
  private func drawCells(in panel: inout Panel) throws(Failure) {
    let size = CellGrid.size(for: panel)
    switch coloring {
    case .groups(let names, let codes):
      for (i, name) in names.enumerated() {
        let (x, y) = try points(of: i, codes)
        let cells = try CellGrid(x, y, panel, size)
        cells.draw(in: &panel, Color.group(i), label: cells.described(name))
      }
    case .one(let color):
      let cells = try CellGrid(x, y, panel, size)
      cells.draw(in: &panel, color, label: cells.described(label))
    case .amounts:
      let cells = try CellGrid(x, y, panel, size)
      cells.draw(in: &panel, Color.group(0), label: cells.described(label))
    }
  }

  private func points(of group: Int, _ codes: Vector) throws(Failure) -> (Vector, Vector) {
    let rows = codes.array.indices.filter { codes[$0] == Double(group + 1) }
    return (try Vector(rows.map { x[$0] }), try Vector(rows.map { y[$0] }))
  }

  private var marks: String { "with points pt 7 ps \(markSize ?? Scatter.automatic(x.count, [0.8, 0.6, 0.45, 0.3]))" }
  private var opacity: Double { alpha ?? Scatter.automatic(x.count, [0.85, 0.6, 0.35, 0.2]) }

  /// One for tens of points, for hundreds, thousands and more.
  private static func automatic(_ count: Int, _ choices: [Double]) -> Double {
    choices[count <= 150 ? 0 : count <= 1500 ? 1 : count <= 8000 ? 2 : 3]
  }
}
