import Kernels

/// Bars that stand on zero, apart from each other.
package struct Bars: Layer {
  package let x, height: Vector
  package let color: Color
  package let alpha: Double
  package let label: String
  private let width: Double

  /// Throws `.shape` where lengths differ.
  package init(_ x: Vector, _ height: Vector, _ color: Color, alpha: Double, label: String) throws(Failure) {
    try requireEqualLengths(x, height, "positions and heights")
    (self.x, self.height, self.color, self.alpha, self.label) = (try x.copy(), try height.copy(), color, alpha, label)
    let sorted = x.array.filter(\.isFinite).sorted()
    let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
    width = 0.7 * (gaps.min() ?? 1)
  }

  package var name: String { "bar" }
  package var base: Double? { 0 }
  package var yValues: [Vector] { [height] }

  package var xValues: [Vector] {
    guard let edges = try? Vector(x.array.flatMap { [$0 - width / 2, $0 + width / 2] }) else { return [x] }
    return [edges]
  }

  package func draw(in panel: inout Panel) throws(Failure) {
    let widths = try Vector([Double](repeating: width, count: x.count))
    try panel.add(
      [x, height, widths], "with boxes fs solid lc rgb '\(color.code(alpha: alpha))'", label: label)
  }
}
