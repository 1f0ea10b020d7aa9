/// The logarithm of a multinomial probability, category by category, in C. Loader's form of n!:
/// log P(x) = common(n) − Σⱼ term(xⱼ, n, pⱼ), where nothing cancels, as it does in log n! − Σⱼ log xⱼ! + Σⱼ xⱼ·log pⱼ.
enum CountTerms {
  /// log of √(2πn)·exp(Stirling's error): what n! is above (n/e)ⁿ; n > 0.
  static func common(trials: Double) -> Double { stirlingError(trials) + 0.5 * log(2 * .pi * trials) }

  /// −log of the Poisson probability of x with mean n·p.
  static func term(_ x: Double, trials: Double, p: Double) -> Double {
    if x == 0 { return trials * p }
    if p == 0 { return .infinity }
    return stirlingError(x) + deviance(x, trials: trials, p: p) + 0.5 * log(2 * .pi * x)
  }

  /// The expected value of `term` for X binomial: by summation where the variance is below 10⁶; above, by a series whose error
  /// is below 1e-11.
  static func expectedTerm(trials: Double, p: Double) -> Double {
    if p == 0 { return 0 }
    let (mean, q) = (trials * p, 1 - p)
    let sd = (mean * q).squareRoot()
    // Moments about the mean to fourth order, in powers of 1/mean.
    if sd > 1000 {
      return 0.5 * log(2 * .pi * mean) + 0.5 * q + (1.0 / 12 - q / 4 + q * q / 4 - q * (q - p) / 6) / mean
    }
    // Beyond these the probabilities are below 1e-20.
    let low = max(0, (mean - 10 * sd - 10).rounded(.down))
    let high = min(trials, (mean + 10 * sd + 60).rounded(.up))
    var sum = CompensatedSum<Double>()
    for i in 0...Int(high - low) {
      let x = low + Double(i)
      sum.add(exp(Binomial.logProbability(x, trials: trials, p: p)), times: term(x, trials: trials, p: p))
    }
    return sum.value
  }
}
