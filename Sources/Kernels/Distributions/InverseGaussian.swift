import CBoost

/// Inverse Gaussian distribution, mean μ > 0, shape λ > 0: p(x) = √(λ/2πx³)·exp(−λ(x − μ)²/2μ²x) for x > 0.
///
/// Mean μ, variance μ³/λ, mode μ·(√(1 + k²) − k) with k = 3μ/2λ, entropy ½·log(2πe·μ³/λ) − 3/2·e^(2λ/μ)·E₁(2λ/μ).
package struct InverseGaussian: LaneDensity {
  package let mu: Double
  package let lambda: Double
  private let logLambda: Double

  package init(mu: Double, lambda: Double) throws(Failure) {
    try positive(mu, "mu")
    try positive(lambda, "lambda")
    self.mu = mu
    self.lambda = lambda
    logLambda = log(lambda)
  }

  package var family: String { "inverse_gaussian" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("mu", .number(mu)), ("lambda", .number(lambda))]
  }
  package var support: Support { .interval(0, .infinity) }
  package var mean: Double { mu }
  package var variance: Double { sd * sd }
  package var sd: Double { mu * (mu / lambda).squareRoot() }

  package var mode: Double {
    let k = 1.5 * (mu / lambda)
    return mu / ((1 + k * k).squareRoot() + k)
  }

  package var entropy: Double {
    0.5 + logRootTwoPi - 0.5 * logLambda + 1.5 * (log(mu) - InverseGaussian.scaledIntegral(2 * (lambda / mu)))
  }

  package func cdf(_ x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 0 }
    if x == .infinity { return 1 }
    let (a, b) = deviates(x)
    let height = exp(-0.5 * a * a)
    return a <= 0 ? height * (scaledTail(-a) + scaledTail(b)) : 1 - height * (scaledTail(a) - scaledTail(b))
  }

  package func ccdf(_ x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 1 }
    if x == .infinity { return 0 }
    let lower = cdf(x)
    if lower < 0.5 { return 1 - lower }
    let (a, b) = deviates(x)
    let height = exp(-0.5 * a * a)
    let width = 2 * (lambda / x).squareRoot()
    if width >= 1 { return height * (InverseGaussian.scaled(a) - scaledTail(b)) }
    // The two terms are close: the integral of the slope between them.
    return height * width
      * exp(-logRootTwoPi) * integral(from: 0, to: 1, tolerance: 1e-14) { InverseGaussian.slope(a + width * $0) }
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 { return 0 }
    if p == 1 { return .infinity }
    let logTail = log(min(p, 1 - p))
    // Newton's method for the logarithm of the smaller tail against log x.
    let logX = increasingRoot(from: -745, to: 709.7, near: log(min(mu, 2 * lambda)), tolerance: 1e-15) { t in
      let x = exp(t)
      let tail = p <= 0.5 ? cdf(x) : ccdf(x)
      let value = log(tail) - logTail
      return (p <= 0.5 ? value : -value, x * (pdf(x) / tail))
    }
    return exp(logX)
  }

  /// J. R. Michael, W. R. Schucany, R. W. Haas, Generating random variates using transformations with multiple roots, 1976,
  /// doi:10.1080/00031305.1976.10479147; the smaller root as a quotient, which does not cancel.
  package func sample(_ words: inout Words) -> Double {
    let z = words.normal()
    let w = 0.5 * z * z * (mu / lambda)
    let divisor = 1 + w + (w * (2 + w)).squareRoot()
    return words.uniform() * (divisor + 1) < divisor ? mu / divisor : mu * divisor
  }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let d = (x - L(repeating: mu)) / L(repeating: mu)
    let logX = logarithm(x)
    let height = L(repeating: 0.5 * logLambda - logRootTwoPi).addingProduct(L(repeating: -1.5), logX)
    let exponent = L(repeating: -0.5 * lambda) * ((d / x) * d)
    return (height + exponent).replacing(with: L(repeating: -.infinity), where: x .== 0)
      .replacing(with: L(repeating: -.infinity), where: x .< 0)
      .replacing(with: L(repeating: -.infinity), where: x .> .greatestFiniteMagnitude)
  }
}

extension InverseGaussian {
  /// P(X ≤ x) = Φ(a) + e^(2λ/μ)·Φ(−b) and b² − a² = 4λ/μ, so that with R(z) = exp(z²/2)·P(Z > z) the second term is
  /// exp(−a²/2)·R(b).
  private func deviates(_ x: Double) -> (a: Double, b: Double) {
    let root = (lambda / x).squareRoot()
    return (root * ((x - mu) / mu), root * (x / mu + 1))
  }

  /// R(z) for any z.
  private static func scaled(_ z: Double) -> Double { z >= 0 ? scaledTail(z) : exp(0.5 * z * z) - scaledTail(-z) }

  /// −R'(z)·√2π = 1 − z·m(z) with Mills' ratio m; far out, from its continued fraction, where nothing cancels.
  private static func slope(_ z: Double) -> Double {
    if z < 3 { return 1 - z * scaled(z) * exp(logRootTwoPi) }
    var fraction = 0.0
    for k in stride(from: 40.0, through: 1, by: -1) { fraction = k / (z + fraction) }
    return fraction / (z + fraction)
  }

  /// eʸ·E₁(y).
  private static func scaledIntegral(_ y: Double) -> Double {
    if y < 500 { return exp(y) * boost_expint1(y) }
    // The asymptotic series; what is left out is below 1e-18.
    let z = 1 / y
    return z * z.polynomial([1, -1, 2, -6, 24, -120, 720])
  }
}

extension InverseGaussian {
  /// Maximum likelihood: μ = Σ wᵢxᵢ / Σ wᵢ, 1/λ = Σ wᵢ·(xᵢ − μ)²/(μ²xᵢ) / Σ wᵢ. Weights are 1 where there are none.
  ///
  /// Throws `.data` where a value is not positive or not finite, and `.degenerate` where all with a weight are equal, which do
  /// not determine λ.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> InverseGaussian {
    let sample = try WeightedSample(x, weights: weights)
    try sample.requirePositive("inverse_gaussian")
    guard sample.low < sample.high else {
      throw Failure(.degenerate, "lambda is not determined: all values with a weight are \(sample.low.named)")
    }
    let mu = try WeightedMoments(x, weights: weights).mean
    let spread = try sample.mean { (($0 - mu) / mu) * (($0 - mu) / $0) }
    guard spread > 0, (mu / spread).isNormal else { throw Failure(.data, "the data span more than doubles can hold") }
    return try InverseGaussian(mu: mu, lambda: mu / spread)
  }
}

extension Family {
  package static let inverseGaussian = Family(
    name: "inverse_gaussian", summary: "Inverse Gaussian (Wald) distribution.",
    parameters: [
      Parameter(name: "mu", kind: .number, range: .positive, summary: "mean"),
      Parameter(name: "lambda", kind: .number, range: .positive, summary: "shape; the variance is mu^3 / lambda"),
    ],
    facts: Facts(
      density: "p(x) = √(lambda/(2πx³)) · exp(−lambda·(x − mu)²/(2·mu²·x))",
      domain: "x > 0",
      mean: "mu",
      variance: "mu³/lambda",
      mode: "mu·(√(1 + k²) − k) with k = 3·mu/(2·lambda)",
      entropy: "½·log(2πe·mu³/lambda) − 3/2·exp(2q)·E₁(2q), q = lambda/mu",
      example: "print(dist.inverse_gaussian(1, 2):variance())",
      picture: curves("inverse_gaussian", ["1, 0.5", "1, 2", "1, 8"], from: 0, to: 3)),
    make: { (values) throws(Failure) in try InverseGaussian(mu: values[0].number, lambda: values[1].number) },
    fit: { (sample) throws(Failure) in try InverseGaussian.fit(try sample.column, weights: sample.weights) })
}
