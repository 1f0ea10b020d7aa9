/// Poisson distribution, mean λ from 0 to 10¹⁵: P(x) = λˣ·e⁻^λ / x! for the integers x ≥ 0.
///
/// Mean and variance λ, mode ⌊λ⌋ (the larger, where two are equal).
package struct Poisson: IntegerDistribution {
  package let lambda: Double
  private let sampler: PoissonSampler

  package init(lambda: Double) throws(Failure) {
    guard lambda >= 0, lambda <= 1e15 else {
      throw Failure(.argument, "lambda must be from 0 to 1e15, got \(lambda.named)")
    }
    self.lambda = lambda
    sampler = PoissonSampler(lambda: lambda)
  }

  package var family: String { "poisson" }
  package var parameters: [(name: String, value: ParameterValue)] { [("lambda", .number(lambda))] }
  package var support: Support { .integers(0, .infinity) }
  package var mean: Double { lambda }
  package var variance: Double { lambda }
  package var mode: Double { lambda.rounded(.down) }

  /// By summation for λ below 10⁴; above, by a series whose error is below 1e-13.
  package var entropy: Double {
    if lambda == 0 { return 0 }
    if lambda < 1e4 { return summedEntropy }
    return nearNormalEntropy(variance: lambda, squaredSkewness: 1 / lambda) - 1 / (24 * lambda * lambda)
  }

  package func logpdf(_ x: Double) -> Double {
    guard x >= 0, x < .infinity, x == x.rounded() else { return x.isNaN ? .nan : -.infinity }
    return Poisson.logProbability(x, lambda: lambda)
  }

  package func pdf(_ x: Double) -> Double { exp(logpdf(x)) }

  package func cdf(_ x: Double) -> Double {
    guard x >= 0, x < .infinity else { return x < 0 ? 0 : x.isNaN ? .nan : 1 }
    return upperGamma(x.rounded(.down) + 1, lambda)
  }

  package func ccdf(_ x: Double) -> Double {
    guard x >= 0, x < .infinity else { return x < 0 ? 1 : x.isNaN ? .nan : 0 }
    return lowerGamma(x.rounded(.down) + 1, lambda)
  }

  package func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 || lambda == 0 { return 0 }
    if probability == 1 { return .infinity }
    let z = normalQuantile(probability)
    // Beyond these ends the tails are below the smallest double.
    let reach = (40 * sd + 600).rounded(.up)
    return firstInteger(from: 0, to: lambda.rounded(.up) + reach, near: lambda + z * sd + (z * z - 1) / 6) {
      cdf($0) >= probability
    }
  }

  package func sample(_ words: inout Words) -> Double { sampler.sample(&words) }

  package func sample(_ count: Int, from stream: inout RandomStream) throws(Failure) -> Vector {
    try sampler.sample(count, from: &stream)
  }
}

extension Poisson {
  /// log P(x) for an integer x ≥ 0, in Loader's saddle-point form: near the mean, where the probabilities are, nothing cancels.
  static func logProbability(_ x: Double, lambda: Double) -> Double {
    if x == 0 { return -lambda }
    if lambda == 0 { return -.infinity }
    return -stirlingError(x) - deviance(x, mean: lambda, difference: x - lambda) - 0.5 * log(2 * .pi * x)
  }
}

extension Poisson {
  /// Maximum likelihood: λ = Σ wᵢ·xᵢ / Σ wᵢ. Weights are 1 where there are none. Throws `.data` where a value is no count.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Poisson {
    let (weights, total) = try checkedWeights(weights, rows: x.count)
    try checkIntegers(x, family: "poisson", from: 0)
    return try Poisson(lambda: try weightedMean(x, weights: weights, total: total))
  }
}

extension Family {
  package static let poisson = Family(
    name: "poisson", summary: "Number of events that come independently.",
    values: .discrete,
    parameters: [Parameter(name: "lambda", kind: .number, range: .notNegative, summary: "mean, up to 1e15")],
    alternatives: [
      Alternative("mean", for: "lambda", "the same", range: .notNegative) { (value, _) throws(Failure) in value }
    ],
    facts: Facts(
      density: "P(x) = lambda^x · exp(−lambda) / x!",
      domain: "x = 0, 1, 2 …",
      mean: "lambda",
      variance: "lambda",
      mode: "⌊lambda⌋",
      entropy: "by summation",
      example: "print(dist.poisson(4.2):cdf(3))",
      picture: curves("poisson", ["1", "4", "10"], from: 0, to: 20)),
    make: { (values) throws(Failure) in try Poisson(lambda: values[0].number) },
    fit: { (sample) throws(Failure) in try Poisson.fit(try sample.column, weights: sample.weights) })
}
