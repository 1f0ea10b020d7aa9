/// A sequence of draws, fixed by its seed: the n-th draw depends on the seed and n alone.
///
/// A copy of a stream makes the same draws again; `split` it to share it.
package struct RandomStream: Codable, Equatable, Sendable {
  let key: SIMD2<UInt32>
  private var children: UInt64 = 0
  /// The number of the next draw, from 0.
  package internal(set) var position: UInt64 = 0

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

  /// The next `count` draws of `sampler`, on all threads. Where it is interrupted, no draw counts.
  package mutating func sample(_ count: Int, _ sampler: some Sampler) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: count)
    let (key, position) = (key, position)
    try Parallel.forEach(count, chunk: 2048) { range in
      result.withValues { out in
        sampler.fill(
          UnsafeMutableBufferPointer(rebasing: out[range]), from: position &+ UInt64(range.lowerBound), key: key)
      }
    }
    self.position &+= UInt64(count)
    return result
  }

  /// Makes the next `count` draws, on all threads: `body` gets the index of each, from 0, and its words. Where it is
  /// interrupted, no draw counts. A `chunk` of draws is made between two looks for an interrupt.
  package mutating func forEachDraw(
    _ count: Int, chunk: Int = 2048, _ body: (Int, inout Words) -> Void
  ) throws(Failure) {
    let (key, position) = (key, position)
    try Parallel.forEach(count, chunk: chunk) { range in
      for i in range {
        var words = Words(key: key, draw: position &+ UInt64(i))
        body(i, &words)
      }
    }
    self.position &+= UInt64(count)
  }
}

/// What makes a number of the words of a draw. A type rather than a closure, so that the loop over many draws is compiled for it.
package protocol Sampler: Sendable {
  /// The draw that `words` determines.
  func sample(_ words: inout Words) -> Double
  /// The same by its first words alone, or nil where they do not suffice or it would take long: the fast path over many draws.
  func attempt(_ words: FirstWords) -> Double?
  /// Blocks of words of its own, beside the first word, that `attempt` looks at.
  static var blocksAhead: Int { get }
  /// Fills `out` with the draws of a stream from number `start` on.
  func fill(_ out: UnsafeMutableBufferPointer<Double>, from start: UInt64, key: SIMD2<UInt32>)
}

extension Sampler {
  package func attempt(_ words: FirstWords) -> Double? { nil }
  package static var blocksAhead: Int { 0 }

  package func fill(_ out: UnsafeMutableBufferPointer<Double>, from start: UInt64, key: SIMD2<UInt32>) {
    var ahead = WordsAhead(key: key, blocks: Self.blocksAhead)
    for offset in stride(from: 0, to: out.count, by: WordsAhead.capacity) {
      let count = min(WordsAhead.capacity, out.count - offset)
      ahead.make(count, from: start &+ UInt64(offset))
      let (piece, words) = (out.baseAddress! + offset, ahead[0])
      for i in 0..<count {
        if let draw = attempt(words.advanced(by: i)) {
          piece[i] = draw
        } else {
          piece[i] = sample(slowly: ahead.words(i))
        }
      }
    }
  }

  /// Apart, so that the loop above keeps its registers.
  @inline(never)
  private func sample(slowly words: Words) -> Double {
    var words = words
    return sample(&words)
  }
}
