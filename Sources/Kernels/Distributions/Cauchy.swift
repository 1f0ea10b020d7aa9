/// Cauchy distribution, location μ, scale σ > 0: p(x) = 1 / (πσ·(1 + z²)), z = (x − μ)/σ.
///
/// No moments exist: mean and variance are NaN. Mode μ, entropy log 4πσ.
package struct Cauchy: LaneDensity, LaneTails, LaneSampler {
  package let location: Double
  package let scale: Double
  /// log πσ.
  private let logHeight: Double

  package init(location: Double, scale: Double) throws(Failure) {
    try finite(location, "location")
    try positive(scale, "scale")
    self.location = location
    self.scale = scale
    logHeight = log(scale) + log(.pi)
  }

  package var family: String { "cauchy" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("location", .number(location)), ("scale", .number(scale))]
  }
  package var support: Support { .interval(-.infinity, .infinity) }
  package var mean: Double { .nan }
  package var variance: Double { .nan }
  package var mode: Double { location }
  package var entropy: Double { logHeight + 2 * ln2 }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p < 0.25 { return location.addingProduct(-scale, 1 / tanPi(p)) }
    return location.addingProduct(scale, tanPi(p - 0.5))
  }

  var base: OpenUniformSampler { OpenUniformSampler() }

  /// The quantile, ±cot πp for the smaller p of both sides, which is tan π(½ − p).
  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L {
    let smaller = draw.replacing(with: L(repeating: 1) - draw, where: draw .> 0.5)
    let isFar = smaller .< 0.25
    let angle = L(repeating: .pi) * (L(repeating: 0.5) - smaller).replacing(with: smaller, where: isFar)
    let (s, c) = (sine(angle), cosine(angle))
    let size = s.replacing(with: c, where: isFar) / c.replacing(with: s, where: isFar)
    return L(repeating: location).addingProduct(
      L(repeating: scale), (-size).replacing(with: size, where: draw .> 0.5))
  }

  // 1 + z² is z² beyond this, and leaves the doubles where z does not.
  private static let far = 1e8

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let size = standardised(x).absolute
    let near = logarithmOnePlus(size * size)
    return -near.replacing(with: L(repeating: 2) * logarithm(size), where: size .> Cauchy.far) - L(repeating: logHeight)
  }

  @inline(__always)
  func density<L: Lanes>(_ x: L) -> L {
    let size = standardised(x).absolute
    let isFar = size .> Cauchy.far
    let first = L(repeating: 1).replacing(with: size, where: isFar)
    let second = (L(repeating: 1) + size * size).replacing(with: size, where: isFar)
    return L(repeating: 1 / .pi) / first / second / L(repeating: scale)
  }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L { tail(-standardised(x)) }

  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L { tail(standardised(x)) }

  /// P(Z > z) = atan(1/z)/π for location 0 and scale 1, from above 1; below it nothing cancels.
  @inline(__always)
  private func tail<L: Lanes>(_ z: L) -> L {
    let isLarge = z .> 1
    let angle = arctangent(z.replacing(with: L(repeating: 1) / z, where: isLarge)) * L(repeating: 1 / .pi)
    return (L(repeating: 0.5) - angle).replacing(with: angle, where: isLarge)
  }

  @inline(__always)
  private func standardised<L: Lanes>(_ x: L) -> L { (x - L(repeating: location)) / L(repeating: scale) }
}

extension Cauchy {
  /// Maximum likelihood, by EM for the scales of a normal mixture with its working parameter (Kent, Tyler and Vardi): with
  /// uᵢ = 1 / (1 + zᵢ²), μ = Σ wᵢuᵢxᵢ / Σ wᵢuᵢ and σ² = Σ wᵢuᵢ(xᵢ − μ)² / Σ wᵢuᵢ. The likelihood has one maximum, unless half of
  /// the weight is on one value (J. B. Copas, On the unimodality of the likelihood for the Cauchy distribution, 1975,
  /// doi:10.1093/biomet/62.3.701).
  ///
  /// J. T. Kent, D. E. Tyler, Y. Vardi, A curious likelihood identity for the multivariate t-distribution, 1994,
  /// doi:10.1080/03610919408813180. Weights are 1 where there are none.
  ///
  /// Throws `.data` for NaN or infinity and `.degenerate` where half of the weight or more is on one value, or where the weight is
  /// on two values only.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Cauchy {
    let sample = try WeightedSample(x, weights: weights)
    try sample.requireSpread("scale")
    let common = try sample.heaviest()
    guard common.weight < 0.5 * sample.total else {
      throw Failure(.degenerate, "scale would be 0: half of the weight or more is on \(common.value.named)")
    }
    // Distances are taken from the median, so that steps far below the location's last place count.
    let centre = try sample.median()
    var (mu, sigma) = (0.0, try sample.median(of: { abs($0 - centre) }))
    if sigma == 0 { sigma = sample.high - sample.low }
    var (step, rounds) = (Double.infinity, 0)
    while step > 1e-14, rounds < 20_000 {
      let share = try sample.mean { 1 / (1 + square($0, centre, mu, sigma)) }
      let shift = try sample.mean { ($0 - centre - mu) / sigma / (1 + square($0, centre, mu, sigma)) } / share
      let ratio = try sample.mean { 1 - 1 / (1 + square($0, centre, mu, sigma)) } / share - shift * shift
      let growth = ratio.squareRoot()
      (mu, sigma) = (mu + shift * sigma, sigma * growth)
      guard sigma > 0 else { throw Failure(.degenerate, "scale would be 0") }
      step = max(abs(shift), abs(growth - 1))
      rounds += 1
    }
    guard step <= 1e-9 else {
      throw Failure(.degenerate, "scale is hardly determined: almost half of the weight is on \(common.value.named)")
    }
    return try Cauchy(location: centre + mu, scale: sigma)
  }

  /// z² for a value at its distance from the centre.
  @inline(__always)
  private static func square(_ x: SIMD8<Double>, _ centre: Double, _ mu: Double, _ sigma: Double) -> SIMD8<Double> {
    let z = (x - centre - mu) / sigma
    return z * z
  }
}

extension Family {
  package static let cauchy = Family(
    name: "cauchy", summary: "Cauchy distribution, Student's t with one degree of freedom.",
    parameters: [
      Parameter(name: "location", kind: .number, summary: "median"),
      Parameter(name: "scale", kind: .number, range: .positive, summary: "distance from the median to the quartiles"),
    ],
    facts: Facts(
      density: "p(x) = 1 / (π·scale·(1 + z²)), z = (x − location)/scale",
      domain: "all x",
      mean: "NaN: the integral does not exist",
      variance: "NaN",
      mode: "location",
      entropy: "log(4π·scale)",
      example: "print(dist.cauchy(0, 1):quantile(0.975))",
      picture: curves("cauchy", ["0, 0.5", "0, 1", "-2, 1"], from: -6, to: 6)),
    make: { (values) throws(Failure) in try Cauchy(location: values[0].number, scale: values[1].number) },
    fit: { (sample) throws(Failure) in try Cauchy.fit(try sample.column, weights: sample.weights) })
}
