// Matrices made and rearranged: all are copies.
extension Matrix {
  package static func identity(_ n: Int) throws(Failure) -> Matrix {
    let result = try Matrix.zeros(n, n)
    for i in 0..<n { result[i, i] = 1 }
    return result
  }

  package static func filled(_ rows: Int, _ columns: Int, with value: Double) throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: rows, columns: columns)
    result.elements.withValues { $0.update(repeating: value) }
    return result
  }

  /// Square, with `diagonal` on the diagonal and zeros elsewhere.
  package init(diagonal: Vector) throws(Failure) {
    self = try Matrix.zeros(diagonal.count, diagonal.count)
    for i in 0..<diagonal.count { self[i, i] = diagonal[i] }
  }

  package func diagonal() throws(Failure) -> Vector {
    let result = try Vector(uninitialized: min(rows, columns))
    for i in 0..<result.count { result[i] = self[i, i] }
    return result
  }

  package func transposed() throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: columns, columns: rows)
    if count == 0 { return result }
    // Blocks of 64 × 64 keep what is read and what is written in cache.
    let block = 64
    try elements.withValues { from throws(Failure) in
      try result.elements.withValues { to throws(Failure) in
        try Parallel.forEach(rows, chunk: block) { chunk in
          for start in stride(from: 0, to: columns, by: block) {
            for i in chunk {
              for j in start..<min(start + block, columns) { to[j + i * columns] = from[i + j * rows] }
            }
          }
        }
      }
    }
    return result
  }

  func reversedColumns() throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: rows, columns: columns)
    for j in 0..<columns { column(j).write(to: result.column(columns - 1 - j), from: 0) }
    return result
  }

  /// The same elements, column after column, in another shape of the same size.
  package func reshaped(_ rows: Int, _ columns: Int) throws(Failure) -> Matrix {
    try elements.reshaped(rows, columns)
  }

  /// The rows at `indices`, from 0, in their order. Throws `.argument` for an index outside.
  package func takeRows(_ indices: [Int]) throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: indices.count, columns: columns)
    for j in 0..<columns { try column(j).take(indices).write(to: result.column(j), from: 0) }
    return result
  }

  /// The rows beside which `mask` is not 0. Throws `.shape` for a mask of another length.
  package func rows(where mask: Vector) throws(Failure) -> Matrix {
    guard mask.count == rows else {
      throw Failure(.shape, "the shapes differ: matrix of \(named) and mask of \(mask.count)")
    }
    return try takeRows((0..<rows).filter { mask[$0] != 0 })
  }

  /// The matrices one below the other. Throws `.shape` where they differ in columns.
  package static func stackedVertically(_ matrices: [Matrix]) throws(Failure) -> Matrix {
    guard let first = matrices.first else { return try Matrix.zeros(0, 0) }
    for next in matrices where next.columns != first.columns { throw mismatch(first, next, "columns") }
    let result = try Matrix(uninitializedRows: matrices.reduce(0) { $0 + $1.rows }, columns: first.columns)
    for j in 0..<first.columns {
      var i = 0
      for matrix in matrices {
        matrix.column(j).write(to: result.column(j), from: i)
        i += matrix.rows
      }
    }
    return result
  }

  /// The matrices side by side. Throws `.shape` where they differ in rows.
  package static func stackedHorizontally(_ matrices: [Matrix]) throws(Failure) -> Matrix {
    guard let first = matrices.first else { return try Matrix.zeros(0, 0) }
    for next in matrices where next.rows != first.rows { throw mismatch(first, next, "rows") }
    let elements = try Vector.concatenated(matrices.map { $0.elements })
    return Matrix(elements.storage, rows: first.rows, columns: matrices.reduce(0) { $0 + $1.columns })
  }

  private static func mismatch(_ a: Matrix, _ b: Matrix, _ what: String) -> Failure {
    Failure(.shape, "matrices with the same number of \(what) are wanted, got \(a.named) and \(b.named)")
  }

  /// `2 x 3`, as messages say it.
  var named: String { "\(rows) x \(columns)" }
}

extension Vector {
  /// A matrix that the elements fill column after column. Throws `.shape` where their number does not fit.
  package func reshaped(_ rows: Int, _ columns: Int) throws(Failure) -> Matrix {
    let (size, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow, size == count else {
      throw Failure(.shape, "\(count) elements do not fill a matrix of \(rows) x \(columns)")
    }
    return Matrix(try copy().storage, rows: rows, columns: columns)
  }
}
