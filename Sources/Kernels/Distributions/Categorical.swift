/// Categorical distribution over the integers from 1 to k: P(x) = pₓ.
///
/// Mean Σ x·pₓ, variance Σ (x − mean)²·pₓ, mode the first of the likeliest, entropy −Σ pₓ·log pₓ.
package struct Categorical: IntegerDistribution {
  /// k numbers with a sum of 1.
  package let p: Vector
  /// p₁ + … + pₓ and pₓ₊₁ + … + p_k for each x.
  private let below, above: [Double]
  private let sampler: AliasTable

  /// p: k (copied). A sum within 1e-9 of 1 counts as rounding, and is divided out.
  package init(p: Vector) throws(Failure) {
    let shares = try Multinomial(trials: 1, p: p).p
    self.p = shares
    let values = shares.array
    above = values.dropFirst().reversed().reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }.reversed()
    var below = values.dropFirst().reduce(into: [values[0]]) { $0.append(min(1, $0[$0.count - 1] + $1)) }
    // Where nothing is left above, rounding must leave nothing to find there.
    for x in below.indices where above[x] == 0 { below[x] = 1 }
    self.below = below
    sampler = try values.withUnsafeBufferPointer { p throws(Failure) in try AliasTable(weights: p) }
  }

  package var family: String { "categorical" }
  package var parameters: [(name: String, value: ParameterValue)] { [("p", .vector(p))] }
  package var support: Support { .integers(1, Double(p.count)) }
  package var mean: Double { expected { $0 } }
  package var mode: Double { Double(p.array.indices.reduce(0) { p[$1] > p[$0] ? $1 : $0 } + 1) }
  package var entropy: Double { p.array.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 } }

  package var variance: Double {
    let centre = mean
    return expected { ($0 - centre) * ($0 - centre) }
  }

  package func pdf(_ x: Double) -> Double {
    guard x >= 1, x <= Double(p.count), x == x.rounded() else { return x.isNaN ? .nan : 0 }
    return p[Int(x) - 1]
  }

  package func logpdf(_ x: Double) -> Double { log(pdf(x)) }

  package func cdf(_ x: Double) -> Double {
    x.isNaN ? .nan : x < 1 ? 0 : x >= Double(p.count) ? 1 : below[Int(x) - 1]
  }

  package func ccdf(_ x: Double) -> Double {
    x.isNaN ? .nan : x < 1 ? 1 : x >= Double(p.count) ? 0 : above[Int(x) - 1]
  }

  package func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    return firstInteger(from: 1, to: Double(p.count), near: .nan) { cdf($0) >= probability }
  }

  package func sample(_ words: inout Words) -> Double { sampler.sample(&words) + 1 }

  @inline(__always)
  package func attempt(_ words: FirstWords) -> Double? { sampler.attempt(words).map { $0 + 1 } }

  private func expected(_ f: (Double) -> Double) -> Double {
    p.array.enumerated().reduce(0) { $0.addingProduct($1.element, f(Double($1.offset + 1))) }
  }
}

extension Categorical {
  /// Maximum likelihood: the share of each value, up to the largest. Weights are 1 where there are none. Throws `.data` where a
  /// value is no integer from 1 to 10⁶.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Categorical {
    let (weights, _) = try checkedWeights(weights, rows: x.count)
    try checkIntegers(x, family: "categorical", from: 1, to: 1e6)
    let categories = Int(x.array.reduce(1, max))
    var sums = [CompensatedSum<Double>](repeating: CompensatedSum(), count: categories)
    for i in 0..<x.count { sums[Int(x[i]) - 1].add(weights[i]) }
    let total = sums.reduce(0) { $0 + $1.value }
    return try Categorical(p: Vector(sums.map { $0.value / total }))
  }
}

extension Family {
  package static let categorical = Family(
    name: "categorical", summary: "One of the integers from 1 on, each with its probability.",
    values: .discrete,
    parameters: [Parameter(name: "p", kind: .vector, range: .probabilities, summary: "probability of each value")],
    facts: Facts(
      density: "P(x) = p[x]",
      domain: "x = 1, 2 … #p",
      mean: "Σ x·p[x]",
      variance: "Σ (x − mean)²·p[x]",
      mode: "the first of the likeliest",
      entropy: "−Σ p[x]·log p[x]",
      example: "print(dist.categorical{0.2, 0.5, 0.3}:mode())  --> 2.0",
      picture: curves("categorical", ["{0.2, 0.5, 0.3}"], from: 0, to: 4)),
    make: { (values) throws(Failure) in try Categorical(p: values[0].vector) },
    fit: { (sample) throws(Failure) in try Categorical.fit(try sample.column, weights: sample.weights) })
}
