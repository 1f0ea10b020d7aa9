/// Point mass: the one value has probability 1, which is what `pdf` gives, whether or not the value is an integer.
///
/// Mean, mode and every quantile are the value; variance and entropy are 0.
package struct Point: UnivariateDistribution {
  package let value: Double

  package init(value: Double) throws(Failure) {
    guard value.isFinite else { throw Failure(.argument, "value must be finite, got \(value.named)") }
    self.value = value
  }

  package var family: String { "point" }
  package var parameters: [(name: String, value: ParameterValue)] { [("value", .number(value))] }
  package var support: Support { value == value.rounded() ? .integers(value, value) : .atoms(value, value) }
  package var mean: Double { value }
  package var variance: Double { 0 }
  package var mode: Double { value }
  package var entropy: Double { 0 }

  package func logpdf(_ x: Double) -> Double { x == value ? 0 : x.isNaN ? .nan : -.infinity }
  package func pdf(_ x: Double) -> Double { x == value ? 1 : x.isNaN ? .nan : 0 }
  package func cdf(_ x: Double) -> Double { x >= value ? 1 : x.isNaN ? .nan : 0 }
  package func ccdf(_ x: Double) -> Double { x >= value ? 0 : x.isNaN ? .nan : 1 }
  package func quantile(_ p: Double) -> Double { p >= 0 && p <= 1 ? value : .nan }
  package func sample(_ words: inout Words) -> Double { value }
}

extension Point {
  /// Maximum likelihood: the value that all data with a weight share. Throws `.data` where they share none.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Point {
    let (weights, _) = try checkedWeights(weights, rows: x.count)
    if let i = x.firstNonFinite { throw Failure(.data, "row \(i + 1) is \(x[i].named)") }
    let counted = (0..<x.count).filter { weights[$0] > 0 }
    if let i = counted.first(where: { x[$0] != x[counted[0]] }) {
      let first = x[counted[0]].named
      throw Failure(.data, "row \(i + 1) is \(x[i].named); data of a point are all equal, and others are \(first)")
    }
    return try Point(value: x[counted[0]])
  }
}

extension Family {
  package static let point = Family(
    name: "point", summary: "One value with probability 1.",
    values: .discrete,
    parameters: [Parameter(name: "value", kind: .number, summary: "the value")],
    facts: Facts(
      density: "P(value) = 1",
      domain: "x = value",
      mean: "value",
      variance: "0",
      mode: "value",
      entropy: "0",
      example: "print(dist.point(3):cdf{2, 3})",
      picture: curves("point", ["3"], from: 0, to: 6)),
    make: { (values) throws(Failure) in try Point(value: values[0].number) },
    fit: { (sample) throws(Failure) in try Point.fit(try sample.column, weights: sample.weights) })
}
