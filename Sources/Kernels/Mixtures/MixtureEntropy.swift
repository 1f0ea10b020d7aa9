extension UnivariateMixture {
  /// −∫ p·log p, in nats.
  ///
  /// Continuous: by quadrature between the quantiles of the components, out to where 2⁻⁵¹ of each is left. Over integers: the
  /// sum, as far out; NaN where that takes more than 10⁷ terms, or is interrupted. Over other isolated numbers: the sum, NaN
  /// beyond 10⁵ terms. Where only some numbers have a probability: of the kind, and of either kind in proportion.
  package var entropy: Double {
    switch support {
    case .integers: return integerEntropy
    case .atoms:
      let values = atoms(from: quantile(0x1p-60), to: quantile(1 - 0x1p-53), atMost: 100_000)
      return values.map { $0.reduce(0) { $0 + surprise($1) } } ?? .nan
    case .mixed: return splitEntropy
    default: return continuousEntropy
    }
  }

  private var splitEntropy: Double {
    [split.discrete, split.continuous].reduce(0) { sum, kind in
      guard let (weight, distribution) = kind else { return sum }
      return sum + weight * (distribution.entropy - log(weight))
    }
  }

  private var continuousEntropy: Double {
    let tails = (1...17).map { Double(sign: .plus, exponent: -3 * $0, significand: 1) }
    let levels = tails + [0.25, 0.5, 0.75] + tails.map { 1 - $0 }
    let live = zip(weights, parts).filter { $0.0 > 0 }.map(\.1)
    let ends = Set(live.flatMap { part in levels.map { part.quantile($0) } }).sorted()
    return zip(ends, ends.dropFirst()).reduce(0) { sum, ends in
      sum + integral(from: ends.0, to: ends.1, tolerance: 1e-13) { surprise($0) }
    }
  }

  /// −p·log p.
  private func surprise(_ x: Double) -> Double {
    let p = pdf(x)
    return p > 0 ? -p * logpdf(x) : 0
  }

  private var integerEntropy: Double {
    let live = zip(weights, parts).filter { $0.0 > 0 }.map(\.1)
    let low = live.map { $0.quantile(1e-17) }.min() ?? .nan
    let high = live.map { $0.quantile(1 - 0x1p-53) }.max() ?? .nan
    guard high - low <= 1e7 else { return .nan }
    var (sum, poll) = (0.0, InterruptionPoll())
    for i in 0...Int(high - low) {
      if poll.isDue() { return .nan }
      sum += surprise(low + Double(i))
    }
    return sum
  }
}
