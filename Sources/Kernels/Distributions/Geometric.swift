/// Geometric distribution, the number of failures before the first success in trials of probability p: P(x) = p·(1 − p)ˣ for
/// the integers x ≥ 0. (Where the trials are counted instead, the success among them, numbers are larger by 1.)
///
/// Mean (1 − p)/p, variance (1 − p)/p², mode 0, entropy −log p − (1 − p)/p·log(1 − p).
package struct Geometric: IntegerDistribution {
  /// From 10⁻³⁰⁰ to 1.
  package let p: Double
  private let logP: Double
  /// log(1 − p).
  private let logQ: Double

  package init(p: Double) throws(Failure) {
    guard p >= 1e-300, p <= 1 else {
      throw Failure(.argument, "p must be from 1e-300 to 1, got \(p.named)")
    }
    self.p = p
    logP = log(p)
    logQ = log1p(-p)
  }

  package var family: String { "geometric" }
  package var parameters: [(name: String, value: ParameterValue)] { [("p", .number(p))] }
  package var support: Support { .integers(0, .infinity) }
  package var mean: Double { (1 - p) / p }
  package var variance: Double { (1 - p) / p / p }
  package var mode: Double { 0 }
  package var entropy: Double { p == 1 ? 0 : -logP - (1 - p) / p * logQ }

  package func logpdf(_ x: Double) -> Double {
    guard x >= 0, x < .infinity, x == x.rounded() else { return x.isNaN ? .nan : -.infinity }
    return x == 0 ? logP : logP.addingProduct(x, logQ)
  }

  package func pdf(_ x: Double) -> Double { exp(logpdf(x)) }

  package func cdf(_ x: Double) -> Double {
    x >= 0 ? -expm1((x.rounded(.down) + 1) * logQ) : x.isNaN ? .nan : 0
  }

  package func ccdf(_ x: Double) -> Double {
    x >= 0 ? exp((x.rounded(.down) + 1) * logQ) : x.isNaN ? .nan : 1
  }

  package func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 || p == 1 { return 0 }
    if probability == 1 { return .infinity }
    let guess = (log1p(-probability) / logQ).rounded(.up) - 1
    return firstInteger(from: 0, to: 2 * abs(guess) + 64, near: guess) { cdf($0) >= probability }
  }

  /// The whole part of an exponential number with rate −log(1 − p).
  package func sample(_ words: inout Words) -> Double { (words.exponential() / -logQ).rounded(.down) }
}

extension Geometric {
  /// Maximum likelihood: p = 1 / (1 + Σ wᵢ·xᵢ / Σ wᵢ). Weights are 1 where there are none. Throws `.data` where a value is no
  /// count.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Geometric {
    let (weights, total) = try checkedWeights(weights, rows: x.count)
    try checkIntegers(x, family: "geometric", from: 0)
    return try Geometric(p: 1 / (1 + (try weightedMean(x, weights: weights, total: total))))
  }
}

extension Family {
  package static let geometric = Family(
    name: "geometric", summary: "Number of failures before the first success.",
    values: .discrete,
    parameters: [Parameter(name: "p", kind: .number, range: .fraction, summary: "probability of success")],
    alternatives: [
      Alternative("mean", for: "p", "failures to be expected, 1/p − 1", range: .notNegative) {
        (value, _) throws(Failure) in 1 / (1 + value)
      }
    ],
    facts: Facts(
      density: "P(x) = p · (1 − p)^x",
      domain: "x = 0, 1, 2 …",
      mean: "(1 − p)/p",
      variance: "(1 − p)/p²",
      mode: "0",
      entropy: "−log(p) − (1 − p)/p·log(1 − p)",
      example: "print(dist.geometric(0.25):mean())  --> 3.0",
      picture: curves("geometric", ["0.2", "0.5", "0.8"], from: 0, to: 12)),
    make: { (values) throws(Failure) in try Geometric(p: values[0].number) },
    fit: { (sample) throws(Failure) in try Geometric.fit(try sample.column, weights: sample.weights) })
}
