import CBlas

extension Matrix {
  /// A·B: m × k by k × n. Throws `.shape` where the columns of A are not as many as the rows of B.
  package func matmul(_ other: Matrix) throws(Failure) -> Matrix {
    guard columns == other.rows else {
      throw Failure(.shape, "the inner sizes differ: matrix of \(named) times matrix of \(other.named)")
    }
    let result = try Matrix(uninitializedRows: rows, columns: other.columns)
    // OpenBLAS takes time to load and to pack its blocks, which a small or a narrow product does not win back.
    if other.columns <= 4 || Double(rows) * Double(columns) * Double(other.columns) <= 0x1p18 {
      try multiplyByColumns(other, into: result)
    } else {
      try multiplyByBlocks(other, into: result)
    }
    return result
  }

  /// A·x: m × k by k.
  package func matmul(_ x: Vector) throws(Failure) -> Vector {
    guard columns == x.count else {
      throw Failure(.shape, "the inner sizes differ: matrix of \(named) times vector of \(x.count)")
    }
    return try matmul(Matrix(x.storage, offset: x.offset, rows: x.count, columns: 1)).elements
  }

  /// Every column of the product is a sum of columns of A, added in their order.
  private func multiplyByColumns(_ other: Matrix, into result: Matrix) throws(Failure) {
    try elements.withValues { a throws(Failure) in
      try other.elements.withValues { b throws(Failure) in
        try result.elements.withValues { c throws(Failure) in
          try Parallel.forEach(rows, chunk: 1 << 12) { chunk in
            for j in 0..<other.columns {
              for i in chunk { c[i + j * rows] = 0 }
              for k in 0..<columns {
                let factor = b[k + j * columns]
                for i in chunk { c[i + j * rows] = c[i + j * rows].addingProduct(a[i + k * rows], factor) }
              }
            }
          }
        }
      }
    }
  }

  /// Blocks of constant size along the longer side, a call for each: the threads are ours, so that their number changes no
  /// bit.
  private func multiplyByBlocks(_ other: Matrix, into result: Matrix) throws(Failure) {
    let byRows = rows > other.columns
    let (a, b, c) = (storage.base + offset, other.storage.base + other.offset, result.storage.base)
    defer { withExtendedLifetime((storage, other.storage, result.storage)) {} }
    try Parallel.forEach(byRows ? rows : other.columns, chunk: 256) { block throws(Failure) in
      let (m, n) = byRows ? (block.count, other.columns) : (rows, block.count)
      let (row, column) = byRows ? (block.lowerBound, 0) : (0, block.lowerBound)
      let (m64, n64, k64, lda, ldb) = (Int64(m), Int64(n), Int64(columns), Int64(rows), Int64(columns))
      _ = try Blas.call {
        blas_multiply(m64, n64, k64, a + row, lda, b + column * columns, ldb, c + row + column * rows, lda)
      }
    }
  }
}
