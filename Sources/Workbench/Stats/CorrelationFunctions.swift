import Kernels
import Lua

extension Function {
  static let covariance = Function(
    "stats.cov", "The covariance of two samples, or of the columns of a matrix, over n - 1.", first, second,
    returns: "a number; of a matrix a matrix, columns x columns",
    example: """
      local f = frame.load "faithful"
      print(stats.cov(f.eruptions, f.waiting))
      print(stats.cov(f:matrix()))
      """
  ) { call, x, y in try answer(call, x, y) { rows throws(Failure) in try rows.covariance() } }

  static let correlation = Function(
    "stats.cor",
    "The correlation of two samples, or of the columns of a matrix: pearson's, or that of their order.", first, second,
    .options([method]), returns: "a number; of a matrix a matrix, columns x columns",
    example: """
      local f = frame.load "faithful"
      print(stats.cor(f.eruptions, f.waiting))
      print(stats.cor(f.eruptions, f.waiting, {method = "kendall"}))
      """
  ) { call, x, y, options in
    try answer(call, x, y) { rows throws(Failure) in
      switch options[method] {
      case .pearson: try rows.correlation()
      case .spearman: try rows.ranks().correlation()
      case .kendall: try rows.kendallCorrelation()
      }
    }
  }

  private static let first = Parameter<Numeric>("x", .numeric, "a sample, or a matrix with a row for each observation")
  private static let second = Parameter<Vector?>(
    "y", optional: .vector, otherwise: "the columns of x among each other", "a second sample of the same rows")

  private enum Method: String, CaseIterable, Sendable { case pearson, spearman, kendall }
  private static let method = Parameter(
    "method", Kind<Method>.choice, default: .pearson, "pearson, spearman's of ranks, or kendall's tau-b")

  private static func answer(
    _ call: Call, _ x: Numeric, _ y: Vector?, _ f: (Matrix) throws(Failure) -> Matrix
  ) throws -> Numeric {
    switch (x, y) {
    case (.matrix(let rows), nil):
      try rows.requireNumbers()
      return .matrix(try f(rows))
    case (.vector(let x), let y?):
      guard x.count == y.count else {
        throw Failure(.shape, "as many numbers of both are wanted, got \(x.count) and \(y.count)")
      }
      let rows = try Matrix.stackedHorizontally([x.asColumn, y.asColumn])
      try rows.requireNumbers()
      return .number(try f(rows)[0, 1])
    case (.vector, nil): throw ArgumentError("y is wanted too, or a matrix of several columns")
    default: throw ArgumentError("x", mustBe: y == nil ? "a matrix" : "a vector beside y", got: call.describe(1))
    }
  }
}

extension Vector {
  /// A matrix of one column: a view.
  var asColumn: Matrix { Matrix(storage, offset: offset, rows: count, columns: 1) }
}

extension Matrix {
  fileprivate func requireNumbers() throws {
    guard rows >= 2 else { throw Failure(.data, "at least two rows are wanted, got \(rows)") }
    for j in 0..<columns {
      if let i = column(j).array.firstIndex(where: { !$0.isFinite }) {
        throw Failure(.data, "column \(j + 1), row \(i + 1) is \(self[i, j].named)")
      }
    }
  }

  fileprivate func kendallCorrelation() throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: columns, columns: columns)
    for j in 0..<columns {
      for i in 0...j {
        result[i, j] = try kendall(column(i), column(j))
        result[j, i] = result[i, j]
      }
    }
    return result
  }
}
