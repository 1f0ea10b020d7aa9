package struct Binomial {
  static func logProbability(_ x: Double, trials: Double, p: Double) -> Double {
    if x == 0 { return trials == 0 ? 0 : trials * log1p(-p) }
    if x == trials { return trials * log(p) }
    let failures = trials - x
    let mean = trials * p
    let error = (-mean).addingProduct(trials, p)
    let difference = (x - mean) - error
    let exponent =
      stirlingError(trials) - stirlingError(x) - stirlingError(failures)
      - deviance(x, mean: mean, difference: difference)
      - deviance(failures, mean: (trials - mean) - error, difference: -difference)
    return exponent - 0.5 * (log(2 * .pi * x) + log1p(-x / trials))
  }
}
