/// Doubles in a row: a handle on storage, as in NumPy. A copy of the handle shows the same numbers; `copy()` makes new ones.
package struct Vector: Sendable {
  package let storage: Storage
  package let offset: Int
  package let count: Int

  /// A window on `count` doubles of `storage` from `offset`.
  package init(_ storage: Storage, offset: Int = 0, count: Int) {
    precondition(offset >= 0 && count >= 0 && offset + count <= storage.count)
    self.storage = storage
    self.offset = offset
    self.count = count
  }

  /// `count` doubles of any value, to be written.
  package init(uninitialized count: Int) throws(Failure) {
    self.init(try Storage(uninitialized: count), count: count)
  }

  package static func zeros(_ count: Int) throws(Failure) -> Vector {
    Vector(try Storage(zeros: count), count: count)
  }

  package init(_ values: some Collection<Double>) throws(Failure) {
    try self.init(uninitialized: values.count)
    withValues { _ = $0.initialize(from: values) }
  }

  /// Element `i`, from 0.
  package subscript(i: Int) -> Double {
    get {
      precondition(i >= 0 && i < count)
      return storage.base[offset + i]
    }
    nonmutating set {
      precondition(i >= 0 && i < count)
      storage.base[offset + i] = newValue
    }
  }

  /// The numbers in place, for as long as `body` runs: to read, or to write where the vector is the caller's own.
  @inline(__always)
  package func withValues<R, E: Error>(_ body: (UnsafeMutableBufferPointer<Double>) throws(E) -> R) throws(E) -> R {
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeMutableBufferPointer(start: storage.base + offset, count: count))
  }

  package func copy() throws(Failure) -> Vector {
    let result = try Vector(uninitialized: count)
    write(to: result, from: 0)
    return result
  }

  /// Writes all elements to those of `target` from index `start`.
  package func write(to target: Vector, from start: Int) {
    precondition(start >= 0 && start + count <= target.count)
    withValues { from in target.withValues { _ = $0[start...].update(from: from) } }
  }

  package var array: [Double] { withValues { Array($0) } }
}
