/// Philox 4×32 with ten rounds: a counter of 128 bits and a key of 64 make 128 random bits, with no state between calls.
///
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC'11,
/// doi:10.1145/2063384.2063405.
package enum Philox {
  /// The block of a counter as two words of 64 bits. The counter's and the block's 32-bit words are those of the paper, each
  /// pair with its first word lowest.
  @inline(never)
  package static func block(_ low: UInt64, _ high: UInt64, key: SIMD2<UInt32>) -> (UInt64, UInt64) {
    rounds(low, high, key: key)
  }

  @inline(__always)
  private static func rounds(_ low: UInt64, _ high: UInt64, key: SIMD2<UInt32>) -> (UInt64, UInt64) {
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

  // Two blocks a step: each is a long chain of operations that wait for one another.

  /// The blocks of the counters `first`, `first` + 1, … (64 bits, the upper 64 zero), `count` of them, an even number.
  /// out: 2·count (written), two words each
  @inline(never)
  static func fill(_ out: UnsafeMutablePointer<UInt64>, _ count: Int, first: UInt64, key: SIMD2<UInt32>) {
    let half = count / 2
    let (middle, second) = (out + 2 * half, first &+ UInt64(half))
    for i in 0..<half {
      let n = UInt64(truncatingIfNeeded: i)
      (out[2 &* i], out[2 &* i &+ 1]) = rounds(first &+ n, 0, key: key)
      (middle[2 &* i], middle[2 &* i &+ 1]) = rounds(second &+ n, 0, key: key)
    }
  }

  /// The same with `high` for the upper 64 bits. out, others: count each (written), the first and the second words
  @inline(never)
  static func fill(
    _ out: UnsafeMutablePointer<UInt64>, _ others: UnsafeMutablePointer<UInt64>, _ count: Int, first: UInt64,
    _ high: UInt64, key: SIMD2<UInt32>
  ) {
    let half = count / 2
    let (outMiddle, othersMiddle, second) = (out + half, others + half, first &+ UInt64(half))
    for i in 0..<half {
      let n = UInt64(truncatingIfNeeded: i)
      (out[i], others[i]) = rounds(first &+ n, high, key: key)
      (outMiddle[i], othersMiddle[i]) = rounds(second &+ n, high, key: key)
    }
  }
}
