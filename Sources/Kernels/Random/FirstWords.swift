/// The words that draws in a row need first, made for many at a time in vector code: the first word of each, and `blocks` blocks
/// of its own.
struct WordsAhead: ~Copyable {
  /// Draws at a time, few enough for their words to stay in the cache.
  static let capacity = 512

  let key: SIMD2<UInt32>
  private let blocks: Int
  private let ziggurats = Ziggurats.shared
  /// The number of the first draw.
  private var start: UInt64 = 0
  /// The first words of all draws, then the second ones, and so on.
  private let made: UnsafeMutablePointer<UInt64>
  private static let firsts = capacity + 4

  init(key: SIMD2<UInt32>, blocks: Int) {
    self.key = key
    self.blocks = blocks
    made = .allocate(capacity: WordsAhead.firsts + 2 * blocks * WordsAhead.capacity)
  }

  deinit { made.deallocate() }

  /// Makes the words of `count` draws from number `start` on; `count` ≤ `capacity`.
  mutating func make(_ count: Int, from start: UInt64) {
    self.start = start
    // A draw with an odd number is the second half of its block; blocks are made two at a time.
    Philox.fill(made, (count + Int(start % 2) + 3) / 4 * 2, first: start / 2, key: key)
    for block in 0..<blocks {
      let row = made + WordsAhead.firsts + 2 * block * WordsAhead.capacity
      Philox.fill(
        row, row + WordsAhead.capacity, (count + 1) / 2 * 2, first: start, UInt64(block + 1), key: key)
    }
  }

  /// The words of draw `start` + i.
  @inline(__always)
  subscript(i: Int) -> FirstWords {
    FirstWords(
      firsts: made + (i &+ Int(truncatingIfNeeded: start % 2)), others: made + (WordsAhead.firsts &+ i),
      ziggurats: ziggurats)
  }

  /// out: for each draw from number `start` on, a number of its first word alone (written)
  @inline(__always)
  static func fill(
    _ out: UnsafeMutableBufferPointer<Double>, from start: UInt64, key: SIMD2<UInt32>,
    _ number: (SIMD8<UInt64>) -> SIMD8<Double>
  ) {
    var ahead = WordsAhead(key: key, blocks: 0)
    let numbers = Octets(out)
    for offset in stride(from: 0, to: out.count, by: capacity) {
      let count = min(capacity, out.count - offset)
      ahead.make(count, from: start &+ UInt64(offset))
      let words = UnsafeRawPointer(ahead[0].firsts)
      // The last octet may read words of no draw, which are there: `firsts` is more than `capacity`.
      for i in stride(from: 0, to: count, by: 8) {
        numbers[offset + i] = number(words.loadUnaligned(fromByteOffset: 8 * i, as: SIMD8<UInt64>.self))
      }
    }
  }

  /// The words of draw `start` + i, as many as it needs.
  @inline(__always)
  func words(_ i: Int) -> Words {
    let first = self[i]
    return Words(
      key: key, draw: start &+ UInt64(truncatingIfNeeded: i), first: first[0],
      block: blocks > 0 ? (first[1], first[2]) : nil)
  }
}

/// The first words of a draw, by their place from 0: as many as `Sampler.blocksAhead` says.
package struct FirstWords {
  fileprivate let firsts: UnsafePointer<UInt64>
  fileprivate let others: UnsafePointer<UInt64>
  fileprivate let ziggurats: Ziggurats

  @inline(__always)
  subscript(place: Int) -> UInt64 { place == 0 ? firsts[0] : others[(place &- 1) &* WordsAhead.capacity] }

  /// Of the draw `count` later.
  @inline(__always)
  func advanced(by count: Int) -> FirstWords {
    FirstWords(firsts: firsts + count, others: others + count, ziggurats: ziggurats)
  }

  @inline(__always)
  func uniform(_ place: Int) -> Double { Words.uniform(self[place]) }

  @inline(__always)
  func openUniform(_ place: Int) -> Double { Words.openUniform(self[place]) }

  /// nil where one word does not make it.
  @inline(__always)
  func normal(_ place: Int) -> Double? {
    let word = self[place]
    return ziggurats.normal.draw(word).map { Words.signed($0, word) }
  }

  /// nil where one word does not make it.
  @inline(__always)
  func exponential(_ place: Int) -> Double? { ziggurats.exponential.draw(self[place]) }

  /// `Words.place` by the first word, nil where one may not do.
  @inline(__always)
  func place(below bound: UInt64) -> (integer: UInt64, fraction: UInt64)? {
    let product = bound.multipliedFullWidth(by: self[0])
    return product.low < bound ? nil : (product.high, product.low)
  }
}
