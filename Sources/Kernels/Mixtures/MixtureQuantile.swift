extension UnivariateMixture {
  /// The smallest x with cdf(x) ≥ p; NaN for p outside 0…1.
  ///
  /// The quantiles of the components are a bracket: below the smallest every component's cdf is under p, at the largest none
  /// is. Newton's steps narrow it, and bisection over the doubles themselves ends it at two neighbours, whatever jumps
  /// or flat stretches the cdf has, and whether or not its ends are finite.
  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    let ends = zip(weights, parts).filter { $0.0 > 0 }.map { $0.1.quantile(p) }
    guard let low = ends.min(), let high = ends.max(), !low.isNaN, !high.isNaN else { return .nan }
    if p == 0 { return low }
    if p == 1 || low == high { return high }
    if case .integers(let lowest, _) = support { return integer(p, from: lowest, low, high) }

    var bracket = Bracket(below: low, reached: high)
    // A component's quantile is rounded, so either end may be off by a few ulps.
    bracket.widen { isReached($0, p) }
    newton(p, &bracket)
    return atom(at: bracket.bisected { isReached($0, p) })
  }

  /// Whether P(X ≤ x) ≥ p, also where rounding keeps the sum of the components' probabilities below p.
  private func isReached(_ x: Double, _ p: Double) -> Bool {
    cdf(x) >= p || p > 0.5 && ccdf(x) <= 1 - p
  }

  /// The atom that x is, if it is one: a component may count it from a few ulps below.
  private func atom(at x: Double) -> Double {
    if case .interval = support { return x }
    for (w, part) in zip(weights, parts) where w > 0 && part.isDiscrete {
      let nearest = part.quantile(part.cdf(x))
      if abs(nearest - x) <= 4 * x.ulp { return nearest }
    }
    return x
  }

  private func newton(_ p: Double, _ bracket: inout Bracket) {
    var x = bracket.below / 2 + bracket.reached / 2
    for _ in 0..<12 where bracket.contains(x) {
      let excess = cdf(x) - p
      bracket.narrow(at: x, reached: isReached(x, p))
      let step = excess / pdf(x)
      if abs(step) <= 8 * x.ulp { break }
      x -= step
    }
    // Newton's points pile up on one side of the root: close in from the other as well.
    var reach = 16 * x.ulp
    for _ in 0..<6 {
      for y in [x - reach, x + reach] where bracket.contains(y) { bracket.narrow(at: y, reached: isReached(y, p)) }
      reach *= 32
    }
  }

  private func integer(_ p: Double, from lowest: Double, _ low: Double, _ high: Double) -> Double {
    var (reached, reach) = (high, 1.0)
    while !isReached(reached, p), reached < .infinity { (reached, reach) = (reached + reach, 2 * reach) }
    return firstInteger(from: lowest, to: reached, near: low) { isReached($0, p) }
  }
}

/// Two numbers, the first below a threshold and the second not.
struct Bracket {
  var below: Double
  var reached: Double

  func contains(_ x: Double) -> Bool { x > below && x < reached }

  mutating func narrow(at x: Double, reached isReached: Bool) {
    if isReached { reached = x } else { below = x }
  }

  /// Moves the ends out, further and further, until they are what they say.
  mutating func widen(_ isReached: (Double) -> Bool) {
    var reach = 1.0
    while below > -.infinity, isReached(below) {
      reached = min(reached, below)
      below -= reach * below.ulp
      reach *= 4
    }
    reach = 1
    while reached < .infinity, !isReached(reached) {
      below = max(below, reached)
      reached += reach * reached.ulp
      reach *= 4
    }
  }

  /// The smallest double that is reached.
  func bisected(_ isReached: (Double) -> Bool) -> Double {
    var (low, high) = (Bracket.place(of: below), Bracket.place(of: reached))
    while low + 1 < high {
      // Both places together can exceed 64 bits.
      let middle = (low >> 1) + (high >> 1) + (low & high & 1)
      if isReached(Bracket.double(at: middle)) { high = middle } else { low = middle }
    }
    return Bracket.double(at: high)
  }

  /// The rank of x among all doubles: neighbours have neighbouring ranks, and 0 has rank 0.
  private static func place(of x: Double) -> Int64 {
    let bits = Int64(bitPattern: x.bitPattern)
    return bits >= 0 ? bits : Int64.min &- bits
  }

  private static func double(at place: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: place >= 0 ? place : Int64.min &- place))
  }
}
