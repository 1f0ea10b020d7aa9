/// F distribution, d₁, d₂ > 0 degrees of freedom: the quotient of two chi-squared variables, each over its degrees of freedom.
/// p(x) = (d₁/d₂)^(d₁/2)·x^(d₁/2 − 1)·(1 + d₁x/d₂)^(−(d₁ + d₂)/2) / B(d₁/2, d₂/2) for x > 0.
///
/// Mean d₂/(d₂ − 2), infinite for d₂ ≤ 2; variance 2d₂²·(d₁ + d₂ − 2)/(d₁·(d₂ − 2)²·(d₂ − 4)), infinite for d₂ ≤ 4; mode
/// (d₁ − 2)/d₁·d₂/(d₂ + 2), or 0 where d₁ < 2.
package struct FDistribution: UnivariateDistribution {
  package let d1: Double
  package let d2: Double
  /// Of B = d₁x/(d₁x + d₂), whose shapes are d₁/2 and d₂/2: log x is its log-odds less log(d₁/d₂).
  private let standard: StandardBeta
  private let sampler: BetaSampler
  private let ratio, logRatio: Double

  package init(d1: Double, d2: Double) throws(Failure) {
    for (name, df) in [("d1", d1), ("d2", d2)] where !(df >= 1e-100 && df <= 1e100) {
      throw Failure(.argument, "\(name) must be from 1e-100 to 1e100, got \(df.named)")
    }
    self.d1 = d1
    self.d2 = d2
    standard = StandardBeta(a: 0.5 * d1, b: 0.5 * d2)
    sampler = BetaSampler(a: 0.5 * d1, b: 0.5 * d2)
    ratio = d1 / d2
    logRatio = log(ratio)
  }

  package var family: String { "f" }
  package var parameters: [(name: String, value: ParameterValue)] { [("d1", .number(d1)), ("d2", .number(d2))] }
  package var support: Support { .interval(0, .infinity) }
  package var mean: Double { d2 > 2 ? d2 / (d2 - 2) : .infinity }
  package var variance: Double { d2 > 4 ? 2 * mean * mean * ((1 + (d2 - 2) / d1) / (d2 - 4)) : .infinity }
  package var mode: Double { d1 > 2 ? (d1 - 2) / d1 * (d2 / (d2 + 2)) : 0 }
  package var entropy: Double { standard.logOddsEntropy + standard.meanLogOddsExcess }

  package func logpdf(_ x: Double) -> Double { logDensity(x) }
  package func pdf(_ x: Double) -> Double { exp(logDensity(x)) }

  package func cdf(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return x <= 0 ? 0 : x.isNaN ? .nan : 1 }
    return standard.tails(place(x)).lower
  }

  package func ccdf(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return x <= 0 ? 1 : x.isNaN ? .nan : 0 }
    return standard.tails(place(x)).upper
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    return exp(standard.logOdds(lower: p, upper: 1 - p) - logRatio)
  }

  package func sample(_ words: inout Words) -> Double {
    guard sampler.isLarge else { return exp(sampler.sampleLogOdds(&words) - logRatio) }
    let (x, y) = sampler.sample(&words)
    return x / y / ratio
  }

  @inline(__always)
  package func attempt(_ words: FirstWords) -> Double? { sampler.attempt(words).map { $0 / $1 / ratio } }
  package static var blocksAhead: Int { BetaSampler.blocksAhead }

  private func place(_ x: Double) -> StandardBeta.Place<Double> {
    let (logX, logY, odds) = logarithms(x)
    let (part, rest) = x * ratio < 1 ? (odds / (1 + odds), 1 / (1 + odds)) : (1 / (1 + odds), odds / (1 + odds))
    let (gap, density) = (
      self.gap(x), standard.isSmall ? standard.logDensity(logX: logX, logY: logY) : inLoadersForm(x)
    )
    return StandardBeta.Place(x: part, y: rest, logX: logX, logY: logY, gap: gap, logDensity: density)
  }

  /// log B and log(1 − B), and the odds or one over them, whichever is below 1.
  @inline(__always)
  private func logarithms<L: Lanes>(_ x: L) -> (logX: L, logY: L, odds: L) {
    let odds = x * L(repeating: ratio)
    let isLarge = odds .> 1
    let smaller = odds.replacing(with: L(repeating: 1) / odds, where: isLarge)
    let near = -logarithmOnePlus(smaller)
    let logOdds = logarithm(x) + L(repeating: logRatio)
    return (
      (near + logOdds).replacing(with: near, where: isLarge), near.replacing(with: near - logOdds, where: isLarge),
      smaller
    )
  }

  /// a·(1 − B) − b·B = (d₁/2)·(1 − x)·(1 − B), where nothing cancels.
  @inline(__always)
  private func gap<L: Lanes>(_ x: L) -> L {
    let inverse = L(repeating: 1) / x
    let near = (L(repeating: 1) - x) / (L(repeating: 1) + L(repeating: ratio) * x)
    let far = (inverse - L(repeating: 1)) / (inverse + L(repeating: ratio))
    return L(repeating: 0.5 * d1) * near.replacing(with: far, where: x .> 1)
  }

  /// The log-density of the log-odds, less c·log r + d·log s: r = (d₁ + d₂)·x/(d₁x + d₂), s = r/x.
  @inline(__always)
  private func inLoadersForm<L: Lanes>(_ x: L, less c: Double = 0, _ d: Double = 0) -> L {
    let isLarge = x .> 1
    let first = x.replacing(with: L(repeating: 1), where: isLarge)
    let second = L(repeating: 1).replacing(with: L(repeating: 1) / x, where: isLarge)
    // Of r and s, the one that is not below 1.
    let larger = L(repeating: d1 + d2) / (L(repeating: d2) * second).addingProduct(L(repeating: d1), first)
    let (logLarger, logX) = (logarithm(larger), logarithm(x))
    return standard.logDensity(
      r: larger * first, s: larger * second, logR: (logLarger + logX).replacing(with: logLarger, where: isLarge),
      logS: logLarger.replacing(with: logLarger - logX, where: isLarge), gap: gap(x), less: c, d)
  }

  @inline(__always)
  private func logDensity<L: Lanes>(_ x: L) -> L {
    let value: L
    // Over x: it is r/s, and in odds that of the odds over d₁/d₂.
    if standard.isSmall {
      let (logX, logY, _) = logarithms(x)
      value = standard.logDensity(logX: logX, logY: logY, less: 1, -1) + L(repeating: logRatio)
    } else {
      value = inLoadersForm(x, less: 1, -1)
    }
    let atZero: Double = d1 == 2 ? 0 : d1 < 2 ? .infinity : -.infinity
    return value.replacing(with: L(repeating: atZero), where: x .== 0)
      .replacing(with: L(repeating: -.infinity), where: x .< 0)
      .replacing(with: L(repeating: -.infinity), where: x .> .greatestFiniteMagnitude)
  }
}

extension FDistribution {
  package func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { logDensity($0) }
  }

  package func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { exp(logDensity($0)) }
  }

  /// For fits.
  func logDensities(_ x: SIMD8<Double>) -> SIMD8<Double> { logDensity(x) }
}

extension Family {
  package static let f = Family(
    name: "f", summary: "F distribution of a quotient of two variances.",
    parameters: [
      Parameter(name: "d1", kind: .number, range: .positive, summary: "degrees of freedom of the numerator"),
      Parameter(name: "d2", kind: .number, range: .positive, summary: "degrees of freedom of the denominator"),
    ],
    facts: Facts(
      density: "p(x) = q^a x^(a−1) (1+qx)^(−a−b)/B(a,b), a = d1/2, b = d2/2, q = a/b",
      domain: "x > 0",
      mean: "d2/(d2 − 2); infinite where d2 ≤ 2",
      variance: "2·d2²·(d1 + d2 − 2)/(d1·(d2 − 2)²·(d2 − 4)); infinite where d2 ≤ 4",
      mode: "(d1 − 2)/d1·d2/(d2 + 2), or 0 where d1 < 2",
      example: "print(dist.f(3, 20):ccdf(3.1))",
      picture: curves("f", ["3, 20", "10, 20", "50, 50"], from: 0, to: 4)),
    make: { (values) throws(Failure) in try FDistribution(d1: values[0].number, d2: values[1].number) },
    fit: { (sample) throws(Failure) in try FDistribution.fit(try sample.column, weights: sample.weights) })
}
