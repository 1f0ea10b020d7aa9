/// A sequence of draws, fixed by its seed: the n-th draw depends on the seed and n alone.
///
/// A copy of a stream makes the same draws again; `split` it to share it.
package struct RandomStream: Sendable {
  private let key: SIMD2<UInt32>
  private var children: UInt64 = 0
  /// The number of the next draw, from 0.
  package private(set) var position: UInt64 = 0

  package init(seed: UInt64) { self.init(key: seed) }

  private init(key: UInt64) { self.key = SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)) }

  /// The next draw.
  package mutating func draw() -> Words {
    defer { position &+= 1 }
    return Words(key: key, draw: position)
  }

  /// Passes over `count` draws.
  package mutating func jump(_ count: UInt64) { position &+= count }

  /// A stream whose draws are independent of this one's and of its other children's. Does not count as a draw.
  package mutating func split() -> RandomStream {
    defer { children &+= 1 }
    // The last 32 bits of a counter are 1 for keys of children, 0 for draws.
    return RandomStream(key: Philox.block(children, 1 << 32, key: key).0)
  }

  /// Makes the next `count` draws, on all threads: `body` gets the index of each, from 0, and its words. Where it is
  /// interrupted, no draw counts. A `chunk` of draws is made between two looks for an interrupt.
  @inline(__always)
  package mutating func forEachDraw(
    _ count: Int, chunk: Int = 2048, _ body: (Int, inout Words) -> Void
  ) throws(Failure) {
    let (key, position) = (key, position)
    try Parallel.forEach(count, chunk: chunk) { range throws(Failure) in
      RandomStream.makeDraws(range, from: position, key: key, body)
    }
    self.position &+= UInt64(count)
  }

  /// Fills `out` with the next draws.
  @inline(__always)
  package mutating func fill(
    _ out: UnsafeMutableBufferPointer<Double>, _ sampler: (inout Words) -> Double
  ) throws(Failure) {
    try forEachDraw(out.count) { i, words in out[i] = sampler(&words) }
  }

  @inline(__always)
  private static func makeDraws(
    _ range: Range<Int>, from position: UInt64, key: SIMD2<UInt32>, _ body: (Int, inout Words) -> Void
  ) {
    let start = position &+ UInt64(range.lowerBound)
    // A draw with an odd number is the second half of its block.
    let skipped = Int(start % 2)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: (skipped + range.count + 1) / 2 * 2) { firsts in
      Philox.fill(firsts, first: start / 2, key: key)
      for i in range {
        let offset = i - range.lowerBound
        var words = Words(key: key, draw: start &+ UInt64(offset), first: firsts[skipped + offset])
        body(i, &words)
      }
    }
  }
}
