/// Draws a Poisson number, exactly for any mean.
struct PoissonSampler: Sampler {
  private let lambda: Double
  /// P(0).
  private let none: Double

  /// `lambda`: finite, not negative.
  init(lambda: Double) {
    self.lambda = lambda
    none = exp(-lambda)
  }

  func sample(_ words: inout Words) -> Double { lambda < 10 ? inversion(&words) : rejection(&words) }

  /// Adds up probabilities from 0 until they pass a uniform number.
  private func inversion(_ words: inout Words) -> Double {
    while true {
      var (left, probability, count) = (words.uniform(), none, 0.0)
      // Larger counts have less than 1e-60: rounding has kept the sum below 1, draw again.
      while count <= 110 {
        if left < probability { return count }
        left -= probability
        count += 1
        probability *= lambda / count
      }
    }
  }

  /// Algorithm PTRS: transformed rejection with a squeeze, for means of 10 and more.
  ///
  /// W. Hörmann, The transformed rejection method for generating Poisson random variables, 1993,
  /// doi:10.1016/0167-6687(93)90997-4. The probability is taken in its saddle-point form, which keeps its digits for large counts.
  private func rejection(_ words: inout Words) -> Double {
    let scale = 0.931 + 2.53 * lambda.squareRoot()
    let skew = -0.059 + 0.02483 * scale
    let height = 1.1239 + 1.1328 / (scale - 3.4)
    let squeeze = 0.9277 - 3.6224 / (scale - 2)
    while true {
      let u = words.uniform() - 0.5
      let v = words.openUniform()
      let depth = 0.5 - abs(u)
      let count = ((2 * skew / depth + scale) * u + lambda + 0.43).rounded(.down)
      if depth >= 0.07, v <= squeeze { return count }
      guard count >= 0, depth >= 0.013 || v <= depth else { continue }
      let level = log(v * height / (skew / (depth * depth) + scale))
      if level <= Poisson.logProbability(count, lambda: lambda) { return count }
    }
  }
}
