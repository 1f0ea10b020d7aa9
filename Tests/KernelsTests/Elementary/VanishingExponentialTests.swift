import Glibc
import Testing

@testable import Kernels

@Suite struct VanishingExponentialTests {
  /// Against the C library's 80-bit exponential.
  @Test func withinAnUlp() {
    var generator = SystemOfTests(state: 5)
    var worst = 0.0
    for i in 0..<200_000 {
      var x = SIMD8<Double>.zero
      for lane in 0..<8 { x[lane] = -generator.uniform(0, i % 2 == 0 ? 69.3 : 1) }
      let y = vanishingExp(x)
      for lane in 0..<8 {
        let truth = Glibc.exp(Float80(x[lane]))
        worst = max(worst, Double(abs(Float80(y[lane]) - truth) / Float80(Double(truth).ulp)))
      }
    }
    #expect(worst < 1.2)
  }

  static let edges: [(Double, Double)] = [
    (0, 1), (-0.0, 1), (-69.4, 0), (-745, 0), (-1e300, 0), (-.infinity, 0), (-69.3, 8.009e-31), (-1e-300, 1),
  ]

  @Test(arguments: edges)
  func atEdges(x: Double, value: Double) {
    let y = vanishingExp(SIMD8(repeating: x))[3]
    #expect(value == 0 || value == 1 ? y == value : abs(y / value - 1) < 0.02)
  }
}
