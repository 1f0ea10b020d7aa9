/// Philox 4×32 with ten rounds: a counter of 128 bits and a key of 64 make 128 random bits, with no state between calls.
///
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC'11,
/// doi:10.1145/2063384.2063405.
package enum Philox {
  package static func block(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let a = c.x.multipliedFullWidth(by: multipliers.x)
      let b = c.z.multipliedFullWidth(by: multipliers.y)
      c = SIMD4(b.high ^ c.y ^ k.x, b.low, a.high ^ c.w ^ k.y, a.low)
      k &+= weyl
    }
    return c
  }

  /// The blocks of the counters `first`, `first` + 1, … (64 bits, the upper 64 zero), each as two words of 64 bits, its first
  /// 32 bits lowest. `out.count` is a multiple of 16.
  package static func fill(_ out: UnsafeMutableBufferPointer<UInt64>, first: UInt64, key: SIMD2<UInt32>) {
    for start in stride(from: 0, to: out.count, by: 16) {
      let counters = SIMD8(repeating: first &+ UInt64(start / 2)) &+ SIMD8(0, 1, 2, 3, 4, 5, 6, 7)
      let (even, odd) = blocks(counters, key: key)
      for lane in 0..<8 {
        out[start + 2 * lane] = even[lane]
        out[start + 2 * lane + 1] = odd[lane]
      }
    }
  }

  /// Eight blocks at once, one to a lane. What lies above the lower 32 bits of a lane is ignored by the next product.
  @inline(__always)
  private static func blocks(_ counters: SIMD8<UInt64>, key: SIMD2<UInt32>) -> (SIMD8<UInt64>, SIMD8<UInt64>) {
    let low = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
    var (x, y) = (counters, counters &>> 32)
    var (z, w) = (SIMD8<UInt64>.zero, SIMD8<UInt64>.zero)
    var k = key
    for _ in 0..<10 {
      let a = (x & low) &* SIMD8(repeating: UInt64(multipliers.x))
      let b = (z & low) &* SIMD8(repeating: UInt64(multipliers.y))
      (x, y) = ((b &>> 32) ^ y ^ SIMD8(repeating: UInt64(k.x)), b)
      (z, w) = ((a &>> 32) ^ w ^ SIMD8(repeating: UInt64(k.y)), a)
      k &+= weyl
    }
    return ((x & low) | (y &<< 32), (z & low) | (w &<< 32))
  }

  private static let multipliers = SIMD2<UInt32>(0xD251_1F53, 0xCD9E_8D57)
  private static let weyl = SIMD2<UInt32>(0x9E37_79B9, 0xBB67_AE85)
}
