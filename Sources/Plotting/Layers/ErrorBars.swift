import Kernels

/// Points with the range in which each may lie.
package struct ErrorBars: Layer {
  package let x, y, low, high: Vector
  package let stroke: Stroke
  package let label: String

  /// Throws `.shape` where lengths differ.
  package init(_ x: Vector, _ y: Vector, low: Vector, high: Vector, _ stroke: Stroke, label: String) throws(Failure) {
    try requireEqualLengths(x, y)
    try requireEqualLengths(x, low, "x and the low ends")
    try requireEqualLengths(x, high, "x and the high ends")
    (self.x, self.y, self.low, self.high) = (try x.copy(), try y.copy(), try low.copy(), try high.copy())
    (self.stroke, self.label) = (stroke, label)
  }

  package var name: String { "errorbar" }
  package var xValues: [Vector] { [x] }
  package var yValues: [Vector] { [y, low, high] }

  package func draw(in panel: inout Panel) throws(Failure) {
    try panel.add([x, y, low, high], "with yerrorbars pt 7 ps 0.7 \(stroke.style)", label: label)
  }
}
