/// A place where a function of one number changes its sign, to within a tolerance: bisection, hastened by the secant and by
/// inverse quadratic interpolation wherever these shrink the bracket fast enough.
///
/// R. P. Brent, Algorithms for Minimization without Derivatives, 1973, chapter 4 (`zero`).
package struct Root: Sendable {
  package let x: Double
  package let value: Double
  package let evaluations: Int

  /// Throws what f throws; `.argument` where f has the same sign at both ends or is NaN, `.degenerate` where the evaluations do
  /// not suffice.
  package init(
    between a: Double, and b: Double, tolerance: Double, maxEvaluations: Int,
    _ f: (Double) throws(Failure) -> Double
  ) throws(Failure) {
    var bracket = BrentBracket(a: a, fa: try f(a), b: b, fb: try f(b))
    var count = 2
    for (x, value) in [(a, bracket.fa), (b, bracket.fb)] where value.isNaN {
      throw Failure(.argument, "the function is NaN at \(x.named)")
    }
    guard bracket.fa == 0 || bracket.fb == 0 || (bracket.fa < 0) != (bracket.fb < 0) else {
      let values = "\(bracket.fa.named) and \(bracket.fb.named)"
      throw Failure(.argument, "the function must change its sign between \(a.named) and \(b.named), got \(values)")
    }
    bracket.turn()
    while let next = bracket.next(tolerance: tolerance) {
      guard count < maxEvaluations else {
        let place = "between \(bracket.b.named) and \(bracket.c.named)"
        throw Failure(.degenerate, "no root to the tolerance in \(count) evaluations; it lies \(place)")
      }
      let value = try f(next)
      guard !value.isNaN else { throw Failure(.argument, "the function is NaN at \(next.named)") }
      count += 1
      bracket.add(next, value)
    }
    (x, value, evaluations) = (bracket.b, bracket.fb, count)
  }
}

/// b is the best so far, the root lies between b and c, a is the b before.
private struct BrentBracket {
  var a, fa, b, fb: Double
  var c = 0.0
  var fc = 0.0
  var step = 0.0
  var stepBefore = 0.0

  init(a: Double, fa: Double, b: Double, fb: Double) {
    (self.a, self.fa, self.b, self.fb) = (a, fa, b, fb)
    // At the other end of the bracket.
    (c, fc) = (a, fa)
    (step, stepBefore) = (b - a, b - a)
  }

  /// Makes b the better end.
  mutating func turn() {
    if abs(fc) < abs(fb) { (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb) }
  }

  /// Where to look next; nil where the bracket is small enough.
  mutating func next(tolerance: Double) -> Double? {
    let least = 2 * .ulpOfOne * abs(b) + 0.5 * tolerance
    let half = c / 2 - b / 2
    if abs(half) <= least || fb == 0 { return nil }
    if abs(stepBefore) >= least, abs(fa) > abs(fb), let (p, q) = interpolation(half),
      2 * p < min(3 * half * q - abs(least * q), abs(stepBefore * q))
    {
      (stepBefore, step) = (step, p / q)
    } else {
      (step, stepBefore) = (half, half)
    }
    let moved = abs(step) > least ? b + step : b + (half > 0 ? least : -least)
    return moved == b ? nil : moved
  }

  /// The step p/q with p ≥ 0; nil where it cannot be told.
  private func interpolation(_ half: Double) -> (p: Double, q: Double)? {
    let s = fb / fa
    var (p, q): (Double, Double)
    if a == c {
      (p, q) = (2 * half * s, 1 - s)
    } else {
      let (u, r) = (fa / fc, fb / fc)
      p = s * (2 * half * u * (u - r) - (b - a) * (r - 1))
      q = (u - 1) * (r - 1) * (s - 1)
    }
    if p > 0 { q = -q } else { p = -p }
    return p.isFinite && q.isFinite && q != 0 ? (p, q) : nil
  }

  mutating func add(_ x: Double, _ value: Double) {
    (a, fa) = (b, fb)
    (b, fb) = (x, value)
    if (fb > 0) == (fc > 0) {
      (c, fc) = (a, fa)
      (step, stepBefore) = (b - a, b - a)
    }
    turn()
  }
}
