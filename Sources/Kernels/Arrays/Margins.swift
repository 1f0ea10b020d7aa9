// Sums over the rows and over the columns of a matrix, compensated as those of vectors are.
extension Matrix {
  /// The sum of each column.
  package func columnSums() throws(Failure) -> Vector { try eachColumn { column throws(Failure) in try column.sum() } }

  package func columnMeans() throws(Failure) -> Vector {
    try eachColumn { column throws(Failure) in try column.mean() }
  }

  /// The sum of each row.
  package func rowSums() throws(Failure) -> Vector {
    try withColumns(fillers: try Vector.zeros(columns)) { x throws(Failure) in
      try Vector(count: rows) { i in
        var sum = CompensatedSum<SIMD8<Double>>()
        for column in x { sum.add(column[i]) }
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

  /// Covariances of the columns, about their means and over n − 1: d × d. NaN for fewer than two rows.
  package func covariance() throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: columns, columns: columns)
    let products = try centredProducts()
    for j in 0..<columns {
      for i in 0...j {
        result[i, j] = rows > 1 ? products[i + j * columns].value / Double(rows - 1) : .nan
        result[j, i] = result[i, j]
      }
    }
    return result
  }

  /// Σ (xᵢ − meanᵢ)·(xⱼ − meanⱼ) over the rows, for i ≤ j at i + j·d. A block of rows meets all pairs while it is in cache.
  private func centredProducts() throws(Failure) -> [CompensatedSum<SIMD8<Double>>] {
    let means = try columnMeans()
    let none = [CompensatedSum<SIMD8<Double>>](repeating: CompensatedSum(), count: columns * columns)
    return try withColumns(fillers: means) { x throws(Failure) in
      let parts = try Parallel.map(rows, chunk: 1 << 11) { block in
        var sums = none
        for j in 0..<columns {
          for i in 0...j {
            var sum = CompensatedSum<SIMD8<Double>>()
            for row in stride(from: block.lowerBound, to: block.upperBound, by: 8) {
              sum.add(x[i][row] - means[i], times: x[j][row] - means[j])
            }
            sums[i + j * columns] = sum
          }
        }
        return sums
      }
      return parts.reduce(into: none) { sums, part in for i in sums.indices { sums[i].add(part[i]) } }
    }
  }

  private func withColumns<R>(fillers: Vector, _ body: ([Octets]) throws(Failure) -> R) throws(Failure) -> R {
    try elements.withValues { x throws(Failure) in
      try body(
        (0..<columns).map { j in
          Octets(UnsafeMutableBufferPointer(rebasing: x[j * rows..<(j + 1) * rows]), filler: fillers[j])
        })
    }
  }

  private func eachColumn(_ number: (Vector) throws(Failure) -> Double) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: columns)
    for j in 0..<columns { result[j] = try number(column(j)) }
    return result
  }
}
