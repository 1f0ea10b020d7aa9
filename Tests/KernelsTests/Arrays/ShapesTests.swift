import Kernels
import Testing

private let m = try! Matrix(rows: [[1, 2, 3], [4, 5, 6]])

@Test func rearranged() throws {
  #expect(try m.transposed().elements.array == [1, 2, 3, 4, 5, 6])
  #expect(try m.reshaped(3, 2).elements.array == m.elements.array)
  #expect(try m.diagonal().array == [1, 5])
  #expect(try Matrix(diagonal: try Vector([2, 3])).elements.array == [2, 0, 0, 3])
  #expect(try Matrix.identity(2).elements.array == [1, 0, 0, 1])
  #expect(try Matrix.filled(2, 1, with: 7).elements.array == [7, 7])
}

@Test(arguments: [(1, 1), (3, 200), (130, 65), (64, 64), (0, 3), (3, 0)])
func transposing(rows: Int, columns: Int) throws {
  let x = try Vector.range(1, Double(rows * columns)).reshaped(rows, columns)
  let t = try x.transposed()
  #expect(t.rows == columns && t.columns == rows)
  for i in 0..<rows { for j in 0..<columns where t[j, i] != x[i, j] { Issue.record("\(i), \(j)") } }
}

@Test func stacking() throws {
  let row = try Matrix(rows: [[7, 8, 9]])
  #expect(try Matrix.stackedVertically([m, row]).elements.array == [1, 4, 7, 2, 5, 8, 3, 6, 9])
  #expect(try Matrix.stackedHorizontally([m, m]).elements.array == [1, 4, 2, 5, 3, 6, 1, 4, 2, 5, 3, 6])
  #expect(try Matrix.stackedVertically([]).count == 0)
  #expect(throws: Failure(.shape, "matrices with the same number of rows are wanted, got 2 x 3 and 1 x 3")) {
    try Matrix.stackedHorizontally([m, row])
  }
  #expect(throws: Failure(.shape, "matrices with the same number of columns are wanted, got 2 x 3 and 3 x 2")) {
    try Matrix.stackedVertically([m, try m.transposed()])
  }
  #expect(throws: Failure(.shape, "6 elements do not fill a matrix of 2 x 2")) { try m.reshaped(2, 2) }
  #expect(throws: Failure.self) { try m.reshaped(-2, -3) }
  #expect(throws: Failure.self) { try m.reshaped(.max, 2) }
}

@Test func margins() throws {
  #expect(try m.columnSums().array == [5, 7, 9])
  #expect(try m.columnMeans().array == [2.5, 3.5, 4.5])
  #expect(try m.rowSums().array == [6, 15])
  #expect(try m.rowMeans().array == [2, 5])
  #expect(try m.reshaped(3, 2).rowSums().array == [6, 7, 8])
  #expect(try Matrix(rows: [[1, 2], [3, 4]]).trace() == 5)
  #expect(throws: Failure(.shape, "the matrix must be square, got 2 x 3")) { try m.trace() }
  #expect(try Matrix.zeros(0, 3).columnSums().array == [0, 0, 0])
  #expect(try Matrix.zeros(3, 0).rowSums().array == [0, 0, 0])
  #expect(try Matrix.zeros(3, 0).columnSums().count == 0)
}

@Test func rowSumsAreCompensated() throws {
  let wide = try Matrix(rows: Array(repeating: [1e16, 1, 1, -1e16, .infinity], count: 11))
  #expect(try wide.rowSums().array == Array(repeating: .infinity, count: 11))
  let finite = try Matrix(rows: Array(repeating: [1e16, 1, 1, -1e16], count: 11))
  #expect(try finite.rowSums().array == Array(repeating: 2, count: 11))
}

/// Of 1…n and its square: var = n(n + 1)/12, and cov(i, i²) = (n + 1)·var.
@Test func covarianceOfPowers() throws {
  let n = 10
  let x = try Matrix(rows: (1...n).map { [Double($0), Double($0 * $0)] })
  let covariance = try x.covariance()
  #expect(abs(covariance[0, 0] - 110.0 / 12) <= 1e-13)
  #expect(abs(covariance[0, 1] - 11 * 110.0 / 12) <= 1e-12)
  #expect(covariance[0, 1] == covariance[1, 0])
  #expect(try Matrix(rows: [[1, 2]]).covariance().elements.array.allSatisfy { $0.isNaN })
}
