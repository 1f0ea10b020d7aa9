// For z ≥ 0 the tail is exp(−z²/2)·c·p(t) / (z + c) with t = (z − c) / (z + c), c = 5.3: a polynomial for all of the half line,
// after M. M. Shepherd and J. G. Laframboise, 1981, doi:10.2307/2007755. Coefficients: Scripts/reference/polynomials.py.

/// P(Z > z) for a standard normal Z, within 1e-15 relative, far into the tail; 0 above 38.6.
package func normalTail(_ z: Double) -> Double { tailOfNormal(z) }

/// P(Z > z) in each lane, with the bits of the scalar function.
@inline(__always)
package func normalTail(_ z: SIMD8<Double>) -> SIMD8<Double> { tailOfNormal(z) }

/// log P(Z > z), also where the tail is too small for a double.
package func logNormalTail(_ z: Double) -> Double { logarithmOfTail(z) }

@inline(__always)
func logarithmOfTail<L: Lanes>(_ z: L) -> L {
  // Squares of larger numbers are beyond the doubles.
  let size = z.absolute.replacing(with: L(repeating: 1e154), where: z.absolute .> 1e154)
  let exponent = L(repeating: -0.5) * size * size
  let scaled = scaledTail(size)
  let upper = (logarithm(scaled) + exponent).replacing(with: L(repeating: -.infinity), where: z .> 1e154)
  return upper.replacing(with: logarithmOnePlus(-(exponential(exponent) * scaled)), where: z .< 0)
    .replacing(with: z, where: z .!= z)
}

@inline(__always)
func tailOfNormal<L: Lanes>(_ argument: L) -> L {
  let magnitude = argument.replacing(with: -argument, where: argument .< 0)
  let z = magnitude.replacing(with: L(repeating: 40), where: magnitude .> 40)
  // The exponent is large where the tail is small: what its rounding loses is put back as a factor.
  let square = z * z
  let lost = (-square).addingProduct(z, z)
  let upper = exponential(square * L(repeating: -0.5)) * (L(repeating: 1) - lost * L(repeating: 0.5)) * scaledTail(z)
  // The median is exact.
  return upper.replacing(with: L(repeating: 1) - upper, where: argument .< 0)
    .replacing(with: L(repeating: 0.5), where: argument .== 0)
}

/// exp(z²/2)·P(Z > z) for z ≥ 0.
@inline(__always)
func scaledTail<L: Lanes>(_ z: L) -> L {
  let c = L(repeating: 5.3)
  let inverse = L(repeating: 1) / (z + c)
  let t = (z - c) * inverse
  let p = t.polynomial([
    0x1.2a5794d64b626p-3, -0x1.05ea0ad7907f9p-3, 0x1.922d7384d8903p-4, -0x1.0bc277b0ce994p-4, 0x1.30764e0b11ae1p-5,
    -0x1.1f9a2e0a7b362p-6, 0x1.ab6d2162b184dp-8, -0x1.b2a5c975e5173p-10, 0x1.0a90c989617f1p-13, 0x1.bec2b164a6bdfp-14,
    -0x1.8356df4e7c46bp-15, 0x1.4bad1797dd1c8p-20, 0x1.500be5a5ed544p-18, -0x1.38d21e1905a6cp-20,
    -0x1.ddad635ee3346p-22, 0x1.d55afdc14fd0bp-23, 0x1.4baf0a97c7193p-25, -0x1.2bd5d52c8fbc0p-25,
    -0x1.094c3ca039e1dp-28, 0x1.6ece3b227cba8p-28, 0x1.203aab73b1cb3p-31, -0x1.87d327fb0ff0ep-31,
    -0x1.60e4d0cf25180p-34, 0x1.00e85f340668dp-34, 0x1.12e99be6f9d89p-37,
  ])
  return p * c * inverse
}
