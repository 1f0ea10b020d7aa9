import CBoost

/// Binomial distribution, n trials of probability p: P(x) = C(n, x)·pˣ·(1 − p)ⁿ⁻ˣ for the integers 0 ≤ x ≤ n.
///
/// Mean n·p, variance n·p·(1 − p), mode ⌊(n + 1)·p⌋ (the larger, where two are equal).
package struct Binomial: IntegerDistribution {
  /// An integer below 2⁵³.
  package let trials: Double
  package let p: Double
  private let sampler: BinomialSampler

  package init(trials: Double, p: Double) throws(Failure) {
    guard trials >= 0, trials < 0x1p53, trials == trials.rounded() else {
      throw Failure(.argument, "trials must be an integer from 0 to 9007199254740991, got \(trials.named)")
    }
    guard p >= 0, p <= 1 else { throw Failure(.argument, "p must be from 0 to 1, got \(p.named)") }
    self.trials = trials
    self.p = p
    sampler = BinomialSampler(trials: trials, p: p)
  }

  package var family: String { "binomial" }
  package var parameters: [(name: String, value: ParameterValue)] { [("trials", .number(trials)), ("p", .number(p))] }
  package var support: Support { .integers(0, trials) }
  package var mean: Double { trials * p }
  package var variance: Double { trials * p * (1 - p) }

  package var mode: Double {
    if p == 1 { return trials }
    // n·p + p with what rounding loses, since the floor jumps where the sum is whole.
    let product = trials * p
    let sum = product + p
    let lost = (-product).addingProduct(trials, p) + (p - (sum - product))
    let floor = sum.rounded(.down)
    return floor == sum && lost < 0 ? floor - 1 : floor
  }

  /// By summation where the variance is below 10⁶; above, by a series whose error is below 1e-11.
  package var entropy: Double {
    if trials == 0 || p == 0 || p == 1 { return 0 }
    return CountTerms.expectedTerm(trials: trials, p: p) + CountTerms.expectedTerm(trials: trials, p: 1 - p)
      - CountTerms.common(trials: trials)
  }

  package func logpdf(_ x: Double) -> Double {
    guard x >= 0, x <= trials, x == x.rounded() else { return x.isNaN ? .nan : -.infinity }
    return Binomial.logProbability(x, trials: trials, p: p)
  }

  package func pdf(_ x: Double) -> Double { exp(logpdf(x)) }

  package func cdf(_ x: Double) -> Double {
    guard let x = counted(x) else { return x < 0 ? 0 : x.isNaN ? .nan : 1 }
    return spread(at: x) > 1e8 ? saddlePoint(x).lower : boost_ibetac(x + 1, trials - x, p)
  }

  package func ccdf(_ x: Double) -> Double {
    guard let x = counted(x) else { return x < 0 ? 1 : x.isNaN ? .nan : 0 }
    return spread(at: x) > 1e8 ? saddlePoint(x).upper : boost_ibeta(x + 1, trials - x, p)
  }

  package func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 || p == 0 { return 0 }
    if probability == 1 || p == 1 { return trials }
    let z = normalQuantile(probability)
    let guess = mean + z * sd + (1 - 2 * p) * (z * z - 1) / 6
    return firstInteger(from: 0, to: trials, near: guess) { cdf($0) >= probability }
  }

  package func sample(_ words: inout Words) -> Double { sampler.sample(&words) }

  package func sample(_ count: Int, from stream: inout RandomStream) throws(Failure) -> Vector {
    try sampler.sample(count, from: &stream)
  }
}

extension Binomial {
  /// log P(x) for an integer x from 0 to `trials`, in C. Loader's saddle-point form: near the mean, where the probabilities are,
  /// nothing cancels, however many trials.
  static func logProbability(_ x: Double, trials: Double, p: Double) -> Double {
    if x == 0 { return trials == 0 ? 0 : trials * log1p(-p) }
    if x == trials { return trials * log(p) }
    if p == 0 || p == 1 { return -.infinity }
    let exponent =
      stirlingError(trials) - stirlingError(x) - stirlingError(trials - x)
      - deviance(x, trials: trials, p: p)
    return exponent - 0.5 * (log(2 * .pi * x) + log1p(-x / trials))
  }

  /// The deviance of successes and failures together.
  private static func deviance(_ x: Double, trials: Double, p: Double) -> Double {
    let mean = trials * p
    let lost = (-mean).addingProduct(trials, p)
    let difference = (x - mean) - lost
    return Kernels.deviance(x, mean: mean, difference: difference)
      + Kernels.deviance(trials - x, mean: (trials - mean) - lost, difference: -difference)
  }

  /// P(X ≤ x) and P(X > x) for very many trials: the uniform expansion of the incomplete beta function I_p(a, b) with
  /// a = x + 1, b = n − x and its first term, which leaves an error of some 1e-4 / (ab/(a + b)).
  ///
  /// N. M. Temme, Incomplete Laplace integrals: uniform asymptotic expansion with application to the incomplete beta function,
  /// 1987, doi:10.1137/0518117; DLMF 8.18.9.
  private func saddlePoint(_ x: Double) -> (lower: Double, upper: Double) {
    let (a, total) = (x + 1, trials + 1)
    let difference = (total * p - a) + (-(total * p)).addingProduct(total, p)
    let square = 2 * Binomial.deviance(a, trials: total, p: p)
    let w = difference < 0 ? -square.squareRoot() : square.squareRoot()
    let sd = spread(at: x).squareRoot()
    // The two terms cancel near the mean, where their difference changes little.
    let term = abs(w) < 1e-4 ? (1 - 2 * a / total) / (3 * sd) : 1 / w - sd / difference
    let correction = exp(-0.5 * square - logRootTwoPi) * term
    return (max(0, normalTail(w) - correction), max(0, normalTail(-w) + correction))
  }

  private func spread(at x: Double) -> Double { (x + 1) * (1 - (x + 1) / (trials + 1)) }

  /// ⌊x⌋ where there is something on both sides of it.
  private func counted(_ x: Double) -> Double? { x >= 0 && x < trials ? x.rounded(.down) : nil }
}

extension Binomial {
  /// Maximum likelihood: p = Σ wᵢ·xᵢ / (n·Σ wᵢ). Weights are 1 where there are none.
  ///
  /// Throws `.data` where a value is no count of successes, and `.degenerate` for 0 trials, which say nothing about p.
  package static func fit(_ x: Vector, trials: Double, weights: Vector? = nil) throws(Failure) -> Binomial {
    _ = try Binomial(trials: trials, p: 0)
    let (weights, total) = try checkedWeights(weights, rows: x.count)
    let outside = x.withValues { $0.firstIndex { !($0 >= 0 && $0 <= trials && $0 == $0.rounded()) } }
    if let i = outside {
      throw Failure(.data, "row \(i + 1) is \(x[i].named); binomial data are integers from 0 to \(trials.named)")
    }
    guard trials > 0 else { throw Failure(.degenerate, "p is not determined by 0 trials") }
    let share = try weightedSum(x, weights) { x, w in (w / total) * (x / trials) }
    return try Binomial(trials: trials, p: min(1, share))
  }
}

extension Family {
  package static let binomial = Family(
    name: "binomial", summary: "Number of successes in independent trials.",
    values: .discrete,
    parameters: [
      Parameter(name: "trials", kind: .number, range: .integer, summary: "number of trials"),
      Parameter(name: "p", kind: .number, range: .probability, summary: "probability of success"),
    ],
    facts: Facts(
      density: "P(x) = C(trials, x) · p^x · (1 − p)^(trials − x)",
      domain: "x = 0, 1 … trials",
      mean: "trials·p",
      variance: "trials·p·(1 − p)",
      mode: "⌊(trials + 1)·p⌋",
      entropy: "by summation",
      example: "print(dist.binomial{trials = 10, p = 0.6}:pdf(5))",
      picture: curves("binomial", ["20, 0.2", "20, 0.5", "20, 0.8"], from: 0, to: 20)),
    make: { (values) throws(Failure) in try Binomial(trials: values[0].number, p: values[1].number) },
    fit: { (sample) throws(Failure) in
      guard let trials = sample.trials else { throw Failure(.argument, "a binomial fit needs the number of trials") }
      return try Binomial.fit(try sample.column, trials: trials, weights: sample.weights)
    })
}
