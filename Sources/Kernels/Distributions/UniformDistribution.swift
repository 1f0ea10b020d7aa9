/// Uniform distribution on the interval from a to b > a: p(x) = 1 / (b − a) for a ≤ x ≤ b.
///
/// Mean (a + b)/2, variance (b − a)²/12, entropy log(b − a). Every point is a mode; the middle stands for them.
package struct Uniform: LaneDensity, LaneTails, LaneSampler {
  package let a: Double
  package let b: Double
  private let width: Double
  private let logWidth: Double

  package init(a: Double, b: Double) throws(Failure) {
    try finite(a, "a")
    try finite(b, "b")
    guard a < b else { throw Failure(.argument, "b must be greater than a = \(a.named), got \(b.named)") }
    guard (b - a).isFinite else { throw Failure(.argument, "b - a must be finite, got \(b.named) and \(a.named)") }
    self.a = a
    self.b = b
    width = b - a
    logWidth = log(width)
  }

  package var family: String { "uniform" }
  package var parameters: [(name: String, value: ParameterValue)] { [("a", .number(a)), ("b", .number(b))] }
  package var support: Support { .interval(a, b) }
  package var mean: Double { a / 2 + b / 2 }
  package var variance: Double { sd * sd }
  package var sd: Double { width / 12.0.squareRoot() }
  package var mode: Double { mean }
  package var entropy: Double { logWidth }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    return p <= 0.5 ? a.addingProduct(p, width) : b.addingProduct(p - 1, width)
  }

  var base: UniformSampler { UniformSampler() }

  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L {
    let x = L(repeating: a).addingProduct(draw, L(repeating: width))
    return x.replacing(with: L(repeating: b), where: x .> b)
  }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L { inside(x, -logWidth, else: -.infinity) }

  @inline(__always)
  func density<L: Lanes>(_ x: L) -> L { inside(x, 1 / width, else: 0) }

  @inline(__always)
  private func inside<L: Lanes>(_ x: L, _ value: Double, else outside: Double) -> L {
    L(repeating: value).replacing(with: L(repeating: outside), where: x .< a)
      .replacing(with: L(repeating: outside), where: x .> b).replacing(with: x, where: x .!= x)
  }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L {
    ((x - L(repeating: a)) / L(repeating: width)).replacing(with: L(repeating: 0), where: x .< a)
      .replacing(with: L(repeating: 1), where: x .> b)
  }

  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L {
    ((L(repeating: b) - x) / L(repeating: width)).replacing(with: L(repeating: 1), where: x .< a)
      .replacing(with: L(repeating: 0), where: x .> b)
  }
}

extension Uniform {
  /// Maximum likelihood: a and b are the smallest and the largest value with a positive weight.
  ///
  /// Throws `.data` for NaN or infinity and `.degenerate` where both are equal.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Uniform {
    let sample = try WeightedSample(x, weights: weights)
    try sample.requireSpread("b - a")
    return try Uniform(a: sample.low, b: sample.high)
  }
}

extension Family {
  package static let uniform = Family(
    name: "uniform", summary: "Uniform distribution on an interval.",
    parameters: [
      Parameter(name: "a", kind: .number, range: .lowerEnd, summary: "lower end"),
      Parameter(name: "b", kind: .number, range: .upperEnd, summary: "upper end, greater than a"),
    ],
    facts: Facts(
      density: "p(x) = 1 / (b − a)",
      domain: "a ≤ x ≤ b",
      mean: "(a + b)/2",
      variance: "(b − a)²/12",
      mode: "(a + b)/2, which stands for all points",
      entropy: "log(b − a)",
      example: "print(dist.uniform(0, 2):mean())  --> 1.0",
      picture: curves("uniform", ["0, 1", "-1, 2"], from: -2, to: 3)),
    make: { (values) throws(Failure) in try Uniform(a: values[0].number, b: values[1].number) },
    fit: { (sample) throws(Failure) in try Uniform.fit(try sample.column, weights: sample.weights) })
}
