/// The random words of one draw, as many as its sampler asks for. They depend on the stream's key and the number of the draw
/// alone, so that draws can be made in any order, on any thread.
///
/// The first word of draw n is half n mod 2 of the block whose counter is n / 2, so that samplers which need one word make
/// no block in vain. Further words come from blocks of the draw's own, whose counters are n and 1, 2, ….
package struct Words: Sendable {
  private let key: SIMD2<UInt32>
  private let draw: UInt64
  private var block: UInt64 = 1
  private var spare: UInt64?
  /// Block 1, where it is known before.
  private let known: (UInt64, UInt64)?

  package init(key: SIMD2<UInt32>, draw: UInt64) {
    let block = Philox.block(draw / 2, 0, key: key)
    self.init(key: key, draw: draw, first: draw % 2 == 0 ? block.0 : block.1)
  }

  /// The words of a draw whose first word is known, and perhaps its first block.
  init(key: SIMD2<UInt32>, draw: UInt64, first: UInt64, block known: (UInt64, UInt64)? = nil) {
    self.key = key
    self.draw = draw
    self.spare = first
    self.known = known
  }

  /// 64 random bits.
  @inline(__always)
  package mutating func next() -> UInt64 {
    guard let word = spare else { return nextBlock() }
    spare = nil
    return word
  }

  private mutating func nextBlock() -> UInt64 {
    let (word, other) = (block == 1 ? known : nil) ?? Philox.block(draw, block, key: key)
    block &+= 1
    spare = other
    return word
  }
}
