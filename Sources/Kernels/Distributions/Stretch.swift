/// Probabilities between two ends from the logarithm of a density alone: what is left to go by where the distribution function
/// changes by too little between them, or is too small for a double.
///
/// All weights are in units of the largest density, so that nothing underflows. Over integers they are sums, else quadrature.
struct Stretch: Sendable {
  private let base: any UnivariateDistribution
  private let isDiscrete: Bool
  /// Not further from the largest density than where 1e-26 of it is left.
  private let low, high: Double
  private let top: Double
  private let mass: Double

  /// nil where there is no density, or there are more than `most` integers.
  init?(of base: any UnivariateDistribution, from low: Double, to high: Double, most: Double = 1e6) {
    let inside = [low, high, min(max(base.mode, low), high)].filter { $0.isFinite }
    let top = inside.map { base.logpdf($0) }.filter { $0.isFinite }.max() ?? -.infinity
    guard top.isFinite else { return nil }
    self.base = base
    self.top = top
    isDiscrete = base.isDiscrete
    self.low = base.logpdf(high) == top ? max(low, Stretch.end(of: base, from: high, towards: -1, top)) : low
    self.high = base.logpdf(low) == top ? min(high, Stretch.end(of: base, from: low, towards: 1, top)) : high
    if isDiscrete, !(self.high - self.low <= most) { return nil }
    mass = Stretch.weight(of: base, from: self.low, to: self.high, top, isDiscrete)
    guard mass > 0, mass < .infinity else { return nil }
  }

  /// log P(low ≤ X ≤ high).
  var logMass: Double { top + log(mass) }

  func cdf(_ x: Double) -> Double {
    x < low ? 0 : x >= high ? 1 : min(1, Stretch.weight(of: base, from: low, to: x, top, isDiscrete) / mass)
  }

  func ccdf(_ x: Double) -> Double {
    if x < low || x >= high { return x < low ? 1 : 0 }
    let next = isDiscrete ? x.rounded(.down) + 1 : x
    return min(1, Stretch.weight(of: base, from: next, to: high, top, isDiscrete) / mass)
  }

  func quantile(_ p: Double) -> Double {
    if p == 0 || p == 1 { return p == 0 ? low : high }
    let guess = low + p * (high - low)
    if isDiscrete { return firstInteger(from: low, to: high, near: guess) { cdf($0) >= p } }
    return increasingRoot(from: low, to: high, near: guess, tolerance: max(low.ulp, high.ulp) / 4) { x in
      (p < 0.5 ? cdf(x) - p : (1 - p) - ccdf(x), exp(base.logpdf(x) - top) / mass)
    }
  }

  private static func weight(
    of base: any UnivariateDistribution, from low: Double, to high: Double, _ top: Double, _ isDiscrete: Bool
  ) -> Double {
    // The rounding of a large logarithm is noise that no finer panels take away.
    let tolerance = max(1e-14, 1e-15 * abs(top))
    if !isDiscrete { return integral(from: low, to: high, tolerance: tolerance) { exp(base.logpdf($0) - top) } }
    guard high >= low else { return 0 }
    var (sum, poll) = (CompensatedSum<Double>(), InterruptionPoll())
    for i in 0...Int(high.rounded(.down) - low) {
      if poll.isDue() { return .nan }
      sum.add(exp(base.logpdf(low + Double(i)) - top))
    }
    return sum.value
  }

  /// Far enough from `start`, in a tail, that nothing is left.
  private static func end(
    of base: any UnivariateDistribution, from start: Double, towards sign: Double, _ top: Double
  ) -> Double {
    var step = base.isDiscrete ? 1 : max(abs(start) * 1e-10, 1e-300)
    while step < 0x1p1000, base.logpdf(start + sign * step) > top - 60 { step *= 2 }
    return start + sign * step
  }
}
