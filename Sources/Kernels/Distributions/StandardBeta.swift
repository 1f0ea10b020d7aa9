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
  /// log(a·B(a, b)) and log(b·B(a, b)): in the tails P(B ≤ x) is xᵃ/(a·B(a, b)).
  private let logScaled: (Double, Double)

  /// Shapes from 1e-300 to 1e300.
  init(a: Double, b: Double) {
    (self.a, self.b, sum) = (a, b, a + b)
    isSmall = min(a, b) < 1
    if isSmall {
      logScaled = (StandardBeta.logScaled(a, b), StandardBeta.logScaled(b, a))
      logBeta = a < b ? logScaled.0 - log(a) : logScaled.1 - log(b)
      peak = 0
    } else {
      let remainder = stirlingRemainder(a + b) - stirlingRemainder(a) - stirlingRemainder(b)
      // ab/(a + b), whatever the sizes.
      peak = remainder + 0.5 * log(min(a, b) / (1 + min(a, b) / max(a, b))) - logRootTwoPi
      logBeta = -peak - a * log1p(b / a) - b * log1p(a / b)
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
  struct Place {
    let x, y, logX, logY: Double
    /// a·y − b·x.
    let gap: Double
    /// Of U.
    let logDensity: Double
  }

  /// Where U is u.
  func place(logOdds u: Double) -> Place {
    let e = exp(-abs(u))
    let (large, small) = (1 / (1 + e), e / (1 + e))
    let (logLarge, logSmall) = (-log1p(e), -abs(u) - log1p(e))
    let isLow = u < 0
    return place(
      x: isLow ? small : large, y: isLow ? large : small, logX: isLow ? logSmall : logLarge,
      logY: isLow ? logLarge : logSmall, lost: 0)
  }

  /// Where B is x, with y = 1 − x and what its rounding lost.
  func place(x: Double, y: Double, logX: Double, logY: Double, lost: Double) -> Place {
    let (first, second) = (a * y, b * x)
    let errors = (-first).addingProduct(a, y) - (-second).addingProduct(b, x)
    let gap = (first - second) + errors.addingProduct(a, lost)
    let density =
      isSmall
      ? logDensity(logX: logX, logY: logY)
      : logDensity(
        r: x + x * (b / a), s: y + y * (a / b), logR: logX + log1p(b / a), logS: logY + log1p(a / b), gap: gap)
    return Place(x: x, y: y, logX: logX, logY: logY, gap: gap, logDensity: density)
  }
}

extension StandardBeta {
  /// P(B ≤ x) and P(B > x).
  func tails(_ p: Place) -> (lower: Double, upper: Double) {
    // Up to about the mean, x ≤ (a + 1)/(a + b + 2), the lower tail comes first.
    if p.gap + (p.y - p.x) >= 0 {
      let (lower, upper) = nearEnd(a, b, logScaled.0, x: p.x, logX: p.logX, gap: p.gap, p.logDensity)
      return (lower, upper)
    }
    let (upper, lower) = nearEnd(b, a, logScaled.1, x: p.y, logX: p.logY, gap: -p.gap, p.logDensity)
    return (lower, upper)
  }

  /// P(B ≤ x) for shapes a and b, x up to about the mean, and what is left of 1.
  private func nearEnd(
    _ a: Double, _ b: Double, _ logScaled: Double, x: Double, logX: Double, gap: Double, _ logDensity: Double
  ) -> (tail: Double, rest: Double) {
    if a >= 1 {
      let tail = min(1, exp(logDensity) / StandardBeta.fraction(a, b, x, gap))
      return (tail, 1 - tail)
    }
    // xᵃ/(a·B(a, b))·(1 + a·Σ (1 − b)ₖ·xᵏ/(k!·(a + k))); the rest keeps its digits where a is small.
    var (term, sum, k) = (1.0, 0.0, 1.0)
    repeat {
      term *= (k - b) / k * x
      sum += term / (a + k)
      k += 1
    } while abs(term) > 1e-18 * abs(sum) && k < 2000
    let exponent = a * logX - logScaled
    let power = exp(exponent)
    return (min(1, power * (1 + a * sum)), max(0, -expm1(exponent) - power * a * sum))
  }

  /// xᵃ·(1 − x)ᵇ/(B(a, b)·P(B ≤ x)), by the continued fraction of A. R. Didonato and A. H. Morris, Algorithm 708: significant
  /// digit computation of the incomplete beta function ratios, 1992, doi:10.1145/131766.131776, function BFRAC. By Lentz's
  /// method.
  private static func fraction(_ a: Double, _ b: Double, _ x: Double, _ gap: Double) -> Double {
    var value = a / (a + 1) * (gap + 1)
    var (c, d, m) = (value, 0.0, 1.0)
    while m < 1e6 {
      let odd = a + 2 * m - 1
      let share = m * ((b - m) * x / odd)
      let numerator = (a + m - 1) / odd * ((a + b + m - 1) * x) * share
      let denominator = m + share + (a + m) / (odd + 2) * (gap + 1 + m * (2 - x))
      d = 1 / (denominator + numerator * d)
      c = denominator + numerator / c
      value *= c * d
      if abs(c * d - 1) <= 2e-16 { break }
      m += 1
    }
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
