/// Draws the log-odds log(B / (1 − B)) of a beta variable B, exactly for any shapes: they are right where B itself is 0 or 1 in
/// doubles.
///
/// Both shapes above 1: R. C. H. Cheng, Generating beta variates with nonintegral shape parameters, 1978,
/// doi:10.1145/359460.359482, algorithm BB. Both at most 1: M. D. Jöhnk, Erzeugung von betaverteilten und gammaverteilten
/// Zufallszahlen, 1964, doi:10.1007/BF02613706, in logarithms. Else the quotient of two gamma numbers.
struct BetaSampler: Sendable {
  private let a, b: Double
  private let logRatio: Double
  /// Cheng's β and γ.
  private let steepness, slope: Double
  private let gammas: (GammaSampler, GammaSampler)

  /// Shapes: positive.
  init(a: Double, b: Double) {
    (self.a, self.b, logRatio) = (a, b, log(a / b))
    gammas = (GammaSampler(shape: a), GammaSampler(shape: b))
    // (a + b − 2)/(2ab − a − b), whatever the sizes.
    let (small, large) = (min(a, b), max(a, b))
    steepness = ((1 + (small - 2) / large) / (2 * small - 1 - small / large)).squareRoot()
    slope = small + 1 / steepness
  }

  func sampleLogOdds(_ words: inout Words) -> Double {
    if a > 1, b > 1 { return cheng(&words) }
    if a <= 1, b <= 1 { return johnk(&words) }
    return gammas.0.logSample(&words) - gammas.1.logSample(&words)
  }

  private func cheng(_ words: inout Words) -> Double {
    let (small, large) = (min(a, b), max(a, b))
    while true {
      let u = words.openUniform()
      let v = steepness * log(u / (1 - u))
      let w = small * exp(v)
      let z = u * u * words.openUniform()
      let r = slope * v - 1.3862943611198906
      let s = small + r - w
      // log 5 + 1, and log z ≤ 5z − 1 − log 5.
      let isUnder = s + 2.6094379124341003 >= 5 * z || r + (a + b) * log((a + b) / (large + w)) >= log(z)
      if isUnder { return (a <= b ? v : -v) + logRatio }
    }
  }

  private func johnk(_ words: inout Words) -> Double {
    while true {
      let (logX, logY) = (-words.exponential() / a, -words.exponential() / b)
      if exp(logX) + exp(logY) <= 1 { return logX - logY }
    }
  }
}
