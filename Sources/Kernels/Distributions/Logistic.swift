/// Logistic distribution, location μ, scale s > 0: p(x) = e⁻ᶻ / (s·(1 + e⁻ᶻ)²), z = (x − μ)/s.
///
/// Mean and mode μ, variance π²s²/3, entropy 2 + log s.
package struct Logistic: LaneDensity, LaneTails, LaneSampler {
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

  package var family: String { "logistic" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("location", .number(location)), ("scale", .number(scale))]
  }
  package var support: Support { .interval(-.infinity, .infinity) }
  package var mean: Double { location }
  package var variance: Double { sd * sd }
  package var sd: Double { .pi / 3.0.squareRoot() * scale }
  package var mode: Double { location }
  package var entropy: Double { 2 + logScale }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    // log(p / (1 − p)); near ½, where it is small, 2p − 1 is exact.
    let logit = p < 0.25 ? log(p) - log1p(-p) : p < 0.5 ? -log1p((1 - 2 * p) / p) : log1p((2 * p - 1) / (1 - p))
    return location.addingProduct(scale, logit)
  }

  var base: OpenUniformSampler { OpenUniformSampler() }

  /// The quantile, but for the last digits of draws beside the location.
  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L {
    let logit = logarithm(draw) - logarithm(L(repeating: 1) - draw)
    return L(repeating: location).addingProduct(L(repeating: scale), logit)
  }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let size = standardised(x).absolute
    return -size - L(repeating: 2) * logarithmOnePlus(exponential(-size)) - L(repeating: logScale)
  }

  @inline(__always)
  func density<L: Lanes>(_ x: L) -> L {
    let size = standardised(x).absolute
    let divisor = L(repeating: 1) + exponential(-size)
    // The scale inside the exponential: e⁻ᶻ may be subnormal where the density is not.
    return exponential(-size - L(repeating: logScale)) / (divisor * divisor)
  }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L { tail(-standardised(x)) }

  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L { tail(standardised(x)) }

  /// P(Z > z) for location 0 and scale 1.
  @inline(__always)
  private func tail<L: Lanes>(_ z: L) -> L {
    let e = exponential(-z.absolute)
    return e.replacing(with: L(repeating: 1), where: z .< 0) / (L(repeating: 1) + e)
  }

  @inline(__always)
  private func standardised<L: Lanes>(_ x: L) -> L { (x - L(repeating: location)) / L(repeating: scale) }
}

extension Logistic {
  /// Maximum likelihood, by Newton's method in b = 1/s and a = −μ/s, where the log-likelihood
  /// Σ wᵢ·(log b + log f(a + b·xᵢ)) is concave. Weights are 1 where there are none.
  ///
  /// Throws `.data` for NaN or infinity and `.degenerate` where s would be 0.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Logistic {
    let sample = try WeightedSample(x, weights: weights)
    try sample.requireSpread("scale")
    let moments = try WeightedMoments(x, weights: weights)
    guard moments.sd > 0 else { throw Failure(.degenerate, "scale would be 0: the data are too close together") }
    let standard = StandardisedLogistic(sample: sample, centre: moments.mean, unit: moments.sd)
    let (a, b) = try standard.maximum()
    return try Logistic(location: moments.mean - a / b * moments.sd, scale: moments.sd / b)
  }
}

/// The mean log-likelihood of data with mean 0 and standard deviation 1.
private struct StandardisedLogistic {
  let sample: WeightedSample
  let centre, unit: Double

  func maximum() throws(Failure) -> (a: Double, b: Double) {
    // The moments' estimate; then Newton's steps, halved until they climb.
    var (a, b) = (0.0, .pi / 3.0.squareRoot())
    var value = try logLikelihood(a, b)
    for _ in 0..<200 {
      let (da, db) = try step(a, b)
      var size = 1.0
      while size > 0x1p-40 {
        let (nextA, nextB) = (a + size * da, b + size * db)
        let next = nextB > 0 ? try logLikelihood(nextA, nextB) : -.infinity
        // Near the maximum the gain drowns in rounding.
        if next >= value - 1e-14 * (1 + abs(value)) {
          (a, b, value) = (nextA, nextB, next)
          break
        }
        size /= 2
      }
      if abs(da) <= 1e-10 * (1 + abs(a)) && abs(db) <= 1e-10 * b || size <= 0x1p-40 { break }
    }
    return (a, b)
  }

  private func logLikelihood(_ a: Double, _ b: Double) throws(Failure) -> Double {
    try log(b)
      + mean(a, b) { z, _ in
        let size = z.absolute
        return -size - 2 * log1p(exp(-size))
      }
  }

  /// Newton's step: the gradient, solved with the negative Hessian.
  private func step(_ a: Double, _ b: Double) throws(Failure) -> (Double, Double) {
    let slopeA = try mean(a, b) { z, _ in slope(z) }
    let slopeB = try mean(a, b) { z, y in slope(z) * y } + 1 / b
    let aa = try mean(a, b) { z, _ in curvature(z) }
    let ab = try mean(a, b) { z, y in curvature(z) * y }
    let bb = try mean(a, b) { z, y in curvature(z) * y * y } + 1 / (b * b)
    let determinant = aa * bb - ab * ab
    return ((bb * slopeA - ab * slopeB) / determinant, (aa * slopeB - ab * slopeA) / determinant)
  }

  /// The weighted mean of f(a + b·y, y) over the standardised data y.
  private func mean(
    _ a: Double, _ b: Double, _ f: (SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>
  ) throws(Failure) -> Double {
    try sample.mean { x in
      let y = (x - centre) / unit
      return f(a + b * y, y)
    }
  }

  /// d/dz log f = −tanh(z/2).
  @inline(__always)
  private func slope(_ z: SIMD8<Double>) -> SIMD8<Double> {
    let e = expm1(-z.absolute)
    let tanh = -e / (2 + e)
    return (-tanh).replacing(with: tanh, where: z .< 0)
  }

  /// −d²/dz² log f = 2·f.
  @inline(__always)
  private func curvature(_ z: SIMD8<Double>) -> SIMD8<Double> {
    let e = exp(-z.absolute)
    return 2 * e / ((1 + e) * (1 + e))
  }
}

extension Family {
  package static let logistic = Family(
    name: "logistic", summary: "Logistic distribution.",
    parameters: [
      Parameter(name: "location", kind: .number, summary: "mean and median"),
      Parameter(name: "scale", kind: .number, range: .positive, summary: "the standard deviation is 1.8138 scales"),
    ],
    facts: Facts(
      density: "p(x) = e^(−z) / (scale·(1 + e^(−z))²), z = (x − location)/scale",
      domain: "all x",
      mean: "location",
      variance: "π²·scale²/3",
      mode: "location",
      entropy: "2 + log(scale)",
      example: "print(dist.logistic(0, 1):cdf(0))  --> 0.5",
      picture: curves("logistic", ["0, 1", "0, 2", "3, 1"], from: -10, to: 10)),
    make: { (values) throws(Failure) in try Logistic(location: values[0].number, scale: values[1].number) },
    fit: { (sample) throws(Failure) in try Logistic.fit(try sample.column, weights: sample.weights) })
}
