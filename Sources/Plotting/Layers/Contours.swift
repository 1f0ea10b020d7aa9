import Kernels

/// Lines along which a surface has one height.
package struct Contours: Layer {
  package let grid: Grid
  /// Ascending.
  package let levels: [Double]
  /// nil: light to dark with the height.
  package let color: Color?
  package let width: Double
  package let label: String

  package enum Levels: Sendable {
    /// So many, at even distances of height.
    case even(Int)
    /// So many, with an equal share of the volume below the surface between each two: of a density, of probability.
    case shares(Int)
    case heights([Double])
  }

  /// Throws `.data` where no height is finite.
  package init(_ grid: Grid, _ levels: Levels, _ color: Color?, width: Double = 1.3, label: String = "") throws(Failure)
  {
    (self.grid, self.color, self.width, self.label) = (grid, color, width, label)
    let heights = grid.z.elements.array.filter(\.isFinite)
    guard let low = heights.min(), let high = heights.max() else {
      throw Failure(.data, "no height is a finite number")
    }
    switch levels {
    case .heights(let levels): self.levels = levels.sorted()
    case .even(let count): self.levels = (1...count).map { low + (high - low) * Double($0) / Double(count + 1) }
    case .shares(let count): self.levels = Contours.levels(dividing: heights, count)
    }
  }

  package var name: String { "contour" }
  package var xValues: [Vector] { grid.xValues }
  package var yValues: [Vector] { grid.yValues }

  package var bytes: Int { grid.z.count * MemoryLayout<Double>.stride }

  package func draw(in panel: inout Panel) throws(Failure) {
    guard !levels.isEmpty else { return }
    let block = panel.blockName("contour")
    panel.preparation.add(
      "set table \(block)", "set contour base", "unset surface",
      "set cntrparam levels discrete \(levels.map { "\($0)" }.joined(separator: ","))",
      "splot \(grid.record())", data: grid.bytes)
    panel.preparation.add("unset table", "unset contour", "set surface")
    let sample = color ?? Color.amount(0.6)
    if let color {
      panel.add("\(block) using 1:2 with lines lw \(width) lc rgb '\(color.code())' notitle")
    } else {
      panel.add("\(block) using 1:2:(\(colorExpression)) with lines lw \(width) lc rgb variable notitle")
    }
    if !label.isEmpty { panel.add("keyentry with lines lw \(width) lc rgb '\(sample.code())' \(Panel.title(label))") }
  }

  /// The colour of a height: that of the level it belongs to.
  private var colorExpression: String {
    func code(_ i: Int) -> String {
      "\(Color.amount(levels.count == 1 ? 0.6 : 0.15 + 0.85 * Double(i) / Double(levels.count - 1)).number())"
    }
    // The heights come back with six digits: they are told apart half-way between levels.
    return levels.indices.reversed().reduce("") { rest, i in
      i == levels.count - 1 ? code(i) : "$3<\((levels[i] + levels[i + 1]) / 2)?\(code(i)):\(rest)"
    }
  }

  /// The heights above which 1/(n + 1), 2/(n + 1), … of the volume lies, ascending.
  private static func levels(dividing heights: [Double], _ count: Int) -> [Double] {
    let descending = heights.filter { $0 > 0 }.sorted(by: >)
    let total = descending.reduce(0, +)
    guard total > 0 else { return [] }
    var (levels, sum) = ([Double](), 0.0)
    for height in descending {
      sum += height
      while levels.count < count, sum >= total * Double(levels.count + 1) / Double(count + 1) { levels.append(height) }
    }
    return Set(levels).sorted()
  }
}
