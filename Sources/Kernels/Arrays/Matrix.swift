/// Rows × columns doubles, column after column: a handle on storage, as `Vector` is.
package struct Matrix: Sendable {
  package let storage: Storage
  package let offset: Int
  package let rows: Int
  package let columns: Int

  /// A window on `rows · columns` doubles of `storage` from `offset`.
  package init(_ storage: Storage, offset: Int = 0, rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0 && offset >= 0 && offset + rows * columns <= storage.count)
    self.storage = storage
    self.offset = offset
    self.rows = rows
    self.columns = columns
  }

  /// Doubles of any value, to be written.
  package init(uninitializedRows rows: Int, columns: Int) throws(Failure) {
    self.init(try Storage(uninitialized: try Matrix.count(rows, columns)), rows: rows, columns: columns)
  }

  package static func zeros(_ rows: Int, _ columns: Int) throws(Failure) -> Matrix {
    Matrix(try Storage(zeros: try count(rows, columns)), rows: rows, columns: columns)
  }

  /// From rows of equal length.
  package init(rows values: [[Double]]) throws(Failure) {
    let columns = values.first?.count ?? 0
    guard values.allSatisfy({ $0.count == columns }) else { throw Failure(.shape, "rows of different lengths") }
    try self.init(uninitializedRows: values.count, columns: columns)
    for (i, row) in values.enumerated() { for (j, x) in row.enumerated() { self[i, j] = x } }
  }

  package var count: Int { rows * columns }

  /// The element in row `i` and column `j`, both from 0.
  package subscript(i: Int, j: Int) -> Double {
    get {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns)
      return storage.base[offset + i + j * rows]
    }
    nonmutating set {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns)
      storage.base[offset + i + j * rows] = newValue
    }
  }

  /// Column `j`, from 0: a view, without a copy.
  package func column(_ j: Int) -> Vector {
    precondition(j >= 0 && j < columns)
    return Vector(storage, offset: offset + j * rows, count: rows)
  }

  /// Columns side by side: a view, without a copy.
  func columns(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= columns)
    return Matrix(storage, offset: offset + range.lowerBound * rows, rows: rows, columns: range.count)
  }

  /// Row `i`, from 0: a copy.
  package func row(_ i: Int) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: columns)
    for j in 0..<columns { result[j] = self[i, j] }
    return result
  }

  /// All elements, column after column: a view, without a copy.
  package var elements: Vector { Vector(storage, offset: offset, count: count) }

  package func copy() throws(Failure) -> Matrix {
    Matrix(try elements.copy().storage, rows: rows, columns: columns)
  }

  static func count(_ rows: Int, _ columns: Int) throws(Failure) -> Int {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow else {
      throw Failure(.memory, "not enough memory for a matrix of \(rows) x \(columns)")
    }
    return count
  }
}
