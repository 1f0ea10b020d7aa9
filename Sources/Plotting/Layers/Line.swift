import Kernels

/// Points joined in their order; a NaN leaves a gap.
package struct Line: Layer {
  package let x, y: Vector
  package let stroke: Stroke
  /// Whether each point is marked as well.
  package let hasMarks: Bool
  package let label: String
  package let name: String

  /// Throws `.shape` where `x` and `y` differ in length. `name`: what it is called in Lua
  package init(
    _ x: Vector, _ y: Vector, _ stroke: Stroke, hasMarks: Bool = false, label: String = "", name: String = "line"
  ) throws(Failure) {
    try requireEqualLengths(x, y)
    (self.x, self.y, self.stroke, self.hasMarks) = (try x.copy(), try y.copy(), stroke, hasMarks)
    (self.label, self.name) = (label, name)
  }

  package var xValues: [Vector] { [x] }
  package var yValues: [Vector] { [y] }

  package func draw(in panel: inout Panel) throws(Failure) {
    let marks = hasMarks ? "linespoints pt 7 ps 0.5" : "lines"
    try panel.add([x, y], "with \(marks) \(stroke.style)", label: label)
  }
}

func requireEqualLengths(_ x: Vector, _ y: Vector, _ names: String = "x and y") throws(Failure) {
  guard x.count == y.count else {
    throw Failure(.shape, "\(names) must be of one length, got \(x.count) and \(y.count)")
  }
}
