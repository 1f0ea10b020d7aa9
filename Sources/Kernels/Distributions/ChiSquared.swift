/// Chi-squared distribution with k > 0 degrees of freedom: the gamma distribution of shape k/2 and rate ½.
/// p(x) = x^(k/2 − 1)·exp(−x/2) / (2^(k/2)·Γ(k/2)) for x > 0.
///
/// Mean k, variance 2k, mode k − 2, or 0 where k < 2, entropy k/2 + log 2Γ(k/2) + (1 − k/2)·ψ(k/2).
package struct ChiSquared: UnivariateDistribution {
  package let df: Double
  private let gamma: Gamma

  package init(df: Double) throws(Failure) {
    self.df = try positive(df, "df")
    gamma = try Gamma(shape: max(0.5 * df, .leastNonzeroMagnitude), rate: 0.5)
  }

  package var family: String { "chi_squared" }
  package var parameters: [(name: String, value: ParameterValue)] { [("df", .number(df))] }
  package var support: Support { gamma.support }
  package var mean: Double { df }
  package var variance: Double { 2 * df }
  package var mode: Double { gamma.mode }
  package var entropy: Double { gamma.entropy }

  package func logpdf(_ x: Double) -> Double { gamma.logpdf(x) }
  package func pdf(_ x: Double) -> Double { gamma.pdf(x) }
  package func cdf(_ x: Double) -> Double { gamma.cdf(x) }
  package func ccdf(_ x: Double) -> Double { gamma.ccdf(x) }
  package func quantile(_ p: Double) -> Double { gamma.quantile(p) }
  package func sample(_ words: inout Words) -> Double { gamma.sample(&words) }

  package func fill(_ out: UnsafeMutableBufferPointer<Double>, from start: UInt64, key: SIMD2<UInt32>) {
    gamma.fill(out, from: start, key: key)
  }
}

extension ChiSquared {
  package func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    gamma.logpdf(x, into: out)
  }

  package func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    gamma.pdf(x, into: out)
  }

  package func cdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    gamma.cdf(x, into: out)
  }
}

extension ChiSquared {
  /// Maximum likelihood: ψ(k/2) = mean log(x/2), by Newton's method. Weights are 1 where there are none.
  ///
  /// Throws `.data` for values that are not positive and finite.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> ChiSquared {
    let logs = try x.logarithms(of: "chi_squared")
    let target = try WeightedMoments(logs, weights: weights).mean - log(2)
    return try ChiSquared(df: 2 * inverseDigamma(target))
  }
}

extension Family {
  package static let chiSquared = Family(
    name: "chi_squared", summary: "Sum of squares of standard normal numbers.",
    parameters: [Parameter(name: "df", kind: .number, range: .positive, summary: "degrees of freedom")],
    facts: Facts(
      density: "p(x) = x^(df/2 − 1) · exp(−x/2) / (2^(df/2) · Γ(df/2))",
      domain: "x > 0",
      mean: "df",
      variance: "2·df",
      mode: "df − 2, or 0 where df < 2",
      entropy: "df/2 + log(2·Γ(df/2)) + (1 − df/2)·ψ(df/2)",
      example: "print(dist.chi_squared(3):ccdf(7.81))",
      picture: curves("chi_squared", ["2", "4", "8"], from: 0, to: 20)),
    make: { (values) throws(Failure) in try ChiSquared(df: values[0].number) },
    fit: { (sample) throws(Failure) in try ChiSquared.fit(try sample.column, weights: sample.weights) })
}
