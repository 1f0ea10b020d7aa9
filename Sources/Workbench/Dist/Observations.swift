import Kernels
import Lua

/// Values of any distribution: numbers or rows, or matrices where values are matrices.
enum Observations {
  case numeric(Numeric)
  /// Numbers or rows along which a derivative is being taken.
  case moving(Dual)
  case matrices([Matrix])
}

extension Kind where Value == Observations {
  /// A number, a vector, a matrix, or a table of matrices.
  static var observations: Kind {
    let matrices = Kind<[Matrix]>.list(of: .matrix)
    return Kind("a number, a vector or a matrix", type: "number|vector|matrix|matrix[]") {
      call, slot throws -> Observations? in
      if case .table = call.content(slot), try call.isTableOfMatrices(slot) {
        return .matrices(try matrices.read(call, slot))
      }
      do {
        let value = try Kind<Dual>.dual.read(call, slot)
        if case .constant(let x) = value { return .numeric(x) }
        return .moving(value)
      } catch is Mismatch { return nil }
    }
  }
}

extension Call {
  /// Whether the first element is a matrix, or a table of rows.
  fileprivate func isTableOfMatrices(_ slot: Int32) throws -> Bool {
    try withElement(slot, 1) { first in
      if object(first, as: Matrix.self) != nil { return true }
      guard case .table = content(first) else { return false }
      return try isTableOfRows(first)
    }
  }
}

extension Observations {
  /// A row for each value of `distribution`. Whether there is only one, given by itself.
  func rows(
    of distribution: any MultivariateDistribution, _ name: String, _ call: Call
  ) throws -> (Matrix, isSingle: Bool) {
    let dimension = distribution.dimension
    if let order = distribution.order {
      switch self {
      case .numeric(.number(let x)) where order == 1: return (try Matrix(rows: [[x]]), true)
      case .numeric(.matrix(let x)): return (try Matrix.rows(of: [x], order: order), true)
      case .matrices(let all): return (try Matrix.rows(of: all, order: order), false)
      default:
        let wanted = "a matrix of \(order) x \(order) or a table of them"
        throw ArgumentError(name, mustBe: wanted, got: call.describe(2))
      }
    }
    switch self {
    case .numeric(.number(let x)) where dimension == 1: return (try Matrix(rows: [[x]]), true)
    case .numeric(.vector(let x)) where x.count == dimension:
      return (Matrix(x.storage, offset: x.offset, rows: 1, columns: dimension), true)
    case .numeric(.matrix(let x)) where x.columns == dimension: return (x, false)
    default:
      let wanted = "a row of \(dimension) numbers or a matrix of \(dimension) columns"
      throw ArgumentError(name, mustBe: wanted, got: call.describe(2))
    }
  }
}

/// One value of a distribution or several, as scripts get them.
enum Draws: Pushable {
  case numeric(Numeric)
  /// In a Lua table: rows of their elements, `order` x `order` each.
  case matrices(Matrix, order: Int)

  func push(to call: Call) throws -> Int32 {
    switch self {
    case .numeric(let values): try values.push(to: call)
    case .matrices(let rows, let order):
      try call.pushTable(rows.rows) { try rows.matrix(inRow: $0, order: order) }
    }
  }
}

extension MultivariateDistribution {
  /// A value that is one row of numbers, in its own shape.
  func shaped(_ value: Vector) throws -> Numeric {
    guard let order else { return .vector(value) }
    return .matrix(try value.reshaped(order, order))
  }
}
