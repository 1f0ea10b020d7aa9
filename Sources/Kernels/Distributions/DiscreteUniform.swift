/// Discrete uniform distribution on the integers from a to b: P(x) = 1 / (b − a + 1).
///
/// Mean (a + b)/2, variance ((b − a + 1)² − 1)/12, entropy log(b − a + 1). All values are as likely; the mode is a.
package struct DiscreteUniform: IntegerDistribution {
  package let a: Double
  package let b: Double
  /// How many integers there are.
  private let count: Double

  /// a ≤ b: integers between −2⁵¹ and 2⁵¹.
  package init(a: Double, b: Double) throws(Failure) {
    for (name, value) in [("a", a), ("b", b)] where !(abs(value) <= 0x1p51 && value == value.rounded()) {
      throw Failure(
        .argument, "\(name) must be an integer from -2251799813685248 to 2251799813685248, got \(value.named)")
    }
    guard a <= b else { throw Failure(.argument, "b must be at least a = \(a.named), got \(b.named)") }
    self.a = a
    self.b = b
    count = b - a + 1
  }

  package var family: String { "discrete_uniform" }
  package var parameters: [(name: String, value: ParameterValue)] { [("a", .number(a)), ("b", .number(b))] }
  package var support: Support { .integers(a, b) }
  package var mean: Double { a / 2 + b / 2 }
  package var variance: Double { (count - 1) * (count + 1) / 12 }
  package var mode: Double { a }
  package var entropy: Double { log(count) }

  package func logpdf(_ x: Double) -> Double { x.isNaN ? .nan : isValue(x) ? -log(count) : -.infinity }
  package func pdf(_ x: Double) -> Double { x.isNaN ? .nan : isValue(x) ? 1 / count : 0 }
  package func cdf(_ x: Double) -> Double { x.isNaN ? .nan : min(1, max(0, (x.rounded(.down) - a + 1) / count)) }
  package func ccdf(_ x: Double) -> Double { x.isNaN ? .nan : min(1, max(0, (b - x.rounded(.down)) / count)) }

  package func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    return firstInteger(from: a, to: b, near: a + (probability * count).rounded(.up) - 1) { cdf($0) >= probability }
  }

  package func sample(_ words: inout Words) -> Double { a + Double(words.integer(below: UInt64(count))) }

  private func isValue(_ x: Double) -> Bool { x >= a && x <= b && x == x.rounded() }
}

extension DiscreteUniform {
  /// Maximum likelihood: the smallest and the largest value with a weight. Weights are 1 where there are none. Throws `.data`
  /// where a value is no integer.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> DiscreteUniform {
    let (weights, _) = try checkedWeights(weights, rows: x.count)
    try checkIntegers(x, family: "discrete_uniform", from: -0x1p53)
    var (low, high) = (Double.infinity, -Double.infinity)
    for i in 0..<x.count where weights[i] > 0 { (low, high) = (min(low, x[i]), max(high, x[i])) }
    return try DiscreteUniform(a: low, b: high)
  }
}

extension Family {
  package static let discreteUniform = Family(
    name: "discrete_uniform", summary: "An integer between two ends, each as likely as any other.",
    values: .discrete,
    parameters: [
      Parameter(name: "a", kind: .number, range: .lowerEnd, summary: "the smallest, an integer"),
      Parameter(name: "b", kind: .number, range: .upperEnd, summary: "the largest, an integer"),
    ],
    facts: Facts(
      density: "P(x) = 1 / (b − a + 1)",
      domain: "x = a, a + 1 … b",
      mean: "(a + b)/2",
      variance: "((b − a + 1)² − 1)/12",
      mode: "a, which stands for all",
      entropy: "log(b − a + 1)",
      example: "print(dist.discrete_uniform(1, 6):mean())  --> 3.5",
      picture: curves("discrete_uniform", ["1, 6"], from: 0, to: 7)),
    make: { (values) throws(Failure) in try DiscreteUniform(a: values[0].number, b: values[1].number) },
    fit: { (sample) throws(Failure) in try DiscreteUniform.fit(try sample.column, weights: sample.weights) })
}
