import Kernels
import Lua

extension [Function] {
  /// Linear algebra. Elements must be finite.
  static let matrixAlgebra = [
    Function(
      "matrix:matmul", "The product of matrices, or of a matrix and a vector.", matrix,
      Parameter("other", .dual, "a matrix or a vector with as many rows as this one has columns"),
      returns: "a matrix, or a vector where other is one",
      example: "print(matrix{{1, 2}, {3, 4}}:matmul(vector{1, 1}))  --> vector{3, 7}"
    ) { call, a, b -> Dual in
      if case .number = b.primal {
        throw ArgumentError("other", mustBe: "a matrix or a vector", got: call.describe(2))
      }
      return try Dual.matmul(.constant(.matrix(a)), b)
    },
    Function(
      "matrix:solve", "x with a * x = b, for a square matrix a and a vector or the columns of a matrix b.", matrix,
      Parameter("b", .numeric, "the right-hand side"), returns: "a vector or a matrix, as b is",
      example: "print(matrix{{2, 0}, {0, 4}}:solve{6, 8})  --> vector{3, 2}"
    ) { call, a, b -> Numeric in
      switch b {
      case .matrix(let b): .matrix(try a.solve(b))
      case .vector(let b): .vector(try a.solve(b))
      case .number: throw ArgumentError("b", mustBe: "a vector or a matrix", got: call.describe(2))
      }
    },
    Function(
      "matrix:inverse", "The inverse of a square matrix; solve is faster and more exact.", matrix, returns: "a matrix",
      example: "print(matrix{{2, 0}, {0, 4}}:inverse():diagonal())  --> vector{0.5, 0.25}"
    ) { _, m in try m.inverse() },
    Function(
      "matrix:det", "The determinant of a square matrix.", matrix, returns: "a number",
      example: "print(matrix{{2, 1}, {0, 4}}:det())  --> 8.0"
    ) { _, m in try m.determinant() },
    Function(
      "matrix:cholesky", "The lower triangular l with l * l' = m, for a symmetric positive definite matrix m.", matrix,
      returns: "a matrix", example: "print(matrix{{4, 2}, {2, 5}}:cholesky():flatten())  --> vector{2, 1, 0, 2}"
    ) { _, m in try Cholesky(of: m).factor },
    Function(
      "matrix:eigen", "Eigenvalues, the largest first, and eigenvectors of a symmetric matrix.", matrix,
      returns: "a vector of values, and a matrix whose columns are the vectors",
      example: """
        local values, vectors = matrix{{2, 0}, {0, 3}}:eigen()
        print(values)  --> vector{3, 2}
        """
    ) { _, m in
      let eigen = try Eigen(of: m)
      return Results(eigen.values, eigen.vectors)
    },
    Function(
      "matrix:svd", "The singular value decomposition m = u * diag(s) * v', s the largest first.", matrix,
      returns: "u (rows x r), s (r) and v (cols x r), with r = min(rows, cols)",
      example: """
        local u, s, v = matrix{{3, 0}, {0, -4}}:svd()
        print(s)  --> vector{4, 3}
        """
    ) { _, m in
      let svd = try SVD(of: m)
      return Results(svd.u, svd.s, svd.v)
    },
  ]
}

private let matrix = Parameter<Matrix>("self", .object, "the matrix")
