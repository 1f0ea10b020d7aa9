import CBoost

/// P(X₁ ≤ x₁, …, X_d ≤ x_d) of a vector with a multivariate t distribution.
///
/// One dimension by the incomplete beta function; two by quadrature of the normal probability over the logarithm of the scale,
/// within 1e-10 relative; more by `latticeProbability` with the scale as one more dimension, whose error is below 1e-5 of the
/// result, or of 1e-3 where that is less.
/// A. Genz, F. Bretz, Comparison of methods for the computation of multivariate t probabilities, 2002,
/// doi:10.1198/106186002394. x: d (read) · mu: d · scale: d × d, positive definite
func studentProbability(
  below x: UnsafeBufferPointer<Double>, df: Double, mu: Vector, scale: Matrix
) throws(Failure) -> Double {
  if x.contains(where: \.isNaN) { return .nan }
  if x.contains(-.infinity) { return 0 }
  let orthant = try Orthant(below: x, mu: mu, scale: scale)
  let limits = orthant.limits
  let half = max(0.5 * df, .leastNonzeroMagnitude)
  switch limits.count {
  case 0: return 1
  case 1: return studentProbability(below: limits[0], df: df)
  case 2:
    return gammaMean(shape: half) {
      bivariateProbability($0 * limits[0], $0 * limits[1], r: orthant.pair.r, s: orthant.pair.s)
    }
  default:
    let gamma = StandardGamma(shape: half)
    return try latticeProbability(limits, orthant.correlations) { u in
      exp(0.5 * (gamma.quantile(min(max(u, 0x1p-60), 1 - 0x1p-53)).log - log(half)))
    }
  }
}

/// P(X ≤ t) of Student's t distribution.
private func studentProbability(below t: Double, df: Double) -> Double {
  // The smaller argument of the two is the one without rounding.
  let (square, half) = (t * t, max(0.5 * df, .leastNonzeroMagnitude))
  let tail =
    square < df
    ? 0.5 * boost_ibetac(0.5, half, square / (df + square)) : 0.5 * boost_ibeta(half, 0.5, df / (df + square))
  return t < 0 ? tail : 1 - tail
}

/// The mean of f(√(G/a)) for a gamma number G of shape a, where f goes monotonically from one number at 0 to another.
///
/// Over y = log G, from its most important place outwards to where the integrand has fallen by e⁻⁴⁰; a tail towards 0, where f
/// does not change any more, is known.
private func gammaMean(shape: Double, _ f: (Double) -> Double) -> Double {
  let gamma = StandardGamma(shape: shape)
  let logShape = log(shape)
  func logTerm(_ y: Double) -> Double {
    gamma.logDensity(exp(y), lost: 0, logY: y) + log(f(exp(0.5 * (y - logShape))))
  }
  // Below `start` the argument of f is under 1e-20.
  let start = logShape - 92
  let end = log(shape + 40 + 9 * shape.squareRoot()) + 3
  var (low, high) = (start, end)
  // The integrand rises to its only top and falls; far to the right it is 0.
  while high - low > 1e-3 / (1 + shape).squareRoot() {
    let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
    if logTerm(a) > logTerm(b) || logTerm(b) == -.infinity { high = b } else { low = a }
  }
  let top = low + (high - low) / 2
  let height = logTerm(top)
  guard height > -.infinity else { return 0 }
  func reach(_ direction: Double) -> Double {
    var step = 0x1p-30
    while height - logTerm(top + direction * step) < 40, step < 1e4 { step *= 2 }
    return step
  }
  let (from, to) = (max(start, top - reach(-1)), min(end, top + reach(1)))
  let middle = [from, top, to].sorted()
  let area = zip(middle, middle.dropFirst()).reduce(0.0) { sum, ends in
    sum + integral(from: ends.0, to: ends.1, tolerance: 1e-12) { exp(logTerm($0) - height) }
  }
  let tail = gamma.lower(exp(start), lost: 0, logY: start) * f(exp(0.5 * (start - logShape)))
  return min(1, area * exp(height) + (from == start ? tail : 0))
}
