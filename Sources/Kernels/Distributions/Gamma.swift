/// Gamma distribution, shape a > 0, rate β > 0: p(x) = βᵃ·xᵃ⁻¹·exp(−β·x) / Γ(a) for x > 0.
///
/// Mean a/β, variance a/β², mode (a − 1)/β, or 0 where a < 1, entropy a − log β + log Γ(a) + (1 − a)·ψ(a).
package struct Gamma: LaneDensity, LaneSampler {
  package let shape: Double
  package let rate: Double
  private let logRate: Double
  /// 1/β, or infinite.
  private let scale: Double
  private let standard: StandardGamma
  /// a·log β − log Γ(a), where a and log β are so small that it may be added to the other terms of the log-density: nothing
  /// cancels that counts.
  private let plainTerm: Double?

  package init(shape: Double, rate: Double) throws(Failure) {
    self.shape = try positive(shape, "shape")
    self.rate = try positive(rate, "rate")
    logRate = log(rate)
    scale = 1 / rate
    standard = StandardGamma(shape: shape)
    plainTerm = shape <= 16 && abs(logRate) <= 8 ? shape * logRate - logGamma(shape) : nil
  }

  package init(shape: Double, scale: Double) throws(Failure) {
    try self.init(shape: shape, rate: 1 / positive(scale, "scale"))
  }

  package var family: String { "gamma" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("shape", .number(shape)), ("rate", .number(rate))]
  }
  package var support: Support { .interval(0, .infinity) }
  package var mean: Double { shape / rate }
  package var variance: Double { shape / rate / rate }
  package var mode: Double { max(0, shape - 1) / rate }
  package var entropy: Double { standard.logEntropy + standard.meanLog - logRate }

  package func cdf(_ x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 0 }
    let (y, lost, logY) = scaled(x)
    return standard.lower(y, lost: lost, logY: logY)
  }

  package func ccdf(_ x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 1 }
    let (y, lost, logY) = scaled(x)
    return standard.upper(y, lost: lost, logY: logY)
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
    let (y, logY) = standard.quantile(p)
    return y > 1e-290 ? y / rate : exp(logY - logRate)
  }

  var base: GammaSampler.Form { GammaSampler.Form(standard.sampler) }

  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L {
    if shape < 1 { return exponential(draw - L(repeating: logRate)) }
    return scale < .infinity ? draw * L(repeating: scale) : draw / L(repeating: rate)
  }

  /// β·x, what its rounding loses, and its logarithm.
  @inline(__always)
  private func scaled<L: Lanes>(_ x: L) -> (y: L, lost: L, logY: L) {
    let y = L(repeating: rate) * x
    let lost = (-y).addingProduct(L(repeating: rate), x)
    return (y, lost, logarithm(y).replacing(with: L(repeating: logRate) + logarithm(x), where: y .< 1e-290))
  }

  package func cdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    guard standard.hasSeries else {
      for i in x.indices { out[i] = cdf(x[i]) }
      return
    }
    x.map(into: out) { x in
      let (y, lost, logY) = scaled(x)
      return standard.series(y, lost: lost, logY: logY).replacing(with: 0, where: x .<= 0)
    }
  }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let atZero = shape == 1 ? logRate : shape < 1 ? .infinity : -.infinity
    return (plainTerm.map { plainLogDensity(x, $0) } ?? inLoadersForm(x))
      .replacing(with: L(repeating: atZero), where: x .== 0)
      .replacing(with: L(repeating: -.infinity), where: x .< 0)
  }

  @inline(__always)
  private func plainLogDensity<L: Lanes>(_ x: L, _ term: Double) -> L {
    L(repeating: term).addingProduct(L(repeating: -rate), x).addingProduct(L(repeating: shape - 1), logarithm(x))
      .replacing(with: L(repeating: -.infinity), where: x .> .greatestFiniteMagnitude)
  }

  @inline(__always)
  private func inLoadersForm<L: Lanes>(_ x: L) -> L {
    let (y, lost, logY) = scaled(x)
    return standard.logDensity(y, lost: lost, logY: logY) - logarithm(x)
  }
}

extension Gamma {
  /// Maximum likelihood: β = a / mean, and log a − ψ(a) = log mean x − mean log x by Newton's method. Weights are 1 where there
  /// are none.
  ///
  /// Throws `.data` for values that are not positive and finite and `.degenerate` where the shape would be infinite.
  /// T. Minka, Estimating a gamma distribution, 2002.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Gamma {
    try x.require("gamma data are positive and finite") { $0 > 0 && $0 < .infinity }
    let (shape, mean) = try shapeAndMean(x, weights: weights)
    return try Gamma(shape: shape, rate: shape / mean)
  }

  static func shapeAndMean(_ x: Vector, weights: Vector?) throws(Failure) -> (shape: Double, mean: Double) {
    let mean = try WeightedMoments(x, weights: weights).mean
    let (weights, total) = try checkedWeights(weights, rows: x.count)
    // The mean of u − 1 − log u for u = x / mean: all terms are positive, so that nothing cancels in data that are nearly equal.
    let gap = try weightedSum(x, weights) { x, w in
      let u = (x / mean).replacing(with: 1, where: x .== 0)
      let v = (1 - u) / (1 + u)
      let far = (u - 1) - log(u)
      let deviance = nearDeviance(SIMD8(repeating: 1), mean: u, difference: 1 - u)
        .replacing(with: far, where: v .> 1.0 / 3).replacing(with: far, where: v .< -1.0 / 3)
      return (w / total) * deviance
    }
    guard gap < .infinity else { throw Failure(.data, "the data span more than doubles can hold") }
    // The mean's rounding alone makes a gap of this size.
    guard gap > 0x1p-104 else {
      throw Failure(.degenerate, "shape would be infinite: all values with a weight are \(mean.named)")
    }
    return (shape(gap: gap), mean)
  }

  /// a with log a − ψ(a) = gap.
  private static func shape(gap: Double) -> Double {
    var a = (3 - gap + ((gap - 3) * (gap - 3) + 24 * gap).squareRoot()) / (12 * gap)
    // The error of the guess is of the order of gap².
    if gap < 1e-8 { return a }
    for _ in 0..<50 {
      let excess = (a < 1 ? log(a) - digamma(a) : logMinusDigamma(a)) - gap
      // Newton's step for 1/a, in which the equation is nearly linear.
      let next = 1 / (1 / a + excess / (a * a * (1 / a - trigamma(a))))
      guard next > 0, next < .infinity, abs(next - a) > 1e-15 * a else { break }
      a = next
    }
    return a
  }
}

extension Family {
  package static let gamma = Family(
    name: "gamma", summary: "Sum of waiting times; positive numbers.",
    parameters: [
      Parameter(name: "shape", kind: .number, range: .positive, summary: "number of waiting times"),
      Parameter(name: "rate", kind: .number, range: .positive, summary: "events per unit of time"),
    ],
    alternatives: [
      Alternative("scale", for: "rate", "mean waiting time, 1/rate") { (value, _) throws(Failure) in 1 / value },
      Alternative("mean", for: "rate", "shape/rate") { (value, others) throws(Failure) in others("shape") / value },
    ],
    facts: Facts(
      density: "p(x) = rate^shape · x^(shape − 1) · exp(−rate·x) / Γ(shape)",
      domain: "x > 0",
      mean: "shape/rate",
      variance: "shape/rate²",
      mode: "(shape − 1)/rate, or 0 where shape < 1",
      entropy: "shape − log(rate) + log Γ(shape) + (1 − shape)·ψ(shape)",
      example: """
        print(dist.gamma(2, 0.5):quantile(0.5))
        print(dist.gamma{shape = 2, scale = 2}:mean())  --> 4.0
        """,
      picture: curves("gamma", ["1, 0.5", "2, 0.5", "5, 1", "9, 2"], from: 0, to: 14)),
    make: { (values) throws(Failure) in try Gamma(shape: values[0].number, rate: values[1].number) },
    fit: { (sample) throws(Failure) in try Gamma.fit(try sample.column, weights: sample.weights) })
}
