/// Pareto distribution, shape α > 0, minimum m > 0: p(x) = α·mᵅ / xᵅ⁺¹ for x ≥ m.
///
/// Mean αm/(α − 1), infinite for α ≤ 1; variance αm²/((α − 1)²·(α − 2)), infinite for α ≤ 2; mode m, entropy
/// log(m/α) + 1/α + 1.
package struct Pareto: LaneDensity, LaneTails, LaneSampler {
  package let shape: Double
  package let minimum: Double
  private let logShape, logMinimum: Double

  package init(shape: Double, minimum: Double) throws(Failure) {
    try positive(shape, "shape")
    try positive(minimum, "minimum")
    self.shape = shape
    self.minimum = minimum
    logShape = log(shape)
    logMinimum = log(minimum)
  }

  package var family: String { "pareto" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("shape", .number(shape)), ("minimum", .number(minimum))]
  }
  package var support: Support { .interval(minimum, .infinity) }
  package var mean: Double { shape <= 1 ? .infinity : minimum * (shape / (shape - 1)) }
  package var variance: Double { sd * sd }
  package var sd: Double { shape <= 2 ? .infinity : minimum / (shape - 1) * (shape / (shape - 2)).squareRoot() }
  package var mode: Double { minimum }
  package var entropy: Double { logMinimum - logShape + 1 / shape + 1 }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    return value(at: -log1p(-p) / shape)
  }

  var base: StandardExponentialSampler { StandardExponentialSampler() }

  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L {
    let t = draw / L(repeating: shape)
    let plain = L(repeating: minimum) * exponential(t)
    let isFar = t .> 700
    return L.any(isFar) ? plain.replacing(with: exponential(t + L(repeating: logMinimum)), where: isFar) : plain
  }

  /// m·eᵗ.
  private func value(at t: Double) -> Double {
    t < 1 ? minimum.addingProduct(minimum, expm1(t)) : t < 700 ? minimum * exp(t) : exp(t + logMinimum)
  }

  /// log(x/m), 0 below m.
  @inline(__always)
  private func logRatio<L: Lanes>(_ x: L, _ logX: L) -> L {
    let excess = (x - L(repeating: minimum)) / L(repeating: minimum)
    return logarithmOnePlus(excess).replacing(with: logX - L(repeating: logMinimum), where: excess .> 0x1p100)
      .replacing(with: L(repeating: 0), where: x .< minimum)
  }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let logX = logarithm(x)
    let ratio = logRatio(x, logX)
    return ((L(repeating: logShape) - logX).addingProduct(L(repeating: -shape), ratio))
      .replacing(with: L(repeating: -.infinity), where: x .< minimum)
  }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L {
    -exponentialMinusOne(L(repeating: -shape) * logRatio(x, logarithm(x)))
  }

  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L { exponential(L(repeating: -shape) * logRatio(x, logarithm(x))) }
}

extension Pareto {
  /// Maximum likelihood: m is the smallest value with a positive weight, 1/α = Σ wᵢ·log(xᵢ/m) / Σ wᵢ. Weights are 1 where there
  /// are none.
  ///
  /// Throws `.data` where a value is not positive or not finite, and `.degenerate` where all with a weight are equal, which do
  /// not determine α.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Pareto {
    let sample = try WeightedSample(x, weights: weights)
    try sample.requirePositive("pareto")
    guard sample.low < sample.high else {
      throw Failure(.degenerate, "shape is not determined: all values with a weight are \(sample.low.named)")
    }
    let least = try Pareto(shape: 1, minimum: sample.low)
    return try Pareto(shape: 1 / (try sample.mean { least.logRatio($0, log($0)) }), minimum: sample.low)
  }
}

extension Family {
  package static let pareto = Family(
    name: "pareto", summary: "Pareto distribution, a power law above a minimum.",
    parameters: [
      Parameter(name: "shape", kind: .number, range: .positive, summary: "exponent of the tail"),
      Parameter(name: "minimum", kind: .number, range: .lowerEnd, summary: "smallest value, positive"),
    ],
    facts: Facts(
      density: "p(x) = shape · minimum^shape / x^(shape + 1)",
      domain: "x ≥ minimum",
      mean: "shape·minimum/(shape − 1); infinite where shape ≤ 1",
      variance: "mean²/(shape·(shape − 2)); infinite where shape ≤ 2",
      mode: "minimum",
      entropy: "log(minimum/shape) + 1/shape + 1",
      example: "print(dist.pareto(3, 1):mean())  --> 1.5",
      picture: curves("pareto", ["1, 1", "2, 1", "3, 1"], from: 0.5, to: 5)),
    make: { (values) throws(Failure) in try Pareto(shape: values[0].number, minimum: values[1].number) },
    fit: { (sample) throws(Failure) in try Pareto.fit(try sample.column, weights: sample.weights) })
}
