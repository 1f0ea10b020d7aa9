/// Sorting by a key of 64 bits, eleven bits at a time from the lowest; equal keys keep their order.
enum RadixSort {
  private static let bits = 11
  private static let passes = 6
  private static let digits = 1 << bits

  /// entries: n (sorted in place) · scratch: n (written)
  @inline(__always)
  static func sort<Entry>(
    _ entries: UnsafeMutableBufferPointer<Entry>, _ scratch: UnsafeMutableBufferPointer<Entry>, _ key: (Entry) -> UInt64
  ) throws(Failure) {
    if entries.count < 128 { return insertionSort(entries, key) }
    var starts = try counts(entries, key)
    var (from, to) = (entries, scratch)
    for pass in 0..<passes {
      // A digit that all share moves nothing.
      let base = pass * digits
      if starts[base..<base + digits].contains(entries.count) { continue }
      var sum = 0
      for digit in base..<base + digits { (starts[digit], sum) = (sum, sum + starts[digit]) }
      try Vector.eachChunk(from.count) { chunk in
        for entry in from[chunk] {
          let digit = digit(key(entry), pass)
          to[starts[digit]] = entry
          starts[digit] += 1
        }
      }
      swap(&from, &to)
    }
    if from.baseAddress != entries.baseAddress { _ = entries.update(from: from) }
  }

  /// How often each digit occurs in each pass: `passes` × `digits`.
  @inline(__always)
  private static func counts<Entry>(
    _ entries: UnsafeMutableBufferPointer<Entry>, _ key: (Entry) -> UInt64
  ) throws(Failure) -> [Int] {
    var counts = [Int](repeating: 0, count: passes * digits)
    try Vector.eachChunk(entries.count) { chunk in
      counts.withUnsafeMutableBufferPointer { counts in
        for entry in entries[chunk] {
          let key = key(entry)
          for pass in 0..<passes { counts[digit(key, pass)] += 1 }
        }
      }
    }
    return counts
  }

  @inline(__always)
  private static func digit(_ key: UInt64, _ pass: Int) -> Int {
    pass * digits + Int(truncatingIfNeeded: key >> UInt64(pass * bits)) & (digits - 1)
  }

  @inline(__always)
  private static func insertionSort<Entry>(_ entries: UnsafeMutableBufferPointer<Entry>, _ key: (Entry) -> UInt64) {
    for end in entries.indices.dropFirst() {
      let entry = entries[end]
      var i = end
      while i > 0, key(entries[i - 1]) > key(entry) {
        entries[i] = entries[i - 1]
        i -= 1
      }
      entries[i] = entry
    }
  }

  /// Room for two times `count` entries, in the account of all storage.
  @inline(__always)
  static func withEntries<Entry, R>(
    _: Entry.Type, count: Int,
    _ body: (UnsafeMutableBufferPointer<Entry>, UnsafeMutableBufferPointer<Entry>) throws(Failure) -> R
  ) throws(Failure) -> R {
    let doubles = MemoryLayout<Entry>.stride / MemoryLayout<Double>.stride
    let storage = try Storage(uninitialized: 2 * doubles * count)
    defer { withExtendedLifetime(storage) {} }
    let base = UnsafeMutableRawPointer(storage.base).bindMemory(to: Entry.self, capacity: 2 * count)
    return try body(
      UnsafeMutableBufferPointer(start: base, count: count),
      UnsafeMutableBufferPointer(start: base + count, count: count))
  }
}
