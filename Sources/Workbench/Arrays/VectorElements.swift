import Kernels
import Lua

/// Position i of n, counted from 1, as an index from 0.
func position(_ i: Int, _ name: String, in n: Int) throws -> Int {
  guard i >= 1, i <= n else {
    throw ArgumentError(
      n == 0 ? "\(name) = \(i), but there are no elements" : "\(name) must be from 1 to \(n), got \(i)")
  }
  return i - 1
}

extension Vector {
  /// The elements as positions of n elements: whole numbers from 1, as indices from 0.
  func positions(in n: Int) throws -> [Int] {
    try array.enumerated().map { k, x in
      guard let i = Int(exactly: x) else {
        throw ArgumentError("positions: element \(k + 1)", mustBe: "an integer", got: x.named)
      }
      return try position(i, "positions: element \(k + 1)", in: n)
    }
  }

  /// f of every element.
  func mapped(by f: Callback, _ call: Call) throws -> Vector {
    let result = try Vector(uninitialized: count)
    for i in 0..<count {
      if call.isStopping { throw Failure(.interrupted, "interrupted") }
      result[i] = try f(call, self[i], returning: .number)
    }
    return result
  }

  func isEqual(to other: Vector) throws -> Bool {
    guard case .vector(let differences) = try BinaryOperation.ne(.vector(self), .vector(other)) else { return false }
    return try differences.nonzeros() == 0
  }
}

/// The elements as a Lua table.
struct ElementTable: Pushable {
  let elements: Vector

  func push(to call: Call) throws -> Int32 {
    try elements.withValues { try NumberTable(UnsafeBufferPointer($0)).push(to: call) }
  }
}
