/// Draws the number of successes in `trials` trials, exactly for any number of trials up to 2⁵³.
struct BinomialSampler: Sampler {
  private enum Method: Sendable {
    case certain(Double)
    case inversion(CountInversion<BinomialLaw>)
    case rejection(BinomialRejection)
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
    } else if trials * rarer <= CountTable.largestMean {
      method = .inversion(CountInversion(BinomialLaw(trials: trials, p: rarer)))
    } else {
      method = .rejection(BinomialRejection(trials: trials, p: rarer))
    }
  }

  func sample(_ words: inout Words) -> Double {
    let count =
      switch method {
      case .certain(let count): count
      case .inversion(let sampler): sampler.sample(&words)
      case .rejection(let sampler): sampler.sample(&words)
      }
    return flipped ? trials - count : count
  }

  /// The next `count` draws of `stream`.
  func sample(_ count: Int, from stream: inout RandomStream) throws(Failure) -> Vector {
    switch method {
    case .inversion(let sampler) where count >= CountTable.worthwhile:
      try flipped
        ? stream.sample(count, Mirrored(CountTable(sampler), total: trials)) : stream.sample(count, CountTable(sampler))
    case .rejection(let sampler):
      try flipped ? stream.sample(count, Mirrored(sampler, total: trials)) : stream.sample(count, sampler)
    default: try stream.sample(count, self)
    }
  }
}

/// `total` − a draw.
private struct Mirrored<Base: Sampler>: Sampler {
  static var blocksAhead: Int { Base.blocksAhead }

  private let base: Base
  private let total: Double

  init(_ base: Base, total: Double) {
    self.base = base
    self.total = total
  }

  func sample(_ words: inout Words) -> Double { total - base.sample(&words) }

  @inline(__always)
  func attempt(_ words: FirstWords) -> Double? { base.attempt(words).map { total - $0 } }
}

struct BinomialLaw: CountLaw {
  let mean, none: Double
  private let trials, odds: Double

  init(trials: Double, p: Double) {
    self.trials = trials
    odds = p / (1 - p)
    mean = trials * p
    none = exp(trials * log1p(-p))
  }

  func ratio(_ x: Double) -> Double { odds * ((trials + 1 - x) / x) }
}

/// Algorithm BTRS: transformed rejection with a squeeze, for means of 10 and more.
///
/// W. Hörmann, The generation of binomial random variates, 1993, doi:10.1080/00949659308811496. The ratio of probabilities is
/// taken from their saddle-point form instead of factorials, whose difference would lose the digits of large counts.
struct BinomialRejection: Sampler {
  static var blocksAhead: Int { 1 }

  private let trials, p, scale, skew, centre, squeeze, alpha, peak: Double

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
      let (u, v) = (words.uniform(), words.openUniform())
      let (count, depth) = place(u)
      if isSqueezed(v, depth) { return count }
      guard count >= 0, count <= trials else { continue }
      let level = log(v * alpha / (skew / (depth * depth) + scale))
      if level <= Binomial.logProbability(count, trials: trials, p: p) - peak { return count }
    }
  }

  @inline(__always)
  func attempt(_ words: FirstWords) -> Double? {
    let (count, depth) = place(words.uniform(0))
    return isSqueezed(words.openUniform(1), depth) ? count : nil
  }

  @inline(__always)
  private func place(_ uniform: Double) -> (count: Double, depth: Double) {
    let u = uniform - 0.5
    let depth = 0.5 - abs(u)
    return (((2 * skew / depth + scale) * u + centre).rounded(.down), depth)
  }

  /// Whether the count is accepted without a logarithm.
  @inline(__always)
  private func isSqueezed(_ v: Double, _ depth: Double) -> Bool { depth >= 0.07 && v <= squeeze }
}
