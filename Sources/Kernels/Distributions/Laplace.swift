/// Laplace distribution, location μ, scale b > 0: p(x) = exp(−|x − μ|/b) / 2b.
///
/// Mean and mode μ, variance 2b², entropy 1 + log 2b.
package struct Laplace: LaneDensity, LaneTails, LaneSampler {
  package let location: Double
  package let scale: Double
  private let logScale: Double

  package init(location: Double, scale: Double) throws(Failure) {
    try finite(location, "location")
    try positive(scale, "scale")
    self.location = location
    self.scale = scale
    logScale = log(scale)
  }

  package var family: String { "laplace" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("location", .number(location)), ("scale", .number(scale))]
  }
  package var support: Support { .interval(-.infinity, .infinity) }
  package var mean: Double { location }
  package var variance: Double { 2 * scale * scale }
  package var sd: Double { 2.0.squareRoot() * scale }
  package var mode: Double { location }
  package var entropy: Double { 1 + ln2 + logScale }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    return p <= 0.5 ? location.addingProduct(scale, log(2 * p)) : location.addingProduct(-scale, log(2 * (1 - p)))
  }

  var base: OpenUniformSampler { OpenUniformSampler() }

  /// The quantile.
  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L {
    let smaller = draw.replacing(with: L(repeating: 1) - draw, where: draw .> 0.5)
    let depth = logarithm(smaller + smaller)
    return L(repeating: location).addingProduct(
      L(repeating: scale), depth.replacing(with: -depth, where: draw .> 0.5))
  }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L { -L(repeating: ln2 + logScale) - standardised(x).absolute }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L { tail(-standardised(x)) }

  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L { tail(standardised(x)) }

  /// P(Z > z) for location 0 and scale 1.
  @inline(__always)
  private func tail<L: Lanes>(_ z: L) -> L {
    let small = L(repeating: 0.5) * exponential(-z.absolute)
    return small.replacing(with: L(repeating: 1) - small, where: z .< 0)
  }

  @inline(__always)
  private func standardised<L: Lanes>(_ x: L) -> L { (x - L(repeating: location)) / L(repeating: scale) }
}

extension Laplace {
  /// Maximum likelihood: μ is the weighted median, b = Σ wᵢ·|xᵢ − μ| / Σ wᵢ. Where two values are medians, so is all between
  /// them, with the same likelihood: the middle is taken. Weights are 1 where there are none.
  ///
  /// Throws `.data` for NaN or infinity and `.degenerate` where b would be 0.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Laplace {
    let sample = try WeightedSample(x, weights: weights)
    try sample.requireSpread("scale")
    let median = try sample.median()
    return try Laplace(location: median, scale: try sample.mean { ($0 - median).absolute })
  }
}

extension Family {
  package static let laplace = Family(
    name: "laplace", summary: "Laplace distribution, exponential on both sides.",
    parameters: [
      Parameter(name: "location", kind: .number, summary: "mean and median"),
      Parameter(name: "scale", kind: .number, range: .positive, summary: "mean distance from the location"),
    ],
    facts: Facts(
      density: "p(x) = exp(−|x − location|/scale) / (2·scale)",
      domain: "all x",
      mean: "location",
      variance: "2·scale²",
      mode: "location",
      entropy: "1 + log(2·scale)",
      example: "print(dist.laplace(0, 1):quantile{0.25, 0.75})",
      picture: curves("laplace", ["0, 1", "0, 2", "-2, 1"], from: -8, to: 8)),
    make: { (values) throws(Failure) in try Laplace(location: values[0].number, scale: values[1].number) },
    fit: { (sample) throws(Failure) in try Laplace.fit(try sample.column, weights: sample.weights) })
}
