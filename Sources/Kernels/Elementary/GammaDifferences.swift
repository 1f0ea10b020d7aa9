// Differences of gamma functions, without what cancels in them.

/// log Γ(x + s) − log Γ(x) for x ≥ 1 and s > 0, within 1e-14 relative for small s too.
func logGammaRise(_ x: Double, by s: Double) -> Double {
  // The integral of ψ, by Gauss's rule of three points; its error is below 1e-12 of it.
  if s < 0.03 {
    let reach = 0.38729833462074169 * s
    let middle = x + 0.5 * s
    return s * (4.0 / 9 * digamma(middle) + 5.0 / 18 * (digamma(middle - reach) + digamma(middle + reach)))
  }
  let top = x + s
  let powers = ((x - 0.5) * log1p(s / x)).addingProduct(s, log(top)) - s
  return powers + (stirlingRemainder(top) - stirlingRemainder(x))
}

/// log x − ψ(x) for x > 0.
func digammaLag(_ x: Double) -> Double { x < 1 ? log(x) - digamma(x) : logMinusDigamma(x) }

/// The derivative of log x − ψ(x), 1/x − ψ′(x), for x > 0.
func digammaLagSlope(_ x: Double) -> Double {
  if x < 60 { return 1 / x - trigamma(x) }
  // The asymptotic series; what is left out is below 1e-17 of it.
  let z = 1 / x
  let square = z * z
  return -square * (0.5 + z * square.polynomial([1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66]))
}

/// ψ(x + s) − ψ(x) for x > 0 and s > 0.
func digammaDifference(_ x: Double, by s: Double) -> Double {
  x < 1 ? digamma(x + s) - digamma(x) : log1p(s / x) - (logMinusDigamma(x + s) - logMinusDigamma(x))
}
