import CBoost

/// Negative binomial distribution, size r > 0 and probability p: P(x) = Γ(x + r) / (Γ(r)·x!) · pʳ·(1 − p)ˣ for the integers
/// x ≥ 0. For an integer r, the number of failures before success r; for any r, a Poisson number whose mean is drawn from a gamma
/// distribution of shape r and mean r·(1 − p)/p.
///
/// Mean r·(1 − p)/p, variance r·(1 − p)/p², mode ⌊(r − 1)·(1 − p)/p⌋ for r > 1, else 0.
package struct NegativeBinomial: IntegerDistribution {
  package let size: Double
  package let p: Double
  /// 1 − p, with all its digits.
  private let q: Double
  package let mean: Double

  package init(size: Double, p: Double) throws(Failure) {
    guard p > 0, p <= 1 else { throw Failure(.argument, "p must be above 0 and at most 1, got \(p.named)") }
    try self.init(size: size, p: p, q: 1 - p, mean: size * (1 - p) / p)
  }

  package init(size: Double, mean: Double) throws(Failure) {
    guard mean >= 0 else { throw Failure(.argument, "mean must not be negative, got \(mean.named)") }
    try self.init(size: size, p: size / (size + mean), q: mean / (size + mean), mean: mean)
  }

  private init(size: Double, p: Double, q: Double, mean: Double) throws(Failure) {
    guard size >= 1e-300, size <= 1e9 else {
      throw Failure(.argument, "size must be from 1e-300 to 1e9, got \(size.named)")
    }
    guard mean <= 1e15 else { throw Failure(.argument, "the mean must be at most 1e15, got \(mean.named)") }
    self.size = size
    self.p = p
    self.q = q
    self.mean = mean
  }

  package var family: String { "negative_binomial" }
  package var parameters: [(name: String, value: ParameterValue)] { [("size", .number(size)), ("p", .number(p))] }
  package var support: Support { .integers(0, .infinity) }
  package var variance: Double { mean / p }
  package var mode: Double { size > 1 ? ((size - 1) * (q / p)).rounded(.down) : 0 }

  /// By summation; NaN where that takes more than 10⁷ terms, unless the distribution is all but normal (size and variance above
  /// 10⁶, where a series has an error below 1e-11).
  package var entropy: Double {
    if q == 0 { return 0 }
    let squaredSkewness = (1 + q) * (1 + q) / (size * q)
    if squaredSkewness < 1e-5, variance > 1e6 {
      return nearNormalEntropy(variance: variance, squaredSkewness: squaredSkewness)
    }
    return summedEntropy
  }

  package func logpdf(_ x: Double) -> Double {
    guard x >= 0, x < .infinity, x == x.rounded() else { return x.isNaN ? .nan : -.infinity }
    return NegativeBinomial.logProbability(x, size: size, p: p, q: q)
  }

  package func pdf(_ x: Double) -> Double { exp(logpdf(x)) }

  package func cdf(_ x: Double) -> Double {
    guard x >= 0, x < .infinity else { return x < 0 ? 0 : x.isNaN ? .nan : 1 }
    let count = x.rounded(.down) + 1
    return q < 0.5 ? boost_ibetac(count, size, q) : boost_ibeta(size, count, p)
  }

  package func ccdf(_ x: Double) -> Double {
    guard x >= 0, x < .infinity else { return x < 0 ? 1 : x.isNaN ? .nan : 0 }
    let count = x.rounded(.down) + 1
    return q < 0.5 ? boost_ibeta(count, size, q) : boost_ibetac(size, count, p)
  }

  package func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 || q == 0 { return 0 }
    if probability == 1 { return .infinity }
    let guess = mean + normalQuantile(probability) * sd
    var end = max(16, (mean + 8 * sd).rounded(.up))
    while cdf(end) < probability { end *= 2 }
    return firstInteger(from: 0, to: end, near: guess) { cdf($0) >= probability }
  }

  /// Poisson of a gamma mean.
  package func sample(_ words: inout Words) -> Double {
    if q == 0 { return 0 }
    let rate = GammaSampler(shape: size).sample(&words) * (q / p)
    return PoissonSampler(lambda: rate).sample(&words)
  }
}

extension NegativeBinomial {
  /// log P(x) for an integer x ≥ 0 and q = 1 − p, which is not formed from p where it is small. In Loader's form, as a binomial
  /// probability of `size` successes: P(x) = r / (r + x) · B(r; r + x, p), so that nothing cancels near the mean.
  static func logProbability(_ x: Double, size: Double, p: Double, q: Double) -> Double {
    if x == 0 { return size * (q < 0.5 ? log1p(-q) : log(p)) }
    if q == 0 { return -.infinity }
    let trials = size + x
    let product = x * p
    // size − trials·p, without the rounding of a product.
    let difference = (-product).addingProduct(size, q) - (-product).addingProduct(x, p)
    let errors = stirlingError(real: trials) - stirlingError(real: size) - stirlingError(x)
    let deviances =
      deviance(size, mean: trials * p, difference: difference) + deviance(x, mean: trials * q, difference: -difference)
    return errors - deviances + 0.5 * (log(size / x) - log(2 * .pi * trials))
  }
}

extension NegativeBinomial {
  /// Maximum likelihood: the mean is Σ wᵢ·xᵢ / Σ wᵢ, and the size solves
  /// Σ wᵢ·(ψ(xᵢ + r) − ψ(r)) / Σ wᵢ = log(1 + mean/r), by bisection of log r. Weights are 1 where there are none.
  ///
  /// Throws `.data` where a value is no count, and `.degenerate` where the variance is not above the mean: the likelihood then
  /// grows with the size without end.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> NegativeBinomial {
    let (weights, total) = try checkedWeights(weights, rows: x.count)
    try checkIntegers(x, family: "negative_binomial", from: 0)
    let moments = try WeightedMoments(x, weights: weights)
    let (mean, variance) = (moments.mean, moments.sd * moments.sd)
    guard variance > mean else {
      throw Failure(
        .degenerate,
        "size is not determined: the variance \(variance.named) is not above the mean \(mean.named); fit poisson")
    }
    let tally = try tallied(x, weights)
    func score(_ logSize: Double) -> Double {
      let r = exp(logSize)
      let sum = tally.reduce(0) { $0.addingProduct($1.weight / total, digammaRise(r, by: $1.value)) }
      return sum - log1p(mean / r)
    }
    var low = log(mean * mean / (variance - mean))
    var high = low
    while score(low) < 0, low > -60 { low -= 1 }
    while score(high) >= 0, high < 20 { high += 1 }
    guard score(low) >= 0, score(high) < 0 else {
      throw Failure(.degenerate, "size is not determined: the likelihood grows with it beyond 1e8; fit poisson")
    }
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high || high - low < 1e-15 { break }
      try Interruption.check()
      if score(middle) >= 0 { low = middle } else { high = middle }
    }
    return try NegativeBinomial(size: exp(low), mean: mean)
  }
}

/// The different values and the sum of the weights of each, ascending.
func tallied(_ x: Vector, _ weights: Vector) throws(Failure) -> [(value: Double, weight: Double)] {
  var sums: [Double: Double] = [:]
  for i in 0..<x.count {
    if i % 65_536 == 0 { try Interruption.check() }
    if weights[i] > 0 { sums[x[i], default: 0] += weights[i] }
  }
  return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
}

/// ψ(r + n) − ψ(r) = 1/r + … + 1/(r + n − 1) for an integer n ≥ 0.
func digammaRise(_ r: Double, by n: Double) -> Double {
  var sum = 0.0
  var (r, left) = (r, n)
  while left > 0, left < 24 || r < 16 {
    sum += 1 / r
    (r, left) = (r + 1, left - 1)
  }
  guard left > 0 else { return sum }
  // The asymptotic series of ψ at both ends, whose error is below 1e-16 from 16 on.
  func rest(_ r: Double) -> Double {
    let z = 1 / (r * r)
    return -0.5 / r - z * z.polynomial([1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760])
  }
  return sum + log1p(left / r) + (rest(r + left) - rest(r))
}

extension Family {
  package static let negativeBinomial = Family(
    name: "negative_binomial", summary: "Number of failures before success number `size`; overdispersed counts.",
    values: .discrete,
    parameters: [
      Parameter(name: "size", kind: .number, range: .positive, summary: "number of successes, any number"),
      Parameter(name: "p", kind: .number, range: .fraction, summary: "probability of success"),
    ],
    alternatives: [
      Alternative("mean", for: "p", "size·(1 − p)/p", range: .notNegative) { (value, others) throws(Failure) in
        others("size") / (others("size") + value)
      }
    ],
    facts: Facts(
      density: "P(x) = Γ(x + size)/(Γ(size)·x!) · p^size · (1 − p)^x",
      domain: "x = 0, 1, 2 …",
      mean: "size·(1 − p)/p",
      variance: "size·(1 − p)/p²",
      mode: "⌊(size − 1)·(1 − p)/p⌋, or 0 where size ≤ 1",
      entropy: "by summation",
      example: """
        print(dist.negative_binomial{size = 2.5, p = 0.3}:quantile(0.9))
        print(dist.negative_binomial{size = 2.5, mean = 4}:variance())
        """,
      picture: curves("negative_binomial", ["1, 0.3", "5, 0.5", "10, 0.5"], from: 0, to: 25)),
    make: { (values) throws(Failure) in try NegativeBinomial(size: values[0].number, p: values[1].number) },
    fit: { (sample) throws(Failure) in try NegativeBinomial.fit(try sample.column, weights: sample.weights) })
}
