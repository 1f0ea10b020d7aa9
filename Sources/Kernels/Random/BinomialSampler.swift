/// Draws the number of successes in `trials` trials, exactly for any number of trials up to 2⁵³.
struct BinomialSampler: Sampler {
  private enum Method: Sendable {
    case certain(Double)
    case inversion(Inversion)
    case rejection(TransformedRejection)
  }

  private let trials: Double
  /// Whether failures are drawn, because they are rarer.
  private let flipped: Bool
  private let method: Method

  /// `trials`: an integer from 0 to 2⁵³ · `p`: from 0 to 1.
  init(trials: Double, p: Double) {
    self.trials = trials
    flipped = p > 0.5
    let rarer = flipped ? 1 - p : p
    if trials == 0 || rarer == 0 {
      method = .certain(0)
    } else if trials * rarer < 10 {
      method = .inversion(Inversion(trials: trials, p: rarer))
    } else {
      method = .rejection(TransformedRejection(trials: trials, p: rarer))
    }
  }

  @inline(__always)
  func sample(_ words: inout Words) -> Double {
    let count =
      switch method {
      case .certain(let count): count
      case .inversion(let sampler): sampler.sample(&words)
      case .rejection(let sampler): sampler.sample(&words)
      }
    return flipped ? trials - count : count
  }
}

/// Adds up probabilities from 0 until they pass a uniform number: fast for small means.
private struct Inversion: Sendable {
  let trials: Double
  let odds: Double
  let none: Double

  init(trials: Double, p: Double) {
    self.trials = trials
    odds = p / (1 - p)
    none = exp(trials * log1p(-p))
  }

  func sample(_ words: inout Words) -> Double {
    while true {
      var left = words.uniform()
      var probability = none
      var count = 0.0
      // With a mean below 10, larger counts have less than 1e-60: rounding has kept the sum below 1, draw again.
      while count <= min(trials, 110) {
        if left < probability { return count }
        left -= probability
        count += 1
        probability *= odds * (trials + 1 - count) / count
      }
    }
  }
}

/// Algorithm BTRS: transformed rejection with a squeeze, for means of 10 and more.
///
/// W. Hörmann, The generation of binomial random variates, 1993, doi:10.1080/00949659308811496. The ratio of probabilities is
/// taken from their saddle-point form instead of factorials, whose difference would lose the digits of large counts.
private struct TransformedRejection: Sendable {
  let trials, p, scale, skew, centre, squeeze, alpha, peak: Double

  init(trials: Double, p: Double) {
    self.trials = trials
    self.p = p
    let sd = (trials * p * (1 - p)).squareRoot()
    scale = 1.15 + 2.53 * sd
    skew = -0.0873 + 0.0248 * scale + 0.01 * p
    centre = trials * p + 0.5
    squeeze = 0.92 - 4.2 / scale
    alpha = (2.83 + 5.1 / scale) * sd
    peak = Binomial.logProbability(((trials + 1) * p).rounded(.down), trials: trials, p: p)
  }

  func sample(_ words: inout Words) -> Double {
    while true {
      let u = words.uniform() - 0.5
      let v = words.openUniform()
      let depth = 0.5 - abs(u)
      let count = ((2 * skew / depth + scale) * u + centre).rounded(.down)
      if depth >= 0.07, v <= squeeze { return count }
      guard count >= 0, count <= trials else { continue }
      let height = log(v * alpha / (skew / (depth * depth) + scale))
      if height <= Binomial.logProbability(count, trials: trials, p: p) - peak { return count }
    }
  }
}
