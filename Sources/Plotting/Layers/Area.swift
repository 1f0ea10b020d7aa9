import Kernels

/// What lies between two curves.
package struct Area: Layer {
  package let x, low, high: Vector
  package let color: Color
  package let alpha: Double
  package let label: String

  /// Throws `.shape` where lengths differ.
  package init(_ x: Vector, low: Vector, high: Vector, _ color: Color, alpha: Double, label: String) throws(Failure) {
    try requireEqualLengths(x, low, "x and low")
    try requireEqualLengths(x, high)
    (self.x, self.low, self.high) = (try x.copy(), try low.copy(), try high.copy())
    (self.color, self.alpha, self.label) = (color, alpha, label)
  }

  package var name: String { "area" }
  package var xValues: [Vector] { [x] }
  package var yValues: [Vector] { [low, high] }

  package func draw(in panel: inout Panel) throws(Failure) {
    try panel.add([x, low, high], "with filledcurves fs solid lc rgb '\(color.code(alpha: alpha))'", label: label)
  }
}
