// xʸ = exp(y·log x), with the logarithm as a sum of two doubles: it must be exact to 2⁻⁶⁴ where y·log x is near 700.

/// xʸ within 1.3 ulp over 10⁷ arguments, with the special cases of IEEE 754: 1 for y = 0 and for x = 1, NaN for x < 0 unless y is an integer.
package func pow(_ x: Double, _ y: Double) -> Double {
  if y == 0 || x == 1 { return 1 }
  if x.isNaN || y.isNaN { return .nan }
  if y == 2 { return x * x }
  let size = abs(x)
  if y.isInfinite { return size == 1 ? 1 : (size > 1) == (y > 0) ? .infinity : 0 }
  let isOdd = abs(y.truncatingRemainder(dividingBy: 2)) == 1
  if x < 0, size.isFinite, y != y.rounded() { return .nan }
  let power = size == 0 || size.isInfinite ? ((size == 0) == (y < 0) ? .infinity : 0) : positivePower(size, y)
  return x.sign == .minus && isOdd ? -power : power
}

/// xʸ in each lane, with the bits of the scalar function.
@inline(__always)
package func pow(_ x: SIMD8<Double>, _ y: SIMD8<Double>) -> SIMD8<Double> {
  let largest = SIMD8<Double>(repeating: .greatestFiniteMagnitude)
  let isOrdinary = (x .> 0) .& (x .<= largest) .& (y .>= -largest) .& (y .<= largest)
  var power = positivePower(x, y).replacing(with: x * x, where: y .== 2)
  if !all(isOrdinary) {
    for lane in 0..<8 where !isOrdinary[lane] { power[lane] = pow(x[lane], y[lane]) }
  }
  return power
}

/// xʸ for positive finite x and finite y.
@inline(__always)
private func positivePower<L: Lanes>(_ x: L, _ y: L) -> L {
  let (high, low) = longLogarithm(x)
  let exponent = y * high
  // Beyond the range of exp, exponent may be infinite and what it lost means nothing.
  let lost = (-exponent).addingProduct(y, high).addingProduct(y, low)
    .replacing(with: L(repeating: 0), where: exponent .> 710)
    .replacing(with: L(repeating: 0), where: exponent .< -746)
  return exponential(exponent, plus: lost)
}

/// log x as a sum of two doubles, relative error 2⁻⁶⁵, for positive finite x.
///
/// With x = 2ᵏ·(1 + f) and s = f / (2 + f): log x = k·log 2 + 2·s + 2·s·(z/3 + z²·q(z)), z = s², and q of a Taylor series.
@inline(__always)
func longLogarithm<L: Lanes>(_ x: L) -> (high: L, low: L) {
  let tiny = x .< 0x1p-1022
  let (wholeExponent, f) = split(x.replacing(with: x * L(repeating: 0x1p54), where: tiny))
  let k = wholeExponent.replacing(with: wholeExponent - L(repeating: 54), where: tiny)

  // Each pair of names is a sum of two doubles, the second what the first has lost.
  let divisor = L(repeating: 2) + f
  let divisorLow = f - (divisor - L(repeating: 2))
  let s = f / divisor
  let sLow = (f.addingProduct(-s, divisor) - s * divisorLow) / divisor
  let z = s * s
  let zLow = (-z).addingProduct(s, s).addingProduct(s + s, sLow)

  let third = L(repeating: 0x1.5555555555555p-2)
  let thirdLow = L(repeating: 0x1.5555555555555p-56)
  let first = z * third
  let firstLow = (-first).addingProduct(z, third).addingProduct(z, thirdLow).addingProduct(zLow, third)
  let rest =
    z * z
    * z.polynomial([
      1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13, 1 / 15, 1 / 17, 1 / 19, 1 / 21, 1 / 23, 1 / 25, 1 / 27,
    ])
  let series = first + rest
  let seriesLow = ((first - series) + rest) + firstLow

  let twice = s + s
  let bent = twice * series
  let bentLow = (-bent).addingProduct(twice, series).addingProduct(twice, seriesLow).addingProduct(sLow + sLow, series)
  let g = twice + bent
  let gLow = ((twice - g) + bent) + (sLow + sLow + bentLow)

  let shift = k * L(repeating: 0x1.62e42fefa3p-1)  // exact: 41 bits times 11
  let high = shift + g
  let low = ((shift - high) + g) + gLow.addingProduct(k, L(repeating: 0x1.3de6af278ece6p-42))
  return (high, low)
}
