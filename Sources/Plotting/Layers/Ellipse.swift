import Kernels

import func Glibc.cos
import func Glibc.sin

/// The ellipse about a mean that holds a share of a normal distribution in the plane: (x − μ)ᵀ Σ⁻¹ (x − μ) = −2·log(1 − share).
package struct Ellipse: Layer {
  package let x, y: Vector
  package let stroke: Stroke
  /// Of the inside; 0 for none.
  package let fill: Double
  package let label: String

  /// mean: 2 · covariance: 2 × 2. Throws `.shape` for others, `.singular` where the covariance is not positive semidefinite.
  package init(
    mean: Vector, covariance: Matrix, share: Double, _ stroke: Stroke, fill: Double, label: String
  ) throws(Failure) {
    guard mean.count == 2, covariance.rows == 2, covariance.columns == 2 else {
      throw Failure(
        .shape,
        "an ellipse needs a mean of 2 and a covariance of 2 x 2, got \(mean.count) and \(covariance.rows) x \(covariance.columns)"
      )
    }
    let (a, b, c) = (covariance[0, 0], covariance[1, 0], covariance[1, 1])
    let rest = c - (a > 0 ? b * b / a : 0)
    guard a >= 0, rest >= -1e-12 * c, b == covariance[0, 1] else {
      throw Failure(.singular, "the covariance of an ellipse must be symmetric and positive")
    }
    let radius = (-2 * log1p(-share)).squareRoot()
    // A factor of the covariance, times the points of a circle.
    let (first, below, second) = (a.squareRoot(), a > 0 ? b / a.squareRoot() : 0, max(rest, 0).squareRoot())
    let angles = (0...180).map { Double($0) * .pi / 90 }
    x = try Vector(angles.map { mean[0] + radius * first * cos($0) })
    y = try Vector(angles.map { mean[1] + radius * (below * cos($0) + second * sin($0)) })
    (self.stroke, self.fill, self.label) = (stroke, fill, label)
  }

  package var name: String { "ellipse" }
  package var xValues: [Vector] { [x] }
  package var yValues: [Vector] { [y] }

  package func draw(in panel: inout Panel) throws(Failure) {
    if fill > 0 {
      try panel.add([x, y], "with filledcurves closed fs solid lc rgb '\(stroke.color.code(alpha: fill))'")
    }
    try panel.add([x, y], "with lines \(stroke.style)", label: label)
  }
}
