/// The Anderson–Darling distance A² between a sample and a continuous distribution that was not fitted to it, in which tails count
/// more than with Kolmogorov and Smirnov: A² = −n − Σ (2i − 1)·(log F(xᵢ) + log(1 − F(xₙ₊₁₋ᵢ)))/n for xᵢ in order.
///
/// T. W. Anderson, D. A. Darling, Ann. Math. Stat. 23 (1952), 193–212, doi:10.1214/aoms/1177729437.
package struct AndersonDarling: Sendable {
  package let statistic: Double
  package let pValue: Double

  /// x: n (read). Throws `.data` for NaN or no numbers, `.argument` where the distribution has atoms.
  package init(_ x: Vector, against d: any UnivariateDistribution) throws(Failure) {
    let x = try x.sortedSample()
    guard !d.hasAtoms else {
      throw Failure(.argument, "the distribution must be continuous, \(d.family) gives some numbers a probability")
    }
    let n = x.count
    let cdf = try d.values(of: d.cdf(_:into:), x, chunk: 512)
    let ccdf = try d.values(of: d.ccdf(_:into:), x, chunk: 512)
    var sum = CompensatedSum<Double>()
    for i in 0..<n { sum.add(Double(2 * i + 1) / Double(n) * (log(cdf[i]) + log(ccdf[n - 1 - i]))) }
    statistic = sum.value.isNaN ? .infinity : -Double(n) - sum.value
    pValue = AndersonDarling.tail(statistic, n: n)
  }

  /// P(A² ≥ z) for n numbers: the limit, and its correction for n, which is right to some 1e-4 for n ≥ 5 and to 1e-2 below.
  ///
  /// G. Marsaglia, J. Marsaglia, Evaluating the Anderson–Darling distribution, J. Stat. Softw. 9 (2004),
  /// doi:10.18637/jss.v009.i02.
  package static func tail(_ z: Double, n: Int) -> Double {
    let limit = tail(z)
    // Near 1 the correction is smaller than its own error: there its share of the tail is held.
    let p = max(limit, 0.02)
    let share = correction(1 - p, Double(n)) / p
    return max(0, min(1, limit - limit * share))
  }

  private static func correction(_ x: Double, _ n: Double) -> Double {
    if x > 0.8 {
      return polynomial(x, [-130.2137, 745.2337, -1705.091, 1950.646, -1116.360, 255.7844]) / n
    }
    let c = 0.01265 + 0.1757 / n
    if x < c {
      let t = x / c
      return t.squareRoot() * (1 - t) * (49 * t - 102) * (0.0037 / (n * n) + 0.00078 / n + 0.00006) / n
    }
    let t = (x - c) / (0.8 - c)
    return polynomial(t, [-0.00022633, 6.54034, -14.6538, 14.458, -8.259, 1.91864]) * (0.04213 + 0.01365 / n) / n
  }

  private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }

  /// P(A² ≥ z) in the limit, where A² = Σ χ²ⱼ/(j·(j + 1)) with χ²ⱼ of one degree of freedom each: Smirnov's alternating sum of
  /// integrals of exp(−u·z)/(u·√|D(u)|) between the zeros a = j·(j + 1)/2 of D(u) = cos(π√(1 + 8u)/2)/(−2πu), by
  /// Gauss–Chebyshev quadrature. Within 1e-12 relative for z ≥ 0.05.
  ///
  /// N. V. Smirnov 1937; G. V. Martynov, The Omega Square Tests, 1978.
  package static func tail(_ z: Double) -> Double {
    if z.isNaN { return .nan }
    if z < 0.02 { return 1 }
    if z > 2000 { return 0 }
    var sum = 0.0
    var j = 1.0
    while true {
      let term = panel(z, j)
      sum += j.truncatingRemainder(dividingBy: 4) == 1 ? term : -term
      j += 2
      if exp(-z * j * (j + 1) / 2) < 1e-20 * exp(-z) || j > 400 { break }
    }
    return min(1, sum)
  }

  /// The integral between zeros j and j + 1, over π.
  private static func panel(_ z: Double, _ j: Double) -> Double {
    let (a, b) = (j * (j + 1) / 2, (j + 1) * (j + 2) / 2)
    let half = (b - a) / 2
    let nodes = 64
    var sum = 0.0
    for i in 0..<nodes {
      let angle = (Double(i) + 0.5) * .pi / Double(nodes)
      let (left, right) = (half * (1 - boundedCos(angle)), half * (1 + boundedCos(angle)))
      let u = a + left
      // The angle of the cosine, from the nearer of its zeros.
      let s = (1 + 8 * u).squareRoot()
      let gap = left < right ? 8 * left / (s + 2 * j + 1) : 8 * right / (s + 2 * j + 3)
      let d = boundedSin(.pi * gap / 2) / (2 * .pi * u)
      sum += exp(-u * z) / u * (left / d * right).squareRoot()
    }
    return sum / Double(nodes)
  }
}
