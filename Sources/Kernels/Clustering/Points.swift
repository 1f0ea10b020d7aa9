/// The rows to be clustered, in units in which no square of a difference leaves the doubles.
struct Points {
  /// n × d: the data over `unit`.
  let matrix: Matrix
  /// A power of two, 1 but for data of extreme scale: a row over it has all its digits, and the same nearest centre.
  let unit: Double
  /// The weights over `weightUnit`, a power of two; nil where each is 1.
  let weights: Vector?
  let weightUnit: Double

  var count: Int { matrix.rows }
  var dimension: Int { matrix.columns }

  /// reaching: the largest size of what else is computed with
  init(_ rows: Rows, weights: Vector? = nil, reaching other: Double = 0) throws(Failure) {
    let largest = rows.columns.reduce(other) { max($0, abs($1.least), abs($1.most)) }
    // As large as squares allow that millions of terms are added of, since small differences must not vanish.
    unit =
      switch largest {
      case 0, 0x1p-300...0x1p480: 1
      case ..<0x1p-300: largest.binade
      default: largest.binade * 0x1p-480
      }
    matrix = try Points.quotient(rows.matrix, unit)
    guard let weights else {
      (self.weights, weightUnit) = (nil, 1)
      return
    }
    _ = try checkedWeights(weights, rows: rows.count)
    weightUnit = try weights.max().binade
    self.weights = try Points.quotient(
      Matrix(weights.storage, offset: weights.offset, rows: rows.count, columns: 1), weightUnit
    )
    .column(0)
  }

  /// The numbers of `matrix` over a power of two; a view where that is 1.
  static func quotient(_ matrix: Matrix, _ unit: Double) throws(Failure) -> Matrix {
    if unit == 1 { return matrix }
    let result = try matrix.copy()
    result.elements.withValues { for i in $0.indices { $0[i] /= unit } }
    return result
  }

  func weight(_ i: Int) -> Double { weights.map { $0[i] } ?? 1 }
}
