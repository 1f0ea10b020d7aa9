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
    let result = try Matrix.filled(columns, columns, with: .nan)
    guard rows > 1 else { return result }
    let means = try columnMeans()
    // Eight columns against eight: enough to be worth the way from memory, few enough to stay in cache.
    let tiles = stride(from: 0, to: columns, by: 8).map { $0..<min($0 + 8, columns) }
    try withColumns(fillers: means) { x throws(Failure) in
      for (t, right) in tiles.enumerated() {
        for left in tiles[...t] {
          let sums = try centredProducts(x, means, left, right)
          for (k, sum) in sums.enumerated() {
            let (i, j) = (left.lowerBound + k % left.count, right.lowerBound + k / left.count)
            result[i, j] = sum.value / Double(rows - 1)
            result[j, i] = result[i, j]
          }
        }
      }
    }
    return result
  }

  /// Σ (xᵢ − meanᵢ)·(xⱼ − meanⱼ) over the rows, for i of `left` and j of `right`, i moving faster.
  private func centredProducts(
    _ x: [Octets], _ means: Vector, _ left: Range<Int>, _ right: Range<Int>
  ) throws(Failure) -> [CompensatedSum<SIMD8<Double>>] {
    let parts = try Parallel.map(rows, chunk: 1 << 11) { chunk in
      right.flatMap { j in
        left.map { i in
          var sum = CompensatedSum<SIMD8<Double>>()
          for row in stride(from: chunk.lowerBound, to: chunk.upperBound, by: 8) {
            sum.add(x[i][row] - means[i], times: x[j][row] - means[j])
          }
          return sum
        }
      }
    }
    return parts.dropFirst().reduce(into: parts[0]) { sums, part in for k in sums.indices { sums[k].add(part[k]) } }
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
