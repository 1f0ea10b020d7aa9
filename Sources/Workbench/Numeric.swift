import Kernels
import Lua

extension Failure: ScriptMessage {
  package var scriptKind: String { kind.rawValue }
  package var scriptMessage: String { message }
}

extension Vector: ScriptObject {
  package static let scriptType = ScriptType("vector")
  package var nativeBytes: Int { storage.bytes(of: count) }
  package var brief: String { "vector of \(count)" }
}

extension Matrix: ScriptObject {
  package static let scriptType = ScriptType("matrix")
  package var nativeBytes: Int { storage.bytes(of: count) }
  package var brief: String { "matrix of \(rows) x \(columns)" }
}

extension Storage {
  /// What an object that looks at `count` of the doubles adds to memory: a view adds nothing.
  fileprivate func bytes(of count: Int) -> Int { count == self.count ? count * MemoryLayout<Double>.stride : 0 }
}

extension Numeric: Pushable {
  package func push(to call: Call) throws -> Int32 {
    switch self {
    case .number(let x): try x.push(to: call)
    case .vector(let v): try v.push(to: call)
    case .matrix(let m): try m.push(to: call)
    }
  }
}

extension Kind where Value == Numeric {
  /// A number, a vector or a matrix; a table of numbers is a vector, a table of rows a matrix.
  package static var numeric: Kind {
    Kind("a number, a vector or a matrix", type: "number|vector|matrix") { call, slot in
      if let x = call.number(slot) { return .number(x) }
      if let v = call.object(slot, as: Vector.self) { return .vector(v) }
      if let m = call.object(slot, as: Matrix.self) { return .matrix(m) }
      guard case .table = call.content(slot) else { return nil }
      return try call.isTableOfRows(slot)
        ? .matrix(call.matrix(fromTable: slot)) : .vector(call.vector(fromTable: slot))
    }
  }
}

extension Kind where Value == Vector {
  /// A vector, or a table of numbers.
  package static var vector: Kind {
    Kind("a vector or a table of numbers", type: "vector") { call, slot in
      if let v = call.object(slot, as: Vector.self) { return v }
      guard case .table = call.content(slot) else { return nil }
      return try call.vector(fromTable: slot)
    }
  }
}

extension Kind where Value == Matrix {
  /// A matrix, or a table of rows.
  package static var matrix: Kind {
    Kind("a matrix or a table of rows", type: "matrix") { call, slot in
      if let m = call.object(slot, as: Matrix.self) { return m }
      guard case .table = call.content(slot) else { return nil }
      return try call.matrix(fromTable: slot)
    }
  }
}

extension Call {
  package func vector(fromTable slot: Int32) throws -> Vector {
    let vector = try Vector(uninitialized: length(slot))
    if let bad = vector.withValues({ copyNumbers(slot, to: $0) }) {
      let got = try withElement(slot, bad) { describe($0) }
      throw ArgumentError("element \(bad)", mustBe: "a number", got: got)
    }
    return vector
  }

  package func matrix(fromTable slot: Int32) throws -> Matrix {
    let rows = try (1..<length(slot) + 1).map { index in
      try withElement(slot, index) { row in
        if let vector = object(row, as: Vector.self) { return vector }
        guard case .table = content(row) else {
          throw ArgumentError("element \(index)", mustBe: "a row, a table of numbers", got: describe(row))
        }
        return try vector(fromTable: row)
      }
    }
    let columns = rows.first?.count ?? 0
    let matrix = try Matrix(uninitializedRows: rows.count, columns: columns)
    for (i, row) in rows.enumerated() {
      guard row.count == columns else {
        throw ArgumentError("rows must be of one length, but row 1 has \(columns) and row \(i + 1) has \(row.count)")
      }
      for j in 0..<columns { matrix[i, j] = row[j] }
    }
    return matrix
  }

  /// Whether the first element is a row rather than a number.
  package func isTableOfRows(_ slot: Int32) throws -> Bool {
    try withElement(slot, 1) { first in
      if case .table = content(first) { true } else { object(first, as: Vector.self) != nil }
    }
  }
}
