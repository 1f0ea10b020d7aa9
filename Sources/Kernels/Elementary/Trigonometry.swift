// Coefficients: Scripts/reference/polynomials.py.

/// The angle from −π/2 to π/2 whose tangent is x, within 1.8 ulp over 10⁷ arguments.
package func atan(_ x: Double) -> Double { arctangent(x) }

/// atan x in each lane, with the bits of the scalar function.
@inline(__always)
package func atan(_ x: SIMD8<Double>) -> SIMD8<Double> { arctangent(x) }

/// tan πx for |x| ≤ ½, within 3.8 ulp over 10⁷ arguments; infinite at ±½, NaN beyond.
package func tanPi(_ x: Double) -> Double {
  guard abs(x) <= 0.5 else { return .nan }
  if abs(x) <= 0.25 { return sine(.pi * x) / cosine(.pi * x) }
  // The complement is exact: the tangent keeps its digits up to the pole.
  let complement = .pi * (0.5 - abs(x))
  let tangent = cosine(complement) / sine(complement)
  return x < 0 ? -tangent : tangent
}

/// sin x for |x| ≤ 8, within 1.4 ulp over 10⁷ arguments; NaN beyond.
package func boundedSin(_ x: Double) -> Double { turned(x, by: 0) }

/// cos x for |x| ≤ 8, within 1.5 ulp over 10⁷ arguments; NaN beyond.
package func boundedCos(_ x: Double) -> Double { turned(x, by: 1) }

/// sin |x| for |x| ≤ π/2, with the bits of `boundedSin`.
@inline(__always)
func quarterSine<L: Lanes>(_ x: L) -> L {
  let size = x.absolute
  let isLarge = size * L(repeating: 2 / .pi) .> 0.5.nextDown
  let rest = (size - L(repeating: 0x1.921fb54442d18p+0)) - L(repeating: 0x1.1a62633145c07p-54)
  return sine(size).replacing(with: cosine(rest), where: isLarge)
}

/// sin(x + quarters·π/2), from the nearest multiple of π/2.
private func turned(_ x: Double, by quarters: Int) -> Double {
  guard abs(x) <= 8 else { return .nan }
  let n = (x * (2 / .pi)).rounded()
  // The first product is exact where x is near a multiple, the second term is what π/2 loses.
  let rest = x.addingProduct(-n, 0x1.921fb54442d18p+0).addingProduct(-n, 0x1.1a62633145c07p-54)
  switch (Int(n) + quarters) & 3 {
  case 0: return sine(rest)
  case 1: return cosine(rest)
  case 2: return -sine(rest)
  default: return -cosine(rest)
  }
}

@inline(__always)
func arctangent<L: Lanes>(_ x: L) -> L {
  let size = x.absolute
  let one = L(repeating: 1)
  // atan x = π/2 − atan(1/x) = π/4 + atan((x − 1) / (x + 1)): what is left is at most tan(π/8).
  let isMiddle = size .> 0.41421356237309503
  let isLarge = size .> 2.414213562373095
  let numerator = size.replacing(with: size - one, where: isMiddle).replacing(with: -one, where: isLarge)
  let divisor = one.replacing(with: size + one, where: isMiddle).replacing(with: size, where: isLarge)
  let t = numerator / divisor
  let base = L(repeating: 0).replacing(with: L(repeating: 0x1.921fb54442d18p-1), where: isMiddle)
    .replacing(with: L(repeating: 0x1.921fb54442d18p+0), where: isLarge)
  let baseLow = L(repeating: 0).replacing(with: L(repeating: 0x1.1a62633145c07p-55), where: isMiddle)
    .replacing(with: L(repeating: 0x1.1a62633145c07p-54), where: isLarge)

  let z = t * t
  let p = z.polynomial([
    -0x1.5555555555555p-2, 0x1.9999999999953p-3, -0x1.249249248d7e6p-3, 0x1.c71c71c3045bap-4, -0x1.745d165de250bp-4,
    0x1.3b1392d7e8f74p-4, -0x1.110e87e6a8722p-4, 0x1.e19a10824a50bp-5, -0x1.ac7a7bd8f05c0p-5, 0x1.74dd67f0d3109p-5,
    -0x1.1b32a3266af2ep-5, 0x1.0ad10221730d6p-6,
  ])
  let angle = base + (t + baseLow.addingProduct(t * z, p))
  return angle.replacing(with: -angle, where: x .< 0).replacing(with: x, where: x .== 0)
}

/// sin y for |y| ≤ π/4.
@inline(__always)
func sine<L: Lanes>(_ y: L) -> L {
  let z = y * y
  let p = z.polynomial([
    -0x1.5555555555555p-3, 0x1.1111111111110p-7, -0x1.a01a01a019938p-13, 0x1.71de3a5460916p-19,
    -0x1.ae645412bde0ep-26, 0x1.61217f058e863p-33, -0x1.ab17d083f6cf7p-41,
  ])
  return y.addingProduct(y * z, p)
}

/// cos y for |y| ≤ π/4.
@inline(__always)
func cosine<L: Lanes>(_ y: L) -> L {
  let z = y * y
  let p = z.polynomial([
    0x1.5555555555555p-5, -0x1.6c16c16c16967p-10, 0x1.a01a019f4eaccp-16, -0x1.27e4fa17d5c9dp-22,
    0x1.1eeb68e4cd852p-29, -0x1.907da036ba5cfp-37,
  ])
  return L(repeating: 1) + (z * L(repeating: -0.5)).addingProduct(z * z, p)
}
