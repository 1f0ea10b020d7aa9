import Kernels

/// Heights as a surface in space.
package struct Surface: Layer {
  package let grid: Grid
  package let label: String

  package init(_ grid: Grid, label: String = "") { (self.grid, self.label) = (grid, label) }

  package var name: String { "surface" }
  package var isInSpace: Bool { true }
  package var xValues: [Vector] { grid.xValues }
  package var yValues: [Vector] { grid.yValues }

  package var bytes: Int { grid.z.count * MemoryLayout<Double>.stride }

  package func draw(in panel: inout Panel) throws(Failure) {
    // Edges of many small faces would cover the faces.
    let edges = max(grid.z.rows, grid.z.columns) <= 80 ? "border lc rgb '#60ffffff' lw 0.3" : "noborder"
    let style = panel.format.isText ? "lines" : "pm3d"
    if !panel.format.isText { panel.preparation.add("set pm3d \(edges)") }
    panel.add("\(grid.record()) using 1 with \(style) \(Panel.title(label))", grid.bytes)
    panel.amount = ""
  }
}
