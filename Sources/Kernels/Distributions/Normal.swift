/// Normal distribution, mean μ, standard deviation σ > 0: p(x) = exp(−(x − μ)²/2σ²) / (σ·√2π).
///
/// Mean and mode μ, variance σ², entropy ½·log(2πe·σ²).
package struct Normal: LaneDensity, LaneTails, LaneSampler {
  package let mu: Double
  package let sigma: Double
  /// log(σ·√2π).
  private let logScale: Double

  package init(mu: Double, sigma: Double) throws(Failure) {
    guard mu.isFinite else { throw Failure(.argument, "mu must be finite, got \(mu.named)") }
    guard sigma > 0 else { throw Failure(.argument, "sigma must be positive, got \(sigma.named)") }
    guard sigma.isFinite else { throw Failure(.argument, "sigma must be finite, got \(sigma.named)") }
    self.mu = mu
    self.sigma = sigma
    logScale = log(sigma) + logRootTwoPi
  }

  package var family: String { "normal" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("mu", .number(mu)), ("sigma", .number(sigma))]
  }
  package var support: Support { .interval(-.infinity, .infinity) }
  package var mean: Double { mu }
  package var variance: Double { sigma * sigma }
  package var sd: Double { sigma }
  package var mode: Double { mu }
  package var entropy: Double { 0.5 + logScale }

  package func quantile(_ p: Double) -> Double { mu.addingProduct(sigma, normalQuantile(p)) }

  var base: StandardNormalSampler { StandardNormalSampler() }

  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L { L(repeating: mu).addingProduct(L(repeating: sigma), draw) }

  @inline(__always)
  private func standardised<L: Lanes>(_ x: L) -> L { (x - L(repeating: mu)) / L(repeating: sigma) }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L { tailOfNormal(-standardised(x)) }

  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L { tailOfNormal(standardised(x)) }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let z = standardised(x)
    return -L(repeating: logScale).addingProduct(L(repeating: 0.5) * z, z)
  }
}

extension Normal {
  /// Maximum likelihood: μ = Σ wᵢ·xᵢ / Σ wᵢ, σ² = Σ wᵢ·(xᵢ − μ)² / Σ wᵢ. Weights are 1 where there are none.
  ///
  /// Throws `.data` for NaN or infinity and `.degenerate` where σ would be 0.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Normal {
    let moments = try WeightedMoments(x, weights: weights)
    guard moments.sd > 0 else {
      throw Failure(.degenerate, "sigma would be 0: all values with a weight are \(moments.mean.named)")
    }
    return try Normal(mu: moments.mean, sigma: moments.sd)
  }
}

/// log √2π.
let logRootTwoPi = 0.918938533204672741780

extension Family {
  package static let normal = Family(
    name: "normal", summary: "Normal distribution.",
    parameters: [
      Parameter(name: "mu", kind: .number, summary: "mean"),
      Parameter(name: "sigma", kind: .number, range: .positive, summary: "standard deviation"),
    ],
    alternatives: [
      Alternative("variance", for: "sigma", "square of sigma") { (value, _) throws(Failure) in value.squareRoot() }
    ],
    facts: Facts(
      density: "p(x) = exp(−(x − mu)²/(2·sigma²)) / (sigma·√(2π))",
      domain: "all x",
      mean: "mu",
      variance: "sigma²",
      mode: "mu",
      entropy: "½·log(2πe·sigma²)",
      example: "print(dist.normal(0, 1):cdf(1.96))",
      picture: curves("normal", ["0, 1", "0, 0.5", "2, 1.5"], from: -5, to: 7)),
    make: { (values) throws(Failure) in try Normal(mu: values[0].number, sigma: values[1].number) },
    fit: { (sample) throws(Failure) in try Normal.fit(try sample.column, weights: sample.weights) })
}
