import CBoost

/// Half-normal distribution, scale σ > 0: the size of a normal number with mean 0 and standard deviation σ.
/// p(x) = √(2/π)·exp(−x²/2σ²) / σ for x ≥ 0.
///
/// Mean σ·√(2/π), variance σ²·(1 − 2/π), mode 0, entropy ½·log(πe·σ²/2).
package struct HalfNormal: LaneDensity, LaneSampler {
  package let sigma: Double
  /// log(σ·√(π/2)).
  private let logScale: Double

  package init(sigma: Double) throws(Failure) {
    self.sigma = try positive(sigma, "sigma")
    logScale = log(sigma) + 0.22579135264472743236
  }

  package var family: String { "half_normal" }
  package var parameters: [(name: String, value: ParameterValue)] { [("sigma", .number(sigma))] }
  package var support: Support { .interval(0, .infinity) }
  package var mean: Double { sigma * 0.79788456080286535588 }
  package var variance: Double { sd * sd }
  package var sd: Double { sigma * 0.60281027498908697743 }
  package var mode: Double { 0 }
  package var entropy: Double { 0.5 + logScale }

  package func cdf(_ x: Double) -> Double { x < 0 ? 0 : boost_erf(x / sigma * 0.5.squareRoot()) }
  package func ccdf(_ x: Double) -> Double { upper(x) }

  package func quantile(_ p: Double) -> Double {
    p >= 0 && p <= 1 ? sigma * (2.0.squareRoot() * boost_erf_inv(p)) : .nan
  }

  var base: StandardNormalSampler { StandardNormalSampler() }

  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L { L(repeating: sigma) * draw.absolute }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let z = x / L(repeating: sigma)
    return (-L(repeating: logScale).addingProduct(L(repeating: 0.5) * z, z))
      .replacing(with: L(repeating: -.infinity), where: x .< 0)
  }

  @inline(__always)
  private func upper<L: Lanes>(_ x: L) -> L {
    let tail = L(repeating: 2) * tailOfNormal(x / L(repeating: sigma))
    return tail.replacing(with: L(repeating: 1), where: x .< 0)
  }
}

extension HalfNormal {
  package func ccdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { upper($0) }
  }
}

extension HalfNormal {
  /// Maximum likelihood: σ² = Σ wᵢ·xᵢ² / Σ wᵢ. Weights are 1 where there are none.
  ///
  /// Throws `.data` for values that are negative or not finite and `.degenerate` where σ would be 0.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> HalfNormal {
    try x.require("half-normal data are finite and not negative") { $0 >= 0 && $0 < .infinity }
    // σ² = mean² + variance, without their squares.
    let moments = try WeightedMoments(x, weights: weights)
    let (small, large) = (min(moments.mean, moments.sd), max(moments.mean, moments.sd))
    guard large > 0 else { throw Failure(.degenerate, "sigma would be 0: all values with a weight are 0") }
    let ratio = small / large
    return try HalfNormal(sigma: large * (1 + ratio * ratio).squareRoot())
  }
}

extension Family {
  package static let halfNormal = Family(
    name: "half_normal", summary: "Size of a normal number with mean 0.",
    parameters: [Parameter(name: "sigma", kind: .number, range: .positive, summary: "scale")],
    facts: Facts(
      density: "p(x) = √(2/π) · exp(−x²/(2·sigma²)) / sigma",
      domain: "x ≥ 0",
      mean: "sigma·√(2/π)",
      variance: "sigma²·(1 − 2/π)",
      mode: "0",
      entropy: "½·log(πe·sigma²/2)",
      example: "print(dist.half_normal(1):mean())",
      picture: curves("half_normal", ["0.5", "1", "2"], from: 0, to: 5)),
    make: { (values) throws(Failure) in try HalfNormal(sigma: values[0].number) },
    fit: { (sample) throws(Failure) in try HalfNormal.fit(try sample.column, weights: sample.weights) })
}
