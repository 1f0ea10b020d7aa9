import Glibc
import Testing

@testable import Kernels

@Suite struct TrigonometryTests {
  // The C library's 80-bit functions are the reference, rounded once more here.
  @Test func arctangentIsWithinTwoUlps() {
    var g = SystemOfTests(state: 3)
    var worst = (error: 0.0, x: 0.0)
    for i in 0..<400_000 {
      let x = i % 2 == 0 ? g.uniform(-4, 4) : g.sign() * g.power(-1074, 1023)
      let wanted = Glibc.atan(Float80(x))
      let error = Double(abs(Float80(Kernels.atan(x)) - wanted) / Float80(Double(wanted).ulp))
      if !(error <= worst.error) { worst = (error, x) }
    }
    #expect(worst.error <= 2, "at \(worst.x)")
  }

  @Test func tangentIsWithinFourUlps() {
    var g = SystemOfTests(state: 4)
    var worst = (error: 0.0, x: 0.0)
    for i in 0..<200_000 {
      let x = i % 2 == 0 ? g.uniform(-0.499, 0.499) : g.sign() * g.power(-1000, -3)
      let wanted = Glibc.tan(Float80.pi * Float80(x))
      let error = Double(abs(Float80(tanPi(x)) - wanted) / Float80(Double(wanted).ulp))
      if !(error <= worst.error) { worst = (error, x) }
    }
    #expect(worst.error <= 4, "at \(worst.x)")
    #expect(tanPi(0.5) == .infinity && tanPi(-0.5) == -.infinity && tanPi(0) == 0 && tanPi(0.25) == 1)
    #expect(tanPi(0.51).isNaN && tanPi(.nan).isNaN)
  }

  @Test func sineAndCosineAreWithinTwoUlps() {
    var g = SystemOfTests(state: 6)
    var worst = (error: 0.0, x: 0.0)
    for i in 0..<200_000 {
      let near = Double(i % 11 - 5) * .pi / 2 + g.sign() * g.power(-50, -4)
      let x = i % 3 == 0 ? g.uniform(-8, 8) : i % 3 == 1 ? near : g.sign() * g.power(-1000, 0)
      for (got, wanted) in [(boundedSin(x), Glibc.sin(Float80(x))), (boundedCos(x), Glibc.cos(Float80(x)))] {
        let error = Double(abs(Float80(got) - wanted) / Float80(Double(wanted).ulp))
        if !(error <= worst.error) { worst = (error, x) }
      }
    }
    #expect(worst.error <= 2, "at \(worst.x)")
    #expect(boundedSin(8.1).isNaN && boundedCos(-.infinity).isNaN && boundedSin(.nan).isNaN)
  }

  @Test func arctangentHasTheSameBitsInEveryLane() {
    var g = SystemOfTests(state: 5)
    let edges: [Double] = [.infinity, -.infinity, .nan, 0, -0.0, 1, -1, 0x1p-1074, 1e308]
    for round in 0..<5_000 {
      var x = SIMD8<Double>()
      for lane in 0..<8 { x[lane] = round % 10 == 0 ? edges.randomElement(using: &g)! : g.sign() * g.power(-8, 8) }
      let y = Kernels.atan(x)
      for lane in 0..<8 {
        let alone = Kernels.atan(x[lane])
        #expect(alone.bitPattern == y[lane].bitPattern || alone.isNaN && y[lane].isNaN, "\(x[lane])")
      }
    }
  }

  @Test func edges() {
    #expect(Kernels.atan(.infinity) == .pi / 2 && Kernels.atan(-.infinity) == -.pi / 2)
    #expect(Kernels.atan(-0.0).sign == .minus && Kernels.atan(Double.nan).isNaN)
  }
}
