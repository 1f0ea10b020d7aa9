/// eˣ in each lane for x ≤ 0, within 1.2 ulp where it is at least 2⁻¹⁰⁰, and 0 below: a third cheaper than `exp`.
///
/// The method is that of `exp` with a term less, and without what the remainder of the reduction has lost.
@inline(__always)
package func vanishingExp(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let shift = SIMD8<Double>(repeating: 0x1.8p52)
  let shifted = shift.addingProduct(x, SIMD8(repeating: 0x1.71547652b82fep+0))
  let n = shifted - shift
  let high = x.addingProduct(n, SIMD8(repeating: -0x1.62e42fefa3p-1))
  let r = high.addingProduct(n, SIMD8(repeating: -0x1.3de6af278ece6p-42))
  let q = r.polynomial([
    0x1.0000000000001p-1, 0x1.5555555555556p-3, 0x1.5555555553d56p-5, 0x1.11111111109afp-7, 0x1.6c16c17890eb4p-10,
    0x1.a01a01a7c73c0p-13, 0x1.a019b8f9792eep-16, 0x1.71de0da24602dp-19, 0x1.28919ccaf9211p-22, 0x1.af38c67fbb53ep-26,
  ])
  let y = SIMD8(repeating: 1.0) + r.addingProduct(r * r, q)
  // y is near 1, so that n can be added to its exponent.
  let scaled = SIMD8<Double>(bits: y.bits &+ (shifted.bits &<< SIMD8<UInt64>(repeating: 52)))
  return scaled.replacing(with: 0.0, where: x .< vanishing)
}

/// log 2⁻¹⁰⁰.
let vanishing = -69.31471805599453
