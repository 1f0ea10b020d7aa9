import Kernels
import Lua

extension [Function] {
  /// A matrix's number, or one for every row or column. Where there is a NaN, they are NaN.
  static let matrixReductions = [
    Function(
      "matrix:sum", "The sum of all elements.", matrix, returns: "a number; 0 of nothing",
      example: "print(matrix{{1, 2}, {3, 4}}:sum())  --> 10.0"
    ) { _, m in try m.elements.sum() },
    Function(
      "matrix:mean", "The mean of all elements.", matrix, returns: "a number; NaN of nothing",
      example: "print(matrix{{1, 2}, {3, 4}}:mean())  --> 2.5"
    ) { _, m in try m.elements.mean() },
    Function(
      "matrix:min", "The smallest element.", matrix, returns: "a number; NaN where there is one",
      example: "print(matrix{{1, 2}, {3, 4}}:min())  --> 1.0"
    ) { _, m in try m.elements.min() },
    Function(
      "matrix:max", "The largest element.", matrix, returns: "a number; NaN where there is one",
      example: "print(matrix{{1, 2}, {3, 4}}:max())  --> 4.0"
    ) { _, m in try m.elements.max() },
    Function(
      "matrix:norm", "The root of the sum of the squares.", matrix, returns: "a number",
      example: "print(matrix{{1, 1}, {1, 1}}:norm())  --> 2.0"
    ) { _, m in try m.elements.norm() },
    Function(
      "matrix:trace", "The sum of the diagonal of a square matrix.", matrix, returns: "a number",
      example: "print(matrix{{1, 2}, {3, 4}}:trace())  --> 5.0"
    ) { _, m in try m.trace() },
    Function(
      "matrix:any", "Whether an element is not 0.", matrix, returns: "true or false",
      example: "print(matrix{{0, 1}}:any())  --> true"
    ) { _, m in try m.elements.nonzeros() > 0 },
    Function(
      "matrix:all", "Whether no element is 0.", matrix, returns: "true or false; true of nothing",
      example: "print(matrix{{0, 1}}:all())  --> false"
    ) { _, m in try m.elements.nonzeros() == m.count },
    Function(
      "matrix:count", "How many elements are not 0.", matrix, returns: "an integer",
      example: "print(matrix{{0, 1}, {2, 3}}:count())  --> 3"
    ) { _, m in try m.elements.nonzeros() },
    Function(
      "matrix:row_sums", "The sum of every row.", matrix, returns: "a vector",
      example: "print(matrix{{1, 2}, {3, 4}}:row_sums())  --> vector{3, 7}"
    ) { _, m in try m.rowSums() },
    Function(
      "matrix:row_means", "The mean of every row.", matrix, returns: "a vector",
      example: "print(matrix{{1, 2}, {3, 4}}:row_means())  --> vector{1.5, 3.5}"
    ) { _, m in try m.rowMeans() },
    Function(
      "matrix:col_sums", "The sum of every column.", matrix, returns: "a vector",
      example: "print(matrix{{1, 2}, {3, 4}}:col_sums())  --> vector{4, 6}"
    ) { _, m in try m.columnSums() },
    Function(
      "matrix:col_means", "The mean of every column.", matrix, returns: "a vector",
      example: "print(matrix{{1, 2}, {3, 4}}:col_means())  --> vector{2, 3}"
    ) { _, m in try m.columnMeans() },
    Function(
      "matrix:cov", "Covariances of the columns, over n - 1.", matrix, returns: "a matrix; NaN for fewer than two rows",
      example: "print(matrix{{1, 2}, {2, 4}, {3, 6}}:cov()(1, 2))  --> 2.0"
    ) { _, m in try m.covariance() },
  ]
}

private let matrix = Parameter<Matrix>("self", .object, "the matrix")
