/// The Cholesky factor of a symmetric positive definite matrix: A = L·Lᵀ, L lower triangular with a positive diagonal.
///
/// G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., 2013, algorithm 4.2.1. Every element is a chain of fused
/// multiply-adds in a fixed order, so that mixtures of normals have the same bits on any CPU, which LAPACK does not promise.
package struct Cholesky: Sendable {
  /// L: n × n, zero above the diagonal.
  package let factor: Matrix

  /// A: n × n (read). Throws `.shape`, `.data` or `.argument` where A is not square, finite or symmetric, and `.singular`
  /// where it is not positive definite to working precision.
  package init(of matrix: Matrix) throws(Failure) {
    try matrix.checkSymmetric()
    let n = matrix.rows
    let factor = try matrix.copy()
    let minor = factor.elements.withValues { $0.baseAddress.flatMap { Cholesky.factorise($0, n) } }
    if let minor {
      throw Failure(.singular, "the matrix must be positive definite, but its leading minor of order \(minor) is not")
    }
    for j in 0..<n { for i in 0..<j { factor[i, j] = 0 } }
    self.factor = factor
  }

  package var count: Int { factor.rows }

  /// log det A = 2·Σ log Lⱼⱼ.
  package var logDeterminant: Double {
    2 * (0..<count).reduce(0) { $0 + log(factor[$1, $1]) }
  }

  /// L⁻¹: n × n, zero above the diagonal. ‖L⁻¹·x‖² is the squared Mahalanobis length of x.
  package func inverseFactor() throws(Failure) -> Matrix {
    let inverse = try Matrix.zeros(count, count)
    for j in 0..<count {
      inverse[j, j] = 1
      substitute(forward: inverse.column(j))
    }
    return inverse
  }

  /// x with A·x = b, for b of n.
  package func solve(_ b: Vector) throws(Failure) -> Vector {
    try solve(Matrix(b.storage, offset: b.offset, rows: b.count, columns: 1)).column(0)
  }

  /// X with A·X = B, for B of n × m.
  package func solve(_ b: Matrix) throws(Failure) -> Matrix {
    guard b.rows == count else {
      throw Failure(.shape, "a right-hand side of \(count) rows is wanted, got \(b.rows) x \(b.columns)")
    }
    let x = try b.copy()
    for j in 0..<x.columns {
      substitute(forward: x.column(j))
      substitute(backward: x.column(j))
    }
    return x
  }

  /// x: n (b read, L⁻¹·b written)
  private func substitute(forward x: Vector) {
    pointers(x) { l, x in
      for k in 0..<count {
        x[k] /= l[k + k * count]
        Cholesky.subtract(x[k], times: l + k * count, from: x, k + 1..<count)
      }
    }
  }

  /// x: n (b read, L⁻ᵀ·b written)
  private func substitute(backward x: Vector) {
    pointers(x) { l, x in
      for k in stride(from: count - 1, through: 0, by: -1) {
        for i in k + 1..<count { x[k] = x[k].addingProduct(-l[i + k * count], x[i]) }
        x[k] /= l[k + k * count]
      }
    }
  }

  private func pointers(_ x: Vector, _ body: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Void) {
    factor.elements.withValues { l in
      x.withValues { x in
        guard let l = l.baseAddress, let x = x.baseAddress else { return }
        body(l, x)
      }
    }
  }
}

extension Cholesky {
  /// a: n × n, column after column (lower triangle of A read, of L written; what is above the diagonal stays).
  /// → the order of the first leading minor that is not positive, or nil.
  ///
  /// A pivot below j·u·aⱼⱼ (u the unit roundoff) is all rounding error, and counts as zero: N. J. Higham, Accuracy and
  /// Stability of Numerical Algorithms, 2nd ed., 2002, theorem 10.3.
  package static func factorise(_ a: UnsafeMutablePointer<Double>, _ n: Int) -> Int? {
    for j in 0..<n {
      let column = a + j * n
      let floor = Double(j + 1) * (Double.ulpOfOne / 2) * column[j]
      for k in 0..<j { subtract(a[j + k * n], times: a + k * n, from: column, j..<n) }
      guard column[j] > floor, column[j] < .infinity else { return j + 1 }
      let root = column[j].squareRoot()
      column[j] = root
      for i in j + 1..<n { column[i] /= root }
    }
    return nil
  }

  /// y ← y − s·x on `range`.
  @inline(__always)
  private static func subtract(
    _ s: Double, times x: UnsafeMutablePointer<Double>, from y: UnsafeMutablePointer<Double>, _ range: Range<Int>
  ) {
    for i in range { y[i] = y[i].addingProduct(-s, x[i]) }
  }
}
