/// Draws the number of successes among draws without replacement, exactly.
///
/// Successes and failures change places, and draws and what is left, so that both are at most half of the population.
struct HypergeometricSampler: Sampler {
  private let population, successes, draws: Double
  /// The rarer of successes and failures, and the fewer of draws and those left.
  private let rarer, fewer: Double
  private let mean, peak, width: Double
  private let inversion: CountInversion<HypergeometricLaw>?

  /// Integers, `successes` and `draws` from 0 to `population`.
  init(population: Double, successes: Double, draws: Double) {
    self.population = population
    self.successes = successes
    self.draws = draws
    rarer = min(successes, population - successes)
    fewer = min(draws, population - draws)
    mean = population > 0 ? fewer * (rarer / population) : 0
    let mode = ((fewer + 1) * ((rarer + 1) / (population + 2))).rounded(.down)
    peak = Hypergeometric.logProbability(mode, population: population, successes: rarer, draws: fewer)
    let variance = population > 1 ? mean * (1 - rarer / population) * ((population - fewer) / (population - 1)) : 0
    width = 1.7155277699214135 * (variance + 0.5).squareRoot() + 0.8989161620588988
    let law = HypergeometricLaw(population: population, successes: rarer, draws: fewer, mean: mean)
    inversion = mean < 10 ? CountInversion(law) : nil
  }

  func sample(_ words: inout Words) -> Double {
    var count = inversion?.sample(&words) ?? rejection(&words)
    if successes > rarer { count = fewer - count }
    return draws > fewer ? successes - count : count
  }

  /// Algorithm HRUA: ratio of uniforms under a table mountain. E. Stadlober, The ratio of uniforms approach for generating
  /// discrete random variates, 1990, doi:10.1016/0377-0427(90)90349-5.
  private func rejection(_ words: inout Words) -> Double {
    while true {
      let u = words.openUniform()
      let count = (mean + 0.5 + width * (words.openUniform() - 0.5) / u).rounded(.down)
      guard count >= 0, count <= min(rarer, fewer) else { continue }
      let t = Hypergeometric.logProbability(count, population: population, successes: rarer, draws: fewer) - peak
      if u * (4 - u) - 3 <= t || 2 * log(u) <= t { return count }
    }
  }
}

struct HypergeometricLaw: CountLaw {
  let population, successes, draws, mean: Double

  var none: Double {
    exp(Hypergeometric.logProbability(0, population: population, successes: successes, draws: draws))
  }

  func ratio(_ x: Double) -> Double {
    (successes + 1 - x) * (draws + 1 - x) / (x * (population - successes - draws + x))
  }
}
