// Sums over the rows and over the columns of a matrix, compensated as those of vectors are.
extension Matrix {
  /// The sum of each column.
  package func columnSums() throws(Failure) -> Vector { try eachColumn { column throws(Failure) in try column.sum() } }

  package func columnMeans() throws(Failure) -> Vector {
    try eachColumn { column throws(Failure) in try column.mean() }
  }

  /// The sum of each row.
  package func rowSums() throws(Failure) -> Vector {
    try elements.withValues { x throws(Failure) in
      let columns = (0..<columns).map { Octets(UnsafeMutableBufferPointer(rebasing: x[$0 * rows..<($0 + 1) * rows])) }
      return try Vector(count: rows) { i in
        var sum = CompensatedSum<SIMD8<Double>>()
        for column in columns { sum.add(column[i]) }
        return sum.lanes
      }
    }
  }

  package func rowMeans() throws(Failure) -> Vector {
    let sums = try rowSums()
    for i in 0..<rows { sums[i] /= Double(columns) }
    return sums
  }

  package func trace() throws(Failure) -> Double {
    try checkSquare()
    return try diagonal().sum()
  }

  /// Covariances of the columns, over n − 1: d × d.
  package func covariance() throws(Failure) -> Matrix {
    guard rows > 1 else { return try Matrix.filled(columns, columns, with: .nan) }
    let centred = try copy()
    for j in 0..<columns {
      let mean = try column(j).mean()
      for i in 0..<rows { centred[i, j] -= mean }
    }
    let result = try Matrix(uninitializedRows: columns, columns: columns)
    for j in 0..<columns {
      for i in 0...j {
        result[i, j] = try centred.column(i).dot(centred.column(j)) / Double(rows - 1)
        result[j, i] = result[i, j]
      }
    }
    return result
  }

  private func eachColumn(_ number: (Vector) throws(Failure) -> Double) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: columns)
    for j in 0..<columns { result[j] = try number(column(j)) }
    return result
  }
}
