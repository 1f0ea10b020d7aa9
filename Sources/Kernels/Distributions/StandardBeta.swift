/// A beta variable B of shapes a and b, the core of the beta family and its kin. What they share is the distribution of its
/// log-odds U = log(B / (1 − B)): a multiple of the odds, or a power, has the same, shifted or stretched.
struct StandardBeta: Sendable {
  let a, b: Double
  /// a + b.
  let sum: Double
  /// Whether a shape is below 1, where Stirling's formula has no use.
  let isSmall: Bool
  /// log B(a, b), where a shape is below 1.
  private let logBeta: Double
  /// The log-density of U at its maximum, B = a/(a + b), where both shapes are at least 1.
  private let peak: Double
  /// log((a + b)/a) and log((a + b)/b).
  private let logScales: (Double, Double)
  /// log(a·B(a, b)) and log(b·B(a, b)): in the tails P(B ≤ x) is xᵃ/(a·B(a, b)).
  private let logScaled: (Double, Double)

  /// Shapes from 1e-300 to 1e300.
  init(a: Double, b: Double) {
    (self.a, self.b, sum) = (a, b, a + b)
    isSmall = min(a, b) < 1
    logScales = (log1p(b / a), log1p(a / b))
    if isSmall {
      logScaled = (StandardBeta.logScaled(a, b), StandardBeta.logScaled(b, a))
      logBeta = a < b ? logScaled.0 - log(a) : logScaled.1 - log(b)
      peak = 0
    } else {
      let remainder = stirlingRemainder(a + b) - stirlingRemainder(a) - stirlingRemainder(b)
      // ab/(a + b), whatever the sizes.
      peak = remainder + 0.5 * log(min(a, b) / (1 + min(a, b) / max(a, b))) - logRootTwoPi
      logBeta = -peak - a * logScales.0 - b * logScales.1
      logScaled = (logBeta + log(a), logBeta + log(b))
    }
  }

  /// log(a·B(a, b)) = log Γ(1 + a) + log Γ(b) − log Γ(a + b), within 1e-14 relative to a where a is small.
  private static func logScaled(_ a: Double, _ b: Double) -> Double {
    let first = a < 1 ? logGammaOnePlus(a) : logGamma(1 + a)
    return b < 1 ? first - logGammaRise(1 + b, by: a) + log1p(a / b) : first - logGammaRise(b, by: a)
  }

  /// The means of log B, log(1 − B) and U.
  var meanLog: Double { -digammaDifference(a, by: b) }
  var meanLogRest: Double { -digammaDifference(b, by: a) }
  /// ψ(a) − ψ(b) − log(a/b).
  var meanLogOddsExcess: Double { digammaLag(b) - digammaLag(a) }

  /// The entropy of U.
  var logOddsEntropy: Double {
    if isSmall { return logBeta + a * digammaDifference(a, by: b) + b * digammaDifference(b, by: a) }
    return a * logMinusDigamma(a) + b * logMinusDigamma(b) - sum * logMinusDigamma(sum) - peak
  }
}

extension StandardBeta {
  /// log(xᵃ·yᵇ/B(a, b)), the log-density of U at x = 1 − y, less c·log x + d·log y.
  @inline(__always)
  func logDensity<L: Lanes>(logX: L, logY: L, less c: Double = 0, _ d: Double = 0) -> L {
    L(repeating: -logBeta).addingProduct(L(repeating: a - c), logX).addingProduct(L(repeating: b - d), logY)
  }

  /// The same, for shapes of at least 1, of r = x·(a + b)/a and s = y·(a + b)/b, less c·log r + d·log s. In C. Loader's form,
  /// whose terms do not cancel. gap: a − (a + b)·x = a·y − b·x
  @inline(__always)
  func logDensity<L: Lanes>(r: L, s: L, logR: L, logS: L, gap: L, less c: Double = 0, _ d: Double = 0) -> L {
    let first = StandardBeta.term(a, r, logR, gap, less: c)
    let second = StandardBeta.term(b, s, logS, -gap, less: d)
    return L(repeating: peak) + (first + second)
  }

  /// a·log r + a − a·r − c·log r.
  @inline(__always)
  private static func term<L: Lanes>(_ a: Double, _ r: L, _ logR: L, _ gap: L, less c: Double) -> L {
    let shape = L(repeating: a)
    let mean = shape * r
    let v = gap / (shape + mean)
    let far = gap.addingProduct(L(repeating: a - c), logR)
    let near = L(repeating: -c) * logR - nearDeviance(shape, mean: mean, difference: gap)
    return near.replacing(with: far, where: v .> 1.0 / 3).replacing(with: far, where: v .< -1.0 / 3)
  }

  /// A value of B as the tails want it: both parts of the whole, neither formed from the other where it is small.
  struct Place<L: Lanes> {
    let x, y, logX, logY: L
    /// a·y − b·x.
    let gap: L
    /// Of U.
    let logDensity: L
  }

  /// Where U is u.
  func place(logOdds u: Double) -> Place<Double> {
    let e = exp(-abs(u))
    let (large, small) = (1 / (1 + e), e / (1 + e))
    let (logLarge, logSmall) = (-log1p(e), -abs(u) - log1p(e))
    let isLow = u < 0
    return place(
      x: isLow ? small : large, y: isLow ? large : small, logX: isLow ? logSmall : logLarge,
      logY: isLow ? logLarge : logSmall, lost: 0)
  }

  /// Where B is x, with y = 1 − x and what its rounding lost.
  @inline(__always)
  func place<L: Lanes>(x: L, y: L, logX: L, logY: L, lost: L) -> Place<L> {
    let (a, b) = (L(repeating: self.a), L(repeating: self.b))
    let (first, second) = (a * y, b * x)
    let errors = (-first).addingProduct(a, y) - (-second).addingProduct(b, x)
    let gap = (first - second) + errors.addingProduct(a, lost)
    let density =
      isSmall
      ? logDensity(logX: logX, logY: logY)
      : logDensity(
        r: x + x * L(repeating: self.b / self.a), s: y + y * L(repeating: self.a / self.b),
        logR: logX + L(repeating: logScales.0), logS: logY + L(repeating: logScales.1), gap: gap)
    return Place(x: x, y: y, logX: logX, logY: logY, gap: gap, logDensity: density)
  }
}

// The tails, in any number of lanes. Each lane stops at a step of its own, so that its bits do not depend on its neighbours.
extension StandardBeta {
  /// P(B ≤ x) and P(B > x).
  @inline(__always)
  func tails<L: Lanes>(_ p: Place<L>) -> (lower: L, upper: L) {
    // Up to about the mean, x ≤ (a + 1)/(a + b + 2), the lower tail comes first.
    let isHigh = p.gap + (p.y - p.x) .< 0
    let (a, b) = (L(repeating: self.a), L(repeating: self.b))
    let (tail, rest) = nearEnd(
      a.replacing(with: b, where: isHigh), b.replacing(with: a, where: isHigh),
      L(repeating: logScaled.0).replacing(with: L(repeating: logScaled.1), where: isHigh),
      x: p.x.replacing(with: p.y, where: isHigh), logX: p.logX.replacing(with: p.logY, where: isHigh),
      gap: p.gap.replacing(with: -p.gap, where: isHigh), p.logDensity)
    return (tail.replacing(with: rest, where: isHigh), rest.replacing(with: tail, where: isHigh))
  }

  /// P(B ≤ x) for shapes a and b, x up to about the mean, and what is left of 1.
  @inline(__always)
  private func nearEnd<L: Lanes>(
    _ a: L, _ b: L, _ logScaled: L, x: L, logX: L, gap: L, _ logDensity: L
  ) -> (tail: L, rest: L) {
    let one = L(repeating: 1)
    let hasSmall = isSmall && L.any(a .< 1)
    var (tail, rest) = (L(repeating: 0), one)
    if !isSmall || L.any(a .> 1.0.nextDown) {
      tail = exponential(logDensity) / StandardBeta.fraction(a, b, x, gap)
      tail = tail.replacing(with: one, where: tail .> 1)
      rest = one - tail
    }
    guard hasSmall else { return (tail, rest) }
    let (smallTail, smallRest) = StandardBeta.series(a, b, logScaled, x: x, logX: logX)
    return (tail.replacing(with: smallTail, where: a .< 1), rest.replacing(with: smallRest, where: a .< 1))
  }

  /// xᵃ/(a·B(a, b))·(1 + a·Σ (1 − b)ₖ·xᵏ/(k!·(a + k))); the rest keeps its digits where a is small.
  @inline(__always)
  private static func series<L: Lanes>(_ a: L, _ b: L, _ logScaled: L, x: L, logX: L) -> (tail: L, rest: L) {
    let (zero, one) = (L(repeating: 0), L(repeating: 1))
    let x = x.replacing(with: zero, where: a .> 1.0.nextDown)
    var (term, sum, isSettled, k) = (one, zero, zero, 1.0)
    repeat {
      let number = L(repeating: k)
      term = term * ((number - b) / number * x)
      let next = sum + term / (a + number)
      sum = next.replacing(with: sum, where: isSettled .== 1)
      isSettled = isSettled.replacing(
        with: one, where: term.absolute - L(repeating: 1e-18) * sum.absolute .< Double.leastNonzeroMagnitude)
      k += 1
    } while L.any(isSettled .== 0) && k < 2000
    let exponent = (-logScaled).addingProduct(a, logX)
    let (power, share) = (exponential(exponent), a * sum)
    let tail = power * (one + share)
    let rest = -exponentialMinusOne(exponent) - power * share
    return (tail.replacing(with: one, where: tail .> 1), rest.replacing(with: zero, where: rest .< 0))
  }

  /// xᵃ·(1 − x)ᵇ/(B(a, b)·P(B ≤ x)) for a ≥ 1, by the continued fraction of A. R. Didonato and A. H. Morris, Algorithm 708:
  /// significant digit computation of the incomplete beta function ratios, 1992, doi:10.1145/131766.131776, function BFRAC. By
  /// Lentz's method.
  @inline(__always)
  private static func fraction<L: Lanes>(_ a: L, _ b: L, _ x: L, _ gap: L) -> L {
    let (zero, one) = (L(repeating: 0), L(repeating: 1))
    let opened = gap + one
    var value = a / (a + one) * opened
    // Lanes with a < 1 are not asked for.
    var isSettled = zero.replacing(with: one, where: a .< 1)
    var (c, d, m) = (value, zero, 1.0)
    repeat {
      let number = L(repeating: m)
      let odd = a + L(repeating: 2 * m - 1)
      let share = number * ((b - number) * x / odd)
      let numerator = (a + L(repeating: m - 1)) / odd * ((a + b + L(repeating: m - 1)) * x) * share
      let step = opened.addingProduct(number, L(repeating: 2) - x)
      let denominator = number + share + (a + number) / (odd + L(repeating: 2)) * step
      d = one / (denominator + numerator * d)
      c = denominator + numerator / c
      let growth = c * d
      value = (value * growth).replacing(with: value, where: isSettled .== 1)
      // What is not a number does not go on for ever.
      let isGrowing = (growth - one).absolute .> 2.2e-16
      isSettled = one.replacing(with: isSettled, where: isGrowing)
      m += 1
    } while L.any(isSettled .== 0) && m < 1e6
    return value
  }
}

extension StandardBeta {
  /// u with P(U ≤ u) = `lower`, which is 1 − `upper`: the smaller of the two has to be exact.
  func logOdds(lower: Double, upper: Double) -> Double {
    if lower <= 0 || upper <= 0 { return lower <= 0 ? -.infinity : .infinity }
    let logLower = lower < 0.5 ? log(lower) : log1p(-upper)
    let logUpper = upper < 0.5 ? log(upper) : log1p(-lower)
    // The ends, where the tail is a power.
    let (low, high) = ((logLower + logScaled.0) / a, (logUpper + logScaled.1) / b)
    let reach = (lower: log(b + 1) + 40, upper: log(a + 1) + 40)
    if low < -reach.lower { return low }
    if high < -reach.upper { return -high }
    // Newton's method for the logarithm of the smaller tail.
    let isLower = lower < upper
    let sd = (trigamma(a) + trigamma(b)).squareRoot()
    let guess = isSmall ? (isLower ? low : -high) : log(a / b) + meanLogOddsExcess + normalQuantile(lower) * sd
    // After a step of this size the next, which would be about its square, is below rounding.
    let tolerance = max(1e-13 * min(1, sd), 1e-15 * (1 + abs(guess)))
    return increasingRoot(from: -reach.lower - 1, to: reach.upper + 1, near: guess, tolerance: tolerance) { u in
      let place = place(logOdds: u)
      let tails = tails(place)
      let logTail = log(isLower ? tails.lower : tails.upper)
      let slope = exp(place.logDensity - logTail)
      return isLower ? (logTail - logLower, slope) : (logUpper - logTail, slope)
    }
  }
}
