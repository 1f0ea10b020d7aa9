/// A function of each element.
package enum UnaryOperation: String, CaseIterable, Sendable {
  case negative, abs, sign, sqrt, exp, expm1, log, log1p, floor, ceil, round, isnan, isfinite

  package func callAsFunction(_ x: Numeric) throws(Failure) -> Numeric {
    switch self {
    // SIMD's own minus subtracts from 0, which loses the sign of zeros.
    case .negative: try map(x) { SIMD8(bits: $0.bits ^ SIMD8(repeating: 1 << 63)) }
    case .abs: try map(x) { magnitude($0) }
    case .sign: try map(x) { $0.replacing(with: 1, where: $0 .> 0).replacing(with: -1, where: $0 .< 0) }
    case .sqrt: try map(x) { $0.squareRoot() }
    case .exp: try map(x) { Kernels.exp($0) }
    case .expm1: try map(x) { Kernels.expm1($0) }
    case .log: try map(x) { Kernels.log($0) }
    case .log1p: try map(x) { Kernels.log1p($0) }
    case .floor: try map(x) { $0.rounded(.down) }
    case .ceil: try map(x) { $0.rounded(.up) }
    // Halves go to even, as in IEEE 754, NumPy and R.
    case .round: try map(x) { $0.rounded(.toNearestOrEven) }
    case .isnan: try map(x) { indicator($0 .!= $0) }
    case .isfinite: try map(x) { indicator(magnitude($0) .<= .greatestFiniteMagnitude) }
    }
  }
}

/// A function of two elements, or of an element and a number. Comparisons give 1 for true and 0 for false.
package enum BinaryOperation: String, CaseIterable, Sendable {
  case add, subtract, multiply, divide, floorDivide, modulo, power, minimum, maximum, eq, ne, lt, le, gt, ge

  package func callAsFunction(_ a: Numeric, _ b: Numeric) throws(Failure) -> Numeric {
    switch self {
    case .add: try zip(a, b) { $0 + $1 }
    case .subtract: try zip(a, b) { $0 - $1 }
    case .multiply: try zip(a, b) { $0 * $1 }
    case .divide: try zip(a, b) { $0 / $1 }
    case .floorDivide: try zip(a, b) { ($0 / $1).rounded(.down) }
    case .modulo: try zip(a, b) { eachLane($0, $1, floorModulo) }
    case .power: if case .number(2) = b { try zip(a, a) { $0 * $1 } } else { try zip(a, b) { pow($0, $1) } }
    case .minimum: try zip(a, b) { lesser($0, $1) }
    case .maximum: try zip(a, b) { greater($0, $1) }
    case .eq: try zip(a, b) { indicator($0 .== $1) }
    case .ne: try zip(a, b) { indicator($0 .!= $1) }
    case .lt: try zip(a, b) { indicator($0 .< $1) }
    case .le: try zip(a, b) { indicator($0 .<= $1) }
    case .gt: try zip(a, b) { indicator($0 .> $1) }
    case .ge: try zip(a, b) { indicator($0 .>= $1) }
    }
  }
}

@inline(__always)
private func map(_ x: Numeric, _ f: (SIMD8<Double>) -> SIMD8<Double>) throws(Failure) -> Numeric {
  switch x.content {
  case .number(let x): .number(f(SIMD8(repeating: x))[0])
  case .elements(let elements):
    x.shaping(
      try elements.withOctets { x throws(Failure) in try Vector(count: elements.count) { f(x[$0]) } })
  }
}

@inline(__always)
private func zip(
  _ a: Numeric, _ b: Numeric, _ f: (SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>
) throws(Failure) -> Numeric {
  let (left, right) = (try Operand(a), try Operand(b))
  let shape = try a.joined(with: b)
  let result = try left.octets.withOctets { x throws(Failure) in
    try right.octets.withOctets { y throws(Failure) in
      try Vector(count: shape.elementCount) { f(x[$0 &* left.step], y[$0 &* right.step]) }
    }
  }
  return shape.shaping(result)
}

/// Octets of an array, or one of a number that stands for all: one loop serves every pair, since each operation compiles its own.
private struct Operand {
  let octets: Vector
  /// 0 for a number.
  let step: Int

  init(_ operand: Numeric) throws(Failure) {
    switch operand.content {
    case .number(let x): (octets, step) = (try Vector([Double](repeating: x, count: 8)), 0)
    case .elements(let elements): (octets, step) = (elements, 1)
    }
  }
}

/// The smaller in each lane; NaN where either is.
@inline(__always)
func lesser(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> SIMD8<Double> {
  a.replacing(with: b, where: (b .< a) .| (b .!= b))
}

/// The larger in each lane; NaN where either is.
@inline(__always)
func greater(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> SIMD8<Double> {
  a.replacing(with: b, where: (b .> a) .| (b .!= b))
}

@inline(__always)
private func magnitude(_ x: SIMD8<Double>) -> SIMD8<Double> {
  SIMD8(bits: x.bits & SIMD8(repeating: UInt64.max >> 1))
}

@inline(__always)
private func indicator(_ mask: SIMDMask<SIMD8<Int64>>) -> SIMD8<Double> {
  SIMD8(repeating: 0).replacing(with: 1, where: mask)
}

@inline(__always)
private func eachLane(
  _ a: SIMD8<Double>, _ b: SIMD8<Double>, _ f: (Double, Double) -> Double
) -> SIMD8<Double> {
  var result = a
  for lane in 0..<8 { result[lane] = f(a[lane], b[lane]) }
  return result
}

/// a − ⌊a/b⌋·b without intermediate rounding, with the sign of b: Lua's `%`.
private func floorModulo(_ a: Double, _ b: Double) -> Double {
  let remainder = a.truncatingRemainder(dividingBy: b)
  return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
}
