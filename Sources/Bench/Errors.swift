import Glibc
import Kernels

/// The largest errors of the elementary functions over 10⁷ arguments each, in units in the last place of the exact double.
///
/// References are of 64 bits: the C library's, whose own bounds are 1 to 5 of its last places, 0.0025 of ours, and for digamma
/// and trigamma the sums below.
func errorRows() throws -> [Row] {
  try ElementaryFunction.all.map { function in
    let worst = try function.worst(of: 10_000_000)
    let place = function.isBinary ? "\(worst.x) ^ \(worst.y)" : "\(worst.x)"
    return Row("\(function.name), at \(place)", worst.error, "ulp", bar: function.bound)
  }
}

struct ElementaryFunction: Sendable {
  let name: String
  /// What its documentation promises.
  let bound: Double
  var isBinary = false
  let argument: @Sendable (inout RandomArguments) -> (Double, Double)
  let ours: @Sendable (Double, Double) -> Double
  let exact: @Sendable (Double, Double) -> Float80

  /// Chunks have seeds of their own: the result is the same on any number of threads.
  func worst(of count: Int) throws -> (error: Double, x: Double, y: Double) {
    let parts = try Parallel.map(count, chunk: 100_000) { chunk in
      var random = RandomArguments(state: UInt64(chunk.lowerBound + 1))
      var worst = (error: 0.0, x: 0.0, y: 0.0)
      for _ in chunk {
        let (x, y) = argument(&random)
        let wanted = exact(x, y)
        let rounded = Double(wanted)
        guard rounded.isFinite else { continue }
        let error = Double(abs(Float80(ours(x, y)) - wanted) / Float80(rounded.ulp))
        if !(error <= worst.error) { worst = (error, x, y) }
      }
      return worst
    }
    return parts.reduce((0, 0, 0)) { $1.error > $0.error ? $1 : $0 }
  }
}

extension ElementaryFunction {
  private init(
    _ name: String, _ bound: Double, _ ours: @escaping @Sendable (Double) -> Double,
    _ exact: @escaping @Sendable (Float80) -> Float80, _ argument: @escaping @Sendable (inout RandomArguments) -> Double
  ) {
    self.name = name
    self.bound = bound
    self.argument = { (argument(&$0), 0) }
    self.ours = { x, _ in ours(x) }
    self.exact = { x, _ in exact(Float80(x)) }
  }

  /// Arguments are dense where a function is hard, and of every size.
  static let all: [ElementaryFunction] = [
    ElementaryFunction("exp", 0.83, Kernels.exp, Glibc.exp) { g in
      g.one(of: 3) == 0 ? g.uniform(-746, 710) : g.near(0, -40, 3)
    },
    ElementaryFunction("expm1", 1.1, Kernels.expm1, Glibc.expm1) { g in
      g.one(of: 3) == 0 ? g.uniform(-50, 710) : g.near(0, -60, 3)
    },
    ElementaryFunction("log", 0.84, Kernels.log, Glibc.log) { g in
      g.one(of: 3) == 0 ? g.power(-1074, 1023) : g.one(of: 2) == 0 ? g.uniform(0.5, 2) : g.near(1, -53, -2)
    },
    ElementaryFunction("log1p", 0.84, Kernels.log1p, Glibc.log1p) { g in
      g.one(of: 3) == 0 ? g.power(-60, 1023) : g.uniform(-0.9999, 2)
    },
    ElementaryFunction("atan", 1.8, Kernels.atan, Glibc.atan) { g in
      g.one(of: 3) == 0 ? g.near(0, -60, 60) : g.uniform(-4, 4)
    },
    ElementaryFunction("tanPi", 3.8, tanPi, exactTanPi) { g in g.uniform(-0.5, 0.5) },
    ElementaryFunction("boundedSin", 1.4, boundedSin, Glibc.sin) { g in g.uniform(-8, 8) },
    ElementaryFunction("boundedCos", 1.5, boundedCos, Glibc.cos) { g in g.uniform(-8, 8) },
    ElementaryFunction("logGamma", 3.2, logGamma, exactLogGamma) { g in g.positive() },
    ElementaryFunction("digamma", 2.7, digamma, exactDigamma) { g in g.positive() },
    ElementaryFunction("trigamma", 3.6, trigamma, exactTrigamma) { g in g.positive() },
    power,
  ]

  private static let power = ElementaryFunction(
    name: "pow", bound: 1.3, isBinary: true,
    argument: { g in
      let x = g.one(of: 2) == 0 ? g.power(-1074, 1023) : g.uniform(0.5, 2)
      return (x, g.uniform(-1074, 1023) / Glibc.log2(x))
    },
    ours: { Kernels.pow($0, $1) }, exact: { Glibc.pow(Float80($0), Float80($1)) })
}

/// Arguments of a linear congruential generator, whose bits do not come from the code that is measured.
struct RandomArguments: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ state >> 29) &* 0x9E37_79B9_7F4A_7C15
  }

  mutating func one(of count: UInt64) -> UInt64 { (next() >> 32) % count }
  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * (Double(next() >> 11) * 0x1p-53)
  }
  /// With an exponent between two others.
  mutating func power(_ low: Int, _ high: Int) -> Double {
    scalbn(uniform(1, 2), low + Int(next() >> 32) % (high - low + 1))
  }
  /// A distance with an exponent between two others away, on either side.
  mutating func near(_ x: Double, _ low: Int, _ high: Int) -> Double {
    let distance = power(low, high)
    return next() >> 63 == 0 ? x + distance : x - distance
  }
  /// For the gamma functions: of every size, and about their zeros.
  mutating func positive() -> Double {
    switch one(of: 6) {
    case 0: power(-1000, 1000)
    case 1: near(1, -50, -3)
    case 2: near(2, -50, -3)
    case 3: near(0x1.762d86356be3fp+0, -50, -3)
    default: uniform(1e-3, 30)
    }
  }
}

private func exactLogGamma(_ x: Float80) -> Float80 { lgamma(x).0 }

/// The complement is exact: the tangent keeps its digits up to the pole.
private func exactTanPi(_ x: Float80) -> Float80 {
  if abs(x) <= 0.25 { return tan(.pi * x) }
  return (x < 0 ? -1 : 1) / tan(.pi * (0.5 - abs(x)))
}

// Both agree with mpmath to 0.02 ulp of a double. Upwards to 24, where Stirling's series has 20 digits after 10 terms; about its zero,
// where that sum would cancel, digamma is its Taylor series.

private func exactDigamma(_ x: Float80) -> Float80 {
  let distance = (x - root) - rootLow
  if abs(distance) < 0.13 { return distance * taylor.reversed().reduce(0) { $0 * distance + $1 } }
  var (x, sum) = (x, Float80(0))
  while x < 24 {
    sum -= 1 / x
    x += 1
  }
  let z = 1 / (x * x)
  let series = bernoulli.indices.reversed().reduce(Float80(0)) { ($0 + bernoulli[$1] / Float80(2 * $1 + 2)) * z }
  return sum + (log(x) - 0.5 / x - series)
}

private func exactTrigamma(_ x: Float80) -> Float80 {
  var (x, sum) = (x, Float80(0))
  while x < 24 {
    sum += 1 / (x * x)
    x += 1
  }
  let z = 1 / (x * x)
  let series = bernoulli.indices.reversed().reduce(Float80(0)) { ($0 + bernoulli[$1]) * z }
  return sum + (1 + 0.5 / x + series) / x
}

/// B₂, B₄, ….
private let bernoulli: [Float80] = [
  1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174_611 / 330,
]

/// The zero of digamma as a sum of two numbers, and the series there: ψ⁽ᵏ⁾/k! for k = 1, 2, …, by mpmath.
private let root: Float80 = 0x1.762d86356be3fp+0
private let rootLow: Float80 = 9.549995429965697715184199e-17
private let taylor: [Float80] = [
  0.96767224544762117042744, -0.44276316898359210609287, 0.2584997609556510106244, -0.16394270544240652750425,
  0.10782405069126236575718, -0.072199561256454710926122, 0.048804288164143107225093,
  -0.033161126474847359292258, 0.022597648232218104659625, -0.0154247659049489591388,
  0.010538791616612175388124, -0.0072045343863568682409705, 0.0049267813957298534463543,
  -0.0033698016554393280827929, 0.0023051263267349278369384, -0.0015769367714301972592709,
  0.0010788252019162965806919, -0.00073807093899600512956605, 0.0005049532658346020351774,
  -0.00034546802510630769955557, 0.0002363560156402705279237, -0.00016170622091974803449358,
  0.00011063372768747410904087, -0.000075691795821950659192377, 0.000051785757952220808689933,
]
