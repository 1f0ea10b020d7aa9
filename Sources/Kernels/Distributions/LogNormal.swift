/// Lognormal distribution: log X is normal with mean μ and standard deviation σ > 0.
/// p(x) = exp(−(log x − μ)²/2σ²) / (x·σ·√2π) for x > 0.
///
/// Mean exp(μ + σ²/2), variance (exp σ² − 1)·exp(2μ + σ²), mode exp(μ − σ²), entropy μ + ½·log(2πe·σ²).
/// log x − μ is known to 2⁻⁶⁵·|μ|, so that digits go where σ is below 1e-5·|μ|.
package struct LogNormal: LaneDensity, LaneTails, LaneSampler {
  package let mu: Double
  package let sigma: Double
  /// log(σ·√2π).
  private let logScale: Double

  package init(mu: Double, sigma: Double) throws(Failure) {
    self.mu = try finite(mu, "mu")
    self.sigma = try positive(sigma, "sigma")
    logScale = log(sigma) + logRootTwoPi
  }

  package var family: String { "lognormal" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("mu", .number(mu)), ("sigma", .number(sigma))]
  }
  package var support: Support { .interval(0, .infinity) }
  package var mean: Double { exp(mu.addingProduct(0.5 * sigma, sigma)) }
  package var variance: Double { sd * sd }
  package var sd: Double { mean * expm1(sigma * sigma).squareRoot() }
  package var mode: Double { exp(mu.addingProduct(-sigma, sigma)) }
  package var entropy: Double { mu + 0.5 + logScale }

  package func quantile(_ p: Double) -> Double { exp(mu.addingProduct(sigma, normalQuantile(p))) }

  var base: StandardNormalSampler { StandardNormalSampler() }

  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L {
    exponential(L(repeating: mu).addingProduct(L(repeating: sigma), draw))
  }

  /// (log x − μ) / σ, where the difference may be far smaller than the logarithm; −infinity below 0.
  @inline(__always)
  private func standardised<L: Lanes>(_ x: L) -> L {
    let (high, low) = longLogarithm(x)
    return (((high - L(repeating: mu)) + low) / L(repeating: sigma))
      .replacing(with: L(repeating: .infinity), where: x .> .greatestFiniteMagnitude)
      .replacing(with: L(repeating: -.infinity), where: x .< 0x1p-1074)
      .replacing(with: x, where: x .!= x)
  }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L { tailOfNormal(-standardised(x)) }

  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L { tailOfNormal(standardised(x)) }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let z = standardised(x)
    let value = -L(repeating: logScale).addingProduct(L(repeating: 0.5) * z, z) - logarithm(x)
    return value.replacing(with: L(repeating: -.infinity), where: x .< 0x1p-1074)
  }
}

extension LogNormal {
  /// Maximum likelihood: that of the normal distribution of the logarithms. Weights are 1 where there are none.
  ///
  /// Throws `.data` for values that are not positive and finite and `.degenerate` where σ would be 0.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> LogNormal {
    let logs = try x.logarithms(of: "lognormal")
    let moments = try WeightedMoments(logs, weights: weights)
    guard moments.sd > 0 else {
      throw Failure(.degenerate, "sigma would be 0: all values with a weight are \(exp(moments.mean).named)")
    }
    return try LogNormal(mu: moments.mean, sigma: moments.sd)
  }
}

extension Vector {
  /// Logarithms of data that must be positive.
  func logarithms(of family: String) throws(Failure) -> Vector {
    try require("\(family) data are positive and finite") { $0 > 0 && $0 < .infinity }
    return try withOctets { x throws(Failure) in try Vector(count: count) { log(x[$0]) } }
  }
}

extension Family {
  package static let logNormal = Family(
    name: "lognormal", summary: "Positive numbers whose logarithm is normal.",
    parameters: [
      Parameter(name: "mu", kind: .number, summary: "mean of the logarithm"),
      Parameter(name: "sigma", kind: .number, range: .positive, summary: "standard deviation of the logarithm"),
    ],
    facts: Facts(
      density: "p(x) = exp(−(log x − mu)²/(2·sigma²)) / (x·sigma·√(2π))",
      domain: "x > 0",
      mean: "exp(mu + sigma²/2)",
      variance: "(exp(sigma²) − 1)·exp(2·mu + sigma²)",
      mode: "exp(mu − sigma²)",
      entropy: "mu + ½·log(2πe·sigma²)",
      example: "print(dist.lognormal(0, 0.5):mode())",
      picture: curves("lognormal", ["0, 0.25", "0, 0.5", "0, 1"], from: 0, to: 4)),
    make: { (values) throws(Failure) in try LogNormal(mu: values[0].number, sigma: values[1].number) },
    fit: { (sample) throws(Failure) in try LogNormal.fit(try sample.column, weights: sample.weights) })
}
