import Kernels
import Testing

/// Pascal's symmetric matrix, a(i, j) = (i + j) over i, is T·Tᵀ with T Pascal's triangle; every number is an integer.
private func pascal(_ n: Int) throws -> (matrix: Matrix, triangle: Matrix) {
  let (matrix, triangle) = (try Matrix.zeros(n, n), try Matrix.zeros(n, n))
  for i in 0..<n {
    for j in 0..<n {
      matrix[i, j] = i == 0 || j == 0 ? 1 : matrix[i - 1, j] + matrix[i, j - 1]
      triangle[i, j] = j == 0 ? 1 : i == 0 ? 0 : triangle[i - 1, j - 1] + triangle[i - 1, j]
    }
  }
  return (matrix, triangle)
}

@Test(arguments: [1, 2, 3, 9, 17])
func choleskyOfPascalsMatrixIsHisTriangle(n: Int) throws {
  let (matrix, triangle) = try pascal(n)
  let cholesky = try Cholesky(of: matrix)
  #expect(cholesky.factor.elements.array == triangle.elements.array)
  #expect(cholesky.logDeterminant == 0)
}

/// The inverse of the triangle is the triangle with alternating signs.
@Test func inverseFactorOfPascalsMatrix() throws {
  let (matrix, triangle) = try pascal(12)
  let inverse = try Cholesky(of: matrix).inverseFactor()
  for i in 0..<12 {
    for j in 0..<12 { #expect(inverse[i, j] == ((i + j).isMultiple(of: 2) ? 1 : -1) * triangle[i, j]) }
  }
}

/// min(i, j) is the covariance of a random walk: determinant 1, and its inverse is the second difference.
@Test func choleskySolves() throws {
  let n = 300
  let walk = try Matrix.zeros(n, n)
  for i in 0..<n { for j in 0..<n { walk[i, j] = Double(min(i, j) + 1) } }
  let cholesky = try Cholesky(of: walk)
  #expect(cholesky.logDeterminant == 0)
  let ones = try Vector((0..<n).map { _ in 1.0 })
  #expect(try cholesky.solve(ones).array == [1.0] + (1..<n).map { _ in 0.0 })
  let identity = try Matrix.zeros(n, n)
  for i in 0..<n { identity[i, i] = 1 }
  let inverse = try cholesky.solve(identity)
  for i in 0..<n {
    for j in 0..<n { #expect(inverse[i, j] == (i == j ? (i == n - 1 ? 1 : 2) : abs(i - j) == 1 ? -1 : 0)) }
  }
}

/// Units far apart: the factor scales with the units of the columns.
@Test func choleskyOfExtremeScales() throws {
  let cholesky = try Cholesky(of: try Matrix(rows: [[4e300, 1e147], [1e147, 1e-6]]))
  #expect(abs(cholesky.logDeterminant - 678.0586296289175) <= 1e-12)  // log 3 + 294 log 10
  #expect(abs(cholesky.factor[0, 0] / 2e150 - 1) <= 1e-15)
  #expect(abs(cholesky.factor[1, 0] / 0.5e-3 - 1) <= 1e-15)
}

@Test(
  arguments: [
    ([[1, 2], [3, 4], [5, 6]], "the matrix must be square, got 3 x 2"),
    ([[1, 2], [3, 4]], "the matrix must be symmetric, but a(1, 2) = 2 and a(2, 1) = 3"),
    ([[1, .nan], [.nan, 1]], "the matrix must be finite, but its element (2, 1) is NaN"),
    ([[1, 1], [1, 1]], "the matrix must be positive definite, but its leading minor of order 2 is not"),
    ([[0]], "the matrix must be positive definite, but its leading minor of order 1 is not"),
    (
      [[1, 0, 0], [0, 1, 0], [0, 0, -1]],
      "the matrix must be positive definite, but its leading minor of order 3 is not"
    ),
    // Collinear: the last pivot is rounding error of either sign.
    ([[0.1, 0.3], [0.3, 0.9]], "the matrix must be positive definite, but its leading minor of order 2 is not"),
  ] as [([[Double]], String)])
func choleskyRefuses(rows: [[Double]], message: String) throws {
  let matrix = try Matrix(rows: rows)
  let failure = #expect(throws: Failure.self) { try Cholesky(of: matrix) }
  #expect(failure?.message == message)
}

@Test func choleskyOfNothing() throws {
  let cholesky = try Cholesky(of: try Matrix.zeros(0, 0))
  #expect(cholesky.count == 0 && cholesky.logDeterminant == 0)
  #expect(try cholesky.inverseFactor().count == 0)
  #expect(try cholesky.solve(try Vector.zeros(0)).count == 0)
}
