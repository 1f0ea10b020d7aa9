/// Philox 4×32 with ten rounds: a counter of 128 bits and a key of 64 make 128 random bits, with no state between calls.
///
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC'11,
/// doi:10.1145/2063384.2063405.
package enum Philox {
  /// The block of a counter as two words of 64 bits. The counter's and the block's 32-bit words are those of the paper, each
  /// pair with its first word lowest.
  @inline(__always)
  package static func block(_ low: UInt64, _ high: UInt64, key: SIMD2<UInt32>) -> (UInt64, UInt64) {
    // 32-bit words in 64-bit variables, so that a loop over counters compiles to vector code.
    let mask: UInt64 = 0xFFFF_FFFF
    var (x, y, z, w) = (low & mask, low >> 32, high & mask, high >> 32)
    var k = key
    for _ in 0..<10 {
      let a = x &* 0xD251_1F53
      let b = z &* 0xCD9E_8D57
      (x, y, z, w) = ((b >> 32) ^ y ^ UInt64(k.x), b & mask, (a >> 32) ^ w ^ UInt64(k.y), a & mask)
      k &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return (x | y << 32, z | w << 32)
  }

  /// The blocks of the counters `first`, `first` + 1, … (64 bits, the upper 64 zero), two words each; `out.count` is even.
  static func fill(_ out: UnsafeMutableBufferPointer<UInt64>, first: UInt64, key: SIMD2<UInt32>) {
    guard let words = out.baseAddress else { return }
    for i in 0..<out.count / 2 {
      (words[2 &* i], words[2 &* i &+ 1]) = block(first &+ UInt64(truncatingIfNeeded: i), 0, key: key)
    }
  }
}
