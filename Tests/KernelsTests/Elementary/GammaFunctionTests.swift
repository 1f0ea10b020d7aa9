import Testing

@testable import Kernels

@Suite struct GammaFunctionTests {
  // A polynomial within ½ ulp, and up to five roundings after it.
  @Test(arguments: Reference.rows("gamma_functions"))
  func agreesWithMpmath(_ row: Reference.Row) {
    let got =
      switch row.cells[0] {
      case "logGamma": logGamma(row[1])
      case "digamma": digamma(row[1])
      case "trigamma": trigamma(row[1])
      case "stirlingRemainder": stirlingRemainder(row[1])
      default: logMinusDigamma(row[1])
      }
    #expect(ulps(got, row[2]) <= (row.cells[0] == "logGamma" ? 6 : 4))
  }

  @Test func hasTheSameBitsInEveryLane() {
    let functions: [((Double) -> Double, (SIMD8<Double>) -> SIMD8<Double>)] = [
      (logGamma, logGamma), (digamma, digamma), (trigamma, trigamma),
    ]
    let special: [Double] = [0, -1, .nan, .infinity, -.infinity, 1, 2, 4, 0x1p-1074, 1e308, 1e60]
    var g = SystemOfTests(state: 3)
    for (one, eight) in functions {
      for round in 0..<2000 {
        var x = SIMD8<Double>()
        for lane in 0..<8 { x[lane] = round % 10 == 0 ? special.randomElement(using: &g)! : g.power(-40, 40) }
        let y = eight(x)
        for lane in 0..<8 {
          let alone = one(x[lane])
          #expect(alone.bitPattern == y[lane].bitPattern || alone.isNaN && y[lane].isNaN, "\(x[lane])")
        }
      }
    }
  }

  @Test func edges() {
    #expect(logGamma(0) == .infinity && logGamma(.infinity) == .infinity && logGamma(1) == 0 && logGamma(2) == 0)
    #expect(digamma(0) == -.infinity && digamma(.infinity) == .infinity)
    #expect(trigamma(0) == .infinity && trigamma(.infinity) == 0)
    for x in [-1.5, -.infinity, .nan] { #expect(logGamma(x).isNaN && digamma(x).isNaN && trigamma(x).isNaN) }
  }

  @Test(arguments: [1e-8, 0.01, 0.4, 1, 1.4616, 3, 77, 1e6, 1e12])
  func inverseOfDigamma(_ x: Double) {
    expect(inverseDigamma(digamma(x)), x, within: 1e-14 * (1 + abs(digamma(x)) / (x * trigamma(x))))
  }
}
