/// Draws a Poisson number, exactly for any mean.
enum PoissonSampler: Sampler {
  case inversion(CountInversion<PoissonLaw>)
  case rejection(PoissonRejection)

  /// `lambda`: finite, not negative.
  init(lambda: Double) {
    self =
      lambda <= CountTable.largestMean
      ? .inversion(CountInversion(PoissonLaw(mean: lambda))) : .rejection(PoissonRejection(lambda: lambda))
  }

  func sample(_ words: inout Words) -> Double {
    switch self {
    case .inversion(let sampler): sampler.sample(&words)
    case .rejection(let sampler): sampler.sample(&words)
    }
  }

  /// The next `count` draws of `stream`.
  func sample(_ count: Int, from stream: inout RandomStream) throws(Failure) -> Vector {
    switch self {
    case .inversion(let sampler) where count < CountTable.worthwhile: try stream.sample(count, sampler)
    case .inversion(let sampler): try stream.sample(count, CountTable(sampler))
    case .rejection(let sampler): try stream.sample(count, sampler)
    }
  }
}

struct PoissonLaw: CountLaw {
  let mean: Double
  var none: Double { exp(-mean) }
  func ratio(_ x: Double) -> Double { mean / x }
}

/// Algorithm PTRS: transformed rejection with a squeeze, for means of 10 and more.
///
/// W. Hörmann, The transformed rejection method for generating Poisson random variables, 1993,
/// doi:10.1016/0167-6687(93)90997-4. The probability is taken in its saddle-point form, which keeps its digits for large counts.
struct PoissonRejection: Sampler {
  static var blocksAhead: Int { 1 }

  private let lambda, scale, skew, height, squeeze: Double

  init(lambda: Double) {
    self.lambda = lambda
    scale = 0.931 + 2.53 * lambda.squareRoot()
    skew = -0.059 + 0.02483 * scale
    height = 1.1239 + 1.1328 / (scale - 3.4)
    squeeze = 0.9277 - 3.6224 / (scale - 2)
  }

  func sample(_ words: inout Words) -> Double {
    while true {
      let (u, v) = (words.uniform(), words.openUniform())
      let (count, depth) = place(u)
      if isSqueezed(v, depth) { return count }
      guard count >= 0, depth >= 0.013 || v <= depth else { continue }
      let level = log(v * height / (skew / (depth * depth) + scale))
      if level <= Poisson.logProbability(count, lambda: lambda) { return count }
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
    return (((2 * skew / depth + scale) * u + lambda + 0.43).rounded(.down), depth)
  }

  /// Whether the count is accepted without a logarithm.
  @inline(__always)
  private func isSqueezed(_ v: Double, _ depth: Double) -> Bool { depth >= 0.07 && v <= squeeze }
}
