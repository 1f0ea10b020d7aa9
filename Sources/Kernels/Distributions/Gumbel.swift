/// Gumbel distribution of maxima, location μ, scale β > 0: p(x) = exp(−z − e⁻ᶻ) / β, z = (x − μ)/β.
///
/// Mean μ + γβ with Euler's γ, variance π²β²/6, mode μ, entropy log β + γ + 1.
package struct Gumbel: LaneDensity, LaneTails, LaneSampler {
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

  package var family: String { "gumbel" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("location", .number(location)), ("scale", .number(scale))]
  }
  package var support: Support { .interval(-.infinity, .infinity) }
  package var mean: Double { location.addingProduct(eulerGamma, scale) }
  package var variance: Double { sd * sd }
  package var sd: Double { .pi / 6.0.squareRoot() * scale }
  package var mode: Double { location }
  package var entropy: Double { logScale + eulerGamma + 1 }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 1 { return .infinity }
    return location.addingProduct(-scale, log(-log(p)))
  }

  var base: OpenUniformSampler { OpenUniformSampler() }

  /// The quantile.
  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L {
    L(repeating: location).addingProduct(L(repeating: -scale), logarithm(-logarithm(draw)))
  }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let z = standardised(x)
    // At −infinity, infinities of both signs meet.
    return (-z - exponential(-z) - L(repeating: logScale)).replacing(with: L(repeating: -.infinity), where: z .< -800)
  }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L { exponential(-exponential(-standardised(x))) }

  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L { -exponentialMinusOne(-exponential(-standardised(x))) }

  @inline(__always)
  private func standardised<L: Lanes>(_ x: L) -> L { (x - L(repeating: location)) / L(repeating: scale) }
}

extension Gumbel {
  /// Maximum likelihood: β is the root of Σ wᵢxᵢ/Σ wᵢ − β − Σ wᵢxᵢtᵢ/Σ wᵢtᵢ with tᵢ = exp(−xᵢ/β), which falls from the mean's
  /// distance to the smallest value at β = 0 to below 0 at that distance; μ = −β·log(Σ wᵢtᵢ/Σ wᵢ). Newton's method, kept
  /// within these ends. Weights are 1 where there are none.
  ///
  /// Throws `.data` for NaN or infinity and `.degenerate` where β would be 0.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Gumbel {
    let sample = try WeightedSample(x, weights: weights)
    try sample.requireSpread("scale")
    let low = sample.low
    let mean = try sample.mean { $0 - low }
    guard mean > 0 else { throw Failure(.degenerate, "scale would be 0: the data are too close together") }
    var (below, above, beta) = (0.0, mean, min(mean / 2, 0.78 * (try WeightedMoments(x, weights: weights)).sd))
    if !(beta > 0) { beta = mean / 2 }
    for _ in 0..<200 {
      let share = try sample.mean { exp((low - $0) / beta) }
      let tilted = try sample.mean { ($0 - low) / beta * exp((low - $0) / beta) } / share
      let spread =
        try sample.mean {
          let y = ($0 - low) / beta - tilted
          return y * y * exp((low - $0) / beta)
        } / share
      let excess = mean / beta - 1 - tilted
      if excess > 0 { below = beta } else { above = beta }
      let step = beta * excess / (1 + spread)
      let next = beta + step
      let isSettled = abs(step) <= 1e-12 * beta
      beta = next > below && next < above ? next : isSettled ? beta : below / 2 + above / 2
      if isSettled { break }
    }
    let share = try sample.mean { exp((low - $0) / beta) }
    return try Gumbel(location: low - beta * log(share), scale: beta)
  }
}

extension Family {
  package static let gumbel = Family(
    name: "gumbel", summary: "Gumbel distribution of maxima.",
    parameters: [
      Parameter(name: "location", kind: .number, summary: "mode"),
      Parameter(name: "scale", kind: .number, range: .positive, summary: "unit of the values"),
    ],
    facts: Facts(
      density: "p(x) = exp(−z − e^(−z)) / scale, z = (x − location)/scale",
      domain: "all x",
      mean: "location + γ·scale, γ = 0.5772",
      variance: "π²·scale²/6",
      mode: "location",
      entropy: "log(scale) + γ + 1",
      example: "print(dist.gumbel(0, 1):mean())",
      picture: curves("gumbel", ["0, 1", "1, 2", "0, 3"], from: -6, to: 14)),
    make: { (values) throws(Failure) in try Gumbel(location: values[0].number, scale: values[1].number) },
    fit: { (sample) throws(Failure) in try Gumbel.fit(try sample.column, weights: sample.weights) })
}
