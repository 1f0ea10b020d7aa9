/// The random words of one draw, as many as its sampler asks for. They depend on the stream's key and the number of the draw
/// alone, so that draws can be made in any order, on any thread.
package struct Words: Sendable {
  private let key: SIMD2<UInt32>
  private let draw: UInt64
  private var attempt: UInt32 = 0
  private var spare: UInt64?

  package init(key: SIMD2<UInt32>, draw: UInt64) {
    self.key = key
    self.draw = draw
  }

  /// 64 random bits.
  package mutating func next() -> UInt64 {
    if let word = spare {
      spare = nil
      return word
    }
    let counter = SIMD4(UInt32(truncatingIfNeeded: draw), UInt32(truncatingIfNeeded: draw >> 32), attempt, 0)
    let block = Philox.block(counter, key: key)
    attempt &+= 1
    spare = UInt64(block.w) << 32 | UInt64(block.z)
    return UInt64(block.y) << 32 | UInt64(block.x)
  }
}
