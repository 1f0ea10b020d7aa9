// x = n·log 2 + r with |r| ≤ ½·log 2 and eˣ = 2ⁿ·eʳ, where eʳ = 1 + r + r²·q(r). Coefficients: Scripts/reference/polynomials.py.
// Errors of these and of all elementary functions are measured by `Bench errors`.

/// eˣ within 0.83 ulp over 10⁷ arguments, subnormal results included; infinity above 709.78, 0 below −745.13.
package func exp(_ x: Double) -> Double { exponential(x) }

/// eˣ in each lane, with the bits of the scalar function.
@inline(__always)
package func exp(_ x: SIMD8<Double>) -> SIMD8<Double> { exponential(x) }

/// eˣ − 1 within 1.1 ulp over 10⁷ arguments, also where eˣ is near 1.
package func expm1(_ x: Double) -> Double { exponentialMinusOne(x) }

/// eˣ − 1 in each lane, with the bits of the scalar function.
@inline(__always)
package func expm1(_ x: SIMD8<Double>) -> SIMD8<Double> { exponentialMinusOne(x) }

/// eˣ⁺ᵉ for a small e.
@inline(__always)
func exponential<L: Lanes>(_ x: L, plus e: L = L(repeating: 0)) -> L {
  // Beyond these the result is infinity or 0, and n would leave the range of `scaled`.
  let x = x.replacing(with: L(repeating: 710), where: x .> 710).replacing(with: L(repeating: -746), where: x .< -746)
  let (n, r, error) = reduced(x, plus: e)
  let tail = error.addingProduct(r * r, quotient(r))
  return scaled(L(repeating: 1) + (r + tail), by: n)
}

@inline(__always)
func exponentialMinusOne<L: Lanes>(_ argument: L) -> L {
  // Below −40 the result rounds to −1.
  let x = argument.replacing(with: L(repeating: 710), where: argument .> 710)
    .replacing(with: L(repeating: -40), where: argument .< -40)
  let (n, r, error) = reduced(x)
  let tail = error.addingProduct(r * r, quotient(r))
  // 2ⁿ·((1 − 2⁻ⁿ) + r + tail), both sums with what they lost: |1 − 2⁻ⁿ| is 0 or larger than |r|.
  let inverse = scaled(L(repeating: 1), by: L.Integers(repeating: 0) &- n)
  let whole = L(repeating: 1) - inverse
  let sum = whole + r
  let lost = ((L(repeating: 1) - whole) - inverse) + ((whole - sum) + r)
  let result = scaled(sum + (lost + tail), by: n)
  return result.replacing(with: argument, where: argument .== 0)
}

/// n = round(x / log 2), r = x + e − n·log 2 rounded, and what the rounding lost.
@inline(__always)
private func reduced<L: Lanes>(_ x: L, plus e: L = L(repeating: 0)) -> (n: L.Integers, r: L, error: L) {
  // Adding 1.5·2⁵² leaves the nearest integer in the last bits.
  let shift = L(repeating: 0x1.8p52)
  let shifted = shift.addingProduct(x, L(repeating: 0x1.71547652b82fep+0))
  let n = shifted - shift
  let high = x.addingProduct(n, L(repeating: -0x1.62e42fefa3p-1))  // exact: 41 bits times 11
  let low = (-e).addingProduct(n, L(repeating: 0x1.3de6af278ece6p-42))
  let r = high - low
  return (shifted.bits &- shift.bits, r, (high - r) - low)
}

/// (eʳ − 1 − r) / r².
@inline(__always)
private func quotient<L: Lanes>(_ r: L) -> L {
  r.polynomial([
    0.5, 0x1.5555555555557p-3, 0x1.5555555555556p-5, 0x1.11111111100d3p-7, 0x1.6c16c16c162cfp-10, 0x1.a01a01abeccc3p-13,
    0x1.a01a01a6db488p-16, 0x1.71de02225a2f3p-19, 0x1.27e4db5bb725ap-22, 0x1.af4e092e1705bp-26, 0x1.1f7315649f2d7p-29,
  ])
}

/// x·2ⁿ for |n| ≤ 2000, rounded once: the first product is exact.
@inline(__always)
private func scaled<L: Lanes>(_ x: L, by n: L.Integers) -> L {
  // 2048 keeps what is shifted positive: 2ⁿ = 2ᵃ⁻¹⁰²⁴·2ᵇ⁻¹⁰²⁴ with a + b = n + 2048.
  let biased = n &+ L.Integers(repeating: 2048)
  let a = biased &>> L.Integers(repeating: 1)
  let b = biased &- a
  return x * L(bits: (a &- L.Integers(repeating: 1)) &<< L.Integers(repeating: 52))
    * L(bits: (b &- L.Integers(repeating: 1)) &<< L.Integers(repeating: 52))
}
