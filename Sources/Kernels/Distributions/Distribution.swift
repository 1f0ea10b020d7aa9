/// What every distribution can do, whatever its values are.
package protocol Distribution: Sendable {
  /// The name in Lua: `normal` of `dist.normal`.
  var family: String { get }
  /// Numbers in one value: 1 for a univariate distribution, else the columns of a row.
  var dimension: Int { get }
  /// Parameters by their canonical names, in canonical order.
  var parameters: [(name: String, value: ParameterValue)] { get }
  /// Where the density is not zero.
  var support: Support { get }
  /// In nats; differential for continuous distributions. NaN where there is no closed form.
  var entropy: Double { get }
}

package enum ParameterValue: Sendable {
  case number(Double)
  case vector(Vector)
  case matrix(Matrix)
  case distributions([any Distribution])
}

/// Values are numbers. Densities of discrete distributions are probabilities, zero between the integers.
package protocol UnivariateDistribution: Distribution {
  func pdf(_ x: Double) -> Double
  func logpdf(_ x: Double) -> Double
  /// P(X ≤ x).
  func cdf(_ x: Double) -> Double
  /// P(X > x), exact where it is small.
  func ccdf(_ x: Double) -> Double
  /// The smallest x with cdf(x) ≥ p; NaN for p outside 0…1.
  func quantile(_ p: Double) -> Double
  /// The draw that `words` determines.
  func sample(_ words: inout Words) -> Double
  var mean: Double { get }
  var variance: Double { get }
  var mode: Double { get }

  /// x: n (read) · out: n (written, may be x itself). The families that matter override these with vector code.
  func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>)
  func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>)
}

/// Values are rows of `dimension` numbers.
package protocol MultivariateDistribution: Distribution {
  /// rows: n × d (read) · out: n (written)
  func logpdf(_ rows: Matrix, into out: Vector) throws(Failure)
  /// P(X₁ ≤ x₁, …, X_d ≤ x_d).
  func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double
  /// The draw that `words` determines, written to `out` (d numbers).
  func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>)
  var mean: Vector { get }
  /// Variance of each column; the matrix is `covariance`.
  var variance: Vector { get }
  var covariance: Matrix { get }
  var mode: Vector { get throws(Failure) }
}

/// The values that a distribution can take.
package enum Support: Sendable, Equatable {
  /// Real numbers between two ends, which may be infinite.
  case interval(Double, Double)
  /// Integers between two ends, which may be infinite.
  case integers(Double, Double)
  /// Rows of real numbers.
  case space(dimension: Int)
  /// Rows of nonnegative integers with a given sum.
  case counts(total: Int, categories: Int)
}
