/// The data of a fit: n rows of d finite numbers, and where they lie.
package struct Rows: Sendable {
  package let matrix: Matrix
  package let columns: [Column]
  /// How much each row counts: n; nil where that is 1.
  package let weights: Vector?
  /// Σ weights: the number of rows, where each counts 1.
  package let weight: Double

  /// Where the numbers of one column lie.
  package struct Column: Sendable {
    package let mean: Double
    /// √(Σ(x − mean)²/n).
    package let sd: Double
    package let least: Double
    package let most: Double
  }

  /// A row of weight 2 is the same as two rows. Throws where there are no rows, a number is not finite, or a weight negative.
  package init(_ matrix: Matrix, weights: Vector? = nil) throws(Failure) {
    guard matrix.rows > 0, matrix.columns > 0 else {
      throw Failure(.data, "at least one row is wanted, got \(matrix.rows) x \(matrix.columns) numbers")
    }
    (self.matrix, self.weights) = (matrix, weights)
    if let weights {
      weight = try checkedWeights(weights, rows: matrix.rows).sum
    } else {
      weight = Double(matrix.rows)
    }
    var columns: [Column] = []
    for c in 0..<matrix.columns { columns.append(try Column(of: matrix.column(c), weights, index: c)) }
    self.columns = columns
  }

  package var count: Int { matrix.rows }
  package var dimension: Int { matrix.columns }
}

extension Rows.Column {
  /// What lies in rows of weight 0 does not count.
  fileprivate init(of x: Vector, _ weights: Vector?, index: Int) throws(Failure) {
    let ends = try Parallel.map(x.count, chunk: 65_536) { (chunk) throws(Failure) in
      var (least, most) = (Double.infinity, -Double.infinity)
      for i in chunk {
        guard x[i].isFinite else {
          throw Failure(.data, "column \(index + 1), row \(i + 1) is \(x[i].named)")
        }
        if let weights, weights[i] == 0 { continue }
        (least, most) = (min(least, x[i]), max(most, x[i]))
      }
      return (least, most)
    }
    let least = ends.reduce(Double.infinity) { min($0, $1.0) }
    let most = ends.reduce(-Double.infinity) { max($0, $1.1) }
    (self.least, self.most) = (least, most)

    guard most > least else {
      (mean, sd) = (least, 0)
      return
    }
    guard (most - least).isFinite else { throw Failure(.data, "the data span more than doubles can hold") }
    if weights == nil {
      // Without a vector of ones, as large as the column.
      (mean, sd) = (try x.mean(), try x.standardDeviation(ddof: 0))
      return
    }
    let moments = try WeightedMoments(x, weights: weights)
    (mean, sd) = (moments.mean, moments.sd)
  }
}
