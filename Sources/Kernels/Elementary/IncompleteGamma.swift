import CBoost

// From shape 10⁴ on, a uniform expansion takes a fixed time, where series and fractions need some √a terms. With λ = x/a,
// η²/2 = λ − 1 − log λ and z = η·√a: Q(a, x) = P(Z > z) + exp(−z²/2)/√(2πa)·S, S = Σ cₖ(η)/aᵏ. Beyond |η| = 0.39 one of the
// two is below the smallest double: four polynomials are enough. Coefficients: Scripts/reference/polynomials.py.
//
// N. M. Temme, The asymptotic expansion of the incomplete gamma functions, 1979, doi:10.1137/0510071; DLMF 8.12.

/// The regularised incomplete gamma function P(a, x); a > 0, x ≥ 0 and finite.
func lowerGamma(_ a: Double, _ x: Double) -> Double {
  a >= manyEvents ? uniformGamma(a, x, lost: 0).lower : boost_gamma_p(a, x)
}

/// Q(a, x) = 1 − P(a, x), exact where it is small.
func upperGamma(_ a: Double, _ x: Double) -> Double {
  a >= manyEvents ? uniformGamma(a, x, lost: 0).upper : boost_gamma_q(a, x)
}

/// The shape from which on the expansion is used.
let manyEvents = 1e4

/// x with P(a, x) = `lower`, or, where that is above ½, with Q(a, x) = `upper`; the two have the sum 1 and are not 0.
func inverseIncompleteGamma(_ a: Double, lower: Double, upper: Double) -> Double {
  let isLower = lower < upper
  if a < manyEvents { return isLower ? boost_gamma_p_inv(a, lower) : boost_gamma_q_inv(a, upper) }
  let wanted = isLower ? lower : upper
  let eta = (isLower ? normalQuantile(lower) : -normalQuantile(upper)) / a.squareRoot()
  var x = a * eta.polynomial([1, 1, 1.0 / 3, 1.0 / 36, -1.0 / 270])
  // Newton's method for the logarithm of the tail, which is nearly a parabola.
  for _ in 0..<20 {
    let tails = uniformGamma(a, x, lost: 0)
    let tail = isLower ? tails.lower : tails.upper
    let logDensity = 0.5 * log(a) - logRootTwoPi - stirlingRemainder(a) - deviance(a, mean: x, difference: a - x)
    let step = log(tail / wanted) * tail * x / exp(logDensity)
    guard step.isFinite else { break }
    x += isLower ? -step : step
    if abs(step) <= 4 * x.ulp { break }
  }
  return x
}

/// P(a, x + lost) and Q(a, x + lost) for a ≥ 10⁴; `lost` is what the rounding of x has lost.
func uniformGamma(_ a: Double, _ x: Double, lost: Double) -> (lower: Double, upper: Double) {
  let difference = (x - a) + lost
  let isUpper = difference >= 0
  let halfSquare = deviance(a, mean: x, difference: -difference)
  let height = exp(-halfSquare)
  if height == 0 { return isUpper ? (1, 0) : (0, 1) }
  let size = (2 * halfSquare).squareRoot()
  let root = a.squareRoot()
  let correction = expansion(isUpper ? size / root : -size / root, inverse: 1 / a) / (root * (2 * .pi).squareRoot())
  let tail = height * (scaledTail(size) + (isUpper ? correction : -correction))
  return isUpper ? (1 - tail, tail) : (tail, 1 - tail)
}

/// S.
private func expansion(_ eta: Double, inverse: Double) -> Double {
  let c0 = eta.polynomial([
    -0x1.5555555555555p-2, 0x1.5555555555555p-4, -0x1.e573ac901e574p-7, 0x1.2f684bda12f68p-10, 0x1.71de3a556c734p-12,
    -0x1.76e06fec7273bp-13, 0x1.48c5892f7cd83p-15, -0x1.255370652afc1p-19, -0x1.f1b22f594c6b5p-20,
    0x1.bd6d21e4b4109p-21, -0x1.7b5f9a2d0465cp-23, 0x1.ccf5ceb7f0d9fp-28, 0x1.6097d55c37c1cp-27,
    -0x1.2d2197c7a2faap-28, 0x1.f6e66d24d5c8ap-31, -0x1.c0d9b6edf2b0bp-36,
  ])
  let c1 = eta.polynomial([
    -0x1.e573ac901e574p-10, -0x1.c71c71c71c71cp-9, 0x1.5ac056b015ac0p-9, -0x1.0394f6f09e723p-10,
    0x1.af83440e53dbcp-13, -0x1.af83440e53dbcp-22, -0x1.2fa4ae89e5af0p-16, 0x1.00a9cabd6b83ep-17,
    -0x1.b0bdfcc629cbap-20, 0x1.3f59230a8357cp-28, 0x1.280f2cde3f847p-23, -0x1.ee23d0cba8aeep-25,
  ])
  let c2 = eta.polynomial([
    0x1.0ee643b990ee6p-8, -0x1.5f7268edab4c8p-9, 0x1.948b0fcd6e9e0p-11, 0x1.0db20a88f4696p-19, -0x1.c253efaa1a932p-14,
    0x1.bbf43daf4fe53p-15, -0x1.ac2d05890f2c3p-17, 0x1.26154ae39151dp-25,
  ])
  let c3 = eta.polynomial([
    0x1.547d93b34e2b6p-11, 0x1.e13ce465fa859p-13, -0x1.ebfb188b7ca00p-12, 0x1.18b9b5bf2d984p-12,
  ])
  return inverse.polynomial([c0, c1, c2, c3])
}
