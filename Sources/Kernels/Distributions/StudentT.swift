/// Student's t distribution with ν > 0 degrees of freedom, location μ, scale σ > 0:
/// p(x) = Γ((ν + 1)/2)/(Γ(ν/2)·√(πν)·σ)·(1 + z²/ν)^(−(ν + 1)/2), z = (x − μ)/σ.
///
/// Mean μ, NaN for ν ≤ 1; variance σ²·ν/(ν − 2), infinite for 1 < ν ≤ 2, NaN for ν ≤ 1; mode μ, entropy
/// (ν + 1)/2·(ψ((ν + 1)/2) − ψ(ν/2)) + log(√ν·B(½, ν/2)·σ).
package struct StudentT: LaneTails {
  package let df: Double
  package let mu: Double
  package let sigma: Double
  /// Of B = z²/(z² + ν), whose shapes are ½ and ν/2.
  private let standard: StandardBeta
  private let gamma: GammaSampler
  private let logDf: Double
  /// The log-density at μ, for σ = 1 and for any.
  private let standardPeak, peak: Double

  package init(df: Double, mu: Double, sigma: Double) throws(Failure) {
    guard df >= 1e-100, df <= 1e100 else {
      throw Failure(.argument, "df must be from 1e-100 to 1e100, got \(df.named)")
    }
    try finite(mu, "mu")
    try positive(sigma, "sigma")
    self.df = df
    self.mu = mu
    self.sigma = sigma
    let half = 0.5 * df
    standard = StandardBeta(a: 0.5, b: half)
    gamma = GammaSampler(shape: half)
    logDf = log(df)
    if half < 1 {
      standardPeak = logGamma(half + 0.5) - logGammaOnePlus(half) + 0.5 * log(half / (2 * .pi))
    } else {
      let powers = half * log1p(1 / df) - 0.5
      standardPeak = powers + (stirlingRemainder(half + 0.5) - stirlingRemainder(half)) - logRootTwoPi
    }
    peak = standardPeak - log(sigma)
  }

  package var family: String { "t" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("df", .number(df)), ("mu", .number(mu)), ("sigma", .number(sigma))]
  }
  package var support: Support { .interval(-.infinity, .infinity) }
  package var mean: Double { df > 1 ? mu : .nan }
  package var variance: Double { sd * sd }
  package var sd: Double { df > 2 ? sigma / (1 - 2 / df).squareRoot() : df > 1 ? .infinity : .nan }
  package var mode: Double { mu }
  package var entropy: Double { 0.5 * (df + 1) * digammaDifference(0.5 * df, by: 0.5) - peak }

  package func logpdf(_ x: Double) -> Double { logDensity(standardised(x), from: peak) }
  package func pdf(_ x: Double) -> Double { exp(logDensity(standardised(x), from: peak)) }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L { standardLower(standardised(x)) }
  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L { standardLower(-standardised(x)) }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    let tail = min(p, 1 - p)
    if tail == 0.5 { return mu }
    // z² = ν·eᵘ; what is beyond ±z is exact, and what is between from where it is small on.
    let u = standard.logOdds(lower: 1 - 2 * tail, upper: 2 * tail)
    let size = exp(0.5 * (u + logDf))
    return mu.addingProduct(sigma, p < 0.5 ? -size : size)
  }

  /// Normal over the root of gamma.
  package func sample(_ words: inout Words) -> Double {
    let z = words.normal()
    let half = 0.5 * df
    let size =
      half < 1 ? exp(0.5 * (log(half) - gamma.logSample(&words))) : (half / gamma.sample(&words)).squareRoot()
    return mu.addingProduct(sigma, z * size)
  }

  @inline(__always)
  package func attempt(_ words: FirstWords) -> Double? {
    guard let z = words.normal(0), let draw = gamma.attempt(words, from: 1) else { return nil }
    return mu.addingProduct(sigma, z * (0.5 * df / draw).squareRoot())
  }
  package static var blocksAhead: Int { GammaSampler.blocksAhead }

  /// P(Z ≤ z) for μ = 0 and σ = 1.
  @inline(__always)
  private func standardLower<L: Lanes>(_ z: L) -> L {
    let (half, size) = (L(repeating: 0.5), z.absolute)
    let tails = standard.tails(place(size))
    return half.addingProduct(half, tails.lower)
      .replacing(with: half * tails.upper, where: z .< 0)
      .replacing(with: half, where: size .== 0)
      .replacing(with: L(repeating: 0), where: z .< -.greatestFiniteMagnitude)
      .replacing(with: L(repeating: 1), where: z .> .greatestFiniteMagnitude)
      .replacing(with: z, where: z .!= z)
  }

  /// Where B = z²/(z² + ν) is, for z = `size` > 0.
  @inline(__always)
  private func place<L: Lanes>(_ size: L) -> StandardBeta.Place<L> {
    let one = L(repeating: 1)
    // z²/ν, or where that is a poor double, from its logarithm.
    let logOdds = L(repeating: -logDf).addingProduct(L(repeating: 2), logarithm(size))
    let product = size * (size / L(repeating: df))
    let other = exponential(logOdds)
    let odds = product.replacing(with: other, where: product .< .leastNormalMagnitude)
      .replacing(with: other, where: product .> .greatestFiniteMagnitude)
    let isLarge = odds .> 1
    let smaller = odds.replacing(with: one / odds, where: isLarge)
    let near = logarithmOnePlus(smaller)
    let (part, rest) = (smaller / (one + smaller), one / (one + smaller))
    let y = rest.replacing(with: part, where: isLarge)
    // ½·y − ν/2·x, where nothing cancels.
    let gap = L(repeating: 0.5) * (one - size) * (one + size) * y
    let limit = L(repeating: -0.5 * df)
    return StandardBeta.Place(
      x: part.replacing(with: rest, where: isLarge), y: y,
      logX: (logOdds - near).replacing(with: -near, where: isLarge),
      logY: (-near).replacing(with: -logOdds - near, where: isLarge),
      gap: gap.replacing(with: limit, where: gap .!= gap).replacing(
        with: limit, where: gap .< -.greatestFiniteMagnitude),
      logDensity: logDensity(size, from: standardPeak) + logarithm(size))
  }

  @inline(__always)
  private func logDensity<L: Lanes>(_ z: L, from peak: Double) -> L {
    let size = z.absolute
    let square = size * (size / L(repeating: df))
    // Beyond 2¹⁰⁰ the 1 does not count, and squares may leave the doubles.
    var exponent = logarithmOnePlus(square)
    let isFar = square .> 0x1p100
    if L.any(isFar) {
      let far = (L(repeating: -logDf).addingProduct(L(repeating: 2), logarithm(size)))
        .replacing(with: L(repeating: .infinity), where: size .> .greatestFiniteMagnitude)
      exponent = exponent.replacing(with: far, where: isFar)
    }
    return L(repeating: peak).addingProduct(L(repeating: -0.5 * (df + 1)), exponent)
  }

  @inline(__always)
  private func standardised<L: Lanes>(_ x: L) -> L { (x - L(repeating: mu)) / L(repeating: sigma) }
}

extension StudentT {
  package func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { logDensity(standardised($0), from: peak) }
  }

  package func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { exp(logDensity(standardised($0), from: peak)) }
  }
}

extension Family {
  package static let studentT = Family(
    name: "t", summary: "Student's t distribution; like normal, with heavy tails.",
    parameters: [
      Parameter(name: "df", kind: .number, range: .positive, summary: "degrees of freedom, 1 is cauchy"),
      Parameter(name: "mu", kind: .number, summary: "median, and the mean where it exists"),
      Parameter(name: "sigma", kind: .number, range: .positive, summary: "scale; the standard deviation is larger"),
    ],
    facts: Facts(
      density: "p(x) = (1+z²/df)^(−(df+1)/2)/(√df·B(½,df/2)·sigma), z = (x−mu)/sigma",
      domain: "all x",
      mean: "mu; NaN where df ≤ 1",
      variance: "sigma²·df/(df − 2); infinite where df ≤ 2, NaN where df ≤ 1",
      mode: "mu",
      entropy: "(df+1)/2·(ψ((df+1)/2) − ψ(df/2)) + log(√df·B(½, df/2)·sigma)",
      example: "print(dist.t(4, 0, 1):quantile(0.975))",
      picture: curves("t", ["1, 0, 1", "4, 0, 1", "30, 0, 1"], from: -5, to: 5)),
    make: { (values) throws(Failure) in
      try StudentT(df: values[0].number, mu: values[1].number, sigma: values[2].number)
    },
    fit: { (sample) throws(Failure) in try StudentT.fit(try sample.column, weights: sample.weights) })
}
