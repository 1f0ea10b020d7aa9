/// The nearest of k centres to each row, ties to the first, by squared distances Σ(xᵢ − cᵢ)² that are summed in the order of the
/// columns, each product fused: the same bits as one row after the other.
///
/// Rows stand eight side by side, and 32 meet one centre at a time.
struct NearestCentres {
  /// k centres of d numbers, row after row.
  let centres: Vector
  let k: Int

  /// matrix: n × d (read) · labels: n (from 0, written) · distances: n (squared, written)
  func find(_ matrix: Matrix, labels: Vector, distances: Vector) throws(Failure) {
    try forEachBlock(of: matrix) { block, first, centres in
      labels.withValues { labels in
        distances.withValues { distances in
          for g in stride(from: 0, to: block.groups, by: 4) {
            let (least, nearest) = nearest(block, g, centres)
            let count = min(32, block.rows - 8 * g)
            least.write(to: distances, at: first + 8 * g, count)
            nearest.write(to: labels, at: first + 8 * g, count)
          }
        }
      }
    }
  }

  /// matrix: n × d (read) → n × k, the distances
  func distances(_ matrix: Matrix) throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: matrix.rows, columns: k)
    try forEachBlock(of: matrix) { block, first, centres in
      result.elements.withValues { values in
        for j in 0..<k {
          for g in stride(from: 0, to: block.groups, by: 4) {
            let squares = block.squaredDistances(to: centres + j * matrix.columns, columns: matrix.columns, from: g)
            let at = j * matrix.rows + first + 8 * g
            squares.squareRoot().write(to: values, at: at, min(32, block.rows - 8 * g))
          }
        }
      }
    }
    return result
  }

  private func forEachBlock(
    of matrix: Matrix, _ body: (Block, Int, UnsafePointer<Double>) -> Void
  ) throws(Failure) {
    let flag = Interruption.flag
    try Parallel.forEach(matrix.rows, chunk: 4096) { (range) throws(Failure) in
      try centres.withValues { (centres) throws(Failure) in
        guard let base = centres.baseAddress else { return }
        try matrix.forEachBlock(range, workspace: 0, flag) { block, first in body(block, first, base) }
      }
    }
  }

  private func nearest(_ block: Block, _ g: Int, _ centres: UnsafePointer<Double>) -> (least: Rows32, labels: Rows32) {
    let d = self.centres.count / k
    var least = block.squaredDistances(to: centres, columns: d, from: g)
    var labels = Rows32()
    for j in 1..<max(k, 1) {
      let squares = block.squaredDistances(to: centres + j * d, columns: d, from: g)
      labels.replace(with: Double(j), where: squares, isBelow: least)
      least.lower(to: squares)
    }
    return (least, labels)
  }
}
