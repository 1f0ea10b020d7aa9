import Kernels
import Lua

extension [Function] {
  /// Matrices rearranged, always in a new matrix.
  static let matrixShapes = [
    Function(
      "matrix:t", "Rows for columns.", matrix, returns: "a matrix",
      example: "print(matrix{{1, 2}, {3, 4}}:t()(1, 2))  --> 3.0"
    ) { _, m in try m.transposed() },
    Function(
      "matrix:reshape", "The same elements, column after column, in another shape.", matrix,
      Parameter("rows", .integer(0...), "its rows"), Parameter("cols", .integer(0...), "its columns"),
      returns: "a matrix", example: "print(matrix{{1, 2}, {3, 4}}:reshape(4, 1).rows)  --> 4"
    ) { _, m, rows, columns in try m.reshaped(rows, columns) },
    Function(
      "matrix:vstack", "This matrix with others below it.", matrix,
      each: Parameter("other", .matrix, "a matrix of as many columns"), returns: "a matrix",
      example: "print(matrix{{1, 2}}:vstack{{3, 4}}.rows)  --> 2"
    ) { _, m, others in try Matrix.stackedVertically([m] + others) },
    Function(
      "matrix:hstack", "This matrix with others to its right.", matrix,
      each: Parameter("other", .matrix, "a matrix of as many rows"), returns: "a matrix",
      example: "print(matrix{{1, 2}}:hstack{{3, 4}}.cols)  --> 4"
    ) { _, m, others in try Matrix.stackedHorizontally([m] + others) },
    Function(
      "matrix:where", "The rows beside which a mask is not 0.", matrix,
      Parameter("mask", .vector, "a number for every row, such as m:col(1):gt(0)"), returns: "a matrix",
      example: """
        local m = matrix{{1, 2}, {3, 4}}
        print(m:where(m:col(1):gt(2)):row(1))  --> vector{3, 4}
        """
    ) { _, m, mask in try m.rows(where: mask) },
    Function(
      "matrix:take", "The rows at positions, in their order.", matrix,
      Parameter("positions", .vector, "integers from 1"), returns: "a matrix",
      example: "print(matrix{{1, 2}, {3, 4}}:take{2, 1}:row(1))  --> vector{3, 4}"
    ) { _, m, positions in try m.takeRows(try positions.positions(in: m.rows)) },
    Function(
      "matrix:diagonal", "The diagonal, in a vector of its own.", matrix, returns: "a vector",
      example: "print(matrix{{1, 2}, {3, 4}}:diagonal())  --> vector{1, 4}"
    ) { _, m in try m.diagonal() },
  ]
}

private let matrix = Parameter<Matrix>("self", .object, "the matrix")
