import Kernels

/// Numbers of a matrix as colours. NaN has none.
package struct Heatmap: Layer {
  package let grid: Grid
  /// What the numbers are.
  package let label: String

  package init(_ grid: Grid, label: String) { (self.grid, self.label) = (grid, label) }

  package var name: String { "image" }
  package var xValues: [Vector] { edges(grid.x, grid.z.columns) }
  package var yValues: [Vector] { edges(grid.y, grid.z.rows) }

  package var bytes: Int { grid.z.count * MemoryLayout<Double>.stride }

  package func draw(in panel: inout Panel) throws(Failure) {
    panel.add("\(grid.record(isInSpace: false)) with image notitle", grid.bytes)
    panel.amount = label
  }

  /// Half a cell beyond the outermost positions.
  private func edges(_ ends: (low: Double, high: Double), _ count: Int) -> [Vector] {
    let half = (ends.high - ends.low) / Double(count - 1) / 2
    return (try? Vector([ends.low - half, ends.high + half])).map { [$0] } ?? []
  }
}
