// Order: always stable, NaN last.
extension Vector {
  package func sorted(descending: Bool = false) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: count)
    try RadixSort.withEntries(UInt64.self, count: count) { keys, scratch throws(Failure) in
      withValues { x in for i in x.indices { keys[i] = key(x[i], descending: descending) } }
      try RadixSort.sort(keys, scratch) { $0 }
      result.withValues { y in for i in y.indices { y[i] = value(keys[i], descending: descending) } }
    }
    return result
  }

  /// The indices, from 0, that put the vector in order: element `order()[0]` comes first. Equal elements keep their order.
  package func order(descending: Bool = false) throws(Failure) -> [Int] {
    try RadixSort.withEntries((key: UInt64, index: Int).self, count: count) { entries, scratch throws(Failure) in
      // x + 0 is 0 for zeros of both signs, which are equal.
      withValues { x in for i in x.indices { entries[i] = (key(x[i] + 0, descending: descending), i) } }
      try RadixSort.sort(entries, scratch) { $0.key }
      return entries.map { $0.index }
    }
  }

  /// The distinct elements in ascending order; one NaN at most.
  package func unique() throws(Failure) -> Vector {
    let sorted = try sorted()
    let count = sorted.withValues { x in
      var kept = 0
      for value in x where kept == 0 || !(value == x[kept - 1] || value.isNaN && x[kept - 1].isNaN) {
        x[kept] = value
        kept += 1
      }
      return kept
    }
    return try Vector(sorted.storage, count: count).copy()
  }
}

private let sign: UInt64 = 1 << 63

/// An integer in the order of the numbers: IEEE 754 doubles of one sign are in the order of their bits.
@inline(__always)
private func key(_ x: Double, descending: Bool) -> UInt64 {
  if x.isNaN { return .max }
  let ascending = x.bitPattern & sign == 0 ? x.bitPattern ^ sign : ~x.bitPattern
  return descending ? ~ascending : ascending
}

/// The number of a key.
@inline(__always)
private func value(_ key: UInt64, descending: Bool) -> Double {
  if key == .max { return .nan }
  let ascending = descending ? ~key : key
  return Double(bitPattern: ascending & sign == 0 ? ~ascending : ascending ^ sign)
}
