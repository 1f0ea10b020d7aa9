import Kernels
import Lua

extension Module {
  static let matrix = Module(
    "matrix", "Rows and columns of doubles, and linear algebra.",
    constructor: Function(
      "matrix", "A matrix of the rows of a table; a copy of a matrix.",
      Parameter<Matrix>("rows", .matrix, "tables of numbers, or vectors, of one length"), returns: "a matrix",
      example: "print(matrix{{1, 2}, {3, 4}}(2, 1))  --> 3.0"
    ) { call, rows in call.object(1, as: Matrix.self) == nil ? rows : try rows.copy() },
    functions: [
      Function(
        "matrix.zeros", "A matrix of zeros.", rows, columns, returns: "a matrix",
        example: "print(matrix.zeros(2, 3):sum())  --> 0.0"
      ) { _, rows, columns in try Matrix.zeros(rows, columns) },
      Function(
        "matrix.ones", "A matrix of ones.", rows, columns, returns: "a matrix",
        example: "print(matrix.ones(2, 3):sum())  --> 6.0"
      ) { _, rows, columns in try Matrix.filled(rows, columns, with: 1) },
      Function(
        "matrix.fill", "A matrix of one number repeated.", rows, columns, Parameter("value", .number, "the number"),
        returns: "a matrix", example: "print(matrix.fill(2, 2, 7):sum())  --> 28.0"
      ) { _, rows, columns, value in try Matrix.filled(rows, columns, with: value) },
      Function(
        "matrix.eye", "The identity: ones on the diagonal, zeros elsewhere.",
        Parameter("n", .integer(0...), "its rows and columns"), returns: "a matrix of n x n",
        example: "print(matrix.eye(3):trace())  --> 3.0"
      ) { _, n in try Matrix.identity(n) },
      Function(
        "matrix.diag", "A square matrix with a vector on its diagonal and zeros elsewhere.",
        Parameter<Vector>("diagonal", .vector, "the diagonal"), returns: "a matrix",
        example: "print(matrix.diag{2, 3}:det())  --> 6.0"
      ) { _, diagonal in try Matrix(diagonal: diagonal) },
    ])

  private static let rows = Parameter("rows", Kind<Int>.integer(0...), "how many rows")
  private static let columns = Parameter("cols", Kind<Int>.integer(0...), "how many columns")
}

extension TypeDeclaration {
  static let matrix = TypeDeclaration(
    Matrix.self,
    "Rows and columns of doubles: m(i, j) from 1; only col is a view.",
    methods: .matrixElements + .matrixReductions + .matrixShapes + .matrixAlgebra
      + .elementwise("matrix", .matrix, example: example("matrix{{6, -7}}")),
    operators: .arithmetic("matrix", example: example("matrix{{6, -7}}")) + .matrixOperators,
    fields: [
      Field("rows", "integer", "how many rows") { $0.rows },
      Field("cols", "integer", "how many columns") { $0.columns },
    ],
    element: { _, i in throw ArgumentError("a matrix has no [\(i)]: say m(i, j), m:row(\(i)) or m:col(\(i))") })
}

extension [Operator] {
  fileprivate static let matrixOperators = [
    Operator(
      "__call",
      Function(
        "matrix(i, j)", "An element.", matrix, row, column, returns: "a number",
        example: """
          local m = matrix{{1, 2}, {3, 4}}
          print(m(1, 2))  --> 2.0
          """
      ) { _, m, i, j in m[try position(i, "i", in: m.rows), try position(j, "j", in: m.columns)] }),
    Operator(
      "__eq",
      Function(
        "matrix == other", "Whether two matrices have the same shape and elements; eq compares one by one.",
        Parameter("a", .any, "a value"), Parameter("b", .any, "another"), returns: "true or false",
        example: "print(matrix.eye(2) == matrix{{1, 0}, {0, 1}})  --> true"
      ) { call, a, b in
        guard let x = call.object(a.index, as: Matrix.self), let y = call.object(b.index, as: Matrix.self) else {
          return false
        }
        return try x.rows == y.rows && x.columns == y.columns && x.elements.isEqual(to: y.elements)
      }),
    Operator(
      "__tostring",
      Function(
        "tostring(matrix)", "The elements as they fit the screen, with six digits.", matrix, returns: "a string",
        example: "print(tostring(matrix{{1, 2.5}}))"
      ) { _, m in ArrayText.text(of: m) }),
  ]
}

extension [Function] {
  /// Elements as Lua values, and the matrix in other forms.
  fileprivate static let matrixElements = [
    Function(
      "matrix:set", "Changes an element.", matrix, row, column, Parameter("x", .number, "its new value"),
      returns: "the matrix", example: "print(matrix.zeros(2, 2):set(1, 2, 5)(1, 2))  --> 5.0"
    ) { _, m, i, j, x in
      m[try position(i, "i", in: m.rows), try position(j, "j", in: m.columns)] = x
      return Same()
    }.writing,
    Function(
      "matrix:row", "A row, in a vector of its own.", matrix, row, returns: "a vector",
      example: "print(matrix{{1, 2}, {3, 4}}:row(2))  --> vector{3, 4}"
    ) { _, m, i in try m.row(try position(i, "i", in: m.rows)) },
    Function(
      "matrix:col", "A column as a view, without a copy: a change to one is a change to both.", matrix, column,
      returns: "a vector", example: "print(matrix{{1, 2}, {3, 4}}:col(2))  --> vector{2, 4}"
    ) { _, m, j in m.column(try position(j, "j", in: m.columns)) },
    Function(
      "matrix:map", "Calls a Lua function for every element.", matrix,
      Parameter("f", .function, "takes a number and returns one"), returns: "a matrix of what f returned",
      example: """
        local squares = matrix{{1, 2}, {3, 4}}:map(function(x) return x * x end)
        print(squares:sum())  --> 30.0
        """
    ) { call, m, f in try m.elements.mapped(by: f, call).reshaped(m.rows, m.columns) },
    Function(
      "matrix:table", "The rows in a Lua table of tables.", matrix, returns: "a table",
      example: "print(matrix{{1, 2}, {3, 4}}:table()[2][1])  --> 3.0"
    ) { _, m in RowTable(matrix: m) },
    Function(
      "matrix:copy", "Another matrix with the same elements.", matrix, returns: "a matrix",
      example: "print(matrix.eye(2):copy():trace())  --> 2.0"
    ) { _, m in try m.copy() },
    Function(
      "matrix:flatten", "The elements column after column, in a vector of their own.", matrix, returns: "a vector",
      example: "print(matrix{{1, 2}, {3, 4}}:flatten())  --> vector{1, 3, 2, 4}"
    ) { _, m in try m.elements.copy() },
  ]
}

private let matrix = Parameter<Matrix>("self", .object, "the matrix")
private let row = Parameter("i", Kind<Int>.integer, "the row, from 1")
private let column = Parameter("j", Kind<Int>.integer, "the column, from 1")

/// The rows as Lua tables.
private struct RowTable: Pushable {
  let matrix: Matrix

  func push(to call: Call) throws -> Int32 {
    try call.pushTable(matrix.rows) { i in ElementTable(elements: try matrix.row(i)) }
  }
}
