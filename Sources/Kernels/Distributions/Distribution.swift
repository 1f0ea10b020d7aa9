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
  case distribution(any Distribution)
  case distributions([any Distribution])
}

/// Values are numbers. Densities of discrete distributions are probabilities, zero between the integers.
package protocol UnivariateDistribution: Distribution, Sampler {
  func pdf(_ x: Double) -> Double
  func logpdf(_ x: Double) -> Double
  /// P(X ≤ x).
  func cdf(_ x: Double) -> Double
  /// P(X > x), exact where it is small.
  func ccdf(_ x: Double) -> Double
  /// The smallest x with cdf(x) ≥ p; NaN for p outside 0…1.
  func quantile(_ p: Double) -> Double
  /// P(X = x), 0 where X is continuous.
  func probability(of x: Double) -> Double
  var mean: Double { get }
  var variance: Double { get }
  var mode: Double { get }

  // The same for many values. There are loops for all of them below; families that matter have vector code of their own.

  /// x: n (read) · out: n (written, may be x itself), on this thread
  func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>)
  func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>)
  func cdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>)
  func ccdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>)
  func quantile(_ p: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>)
  /// The next `count` draws of `stream`, on all threads.
  func sample(_ count: Int, from stream: inout RandomStream) throws(Failure) -> Vector
}

extension UnivariateDistribution {
  package var dimension: Int { 1 }
  package var sd: Double { variance.squareRoot() }
  package func probability(of x: Double) -> Double { isDiscrete ? pdf(x) : 0 }

  package func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    for i in x.indices { out[i] = pdf(x[i]) }
  }

  package func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    for i in x.indices { out[i] = logpdf(x[i]) }
  }

  package func cdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    for i in x.indices { out[i] = cdf(x[i]) }
  }

  package func ccdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    for i in x.indices { out[i] = ccdf(x[i]) }
  }

  package func quantile(_ p: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    for i in p.indices { out[i] = quantile(p[i]) }
  }

  package func sample(_ count: Int, from stream: inout RandomStream) throws(Failure) -> Vector {
    try stream.sample(count, self)
  }
}

extension UnivariateDistribution {
  /// A verb for many values, on all threads: `d.values(of: d.logpdf, x)`. `chunk` values are computed between two looks for an
  /// interrupt.
  package func values(
    of verb: (UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Void, _ x: Vector, chunk: Int = 4096
  ) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: x.count)
    try Parallel.forEach(x.count, chunk: chunk) { range in
      x.withValues { x in
        result.withValues { out in
          let x = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(x)[range])
          verb(x, UnsafeMutableBufferPointer(rebasing: out[range]))
        }
      }
    }
    // A value that takes long may have been given up.
    try Interruption.check()
    return result
  }
}

extension UnsafeBufferPointer<Double> {
  /// f of every element, eight at a time. out: n (written, may be the buffer itself)
  @inline(__always)
  func map(into out: UnsafeMutableBufferPointer<Double>, _ f: (SIMD8<Double>) -> SIMD8<Double>) {
    let (x, y) = (Octets(UnsafeMutableBufferPointer(mutating: self)), Octets(out))
    for i in stride(from: 0, to: count, by: 8) { y[i] = f(x[i]) }
  }
}

/// Values are rows of `dimension` numbers; where they are matrices, the elements column after column.
package protocol MultivariateDistribution: Distribution {
  /// Rows and columns of a value that is a square matrix; nil where it is a row.
  var order: Int? { get }
  /// rows: n × d (read) · out: n (written)
  func logpdf(_ rows: Matrix, into out: Vector) throws(Failure)
  /// P(X₁ ≤ x₁, …, X_d ≤ x_d). Throws `.argument` where there is no way to compute it.
  func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double
  /// The draw that `words` determines, written to `out` (d numbers).
  func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>)
  /// Throws `.argument`, as the other moments do, where it does not exist.
  var mean: Vector { get throws(Failure) }
  /// Variance of each column; the matrix is `covariance`.
  var variance: Vector { get throws(Failure) }
  var covariance: Matrix { get throws(Failure) }
  var mode: Vector { get throws(Failure) }
  /// Directions in which a search for a higher density can leave a point of the support, and their opposites; by default the
  /// axes of the covariance.
  var axes: [Axis] { get throws(Failure) }
}

/// A direction in the space of rows, about as long as a density is wide.
package struct Axis: Sendable {
  /// The columns that change, and by how much.
  let steps: [(column: Int, size: Double)]
  /// Whether only whole multiples lead to values.
  var isWhole = false

  /// The columns of a triangular factor of a covariance.
  static func columns(of factor: Matrix) -> [Axis] {
    (0..<factor.columns).map { j in Axis(steps: (j..<factor.rows).map { ($0, factor[$0, j]) }) }
  }
}

extension MultivariateDistribution {
  package var order: Int? { nil }
  package var axes: [Axis] { get throws(Failure) { Axis.columns(of: try Cholesky(of: try covariance).factor) } }

  func hasNo(_ verb: String, because reason: String) -> Failure {
    Failure(.argument, "\(family) has no \(verb): \(reason)")
  }

  /// rows: n × d (read) → log-density of each
  package func logpdf(_ rows: Matrix) throws(Failure) -> Vector {
    guard rows.columns == dimension else {
      throw Failure(.shape, "rows of \(dimension) numbers are wanted, got \(rows.columns)")
    }
    let result = try Vector(uninitialized: rows.rows)
    try logpdf(rows, into: result)
    return result
  }

  /// rows: n × d (read) → density of each
  package func pdf(_ rows: Matrix) throws(Failure) -> Vector {
    let result = try logpdf(rows)
    result.withValues { values in UnsafeBufferPointer(values).map(into: values) { exp($0) } }
    return result
  }

  /// rows: n × d (read) → P(X₁ ≤ x₁, …, X_d ≤ x_d) of each
  package func cdf(_ rows: Matrix) throws(Failure) -> Vector {
    guard rows.columns == dimension else {
      throw Failure(.shape, "rows of \(dimension) numbers are wanted, got \(rows.columns)")
    }
    let result = try Vector(uninitialized: rows.rows)
    for i in 0..<rows.rows {
      let row = try rows.row(i)
      result[i] = try row.withValues { x throws(Failure) in try cdf(UnsafeBufferPointer(x)) }
    }
    return result
  }

  /// `count` draws, one a row.
  package func sample(_ count: Int, from stream: inout RandomStream) throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: count, columns: dimension)
    try stream.forEachDraw(count, chunk: max(8, (1 << 18) / (dimension * dimension + 128))) { i, words in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: dimension) { row in
        sample(&words, into: row)
        for j in row.indices { result[i, j] = row[j] }
      }
    }
    return result
  }
}

/// The values that a distribution can take.
package enum Support: Sendable, Equatable {
  /// Real numbers between two ends, which may be infinite.
  case interval(Double, Double)
  /// Integers between two ends, which may be infinite.
  case integers(Double, Double)
  /// Isolated numbers between two ends, not all of them integers, each with a probability.
  case atoms(Double, Double)
  /// Real numbers between two ends, of which some have a probability of their own.
  case mixed(Double, Double)
  /// Rows of real numbers.
  case space(dimension: Int)
  /// Rows of nonnegative integers with a given sum.
  case counts(total: Int, categories: Int)
  /// Rows of positive numbers with the sum 1.
  case simplex(dimension: Int)
  /// Rows of length 1.
  case sphere(dimension: Int)
  /// Symmetric positive definite matrices.
  case positiveDefinite(order: Int)
  /// Values of several supports side by side.
  case product([Support])
}
