import CBlas

/// The eigenvalues and eigenvectors of a symmetric matrix: A·vⱼ = λⱼ·vⱼ with λ₁ ≥ λ₂ ≥ …, as in R.
package struct Eigen: Sendable {
  /// Descending.
  package let values: Vector
  /// Column j belongs to value j: orthonormal, the largest element of each positive.
  package let vectors: Matrix

  /// A: n × n (read). Throws `.shape`, `.data` or `.argument` where A is not square, finite or symmetric.
  package init(of matrix: Matrix) throws(Failure) {
    try matrix.checkSymmetric()
    let n = matrix.rows
    let (vectors, values) = (try matrix.copy(), try Vector(uninitialized: n))
    if n > 0 {
      let size = try Matrix.count(n, 2 * n) + 6 * n + 1
      let work = try Storage(uninitialized: size)
      defer { withExtendedLifetime(work) {} }
      let (a, w) = (vectors.storage.base, values.storage.base)
      let failed = try Blas.call { blas_eigen(Int64(n), a, w, work.base, Int64(size)) }
      guard failed == 0 else { throw Failure(.data, "the eigenvalues do not converge") }
    }
    self.values = try values.reversed()
    self.vectors = try vectors.reversedColumns()
    for j in 0..<n { self.vectors.column(j).scale(by: self.vectors.column(j).orientation) }
  }
}

extension Vector {
  /// The sign of the largest element; of elements that are equally large but for rounding, the first.
  var orientation: Double {
    withValues { x in
      let largest = x.reduce(0) { Swift.max($0, abs($1)) }
      return x.first { abs($0) >= 0.999_999 * largest }.map { $0 < 0 ? -1 : 1 } ?? 1
    }
  }

  func scale(by factor: Double) { withValues { x in for i in x.indices { x[i] *= factor } } }
}
