/// The distribution of X given low ≤ X ≤ high: p(x) = p_X(x) / P(low ≤ X ≤ high) between the two, both included.
///
/// Probabilities are differences of the cdf below the median of X and of the ccdf above, so that tails keep their digits; where
/// the differences would cancel or underflow, integrals of the density. Mean, variance and entropy are found by quadrature, over
/// integers by summation.
package struct Truncated: UnivariateDistribution {
  package let base: any UnivariateDistribution
  package let low: Double
  package let high: Double
  /// Whether `start` and `end` are probabilities to be above rather than below.
  private let isUpper: Bool
  /// P(X < low) and P(X ≤ high), or where that is smaller P(X ≥ low) and P(X > high).
  private let start, end: Double
  /// P(low ≤ X ≤ high), and its logarithm.
  private let mass: Double
  private let logMass: Double
  /// In use where the difference of `start` and `end` has lost more than a digit.
  private let stretch: Stretch?

  /// Throws `.argument` where low > high or nothing lies between them.
  package init(_ base: any UnivariateDistribution, low: Double, high: Double) throws(Failure) {
    guard low <= high else {
      throw Failure(.argument, "low must be at most high = \(high.named), got \(low.named)")
    }
    self.base = base
    self.low = low
    self.high = high
    if case .mixed = base.support {
      throw Failure(.argument, "\(base.family) has both atoms and a density: truncate its components")
    }
    isUpper = base.probability(below: low) > 0.5
    start = isUpper ? base.probability(from: low) : base.probability(below: low)
    end = isUpper ? base.ccdf(high) : base.cdf(high)
    // Terms of long sums are given up on an interrupt.
    try Interruption.check()
    let difference = abs(end - start)
    let larger = max(start, end)
    let (first, last) = Truncated.ends(base.support, low, high)
    var isNarrow = first <= last && (difference < 0.1 * larger || larger < 1e-290)
    if case .atoms = base.support { isNarrow = false }
    stretch = isNarrow ? Stretch(of: base, from: first, to: last) : nil
    logMass = stretch?.logMass ?? log(difference)
    mass = stretch == nil ? difference : exp(logMass)
    guard logMass > -.infinity else {
      throw Failure(.argument, "\(base.family) has no probability between low = \(low.named) and high = \(high.named)")
    }
  }

  /// The support that is left.
  private static func ends(_ support: Support, _ low: Double, _ high: Double) -> (Double, Double) {
    switch support {
    case .integers(let a, let b): (max(a, low.rounded(.up)), min(b, high.rounded(.down)))
    case .interval(let a, let b), .atoms(let a, let b): (max(a, low), min(b, high))
    default: preconditionFailure("values of a univariate distribution are numbers")
    }
  }

  package var family: String { "truncated" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("distribution", .distribution(base)), ("low", .number(low)), ("high", .number(high))]
  }

  package var support: Support {
    let (first, last) = Truncated.ends(base.support, low, high)
    return switch base.support {
    case .integers: .integers(first, last)
    case .atoms: .atoms(first, last)
    default: .interval(first, last)
    }
  }

  package func pdf(_ x: Double) -> Double {
    guard isInside(x) else { return x.isNaN ? .nan : 0 }
    return stretch == nil ? base.pdf(x) / mass : exp(logpdf(x))
  }

  package func logpdf(_ x: Double) -> Double {
    isInside(x) ? base.logpdf(x) - logMass : x.isNaN ? .nan : -.infinity
  }

  package func cdf(_ x: Double) -> Double {
    guard isInside(x) else { return x.isNaN ? .nan : x < low ? 0 : 1 }
    if let stretch { return stretch.cdf(x) }
    return min(1, max(0, isUpper ? start - base.ccdf(x) : base.cdf(x) - start) / mass)
  }

  package func ccdf(_ x: Double) -> Double {
    guard isInside(x) else { return x.isNaN ? .nan : x < low ? 1 : 0 }
    if let stretch { return stretch.ccdf(x) }
    return min(1, max(0, isUpper ? base.ccdf(x) - end : high == .infinity ? base.ccdf(x) : end - base.cdf(x)) / mass)
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 || p == 1 {
      let (first, last) = Truncated.ends(base.support, low, high)
      return p == 0 ? first : last
    }
    if let stretch { return stretch.quantile(p) }
    let x = isUpper ? base.upperQuantile(start - p * mass) : base.quantile(start + p * mass)
    guard case .integers(let first, let last) = support else { return min(max(x, low), high) }
    // Rounding of the sum may have stepped over an integer.
    var k = min(max(x, first), last)
    while k > first, cdf(k - 1) >= p { k -= 1 }
    while k < last, cdf(k) < p { k += 1 }
    return k
  }

  /// By rejection where most draws stay, else by inversion.
  package func sample(_ words: inout Words) -> Double {
    guard mass > 0.25, stretch == nil else { return quantile(words.openUniform()) }
    while true {
      let x = base.sample(&words)
      if isInside(x) { return x }
    }
  }

  /// The mode of X where it lies inside, else the end of higher density: X is taken to have one mode.
  package var mode: Double {
    let (first, last) = Truncated.ends(base.support, low, high)
    return min(max(base.mode, first), last)
  }

  private func isInside(_ x: Double) -> Bool { x >= low && x <= high }
}

extension Truncated {
  package var mean: Double { expected { $0 } }

  package var variance: Double {
    let centre = mean
    return expected { ($0 - centre) * ($0 - centre) }
  }

  package var entropy: Double { expected { -logpdf($0) } }

  /// The mean of f. NaN over isolated numbers, where an infinite end is left whose moments X does not have, and where a sum has
  /// more than 10⁷ terms or was interrupted.
  private func expected(_ f: (Double) -> Double) -> Double {
    switch support {
    case .integers: return sum(from: quantile(0x1p-60), to: quantile(1 - 0x1p-53), f)
    case .interval(let low, let high):
      if low == -.infinity || high == .infinity, !base.variance.isFinite { return .nan }
      return integralOfMean(from: low, to: high, f)
    default: return .nan
    }
  }

  private func integralOfMean(from low: Double, to high: Double, _ f: (Double) -> Double) -> Double {
    let tails = (1...17).map { Double(sign: .plus, exponent: -3 * $0, significand: 1) }
    let ends = Set((tails + [0, 0.25, 0.5, 0.75, 1] + tails.map { 1 - $0 }).map { quantile($0) })
    let panels = ends.filter { $0.isFinite }.sorted()
    guard panels.count > 1 else { return .nan }
    var sum = zip(panels, panels.dropFirst()).reduce(0) { $0 + area(from: $1.0, to: $1.1, f) }
    if low == -.infinity { sum += tail(from: panels[0], step: panels[0] - panels[1], beside: sum, f) }
    let (last, before) = (panels[panels.count - 1], panels[panels.count - 2])
    if high == .infinity { sum += tail(from: last, step: last - before, beside: sum, f) }
    return sum
  }

  /// ∫ p·f between two points.
  private func area(from a: Double, to b: Double, _ f: (Double) -> Double) -> Double {
    integral(from: a, to: b, tolerance: 1e-13) {
      let p = pdf($0)
      return p > 0 ? p * f($0) : 0
    }
  }

  /// The same from a point to infinity, in growing steps, until they add nothing to `sum`.
  private func tail(from start: Double, step: Double, beside sum: Double, _ f: (Double) -> Double) -> Double {
    var (total, a, step) = (0.0, start, step)
    while abs(a + step) < .infinity {
      let part = area(from: min(a, a + step), to: max(a, a + step), f)
      total += part
      if abs(part) <= 1e-17 * abs(sum + total) { break }
      (a, step) = (a + step, 2 * step)
    }
    return total
  }

  private func sum(from first: Double, to last: Double, _ f: (Double) -> Double) -> Double {
    guard last - first <= 1e7 else { return .nan }
    var (sum, poll) = (CompensatedSum<Double>(), InterruptionPoll())
    for i in 0...Int(last - first) {
      if poll.isDue() { return .nan }
      let x = first + Double(i)
      let p = pdf(x)
      if p > 0 { sum.add(p, times: f(x)) }
    }
    return sum.value
  }
}
