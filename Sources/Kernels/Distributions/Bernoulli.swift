/// Bernoulli distribution, one trial of probability p: P(1) = p, P(0) = 1 − p.
///
/// Mean p, variance p·(1 − p), mode the likelier value (1 where both are as likely), entropy −p·log p − (1 − p)·log(1 − p).
package struct Bernoulli: IntegerDistribution {
  package let p: Double

  package init(p: Double) throws(Failure) {
    guard p >= 0, p <= 1 else { throw Failure(.argument, "p must be from 0 to 1, got \(p.named)") }
    self.p = p
  }

  package var family: String { "bernoulli" }
  package var parameters: [(name: String, value: ParameterValue)] { [("p", .number(p))] }
  package var support: Support { .integers(0, 1) }
  package var mean: Double { p }
  package var variance: Double { p * (1 - p) }
  package var mode: Double { p >= 0.5 ? 1 : 0 }
  package var entropy: Double { p == 0 || p == 1 ? 0 : -p * log(p) - (1 - p) * log1p(-p) }

  package func logpdf(_ x: Double) -> Double { x == 1 ? log(p) : x == 0 ? log1p(-p) : x.isNaN ? .nan : -.infinity }
  package func pdf(_ x: Double) -> Double { x == 1 ? p : x == 0 ? 1 - p : x.isNaN ? .nan : 0 }
  package func cdf(_ x: Double) -> Double { x >= 1 ? 1 : x >= 0 ? 1 - p : x.isNaN ? .nan : 0 }
  package func ccdf(_ x: Double) -> Double { x >= 1 ? 0 : x >= 0 ? p : x.isNaN ? .nan : 1 }

  package func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    return probability <= 1 - p ? 0 : 1
  }

  package func sample(_ words: inout Words) -> Double { words.uniform() < p ? 1 : 0 }
}

extension Bernoulli {
  /// Maximum likelihood: p = Σ wᵢ·xᵢ / Σ wᵢ. Weights are 1 where there are none. Throws `.data` for values other than 0 and 1.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Bernoulli {
    let (weights, total) = try checkedWeights(weights, rows: x.count)
    try checkIntegers(x, family: "bernoulli", from: 0, to: 1)
    return try Bernoulli(p: min(1, try weightedMean(x, weights: weights, total: total)))
  }
}

extension Family {
  package static let bernoulli = Family(
    name: "bernoulli", summary: "Success (1) or failure (0) of one trial.",
    values: .discrete,
    parameters: [Parameter(name: "p", kind: .number, range: .probability, summary: "probability of success")],
    facts: Facts(
      density: "P(1) = p, P(0) = 1 − p",
      domain: "x = 0 or 1",
      mean: "p",
      variance: "p·(1 − p)",
      mode: "1 where p ≥ ½, else 0",
      entropy: "−p·log(p) − (1 − p)·log(1 − p)",
      example: "print(dist.bernoulli(0.3):pdf(1))",
      picture: curves("bernoulli", ["0.3", "0.8"], from: 0, to: 1)),
    make: { (values) throws(Failure) in try Bernoulli(p: values[0].number) },
    fit: { (sample) throws(Failure) in try Bernoulli.fit(try sample.column, weights: sample.weights) })
}
