/// Philox 4×32 with ten rounds: a counter of 128 bits and a key of 64 make 128 random bits, with no state between calls.
///
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3, SC'11,
/// doi:10.1145/2063384.2063405.
package enum Philox {
  package static func block(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let a = c.x.multipliedFullWidth(by: 0xD251_1F53)
      let b = c.z.multipliedFullWidth(by: 0xCD9E_8D57)
      c = SIMD4(b.high ^ c.y ^ k.x, b.low, a.high ^ c.w ^ k.y, a.low)
      k &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return c
  }
}
