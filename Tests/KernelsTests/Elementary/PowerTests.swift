import Glibc
import Kernels
import Testing

@Suite struct PowerTests {
  @Test func agreesWithMpmath() {
    for row in Reference.rows("power") { #expect(ulps(Kernels.pow(row[0], row[1]), row[2]) <= 1, "\(row)") }
  }

  private static let special: [Double] = [
    0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -1.5, 0x1p53, 0x1p53 - 1, 1e300, -1e300, 0x1p-1074, -0x1p-1030,
    .infinity, -.infinity, .nan, 1 - 0x1p-53, 1 + 0x1p-52,
  ]

  /// The special cases are those of C, which are those of IEEE 754; values in between may differ by an ulp.
  @Test func specialCases() {
    for x in Self.special {
      for y in Self.special {
        let (power, wanted) = (Kernels.pow(x, y), Glibc.pow(x, y))
        #expect(ulps(power, wanted) <= 1 && (wanted.isNaN || power.sign == wanted.sign), "\(x) ^ \(y)")
      }
    }
  }

  /// The C library's error is below 0.52 ulp: where ours is below 1, they are neighbours.
  @Test func agreesWithTheCLibrary() {
    var g = SystemOfTests(state: 11)
    var worst = 0.0
    for _ in 0..<20_000 {
      let x = [g.power(-1074, 1023), g.uniform(0.5, 2), 1 + g.sign() * g.power(-50, -2)].randomElement(using: &g)!
      let y = g.uniform(-1074, 1023) / Glibc.log2(x)
      worst = max(worst, ulps(Kernels.pow(x, y), Glibc.pow(x, y)))
    }
    #expect(worst <= 1)
  }

  /// Powers of integers that are doubles are exact.
  @Test func integersAreExact() {
    for x in 1...30 {
      var power = 1.0
      for y in 0...10 {
        #expect(
          Kernels.pow(Double(x), Double(y)) == power
            && Kernels.pow(Double(-x), Double(y)) == (y % 2 == 0 ? power : -power))
        power *= Double(x)
      }
    }
  }

  @Test func hasTheSameBitsInEveryLane() {
    for x in Self.special {
      for start in Self.special.indices.dropLast(7) {
        let y = SIMD8(Self.special[start..<start + 8])
        let power = Kernels.pow(SIMD8(repeating: x), y)
        for lane in 0..<8 {
          let alone = Kernels.pow(x, y[lane])
          #expect(power[lane].bitPattern == alone.bitPattern || power[lane].isNaN && alone.isNaN)
        }
      }
    }
  }
}
