/// Hypergeometric distribution, the successes among n draws without replacement from a population of N with K successes:
/// P(x) = C(K, x)·C(N − K, n − x) / C(N, n) for the integers from max(0, n + K − N) to min(n, K).
///
/// Mean n·K/N, variance n·(K/N)·(1 − K/N)·(N − n)/(N − 1), mode ⌊(n + 1)·(K + 1)/(N + 2)⌋.
package struct Hypergeometric: IntegerDistribution {
  /// An integer up to 10¹².
  package let population: Double
  package let successes: Double
  package let draws: Double
  private let sampler: HypergeometricSampler

  package init(population: Double, successes: Double, draws: Double) throws(Failure) {
    guard population >= 0, population <= 1e12, population == population.rounded() else {
      throw Failure(.argument, "population must be an integer from 0 to 1e12, got \(population.named)")
    }
    for (name, count) in [("successes", successes), ("draws", draws)] {
      guard count >= 0, count <= population, count == count.rounded() else {
        throw Failure(.argument, "\(name) must be an integer from 0 to \(population.named), got \(count.named)")
      }
    }
    self.population = population
    self.successes = successes
    self.draws = draws
    sampler = HypergeometricSampler(population: population, successes: successes, draws: draws)
  }

  package var family: String { "hypergeometric" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("population", .number(population)), ("successes", .number(successes)), ("draws", .number(draws))]
  }
  package var support: Support { .integers(low, high) }
  private var low: Double { max(0, draws + successes - population) }
  private var high: Double { min(draws, successes) }

  package var mean: Double { population == 0 ? 0 : draws * (successes / population) }

  package var variance: Double {
    guard population > 1 else { return 0 }
    let share = successes / population
    return draws * share * ((population - successes) / population) * ((population - draws) / (population - 1))
  }

  package var mode: Double {
    min(high, max(low, ((draws + 1) * ((successes + 1) / (population + 2))).rounded(.down)))
  }

  /// By summation outwards from the mode.
  package var entropy: Double { low == high ? 0 : summedEntropy }

  package func logpdf(_ x: Double) -> Double {
    guard x >= low, x <= high, x == x.rounded() else { return x.isNaN ? .nan : -.infinity }
    return Hypergeometric.logProbability(x, population: population, successes: successes, draws: draws)
  }

  package func pdf(_ x: Double) -> Double { exp(logpdf(x)) }

  package func cdf(_ x: Double) -> Double {
    guard x >= low, x < high else { return x < low ? 0 : x.isNaN ? .nan : 1 }
    return tails(x.rounded(.down)).lower
  }

  package func ccdf(_ x: Double) -> Double {
    guard x >= low, x < high else { return x < low ? 1 : x.isNaN ? .nan : 0 }
    return tails(x.rounded(.down)).upper
  }

  package func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 { return low }
    if probability == 1 { return high }
    return firstInteger(from: low, to: high, near: mean + normalQuantile(probability) * sd) { cdf($0) >= probability }
  }

  package func sample(_ words: inout Words) -> Double { sampler.sample(&words) }

  private func tails(_ x: Double) -> (lower: Double, upper: Double) {
    summedTails(at: x, from: low, to: high, mean: mean, isUnimodal: true, start: pdf) { k in
      (successes - k) * (draws - k) / ((k + 1) * (population - successes - draws + k + 1))
    }
  }
}

extension Hypergeometric {
  /// log P(x) for an integer of the support: three binomial probabilities of one p, whichever, since it cancels; with p = n/N
  /// none of them is small near the mean. C. Loader, Fast and accurate computation of binomial probabilities, 2000.
  static func logProbability(_ x: Double, population: Double, successes: Double, draws: Double) -> Double {
    if population == 0 { return 0 }
    let p = draws / population
    return Binomial.logProbability(x, trials: successes, p: p)
      + Binomial.logProbability(draws - x, trials: population - successes, p: p)
      - Binomial.logProbability(draws, trials: population, p: p)
  }
}

extension Family {
  package static let hypergeometric = Family(
    name: "hypergeometric", summary: "Successes among draws without replacement.",
    values: .discrete,
    parameters: [
      Parameter(name: "population", kind: .number, range: .integer, summary: "how many there are, up to 1e12"),
      Parameter(name: "successes", kind: .number, range: .integer, summary: "how many of them are successes"),
      Parameter(name: "draws", kind: .number, range: .integer, summary: "how many are drawn"),
    ],
    facts: Facts(
      density: "P(x) = C(K, x)·C(N − K, n − x) / C(N, n), K successes in N, n draws",
      domain: "x = max(0, n + K − N) … min(n, K)",
      mean: "n·K/N",
      variance: "n·(K/N)·(1 − K/N)·(N − n)/(N − 1)",
      mode: "⌊(n + 1)·(K + 1)/(N + 2)⌋",
      entropy: "by summation",
      example: "print(dist.hypergeometric(50, 5, 10):pdf(1))",
      picture: curves("hypergeometric", ["60, 15, 12", "60, 30, 12"], from: 0, to: 12)),
    make: { (values) throws(Failure) in
      try Hypergeometric(population: values[0].number, successes: values[1].number, draws: values[2].number)
    },
    fit: { (_) throws(Failure) in
      throw Failure(.argument, "hypergeometric has no fit: its parameters are known where draws are made")
    })
}
