/// What a function of numbers takes, and answers in kind. Beside an array, a number stands for a copy of itself at every
/// element.
package enum Numeric: Sendable {
  case number(Double)
  case vector(Vector)
  case matrix(Matrix)

  /// What an error calls it: `vector of 3`, `matrix of 2 x 3`.
  package var named: String {
    switch self {
    case .number: "number"
    case .vector(let vector): "vector of \(vector.count)"
    case .matrix(let matrix): "matrix of \(matrix.rows) x \(matrix.columns)"
    }
  }

  enum Content {
    case number(Double)
    case elements(Vector)
  }

  /// What there is to compute with, whatever its shape.
  var content: Content {
    switch self {
    case .number(let number): .number(number)
    case .vector(let vector): .elements(vector)
    case .matrix(let matrix): .elements(matrix.elements)
    }
  }

  /// 1 for a number.
  var elementCount: Int {
    switch self {
    case .number: 1
    case .vector(let vector): vector.count
    case .matrix(let matrix): matrix.count
    }
  }

  /// What has the shape of this one and owns `elements`.
  func shaping(_ elements: Vector) -> Numeric {
    switch self {
    case .number: .number(elements[0])
    case .vector: .vector(elements)
    case .matrix(let matrix): .matrix(Matrix(elements.storage, rows: matrix.rows, columns: matrix.columns))
    }
  }

  /// The side that has the shape of the result. Throws `.shape` where neither is a number and they differ.
  func joined(with other: Numeric) throws(Failure) -> Numeric {
    switch (self, other) {
    case (_, .number): return self
    case (.number, _): return other
    case (.vector(let a), .vector(let b)) where a.count == b.count: return self
    case (.matrix(let a), .matrix(let b)) where a.rows == b.rows && a.columns == b.columns: return self
    default: throw Failure(.shape, "the shapes differ: \(named) and \(other.named)")
    }
  }
}
