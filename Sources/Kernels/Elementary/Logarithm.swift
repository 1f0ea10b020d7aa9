// x = 2ᵏ·(1 + f) with √½ ≤ 1 + f < √2 and, for s = f / (2 + f), log(1 + f) = 2·s + s·z·p(z), z = s². The order of the sums is
// that of fdlibm's e_log.c. Coefficients: Scripts/reference/polynomials.py.

/// log x within 0.84 ulp over 10⁷ arguments; −infinity at 0, NaN below.
package func log(_ x: Double) -> Double { logarithm(x) }

/// log x in each lane, with the bits of the scalar function.
@inline(__always)
package func log(_ x: SIMD8<Double>) -> SIMD8<Double> { logarithm(x) }

/// log(1 + x) within 0.84 ulp over 10⁷ arguments, also for small x; −infinity at −1, NaN below.
package func log1p(_ x: Double) -> Double { logarithmOnePlus(x) }

/// log(1 + x) in each lane, with the bits of the scalar function.
@inline(__always)
package func log1p(_ x: SIMD8<Double>) -> SIMD8<Double> { logarithmOnePlus(x) }

@inline(__always)
func logarithm<L: Lanes>(_ x: L) -> L {
  let tiny = x .< 0x1p-1022
  let (k, f) = split(x.replacing(with: x * L(repeating: 0x1p54), where: tiny))
  let exponent = k.replacing(with: k - L(repeating: 54), where: tiny)
  return atEdges(assemble(exponent, f, error: L(repeating: 0)), x)
}

@inline(__always)
func logarithmOnePlus<L: Lanes>(_ x: L) -> L {
  let u = L(repeating: 1) + x
  // 1 + x = u + lost exactly, by Knuth's two-sum.
  let back = u - L(repeating: 1)
  let lost = (L(repeating: 1) - (u - back)) + (x - back)
  let (k, f) = split(u)
  // Where k is 0, f = x needs no correction.
  let whole = k .== 0
  let error = (lost / u).replacing(with: L(repeating: 0), where: whole)
  return atEdges(assemble(k, f.replacing(with: x, where: whole), error: error), u).replacing(with: x, where: x .== 0)
}

/// k and f of a normal positive number.
@inline(__always)
func split<L: Lanes>(_ x: L) -> (k: L, f: L) {
  // Scaled by 1/√½, numbers with the same k have the same exponent bits, k + 1023.
  let biased =
    (x.bits &+ L.Integers(repeating: (1.0).bitPattern - 0.5.squareRoot().bitPattern)) &>> L.Integers(repeating: 52)
  let k = biased &- L.Integers(repeating: 1023)
  let mantissa = L(bits: x.bits &- (k &<< L.Integers(repeating: 52)))
  // An integer below 2⁵¹ added to the bits of 2⁵² is added to its value.
  let shift = L(repeating: 0x1p52)
  return (L(bits: shift.bits &+ biased) - L(repeating: 0x1p52 + 1023), mantissa - L(repeating: 1))
}

/// k·log 2 + log(1 + f) + error.
@inline(__always)
private func assemble<L: Lanes>(_ k: L, _ f: L, error: L) -> L {
  let s = f / (L(repeating: 2) + f)
  let z = s * s
  let p = z.polynomial([
    0x1.5555555555558p-1, 0x1.99999999952b2p-2, 0x1.2492492df6947p-2, 0x1.c71c62debf86bp-3, 0x1.7462b69705382p-3,
    0x1.39fe208c33457p-3, 0x1.2b5b5fb2eac92p-3,
  ])
  let halfSquare = L(repeating: 0.5) * f * f
  // 2·s = f − f²/2 + s·f²/2
  let low = (error.addingProduct(k, L(repeating: 0x1.3de6af278ece6p-42))).addingProduct(
    s, halfSquare.addingProduct(z, p))
  return ((f - (halfSquare - low))).addingProduct(k, L(repeating: 0x1.62e42fefa3p-1))
}

/// log x where x is 0, negative, infinite or NaN.
@inline(__always)
private func atEdges<L: Lanes>(_ value: L, _ x: L) -> L {
  value.replacing(with: L(repeating: -.infinity), where: x .== 0)
    .replacing(with: L(repeating: .nan), where: x .< 0)
    .replacing(with: x + x, where: x .> .greatestFiniteMagnitude)
    .replacing(with: x, where: x .!= x)
}
