import Kernels

/// Something that is drawn in a figure.
package protocol Layer: Sendable {
  /// In Lua: `scatter`.
  var name: String { get }
  /// Whether it needs three axes.
  var isInSpace: Bool { get }
  /// What it spans, for the axes and for layers that come later.
  var xValues: [Vector] { get }
  var yValues: [Vector] { get }
  /// Where marks stand on, such as bars on 0.
  var base: Double? { get }
  /// Memory that its numbers take, in bytes.
  var bytes: Int { get }
  /// Says the layer to gnuplot.
  func draw(in panel: inout Panel) throws(Failure)
}

extension Layer {
  package var isInSpace: Bool { false }
  package var base: Double? { nil }
  package var bytes: Int { (xValues + yValues).reduce(0) { $0 + $1.count } * MemoryLayout<Double>.stride }
}

/// How a line or an edge looks.
package struct Stroke: Sendable {
  package var color: Color
  package var width: Double
  package var alpha: Double
  package var isDashed: Bool

  package init(_ color: Color, width: Double = 1.8, alpha: Double = 1, isDashed: Bool = false) {
    (self.color, self.width, self.alpha, self.isDashed) = (color, width, alpha, isDashed)
  }

  var style: String { "lc rgb '\(color.code(alpha: alpha))' lw \(width) dt \(isDashed ? 2 : 1)" }
}
