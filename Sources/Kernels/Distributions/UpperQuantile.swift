extension UnivariateDistribution {
  /// Whether values are isolated, with probabilities.
  var isDiscrete: Bool {
    switch support {
    case .integers, .atoms: true
    case .interval, .mixed, .space, .counts: false
    }
  }

  /// P(X < x).
  func probability(below x: Double) -> Double { isDiscrete ? cdf(x.nextDown) : cdf(x) }

  /// P(X ≥ x), exact where it is small.
  func probability(from x: Double) -> Double { isDiscrete ? ccdf(x.nextDown) : ccdf(x) }

  /// The smallest x with P(X > x) ≤ p: the quantile of 1 − p, exact for small p too.
  func upperQuantile(_ p: Double) -> Double {
    if !(p > 0 && p < 0.5) { return quantile(1 - p) }
    var bracket = Bracket(below: quantile(0.5).nextDown, reached: quantile(1))
    let isReached: (Double) -> Bool = { ccdf($0) <= p }
    // From the middle outwards, so that the ends lie near each other where the support is infinite.
    var step = max(quantile(0.75) - bracket.below, 1e-300)
    while bracket.contains(bracket.below + step), !isReached(bracket.below + step) {
      bracket.narrow(at: bracket.below + step, reached: false)
      step *= 2
    }
    if bracket.contains(bracket.below + step) { bracket.narrow(at: bracket.below + step, reached: true) }
    if case .integers = support, bracket.reached < 0x1p53 {
      return firstInteger(from: bracket.below.rounded(.up), to: bracket.reached.rounded(.up), near: .nan, isReached)
    }
    return bracket.bisected(isReached)
  }
}
