import CBlas

/// The factors of a square matrix: R·A·C = P·L·U, where R and C are diagonal matrices of powers of two that bring the largest
/// element of every row and column near 1, so that different units do not look like singularity.
///
/// G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., 2013, sections 3.4 and 3.5.2.
package struct LU: Sendable {
  /// L below the diagonal, U from the diagonal on: n × n.
  private let factors: Matrix
  private let pivots: [Int32]
  private let rowScales: [Double]
  private let columnScales: [Double]
  /// The reciprocal condition number of R·A·C in the 1-norm, as LAPACK estimates it; 0 where a pivot is.
  package let reciprocalCondition: Double

  private var count: Int { factors.rows }

  /// A: n × n (read), which may be singular. Throws `.shape` where it is not square, `.data` where it is not finite.
  package init(of matrix: Matrix) throws(Failure) {
    try matrix.checkSquare()
    try matrix.checkFinite()
    let n = matrix.rows
    let factors = try matrix.copy()
    rowScales = (0..<n).map { i in
      let scale = scaleToOne((0..<n).reduce(0) { max($0, abs(factors[i, $1])) })
      for j in 0..<n { factors[i, j] *= scale }
      return scale
    }
    columnScales = (0..<n).map { j in
      let scale = scaleToOne((0..<n).reduce(0) { max($0, abs(factors[$1, j])) })
      for i in 0..<n { factors[i, j] *= scale }
      return scale
    }
    let norm = (0..<n).map { j in (0..<n).reduce(0) { $0 + abs(factors[$1, j]) } }.max() ?? 0
    var pivots = [Int32](repeating: 0, count: n)
    var condition = n == 0 ? 1.0 : 0
    let a = factors.storage.base
    if n > 0, try Blas.call({ blas_lu(Int64(n), a, &pivots) }) == 0 {
      _ = try Blas.call { blas_lu_condition(Int64(n), a, norm, &condition) }
    }
    self.factors = factors
    self.pivots = pivots
    reciprocalCondition = condition
  }

  /// det A; infinite or 0 only where the determinant itself leaves the doubles.
  package var determinant: Double {
    var (significand, exponent) = (1.0, 0)
    for i in 0..<count {
      let pivot = factors[i, i]
      if pivot == 0 { return 0 }
      significand *= pivot * (Int(pivots[i]) == i + 1 ? 1 : -1)
      exponent += Int(significand.exponent) - Int(rowScales[i].exponent) - Int(columnScales[i].exponent)
      significand = Double(signOf: significand, magnitudeOf: significand.significand)
    }
    return Double(sign: .plus, exponent: exponent, significand: significand)
  }

  /// X with A·X = B, for B of n × m. Throws `.shape`, `.data` or, where the condition leaves no correct digit, `.singular`.
  package func solve(_ b: Matrix) throws(Failure) -> Matrix {
    guard b.rows == count else {
      throw Failure(.shape, "a right-hand side with \(count) rows is wanted, got \(b.rows)")
    }
    try b.checkFinite()
    try checkRegular()
    let x = try b.copy()
    scaleRows(of: x, by: rowScales)
    if x.count > 0 {
      let (lu, out) = (factors.storage.base, x.storage.base)
      _ = try Blas.call { blas_lu_solve(Int64(count), Int64(x.columns), lu, pivots, out) }
    }
    scaleRows(of: x, by: columnScales)
    return x
  }

  private func checkRegular() throws(Failure) {
    if reciprocalCondition == 0 { throw Failure(.singular, "the matrix is singular") }
    if reciprocalCondition < .ulpOfOne {
      let digits = "\(reciprocalCondition)".split(separator: "e")
      throw Failure(
        .singular,
        "the matrix is singular to working precision (reciprocal condition \(digits[0].prefix(4))e\(digits[1]))")
    }
  }

  private func scaleRows(of x: Matrix, by scales: [Double]) {
    for j in 0..<x.columns { for i in 0..<x.rows { x[i, j] *= scales[i] } }
  }
}

/// The power of two that brings x between 1 and 2, as near as powers that have no subnormal inverse can.
private func scaleToOne(_ x: Double) -> Double {
  x == 0 ? 1 : Double(sign: .plus, exponent: -min(max(Int(x.exponent), -1000), 1000), significand: 1)
}

extension Matrix {
  /// X with A·X = B: A is n × n, B n × m. Errors are those of `LU`.
  package func solve(_ b: Matrix) throws(Failure) -> Matrix { try LU(of: self).solve(b) }

  /// x with A·x = b: A is n × n, b of n.
  package func solve(_ b: Vector) throws(Failure) -> Vector {
    try b.checkFinite()
    return try solve(Matrix(b.storage, offset: b.offset, rows: b.count, columns: 1)).elements
  }

  package func inverse() throws(Failure) -> Matrix {
    try checkSquare()
    return try solve(try Matrix.identity(rows))
  }

  package func determinant() throws(Failure) -> Double { try LU(of: self).determinant }
}
