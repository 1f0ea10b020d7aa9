extension FDistribution {
  /// Maximum likelihood, by Newton's method in log d₁ and log d₂ from the best of a coarse grid. Weights are 1 where there are
  /// none.
  ///
  /// Throws `.data` for values that are not positive and finite and `.degenerate` where a degree of freedom would be infinite:
  /// the likelihood then grows with it beyond 10⁹.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> FDistribution {
    try x.require("f data are positive and finite") { $0 > 0 && $0 < .infinity }
    let sample = try WeightedSample(x, weights: weights)
    guard sample.low < sample.high else {
      throw Failure(.degenerate, "d1 and d2 are not determined: all values with a weight are \(sample.low.named)")
    }
    let likelihood = FLikelihood(sample: sample)
    var (logs, value) = (SIMD2(0.0, 0), -Double.infinity)
    for first in stride(from: -2.0, through: 8, by: 2) {
      for second in stride(from: -2.0, through: 8, by: 2) {
        let found = try likelihood.value(SIMD2(first, second))
        if found > value { (logs, value) = (SIMD2(first, second), found) }
      }
    }
    for _ in 0..<200 {
      let (next, found, step) = try likelihood.climb(from: logs, value)
      (logs, value) = (next, found)
      for (name, log, advice) in [("d1", logs[0], "inverse_gamma"), ("d2", logs[1], "gamma")] where log > 20 {
        throw Failure(.degenerate, "\(name) would be infinite: the likelihood grows with it beyond 4e8; fit \(advice)")
      }
      guard logs.min() > -200 else { throw Failure(.degenerate, "d1 and d2 would be 0: the data are spread too far") }
      if step < 1e-14 { break }
    }
    return try FDistribution(d1: exp(logs[0]), d2: exp(logs[1]))
  }
}

/// The mean log-likelihood as a function of log d₁ and log d₂.
private struct FLikelihood {
  let sample: WeightedSample

  func value(_ logs: SIMD2<Double>) throws(Failure) -> Double {
    let d = try FDistribution(d1: exp(logs[0]), d2: exp(logs[1]))
    return try sample.mean { d.logDensities($0) }
  }

  /// A step uphill: Newton's, or along the gradient where the Hessian is not negative; at most 2 long, halved until it climbs.
  func climb(
    from logs: SIMD2<Double>, _ value: Double
  ) throws(Failure) -> (logs: SIMD2<Double>, value: Double, step: Double) {
    var step = try direction(logs)
    let length = max(abs(step[0]), abs(step[1]))
    if length > 2 { step *= 2 / length }
    while max(abs(step[0]), abs(step[1])) >= 1e-15 {
      let found = try self.value(logs + step)
      // Near the maximum the gain drowns in rounding.
      if found >= value - 1e-15 * (1 + abs(value)) { return (logs + step, found, max(abs(step[0]), abs(step[1]))) }
      step /= 2
    }
    return (logs, value, 0)
  }

  /// With r = (d₁ + d₂)·x/(d₁x + d₂), s = r/x and λ(a) = log a − ψ(a), the derivative by d₁ is
  /// ½·(λ(d₁/2) − λ((d₁ + d₂)/2) − mean(r − 1 − log r)), and that by d₂ the same with s.
  private func direction(_ logs: SIMD2<Double>) throws(Failure) -> SIMD2<Double> {
    let (d1, d2) = (exp(logs[0]), exp(logs[1]))
    let sum = d1 + d2
    let r = { (x: SIMD8<Double>) in FLikelihood.quotient(x, d1, d2) }
    let s = { (x: SIMD8<Double>) in FLikelihood.quotient(1 / x, d2, d1) }
    let common = digammaLag(0.5 * sum)
    let slope1 = 0.5 * (digammaLag(0.5 * d1) - common - (try sample.mean { deviance(r($0)) }))
    let slope2 = 0.5 * (digammaLag(0.5 * d2) - common - (try sample.mean { deviance(s($0)) }))
    let bend = 0.25 * digammaLagSlope(0.5 * sum)
    let square1 = try sample.mean { (1 - r($0)) * (1 - r($0)) }
    let square2 = try sample.mean { (1 - s($0)) * (1 - s($0)) }
    let product = try sample.mean { (1 - r($0)) * (1 - s($0)) }
    // Second derivatives by the logarithms.
    let h11 = d1 * d1 * (0.25 * digammaLagSlope(0.5 * d1) - bend + 0.5 * square1 / sum) + d1 * slope1
    let h22 = d2 * d2 * (0.25 * digammaLagSlope(0.5 * d2) - bend + 0.5 * square2 / sum) + d2 * slope2
    let h12 = d1 * d2 * (0.5 * product / sum - bend)
    let gradient = SIMD2(d1 * slope1, d2 * slope2)
    let determinant = h11 * h22 - h12 * h12
    guard h11 < 0, determinant > 0 else { return gradient * (1 / (abs(h11) + abs(h22) + 1e-300)) }
    return SIMD2(h12 * gradient[1] - h22 * gradient[0], h12 * gradient[0] - h11 * gradient[1]) / determinant
  }

  /// (d₁ + d₂)·x/(d₁x + d₂).
  @inline(__always)
  private static func quotient(_ x: SIMD8<Double>, _ d1: Double, _ d2: Double) -> SIMD8<Double> {
    let far = (d1 + d2) / (d1 + d2 / x)
    return ((d1 + d2) * x / (d1 * x + d2)).replacing(with: far, where: x .> 1)
  }

  /// u − 1 − log u.
  @inline(__always)
  private func deviance(_ u: SIMD8<Double>) -> SIMD8<Double> {
    let v = (1 - u) / (1 + u)
    let far = u - 1 - log(u)
    return nearDeviance(SIMD8(repeating: 1), mean: u, difference: 1 - u).replacing(with: far, where: v .> 1.0 / 3)
      .replacing(with: far, where: v .< -1.0 / 3)
  }
}
