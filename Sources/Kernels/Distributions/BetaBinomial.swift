/// Beta-binomial distribution, n trials whose probability of success is drawn from a beta distribution of shapes a and b:
/// P(x) = C(n, x)·B(x + a, n − x + b) / B(a, b) for the integers 0 ≤ x ≤ n.
///
/// Mean n·a/(a + b), variance n·a·b·(a + b + n) / ((a + b)²·(a + b + 1)).
package struct BetaBinomial: IntegerDistribution {
  /// An integer up to 10⁷.
  package let trials: Double
  package let a: Double
  package let b: Double

  package init(trials: Double, a: Double, b: Double) throws(Failure) {
    guard trials >= 0, trials <= 1e7, trials == trials.rounded() else {
      throw Failure(.argument, "trials must be an integer from 0 to 10000000, got \(trials.named)")
    }
    for (name, shape) in [("a", a), ("b", b)] where !(shape >= 1e-100 && shape <= 1e15) {
      throw Failure(.argument, "\(name) must be from 1e-100 to 1e15, got \(shape.named)")
    }
    self.trials = trials
    self.a = a
    self.b = b
  }

  package var family: String { "beta_binomial" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("trials", .number(trials)), ("a", .number(a)), ("b", .number(b))]
  }
  package var support: Support { .integers(0, trials) }
  package var mean: Double { trials * (a / (a + b)) }

  package var variance: Double {
    let sum = a + b
    return mean * (b / sum) * ((sum + trials) / (sum + 1))
  }

  /// Between the ends where both shapes are above 1, else the likelier end.
  package var mode: Double {
    guard a > 1 && b > 1 else { return pdf(trials) > pdf(0) ? trials : 0 }
    // P(x + 1) ≥ P(x) up to here.
    return min(trials, max(0, ((trials + 1) * ((a - 1) / (a + b - 2))).rounded(.down)))
  }

  package var entropy: Double {
    var (sum, poll) = (CompensatedSum<Double>(), InterruptionPoll())
    for x in 0...Int(trials) {
      if poll.isDue() { return .nan }
      let logP = logpdf(Double(x))
      if logP > -.infinity { sum.add(-exp(logP), times: logP) }
    }
    return max(0, sum.value)
  }

  package func logpdf(_ x: Double) -> Double {
    guard x >= 0, x <= trials, x == x.rounded() else { return x.isNaN ? .nan : -.infinity }
    if trials == 0 { return 0 }
    // Three negative binomial probabilities of one p, whichever, since it cancels; with this one, none is small near the mean.
    let total = a + b + trials
    let (p, q) = ((a + b) / total, trials / total)
    return NegativeBinomial.logProbability(x, size: a, p: p, q: q)
      + NegativeBinomial.logProbability(trials - x, size: b, p: p, q: q)
      - NegativeBinomial.logProbability(trials, size: a + b, p: p, q: q)
  }

  package func pdf(_ x: Double) -> Double { exp(logpdf(x)) }

  package func cdf(_ x: Double) -> Double {
    guard x >= 0, x < trials else { return x < 0 ? 0 : x.isNaN ? .nan : 1 }
    return tails(x.rounded(.down)).lower
  }

  package func ccdf(_ x: Double) -> Double {
    guard x >= 0, x < trials else { return x < 0 ? 1 : x.isNaN ? .nan : 0 }
    return tails(x.rounded(.down)).upper
  }

  package func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability == 0 || probability == 1 { return probability * trials }
    let guess = mean + normalQuantile(probability) * sd
    return firstInteger(from: 0, to: trials, near: guess) { cdf($0) >= probability }
  }

  /// Binomial of a beta probability, whose odds are those of two gamma numbers.
  package func sample(_ words: inout Words) -> Double {
    let logOdds = GammaSampler(shape: a).logSample(&words) - GammaSampler(shape: b).logSample(&words)
    // The smaller of the two probabilities keeps its digits.
    let rarer = BinomialSampler(trials: trials, p: 1 / (1 + exp(abs(logOdds)))).sample(&words)
    return logOdds < 0 ? rarer : trials - rarer
  }

  private func tails(_ x: Double) -> (lower: Double, upper: Double) {
    summedTails(at: x, from: 0, to: trials, mean: mean, isUnimodal: a >= 1 && b >= 1, start: pdf) { k in
      (trials - k) / (k + 1) * ((k + a) / (trials - k - 1 + b))
    }
  }
}

extension BetaBinomial {
  /// Maximum likelihood, by bisection of log (a + b), and for each of its values of the mean a/(a + b). Weights are 1 where
  /// there are none.
  ///
  /// Throws `.data` where a value is no count of successes, and `.degenerate` where data are spread no wider than binomial data,
  /// so that the likelihood grows with a and b without end, or lie at 0 and n alone.
  package static func fit(_ x: Vector, trials: Double, weights: Vector? = nil) throws(Failure) -> BetaBinomial {
    _ = try BetaBinomial(trials: trials, a: 1, b: 1)
    let (weights, total) = try checkedWeights(weights, rows: x.count)
    try checkIntegers(x, family: "beta_binomial", from: 0, to: trials)
    let moments = try WeightedMoments(x, weights: weights)
    let tally = try tallied(x, weights)
    guard moments.sd * moments.sd > moments.mean * (1 - moments.mean / trials) else {
      throw Failure(.degenerate, "a and b are not determined: the data are spread no wider than binomial data")
    }
    guard tally.contains(where: { $0.value > 0 && $0.value < trials }) else {
      throw Failure(.degenerate, "a and b would be 0: all data are 0 or \(trials.named)")
    }
    func rise(_ shape: Double, _ count: (Double) -> Double) throws(Failure) -> Double {
      var (sum, poll) = (0.0, InterruptionPoll())
      for (value, weight) in tally {
        if poll.isDue() { throw Failure(.interrupted, "interrupted") }
        sum = sum.addingProduct(weight / total, digammaRise(shape, by: count(value)))
      }
      return sum
    }
    // The mean at which the likelihood of a sum is largest, where the derivatives by a and by b are equal.
    func share(_ sum: Double) throws(Failure) -> Double {
      try root(from: 0, to: 1) { (share) throws(Failure) in
        try rise(share * sum) { $0 } - rise((1 - share) * sum) { trials - $0 }
      }
    }
    func score(_ logSum: Double) throws(Failure) -> Double {
      let sum = exp(logSum)
      return try rise(try share(sum) * sum) { $0 } - digammaRise(sum, by: trials)
    }
    var (low, high) = (0.0, 0.0)
    while low > -40, try score(low) < 0 { low -= 2 }
    while high < 24, try score(high) >= 0 { high += 2 }
    guard high < 24 else {
      throw Failure(.degenerate, "a and b are not determined: the likelihood grows with them; fit binomial")
    }
    while high - low > 1e-13 {
      let middle = low + (high - low) / 2
      if try score(middle) >= 0 { low = middle } else { high = middle }
    }
    let sum = exp(low)
    let mean = try share(sum)
    return try BetaBinomial(trials: trials, a: mean * sum, b: (1 - mean) * sum)
  }
}

/// Where a decreasing function crosses zero between two numbers.
private func root(
  from low: Double, to high: Double, _ f: (Double) throws(Failure) -> Double
) throws(Failure) -> Double {
  var (low, high) = (low, high)
  while true {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { return middle }
    if try f(middle) >= 0 { low = middle } else { high = middle }
  }
}

extension Family {
  package static let betaBinomial = Family(
    name: "beta_binomial", summary: "Number of successes in trials whose probability varies.",
    values: .discrete,
    parameters: [
      Parameter(name: "trials", kind: .number, range: .integer, summary: "number of trials, up to 10000000"),
      Parameter(name: "a", kind: .number, range: .positive, summary: "shape of the successes"),
      Parameter(name: "b", kind: .number, range: .positive, summary: "shape of the failures"),
    ],
    facts: Facts(
      density: "P(x) = C(n, x)·B(x + a, n − x + b) / B(a, b), n = trials",
      domain: "x = 0, 1 … trials",
      mean: "trials·a/(a + b)",
      variance: "n·a·b·(a + b + n) / ((a + b)²·(a + b + 1))",
      mode: "the likeliest count; 0 or trials where a or b is below 1",
      entropy: "by summation",
      example: "print(dist.beta_binomial(10, 2, 3):mean())  --> 4.0",
      picture: curves("beta_binomial", ["10, 2, 3", "10, 0.5, 0.5", "10, 8, 4"], from: 0, to: 10)),
    make: { (values) throws(Failure) in
      try BetaBinomial(trials: values[0].number, a: values[1].number, b: values[2].number)
    },
    fit: { (sample) throws(Failure) in
      guard let trials = sample.trials else {
        throw Failure(.argument, "a beta_binomial fit needs the number of trials")
      }
      return try BetaBinomial.fit(try sample.column, trials: trials, weights: sample.weights)
    })
}
