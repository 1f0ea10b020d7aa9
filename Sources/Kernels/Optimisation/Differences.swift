/// A gradient from differences of values on both sides, or on one side where a bound leaves no room.
///
/// Steps are ∛ε of a number's size, where the error of the formula, of the order of the step squared, is about that of rounding,
/// ε over the step: some 1e-10 of the value's size is left. J. Nocedal, S. J. Wright, Numerical Optimization, 2006, section 8.1.
package struct Differences: Sendable {
  private let lower, upper: [Double]?

  /// Bounds that no evaluation may leave; nil where there are none.
  package init(lower: [Double]?, upper: [Double]?) { (self.lower, self.upper) = (lower, upper) }

  /// value: f(x), for the sides that have no room
  package func gradient(
    at x: [Double], value: Double, _ f: ([Double]) throws(Failure) -> Double
  ) throws(Failure) -> [Double] {
    var slopes = [Double](repeating: 0, count: x.count)
    for i in x.indices {
      let (below, above) = ends(x[i], lower?[i] ?? -.infinity, upper?[i] ?? .infinity)
      guard above > below else { continue }  // a number that is held
      var point = x
      func moved(to place: Double) throws(Failure) -> Double {
        if place == x[i] { return value }
        point[i] = place
        return try f(point)
      }
      slopes[i] = try slope(x[i], value, below, above, moved(to:))
    }
    return slopes
  }

  /// As far as a step goes, and no further than the bounds.
  private func ends(_ x: Double, _ lower: Double, _ upper: Double) -> (Double, Double) {
    let step = 0x1p-17 * max(1e-2, abs(x))
    return (max(lower, x - step), min(upper, x + step))
  }

  private func slope(
    _ x: Double, _ value: Double, _ below: Double, _ above: Double, _ f: (Double) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    let (left, right) = (x - below, above - x)
    if left > 0, right > 0 {
      // Sides of different length are weighted so that the curvature cancels.
      let (low, high) = (try f(below), try f(above))
      return ((high - value) / right * left + (value - low) / left * right) / (left + right)
    }
    // The parabola through three points on one side.
    let step = left > 0 ? -left / 2 : right / 2
    return (-3 * value + 4 * (try f(x + step)) - (try f(x + 2 * step))) / (2 * step)
  }
}
