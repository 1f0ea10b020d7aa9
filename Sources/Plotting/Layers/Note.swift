import Kernels

/// A text at a point.
package struct Note: Layer {
  package let x, y: Double
  package let text: String
  package let color: Color
  /// In points.
  package let size: Double
  package let alignment: Alignment

  package enum Alignment: String, CaseIterable, Sendable { case left, center, right }

  package init(_ x: Double, _ y: Double, _ text: String, _ color: Color, size: Double, _ alignment: Alignment) {
    (self.x, self.y, self.text, self.color, self.size, self.alignment) = (x, y, text, color, size, alignment)
  }

  package var name: String { "text" }
  package var xValues: [Vector] { (try? Vector([x])).map { [$0] } ?? [] }
  package var yValues: [Vector] { (try? Vector([y])).map { [$0] } ?? [] }

  package func draw(in panel: inout Panel) throws(Failure) {
    panel.addLabel(
      "\(quotedForGnuplot(text)) at \(x),\(y) \(alignment) front font ',\(size)' textcolor rgb '\(color.code())'")
  }
}
