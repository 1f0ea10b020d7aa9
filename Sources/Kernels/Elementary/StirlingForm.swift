/// log Γ(a) − (a·log a − a) for a > 0: small for large a, where differences of log Γ itself cancel.
func logGammaResidue(_ a: Double) -> Double {
  a < 1 ? logGamma(a) - a * log(a) + a : logRootTwoPi - 0.5 * log(a) + stirlingRemainder(a)
}

/// log(Γ(a + h)/Γ(a)) − h·log a for a > 0, h ≥ 0: in terms that do not cancel for large a.
func logGammaRise(_ a: Double, _ h: Double) -> Double {
  // x·log(x/a) + a − x with x = a + h.
  deviance(a + h, mean: a, difference: h) + logGammaResidue(a + h) - logGammaResidue(a)
}

/// ψ(a + h) − ψ(a) for a > 0, h ≥ 0.
func digammaRise(_ a: Double, _ h: Double) -> Double { log1p(h / a) + digammaLag(a) - digammaLag(a + h) }
