import Kernels

/// A table: named columns of one length, each of numbers or of texts.
package struct Frame: Sendable {
  package enum Column: Sendable {
    case numbers(Vector)
    case factor(Factor)
  }

  package let names: [String]
  package let columns: [Column]
  package let rows: Int

  /// Throws where names are empty or equal, or columns differ in length.
  package init(_ named: [(name: String, column: Column)]) throws(Failure) {
    var seen: Set<String> = []
    for (i, (name, column)) in named.enumerated() {
      guard !name.isEmpty else { throw Failure(.argument, "column \(i + 1) needs a name") }
      guard seen.insert(name).inserted else { throw Failure(.argument, "there are two columns '\(name)'") }
      guard column.count == named[0].column.count else {
        throw Failure(
          .shape, "column '\(name)' has \(column.count) rows where '\(named[0].name)' has \(named[0].column.count)")
      }
    }
    names = named.map(\.name)
    columns = named.map(\.column)
    rows = columns.first?.count ?? 0
  }

  package func column(_ name: String) throws(Failure) -> Column { columns[try index(of: name)] }

  /// The named columns as they are in this frame, without a copy.
  package func select(_ names: [String]) throws(Failure) -> Frame {
    var chosen: [(String, Column)] = []
    for name in names { chosen.append((name, try column(name))) }
    return try Frame(chosen)
  }

  /// The names of the columns of numbers.
  package var numeric: [String] { zip(names, columns).filter { !$1.isFactor }.map(\.0) }

  /// rows × names.count, a copy; without names, of all columns of numbers.
  package func matrix(_ names: [String]? = nil) throws(Failure) -> Matrix {
    var vectors: [Vector] = []
    for name in names ?? numeric {
      guard case .numbers(let vector) = try column(name) else {
        throw Failure(.argument, "column '\(name)' is a factor; a matrix takes numbers")
      }
      vectors.append(vector)
    }
    return Matrix(try Vector.concatenated(vectors).storage, rows: rows, columns: vectors.count)
  }

  func index(of name: String) throws(Failure) -> Int {
    if let index = names.firstIndex(of: name) { return index }
    throw Failure(.argument, "no column '\(name)' (columns: \(names.joined(separator: ", ")))")
  }
}

extension Frame.Column {
  package var count: Int {
    switch self {
    case .numbers(let vector): vector.count
    case .factor(let factor): factor.count
    }
  }

  package var isFactor: Bool { if case .factor = self { true } else { false } }

  /// What rows are told apart and ordered by: the numbers, or the codes of the levels.
  package var values: Vector {
    switch self {
    case .numbers(let vector): vector
    case .factor(let factor): factor.codes
    }
  }

  /// Other values for the same kind of column, with the same levels.
  func with(_ values: Vector) -> Frame.Column {
    switch self {
    case .numbers: .numbers(values)
    case .factor(let factor): .factor(Factor(levels: factor.levels, codes: values))
    }
  }
}
