// What linear algebra asks of its operands. Messages count rows and columns from 1, as users do.
extension Matrix {
  func checkSquare() throws(Failure) {
    guard rows == columns else { throw Failure(.shape, "the matrix must be square, got \(rows) x \(columns)") }
  }

  func checkFinite() throws(Failure) {
    guard let k = elements.firstNonFinite else { return }
    let (i, j) = (k % rows, k / rows)
    throw Failure(.data, "the matrix must be finite, but its element (\(i + 1), \(j + 1)) is \(self[i, j].named)")
  }

  /// Square, finite, and aᵢⱼ = aⱼᵢ up to the rounding of a product or a sum: 1e-12 of √(rᵢ·rⱼ), where r holds the largest
  /// magnitude of each row, so that columns of any units count alike.
  func checkSymmetric() throws(Failure) {
    try checkSquare()
    try checkFinite()
    let n = rows
    let roots = try Vector.zeros(n)
    for j in 0..<n { for i in 0..<n { roots[i] = max(roots[i], abs(self[i, j])) } }
    for i in 0..<n { roots[i] = roots[i].squareRoot() }
    for j in 0..<n {
      for i in j + 1..<n where abs(self[i, j] - self[j, i]) > 1e-12 * roots[i] * roots[j] {
        let (above, below) = (self[j, i], self[i, j])
        throw Failure(
          .argument,
          "the matrix must be symmetric, but a(\(j + 1), \(i + 1)) = \(above.named) and a(\(i + 1), \(j + 1)) = \(below.named)"
        )
      }
    }
  }
}

extension Vector {
  func checkFinite() throws(Failure) {
    guard let i = firstNonFinite else { return }
    throw Failure(.data, "the vector must be finite, but its element \(i + 1) is \(self[i].named)")
  }

  /// The index, from 0, of the first NaN or infinity.
  package var firstNonFinite: Int? { withValues { $0.firstIndex { !$0.isFinite } } }
}

extension Double {
  /// As a message says it and a user would type it: `NaN`, `-1` rather than `-1.0`.
  package var named: String { isNaN ? "NaN" : Int(exactly: self).map { "\($0)" } ?? "\(self)" }
}
