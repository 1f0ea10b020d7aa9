/// The random words of one draw, as many as its sampler asks for. They depend on the stream's key and the number of the draw
/// alone, so that draws can be made in any order, on any thread.
///
/// The first word of draw n is half n mod 2 of the block whose counter is n / 2, so that samplers which need one word make
/// no block in vain. Further words come from blocks of the draw's own, whose counters are n and 1, 2, ….
package struct Words: Sendable {
  private let key: SIMD2<UInt32>
  private let draw: UInt64
  private var block: UInt32 = 1
  private var spare: UInt64?

  package init(key: SIMD2<UInt32>, draw: UInt64) {
    let block = Philox.block(SIMD4(lowHalf: SIMD2(halvesOf: draw / 2), highHalf: .zero), key: key)
    self.init(key: key, draw: draw, first: UInt64(halves: draw % 2 == 0 ? block.lowHalf : block.highHalf))
  }

  /// The words of a draw whose first word is known.
  init(key: SIMD2<UInt32>, draw: UInt64, first: UInt64) {
    self.key = key
    self.draw = draw
    self.spare = first
  }

  /// 64 random bits.
  @inline(__always)
  package mutating func next() -> UInt64 {
    guard let word = spare else { return nextBlock() }
    spare = nil
    return word
  }

  private mutating func nextBlock() -> UInt64 {
    let words = Philox.block(SIMD4(lowHalf: SIMD2(halvesOf: draw), highHalf: SIMD2(block, 0)), key: key)
    block &+= 1
    spare = UInt64(halves: words.highHalf)
    return UInt64(halves: words.lowHalf)
  }
}

extension SIMD2<UInt32> {
  init(halvesOf word: UInt64) { self.init(UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word >> 32)) }
}

extension UInt64 {
  init(halves: SIMD2<UInt32>) { self = UInt64(halves.y) << 32 | UInt64(halves.x) }
}
