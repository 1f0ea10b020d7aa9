import Glibc
import Kernels
import Testing

private func hilbert(_ n: Int) throws -> Matrix {
  try Matrix(rows: (1...n).map { i in (1...n).map { 1 / Double(i + $0 - 1) } })
}

/// 2 on the diagonal, −1 beside it: λₖ = 2 − 2·cos(kπ/(n + 1)) with vⱼ ∝ sin(jkπ/(n + 1)), and determinant n + 1.
private func secondDifference(_ n: Int) throws -> Matrix {
  try Matrix(rows: (0..<n).map { i in (0..<n).map { i == $0 ? 2 : abs(i - $0) == 1 ? -1 : 0 } })
}

private func integers(_ rows: Int, _ columns: Int, seed: UInt64) throws -> Matrix {
  var g = SystemOfTests(state: seed)
  return try Vector((0..<rows * columns).map { _ in Double(Int.random(in: -99...99, using: &g)) }).reshaped(
    rows, columns)
}

/// Products of small integers are exact on every path: by columns, and by blocks along either side.
@Test(arguments: [
  (1, 1, 1), (3, 4, 5), (0, 3, 2), (3, 0, 2), (2, 3, 0), (5000, 3, 2), (70, 60, 80), (600, 40, 20), (20, 40, 600),
])
func productsOfIntegers(m: Int, k: Int, n: Int) throws {
  let (a, b) = (try integers(m, k, seed: 1), try integers(k, n, seed: 2))
  let product = try a.matmul(b)
  #expect(product.rows == m && product.columns == n)
  for i in 0..<m {
    for j in 0..<n {
      let wanted = (0..<k).reduce(0) { $0 + Int(a[i, $1]) * Int(b[$1, j]) }
      if product[i, j] != Double(wanted) { Issue.record("element \(i), \(j)") }
    }
  }
}

@Test func productWithAVector() throws {
  let a = try Matrix(rows: [[1, 2, 3], [4, 5, 6]])
  #expect(try a.matmul(try Vector([1, 0, -1])).array == [-2, -2])
  #expect(try a.matmul(a.transposed().column(1)).array == [32, 77])
  #expect(throws: Failure(.shape, "the inner sizes differ: matrix of 2 x 3 times vector of 2")) {
    try a.matmul(try Vector([1, 2]))
  }
  #expect(throws: Failure(.shape, "the inner sizes differ: matrix of 2 x 3 times matrix of 2 x 3")) { try a.matmul(a) }
}

@Test(arguments: [2, 5])
func productsHaveTheSameBitsOnAnyNumberOfThreads(threads: Int) throws {
  let a = try Vector.linspace(-1, 2, 700 * 90).reshaped(700, 90)
  let b = try Vector.linspace(3, -1, 90 * 300).reshaped(90, 300)
  let before = Parallel.threads
  defer { Parallel.threads = before }
  Parallel.threads = 1
  let alone = try a.matmul(b)
  Parallel.threads = threads
  #expect(try a.matmul(b).elements.array == alone.elements.array)
}

/// The inverse of Hilbert's matrix has integer elements; for n = 6 its condition in the 1-norm is 2.9e7, and the largest 4410000.
@Test func inverseOfHilbertsMatrix() throws {
  let inverse = try hilbert(6).inverse()
  func binomial(_ n: Int, _ k: Int) -> Int { (0..<k).reduce(1) { $0 * (n - $1) / ($1 + 1) } }
  for i in 1...6 {
    for j in 1...6 {
      let sign = (i + j).isMultiple(of: 2) ? 1 : -1
      let wanted =
        sign * (i + j - 1) * binomial(6 + i - 1, 6 - j) * binomial(6 + j - 1, 6 - i) * binomial(i + j - 2, i - 1)
        * binomial(i + j - 2, i - 1)
      #expect(abs(inverse[i - 1, j - 1] - Double(wanted)) <= 4_410_000 * 2.9e7 * 0x1p-52)
    }
  }
}

/// ‖A·A⁻¹ − I‖ is a modest multiple of n·u·κ(A), with κ below 4(n + 1)²/π² for the second difference.
@Test(arguments: [1, 2, 10, 150])
func inverseTimesMatrixIsIdentity(n: Int) throws {
  let a = try secondDifference(n)
  let product = try a.matmul(try a.inverse())
  let tolerance = 4 * Double(n) * 0x1p-53 * 0.41 * Double((n + 1) * (n + 1))
  for i in 0..<n { for j in 0..<n { #expect(abs(product[i, j] - (i == j ? 1 : 0)) <= tolerance) } }
}

@Test func solving() throws {
  let a = try Matrix(rows: [[0, 2, 1], [1, -2, -3], [-1, 1, 2]])
  #expect(try a.solve(try Vector([-8, 0, 3])).array.map { ($0 * 1e12).rounded() / 1e12 } == [-4, -5, 2])
  let many = try a.solve(try Matrix(rows: [[-8, 0], [0, 0], [3, 0]]))
  #expect(many.columns == 2 && abs(many[1, 0] + 5) < 1e-14 && many[1, 1] == 0)
  // Units far apart are no singularity.
  let units = try Matrix(rows: [[1e-200, 0], [1e-200, 1e200]])
  let x = try units.solve(try Vector([3e-200, 5e200]))
  #expect(ulps(x[0], 3) <= 2 && ulps(x[1], 5) <= 2)
  #expect(try Matrix(diagonal: try Vector([1e-20, 1])).inverse().diagonal().array == [1e20, 1])
}

@Test func determinants() throws {
  #expect(abs(try secondDifference(60).determinant() - 61) <= 61 * 60 * 0x1p-52)
  #expect(try Matrix(rows: [[0, 1], [1, 0]]).determinant() == -1)
  #expect(try Matrix(rows: [[0, 1, 0], [0, 0, 1], [1, 0, 0]]).determinant() == 1)
  #expect(try Matrix(rows: [[1, 2], [2, 4]]).determinant() == 0)
  #expect(try Matrix(diagonal: try Vector([0x1p600, 0x1p600, -0x1p-600, 0x1p-599])).determinant() == -2)
  #expect(try Matrix(diagonal: try Vector([1e300, 1e300])).determinant() == .infinity)
  #expect(try Matrix(diagonal: try Vector([1e-300, 1e-300])).determinant() == 0)
  #expect(try Matrix(diagonal: try Vector([0x1p-1074, 0x1p1000])).determinant() == 0x1p-74)
}

@Test(arguments: [1, 2, 50])
func eigenOfTheSecondDifference(n: Int) throws {
  let eigen = try Eigen(of: try secondDifference(n))
  for k in 1...n {
    let angle = Double(n + 1 - k) * .pi / Double(n + 1)
    #expect(abs(eigen.values[k - 1] - (2 - 2 * cos(angle))) <= 1e-14)
    let norm = (Double(n + 1) / 2).squareRoot()
    // The gaps between eigenvalues are larger than 0.01.
    for j in 1...n { #expect(abs(abs(eigen.vectors[j - 1, k - 1]) - abs(sin(Double(j) * angle)) / norm) <= 1e-12) }
  }
}

@Test func eigenKnowsItsOrderAndSigns() throws {
  let eigen = try Eigen(of: try Matrix(rows: [[2, 0, 0], [0, -3, 0], [0, 0, 1]]))
  #expect(eigen.values.array == [2, 1, -3])
  #expect(eigen.vectors.elements.array == [1, 0, 0, 0, 0, 1, 0, 1, 0])
  let tied = try Eigen(of: try Matrix(rows: [[0, -1], [-1, 0]]))
  #expect(tied.vectors[0, 0] > 0 && tied.vectors[1, 0] < 0)
}

@Test func svdOfAKnownMatrix() throws {
  let a = try Matrix(rows: [[1, 2], [3, 4], [5, 6]])
  let svd = try SVD(of: a)
  // s² are the eigenvalues of AᵀA = (35 44; 44 56): (91 ± √8185) / 2.
  #expect(abs(svd.s[0] - ((91 + 8185.squareRoot()) / 2).squareRoot()) <= 1e-14)
  #expect(abs(svd.s[1] - ((91 - 8185.squareRoot()) / 2).squareRoot()) <= 1e-13)
  #expect(svd.u.rows == 3 && svd.u.columns == 2 && svd.v.rows == 2 && svd.v.columns == 2)
}

@Test(arguments: [(1, 1), (4, 7), (7, 4), (120, 30)])
func svdMultipliesBack(m: Int, n: Int) throws {
  let a = try integers(m, n, seed: 3)
  let svd = try SVD(of: a)
  let back = try svd.u.matmul(try Matrix(diagonal: svd.s)).matmul(try svd.v.transposed())
  let tolerance = 10 * Double(m + n) * 0x1p-53 * svd.s[0]
  for i in 0..<m { for j in 0..<n { #expect(abs(back[i, j] - a[i, j]) <= tolerance) } }
  let gram = try svd.u.transposed().matmul(svd.u)
  for i in 0..<min(m, n) { for j in 0..<min(m, n) { #expect(abs(gram[i, j] - (i == j ? 1 : 0)) <= 1e-13) } }
}

@Test func linearAlgebraRefuses() throws {
  let singular = try Matrix(rows: [[1, 2], [2, 4]])
  #expect(throws: Failure(.singular, "the matrix is singular")) { try singular.inverse() }
  #expect(throws: Failure(.singular, "the matrix is singular")) { try Matrix.zeros(3, 3).solve(try Vector.zeros(3)) }
  let nearly = #expect(throws: Failure.self) { try hilbert(14).inverse() }
  #expect(nearly?.message.hasPrefix("the matrix is singular to working precision (reciprocal condition ") == true)
  #expect(nearly?.kind == .singular)
  #expect(throws: Failure(.shape, "the matrix must be square, got 1 x 2")) { try Matrix.zeros(1, 2).determinant() }
  #expect(throws: Failure(.shape, "a right-hand side with 2 rows is wanted, got 3")) {
    try secondDifference(2).solve(try Vector.zeros(3))
  }
  #expect(throws: Failure(.data, "the vector must be finite, but its element 2 is NaN")) {
    try secondDifference(2).solve(try Vector([1, .nan]))
  }
  #expect(throws: Failure(.argument, "the matrix must be symmetric, but a(1, 2) = 2 and a(2, 1) = 3")) {
    try Eigen(of: try Matrix(rows: [[1, 2], [3, 4]]))
  }
  let infinite = try Matrix(rows: [[1, 2], [-.infinity, 4]])
  let message = "the matrix must be finite, but its element (2, 1) is -inf"
  #expect(throws: Failure(.data, message)) { try infinite.determinant() }
  #expect(throws: Failure(.data, message)) { try SVD(of: infinite) }
}

@Test func linearAlgebraOfNothing() throws {
  let none = try Matrix.zeros(0, 0)
  #expect(try none.determinant() == 1)
  #expect(try none.inverse().count == 0)
  #expect(try none.solve(try Matrix.zeros(0, 3)).columns == 3)
  #expect(try Eigen(of: none).values.count == 0)
  #expect(try SVD(of: try Matrix.zeros(3, 0)).u.rows == 3)
  #expect(try SVD(of: try Matrix.zeros(0, 3)).v.rows == 3)
  #expect(try secondDifference(2).solve(try Matrix.zeros(2, 0)).count == 0)
}
