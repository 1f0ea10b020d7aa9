/// The data of a fit: n rows of d finite numbers, and where they lie.
package struct Rows: Sendable {
  package let matrix: Matrix
  package let columns: [Column]

  /// Where the numbers of one column lie.
  package struct Column: Sendable {
    package let mean: Double
    /// √(Σ(x − mean)²/n).
    package let sd: Double
    package let least: Double
    package let most: Double
  }

  /// Throws where there are no rows, or a number is not finite.
  package init(_ matrix: Matrix) throws(Failure) {
    guard matrix.rows > 0, matrix.columns > 0 else {
      throw Failure(.data, "at least one row is wanted, got \(matrix.rows) x \(matrix.columns) numbers")
    }
    self.matrix = matrix
    var columns: [Column] = []
    for c in 0..<matrix.columns { columns.append(try Column(of: matrix.column(c), index: c)) }
    self.columns = columns
  }

  package var count: Int { matrix.rows }
  package var dimension: Int { matrix.columns }
}

extension Rows.Column {
  fileprivate init(of x: Vector, index: Int) throws(Failure) {
    let ends = try Parallel.map(x.count, chunk: 65_536) { (chunk) throws(Failure) in
      var (least, most) = (Double.infinity, -Double.infinity)
      for i in chunk {
        guard x[i].isFinite else {
          throw Failure(.data, "column \(index + 1), row \(i + 1) is \(x[i].named)")
        }
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
    let moments = try WeightedMoments(x, weights: nil)
    (mean, sd) = (moments.mean, moments.sd)
  }
}
