/// How sure a statistic is, from samples drawn out of the sample.
///
/// B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapters 13 and 14; A. C. Davison, D. V. Hinkley,
/// Bootstrap Methods and Their Application, 1997, section 5.2, for the interpolation.
package struct Bootstrap: Sendable {
  package enum Method: String, CaseIterable, Sendable {
    /// Quantiles of the replicates.
    case percentile
    /// The estimate less what replicates lie beyond it.
    case basic
    /// Quantiles whose orders are corrected for bias and for acceleration.
    case bca
  }

  package let estimate: Double
  package let replicates: Vector
  package let low, high: Double
  package let confidence: Double
  package let method: Method

  package var standardError: Double { get throws(Failure) { try replicates.standardDeviation() } }
  package var bias: Double { get throws(Failure) { try replicates.mean() - estimate } }

  /// n: rows of the sample · statistic: of the rows with these indices. It is called once for the sample itself, for each
  /// replicate in turn and, for `bca`, without each row.
  ///
  /// Throws what the statistic throws, and `.data` where it is NaN or infinite.
  package init(
    rows n: Int, replicates: Int, confidence: Double, _ method: Method, from stream: inout RandomStream,
    _ statistic: ([Int]) throws(Failure) -> Double
  ) throws(Failure) {
    guard n > 0 else { throw Failure(.data, "a sample must have at least one row") }
    func checked(_ rows: [Int], _ what: String) throws(Failure) -> Double {
      try Interruption.check()
      let value = try statistic(rows)
      guard value.isFinite else { throw Failure(.data, "the statistic of \(what) is \(value.named)") }
      return value
    }
    let all = Array(0..<n)
    let estimate = try checked(all, "the sample")
    let values = try Vector(uninitialized: replicates)
    for b in 0..<replicates {
      var words = stream.draw()
      values[b] = try checked(all.map { _ in Int(words.integer(below: UInt64(n))) }, "replicate \(b + 1)")
    }
    var (lower, upper) = ((1 - confidence) / 2, (1 + confidence) / 2)
    if method == .bca {
      var left: [Double] = []
      for i in 0..<n { left.append(try checked(all.filter { $0 != i }, "the sample without row \(i + 1)")) }
      (lower, upper) = try Bootstrap.corrected(lower, upper, estimate, values, left)
    }
    let ends = try Bootstrap.quantiles(values, lower, upper)
    (low, high) = method == .basic ? (2 * estimate - ends.1, 2 * estimate - ends.0) : ends
    (self.estimate, self.replicates, self.confidence, self.method) = (estimate, values, confidence, method)
  }

  /// Orders corrected: bias z₀ from the share of replicates below the estimate, acceleration from the estimates that leave out
  /// a row each.
  private static func corrected(
    _ lower: Double, _ upper: Double, _ estimate: Double, _ values: Vector, _ left: [Double]
  ) throws(Failure) -> (Double, Double) {
    let below = values.array.reduce(0) { $0 + ($1 < estimate ? 1 : $1 == estimate ? 0.5 : 0) }
    let share = below / Double(values.count)
    guard share > 0, share < 1 else {
      throw Failure(.degenerate, "all replicates lie on one side of the estimate: use percentile")
    }
    let bias = normalQuantile(share)
    let mean = left.reduce(0, +) / Double(left.count)
    let cubes = left.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
    let squares = left.reduce(0) { $0 + (mean - $1) * (mean - $1) }
    guard squares > 0 else { throw Failure(.degenerate, "the statistic is the same without any row: use percentile") }
    let acceleration = cubes / (6 * squares * squares.squareRoot())
    func order(_ p: Double) -> Double {
      let z = bias + normalQuantile(p)
      return normalTail(-(bias + z / (1 - acceleration * z)))
    }
    return (order(lower), order(upper))
  }

  /// Order statistics (B + 1)·p, between them on the scale of normal quantiles.
  private static func quantiles(
    _ values: Vector, _ lower: Double, _ upper: Double
  ) throws(Failure) -> (Double, Double) {
    let sorted = try values.sorted()
    let count = Double(sorted.count)
    func quantile(_ p: Double) -> Double {
      let position = min(max((count + 1) * p, 1), count)
      let k = Int(position)
      if Double(k) == position || k >= sorted.count { return sorted[k - 1] }
      let (a, b) = (normalQuantile(Double(k) / (count + 1)), normalQuantile(Double(k + 1) / (count + 1)))
      return sorted[k - 1] + (normalQuantile(p) - a) / (b - a) * (sorted[k] - sorted[k - 1])
    }
    return (quantile(lower), quantile(upper))
  }
}
