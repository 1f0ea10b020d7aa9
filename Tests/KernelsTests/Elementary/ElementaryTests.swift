import Glibc
import Testing

@testable import Kernels

/// A function of Kernels, one lane and eight, with the C library's 80-bit one for reference.
struct Elementary: Sendable, CustomTestStringConvertible {
  let name: String
  let one: @Sendable (Double) -> Double
  let eight: @Sendable (SIMD8<Double>) -> SIMD8<Double>
  let extended: @Sendable (Float80) -> Float80
  var testDescription: String { name }

  static let all: [Elementary] = [
    Elementary(name: "exp", one: Kernels.exp, eight: Kernels.exp, extended: Glibc.exp),
    Elementary(name: "expm1", one: Kernels.expm1, eight: Kernels.expm1, extended: Glibc.expm1),
    Elementary(name: "log", one: Kernels.log, eight: Kernels.log, extended: Glibc.log),
    Elementary(name: "log1p", one: Kernels.log1p, eight: Kernels.log1p, extended: Glibc.log1p),
  ]

  /// Arguments where the function is finite, dense where it is hard.
  func argument(_ g: inout SystemOfTests) -> Double {
    switch name {
    case "exp", "expm1":
      return [g.uniform(-750, 712), g.uniform(-2, 2), g.uniform(-40, 40), g.sign() * g.power(-60, 0)].randomElement(
        using: &g)!
    case "log":
      return [g.power(-1074, 1023), g.uniform(0.5, 2), 1 + g.sign() * g.power(-53, -1)].randomElement(using: &g)!
    default:
      return [g.power(-1074, 1023), g.uniform(-1, 2), g.sign() * g.power(-60, 0)].randomElement(using: &g)!
    }
  }
}

/// A linear congruential generator: tests of arithmetic need no better one, and do not lean on the code under test.
struct SystemOfTests: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ state >> 29) &* 0x9E37_79B9_7F4A_7C15
  }
  mutating func uniform(_ low: Double, _ high: Double) -> Double { Double.random(in: low..<high, using: &self) }
  mutating func sign() -> Double { next() >> 63 == 0 ? 1 : -1 }
  /// A number with an exponent between two others.
  mutating func power(_ low: Int, _ high: Int) -> Double {
    scalbn(uniform(1, 2), Int.random(in: low...high, using: &self))
  }
}

@Suite struct ElementaryTests {
  static let edges: [(String, Double, Double)] = [
    ("exp", Double.infinity, Double.infinity), ("exp", -.infinity, 0), ("exp", 0, 1), ("exp", 709.79, .infinity),
    ("exp", 1e300, .infinity), ("exp", -746, 0), ("exp", -745, 0x1p-1074), ("exp", -1e300, 0),
    ("expm1", .infinity, .infinity), ("expm1", -.infinity, -1), ("expm1", -1e300, -1), ("expm1", 710, .infinity),
    ("log", 0, -.infinity), ("log", -0.0, -.infinity), ("log", 1, 0), ("log", .infinity, .infinity),
    ("log1p", -1, -.infinity), ("log1p", .infinity, .infinity), ("log1p", 0, 0),
  ]

  // The extended result is rounded once more here, to within 2⁻¹¹ ulp of the truth.
  @Test(arguments: Elementary.all)
  func isWithinOneUlp(_ function: Elementary) {
    var g = SystemOfTests(state: 1)
    var worst = (error: 0.0, x: 0.0)
    for _ in 0..<400_000 {
      let x = function.argument(&g)
      let wanted = function.extended(Float80(x))
      let rounded = Double(wanted)
      guard rounded.isFinite, x > -1 || function.name != "log1p" else { continue }
      let error = Double(abs(Float80(function.one(x)) - wanted) / Float80(rounded.ulp))
      if !(error <= worst.error) { worst = (error, x) }
    }
    #expect(worst.error <= 1, "at \(worst.x)")
  }

  @Test(arguments: Reference.rows("elementary"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let function = try #require(Elementary.all.first { $0.name == row.cells[0] })
    #expect(ulps(function.one(row[1]), row[2]) <= 1)
  }

  @Test(arguments: Elementary.all)
  func hasTheSameBitsInEveryLane(_ function: Elementary) {
    var g = SystemOfTests(state: 2)
    let edges: [Double] = [
      .infinity, -.infinity, .nan, 0, -0.0, -1, -2, 1e308, -1e308, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1,
      746, -746,
    ]
    for round in 0..<20_000 {
      var x = SIMD8<Double>()
      for lane in 0..<8 { x[lane] = round % 10 == 0 ? edges.randomElement(using: &g)! : function.argument(&g) }
      let y = function.eight(x)
      for lane in 0..<8 {
        let alone = function.one(x[lane])
        #expect(alone.bitPattern == y[lane].bitPattern || alone.isNaN && y[lane].isNaN, "\(x[lane])")
      }
    }
  }

  @Test(arguments: edges)
  func isExactAtEdges(_ name: String, _ x: Double, _ wanted: Double) throws {
    let function = try #require(Elementary.all.first { $0.name == name })
    #expect(function.one(x) == wanted)
  }

  @Test func isNotANumberOutsideTheDomain() {
    for x in [-1, -0x1p-1074, -.infinity, .nan, -.nan] { #expect(Kernels.log(x).isNaN) }
    for x in [-2, -1 - 0x1p-52, -.infinity, .nan, -.nan] { #expect(Kernels.log1p(x).isNaN) }
    for x in [Double.nan, -.nan] { #expect(Kernels.exp(x).isNaN && Kernels.expm1(x).isNaN) }
  }

  @Test func keepsTheSignOfZero() {
    for f in [Kernels.expm1 as (Double) -> Double, Kernels.log1p] {
      #expect(f(-0.0).sign == .minus && f(0.0).sign == .plus)
    }
  }
}
