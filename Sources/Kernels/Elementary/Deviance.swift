/// x·log(x/m) + m − x ≥ 0 for a count x ≥ 0 and its mean m = trials·p > 0: how far x is from the mean, in nats.
///
/// The difference x − m is formed without the rounding of the product, so that counts of 10¹⁵ keep their digits near the mean.
/// C. Loader, Fast and accurate computation of binomial probabilities, 2000, function bd0.
package func deviance(_ x: Double, trials: Double, p: Double) -> Double {
  let mean = trials * p
  let difference = (x - mean) - (-mean).addingProduct(trials, p)
  return deviance(x, mean: mean, difference: difference)
}

/// The same for a difference x − m that is known better than from the rounded mean.
package func deviance(_ x: Double, mean: Double, difference: Double) -> Double {
  if x == 0 { return mean }
  // Far from the mean nothing cancels much.
  if abs(difference / (x + mean)) > 1.0 / 3 { return x * log(x / mean) - difference }
  return nearDeviance(x, mean: mean, difference: difference)
}

/// The same where |x − m| ≤ (x + m)/3.
@inline(__always)
func nearDeviance<L: Lanes>(_ x: L, mean: L, difference: L) -> L {
  // log(x/m) = 2·artanh v, and x·2·v − difference = difference·v.
  let v = difference / (x + mean)
  return difference * v + x * v * artanhExcess(v * v)
}

/// 2·artanh(v)/v − 2 for z = v² up to 1/9. Coefficients: Scripts/reference/polynomials.py.
@inline(__always)
func artanhExcess<L: Lanes>(_ z: L) -> L {
  z
    * z.polynomial([
      0x1.5555555555555p-1, 0x1.999999999999cp-2, 0x1.2492492491fddp-2, 0x1.c71c71c77ee9dp-3, 0x1.745d1724a3bdbp-3,
      0x1.3b13b7cfaedbap-3, 0x1.11103de991d0cp-3, 0x1.e204935c75c57p-4, 0x1.ad44f307e170cp-4, 0x1.9747d5397e976p-4,
      0x1.03399ff558033p-4, 0x1.382004214ea16p-3,
    ])
}
