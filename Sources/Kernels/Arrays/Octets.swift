/// Doubles in place, read and written eight at a time. The last octet may be short: it is read with `filler` behind what is
/// there, and only what is there is written.
struct Octets {
  let base: UnsafeMutablePointer<Double>
  let count: Int
  let filler: Double

  @inline(__always)
  init(_ buffer: UnsafeMutableBufferPointer<Double>, filler: Double = 0) {
    self.filler = filler
    // An empty buffer may have no address, and is never looked into.
    base = buffer.baseAddress ?? UnsafeMutablePointer(bitPattern: 64)!
    count = buffer.count
  }

  @inline(__always)
  subscript(i: Int) -> SIMD8<Double> {
    get {
      if i + 8 <= count { return UnsafeRawPointer(base + i).loadUnaligned(as: SIMD8<Double>.self) }
      return last(from: i)
    }
    nonmutating set {
      if i + 8 <= count { return UnsafeMutableRawPointer(base + i).storeBytes(of: newValue, as: SIMD8<Double>.self) }
      setLast(from: i, newValue)
    }
  }

  // Once for all loops: what is rare need not be fast.

  @inline(never)
  private func last(from i: Int) -> SIMD8<Double> {
    var octet = SIMD8<Double>(repeating: filler)
    for lane in 0..<count - i { octet[lane] = base[i + lane] }
    return octet
  }

  @inline(never)
  private func setLast(from i: Int, _ octet: SIMD8<Double>) {
    for lane in 0..<count - i { base[i + lane] = octet[lane] }
  }
}

extension Vector {
  /// How many elements a thread takes at a time: small enough for its cache, large enough to be worth waking it.
  static let chunk = 1 << 15

  /// The vector whose octet from index i is `octet(i)`, for i = 0, 8, 16, …
  @inline(__always)
  init(count: Int, octets octet: (Int) -> SIMD8<Double>) throws(Failure) {
    try self.init(uninitialized: count)
    try withValues { values throws(Failure) in
      let out = Octets(values)
      try Parallel.forEach(count, chunk: Vector.chunk) { range in
        for i in stride(from: range.lowerBound, to: range.upperBound, by: 8) { out[i] = octet(i) }
      }
    }
  }

  @inline(__always)
  func withOctets<R>(filler: Double = 0, _ body: (Octets) throws(Failure) -> R) throws(Failure) -> R {
    try withValues { values throws(Failure) in try body(Octets(values, filler: filler)) }
  }

  /// Indices in order on this thread, a chunk at a time, between which it may be interrupted.
  static func eachChunk(_ count: Int, _ body: (Range<Int>) -> Void) throws(Failure) {
    for start in stride(from: 0, to: count, by: chunk) {
      try Interruption.check()
      body(start..<Swift.min(start + chunk, count))
    }
  }

  /// `start` with everything added: `add` takes the octet at an index, `merge` another part. Four parts grow side by side,
  /// so that none waits for its last addition, and are merged in an order that depends on `count` alone.
  @inline(__always)
  static func reduce<Part>(
    _ count: Int, from start: Part, add: (inout Part, Int) -> Void, merge: (inout Part, Part) -> Void
  ) throws(Failure) -> Part {
    let parts = try Parallel.map(count, chunk: chunk, spreadFrom: 1 << 21) { range in
      var (a, b, c, d) = (start, start, start, start)
      var i = range.lowerBound
      while i + 32 <= range.upperBound {
        add(&a, i)
        add(&b, i + 8)
        add(&c, i + 16)
        add(&d, i + 24)
        i += 32
      }
      while i < range.upperBound {
        add(&a, i)
        i += 8
      }
      merge(&a, b)
      merge(&c, d)
      merge(&a, c)
      return a
    }
    return parts.reduce(into: start, merge)
  }
}
