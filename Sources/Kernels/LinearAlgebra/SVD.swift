import CBlas

/// The singular value decomposition of m × n, thin: A = U·diag(s)·Vᵀ with r = min(m, n) singular values.
package struct SVD: Sendable {
  /// m × r: orthonormal columns, the largest element of each positive.
  package let u: Matrix
  /// r, descending.
  package let s: Vector
  /// n × r: orthonormal columns.
  package let v: Matrix

  /// A: m × n (read). Throws `.data` where it is not finite.
  package init(of matrix: Matrix) throws(Failure) {
    try matrix.checkFinite()
    let (m, n) = (matrix.rows, matrix.columns)
    let r = min(m, n)
    u = try Matrix(uninitializedRows: m, columns: r)
    s = try Vector(uninitialized: r)
    let vt = try Matrix(uninitializedRows: r, columns: n)
    if r > 0 {
      let size = try Matrix.count(r, 4 * r) + 7 * r + 64 * (m + n)
      let (a, work) = (try matrix.copy(), try Storage(uninitialized: size))
      defer { withExtendedLifetime((a, work)) {} }
      let (x, left, values, right) = (a.storage.base, u.storage.base, s.storage.base, vt.storage.base)
      let failed = try Blas.call { blas_svd(Int64(m), Int64(n), x, values, left, right, work.base, Int64(size)) }
      guard failed == 0 else { throw Failure(.data, "the singular values do not converge") }
    }
    v = try vt.transposed()
    for j in 0..<r {
      let sign = u.column(j).orientation
      u.column(j).scale(by: sign)
      v.column(j).scale(by: sign)
    }
  }
}
