/// The nearest of k centres to each row, ties to the first, by squared distances Σ(xᵢ − cᵢ)² that are summed in the order of the
/// columns, each product fused: the same bits as one row after the other.
///
/// Rows stand eight side by side, and 32 meet one centre at a time.
struct NearestCentres {
  /// k centres of d numbers, row after row.
  let centres: Vector
  let k: Int

  /// matrix: n × d (read) → n numbers from 0
  func labels(_ matrix: Matrix) throws(Failure) -> Vector {
    let labels = try Vector(uninitialized: matrix.rows)
    labels.withValues { $0.update(repeating: -1) }
    _ = try reassign(matrix, labels) { _ in 0 }
    return labels
  }

  /// labels: n, those of the last time or -1 (read; written) → the changes
  func reassign(_ matrix: Matrix, labels: Vector) throws(Failure) -> [Move] {
    try reassign(matrix, labels) { $0 }.flatMap { $0 }
  }

  private func reassign<T>(_ matrix: Matrix, _ labels: Vector, _ result: ([Move]) -> T) throws(Failure) -> [T] {
    try Parallel.map(matrix.rows, chunk: 1 << 14) { range in
      matrix.elements.withValues { x in
        centres.withValues { centres in
          labels.withValues { labels in
            guard let x = x.baseAddress, let centres = centres.baseAddress, let labels = labels.baseAddress else {
              return result([])
            }
            return result(
              Reassignment(rows: x, count: matrix.rows, columns: matrix.columns, centres: centres, k: k)
                .moves(range, labels))
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
}
