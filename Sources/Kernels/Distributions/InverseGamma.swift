/// Inverse gamma distribution, shape a > 0, scale β > 0: β divided by a gamma variable of shape a and rate 1.
/// p(x) = βᵃ·x⁻ᵃ⁻¹·exp(−β/x) / Γ(a) for x > 0.
///
/// Mean β/(a − 1), infinite for a ≤ 1; variance β²/((a − 1)²·(a − 2)), infinite for 1 < a ≤ 2, NaN below; mode β/(a + 1);
/// entropy a + log β + log Γ(a) − (1 + a)·ψ(a).
package struct InverseGamma: LaneDensity {
  package let shape: Double
  package let scale: Double
  private let logScale: Double
  private let standard: StandardGamma

  package init(shape: Double, scale: Double) throws(Failure) {
    self.shape = try positive(shape, "shape")
    self.scale = try positive(scale, "scale")
    logScale = log(scale)
    standard = StandardGamma(shape: shape)
  }

  package var family: String { "inverse_gamma" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("shape", .number(shape)), ("scale", .number(scale))]
  }
  package var support: Support { .interval(0, .infinity) }
  package var mean: Double { shape > 1 ? scale / (shape - 1) : .infinity }
  package var variance: Double { shape > 2 ? mean * mean / (shape - 2) : shape > 1 ? .infinity : .nan }
  package var mode: Double { scale / (shape + 1) }
  package var entropy: Double { standard.logEntropy - standard.meanLog + logScale }

  package func cdf(_ x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 0 }
    let (y, lost, logY) = scaled(x)
    return standard.upper(y, lost: lost, logY: logY)
  }

  package func ccdf(_ x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 1 }
    let (y, lost, logY) = scaled(x)
    return standard.lower(y, lost: lost, logY: logY)
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
    let (y, logY) = standard.upperQuantile(p)
    return y > 1e-290 ? scale / y : exp(logScale - logY)
  }

  package func sample(_ words: inout Words) -> Double {
    shape < 1 ? exp(logScale - standard.sampler.logSample(&words)) : scale / standard.sampler.sample(&words)
  }

  /// β/x, what its rounding loses, and its logarithm.
  @inline(__always)
  private func scaled<L: Lanes>(_ x: L) -> (y: L, lost: L, logY: L) {
    let y = L(repeating: scale) / x
    let lost = L(repeating: scale).addingProduct(-y, x) / x
    let logY = logarithm(y).replacing(with: L(repeating: logScale) - logarithm(x), where: y .< 1e-290)
    return (y, lost.replacing(with: L(repeating: 0), where: y .< 1e-290), logY)
  }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let (y, lost, logY) = scaled(x)
    let value = standard.logDensity(y, lost: lost, logY: logY) - logarithm(x)
    return value.replacing(with: L(repeating: -.infinity), where: x .< 0x1p-1074)
      .replacing(with: L(repeating: -.infinity), where: x .> .greatestFiniteMagnitude)
  }
}

extension InverseGamma {
  /// Maximum likelihood: the gamma distribution of the inverses. Weights are 1 where there are none.
  ///
  /// Throws `.data` for values that are not positive and finite and `.degenerate` where the shape would be infinite.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> InverseGamma {
    try x.require("inverse gamma data are finite and above 1e-308") { 1 / $0 > 0 && 1 / $0 < .infinity }
    let inverses = try x.withOctets { x throws(Failure) in try Vector(count: x.count) { 1 / x[$0] } }
    do {
      let (shape, mean) = try Gamma.shapeAndMean(inverses, weights: weights)
      return try InverseGamma(shape: shape, scale: shape / mean)
    } catch  where error.kind == .degenerate {
      throw Failure(.degenerate, "shape would be infinite: all values with a weight are the same")
    }
  }
}

extension Family {
  package static let inverseGamma = Family(
    name: "inverse_gamma", summary: "Inverse of a gamma variable; variances.",
    parameters: [
      Parameter(name: "shape", kind: .number, range: .positive, summary: "exponent of the tail"),
      Parameter(name: "scale", kind: .number, range: .positive, summary: "unit of the values"),
    ],
    facts: Facts(
      density: "p(x) = scale^shape · x^(−shape − 1) · exp(−scale/x) / Γ(shape)",
      domain: "x > 0",
      mean: "scale/(shape − 1); infinite where shape ≤ 1",
      variance: "mean²/(shape − 2); infinite where shape ≤ 2, NaN where shape ≤ 1",
      mode: "scale/(shape + 1)",
      entropy: "shape + log(scale) + log Γ(shape) − (1 + shape)·ψ(shape)",
      example: "print(dist.inverse_gamma(3, 4):mean())  --> 2.0",
      picture: curves("inverse_gamma", ["1, 1", "2, 1", "3, 1", "3, 0.5"], from: 0, to: 3)),
    make: { (values) throws(Failure) in try InverseGamma(shape: values[0].number, scale: values[1].number) },
    fit: { (sample) throws(Failure) in try InverseGamma.fit(try sample.column, weights: sample.weights) })
}
