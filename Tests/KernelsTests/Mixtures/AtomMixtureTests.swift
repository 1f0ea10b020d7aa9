import Testing

@testable import Kernels

private func mixture(
  _ weights: [Double], _ components: [any UnivariateDistribution]
) throws -> UnivariateMixture {
  try UnivariateMixture(weights: weights, components: components)
}

@Suite struct ZeroInflationTests {
  // 0 with probability 0.3, else exponential: all by hand.
  @Test func verbs() throws {
    let d = try mixture([0.3, 0.7], [try Point(value: 0), try Exponential(rate: 2)])
    #expect(d.support == .mixed(0, .infinity))
    #expect(d.pdf(0) == 0.3 && d.probability(of: 0) == 0.3 && d.probability(of: 1) == 0 && d.pdf(-1) == 0)
    expect(d.logpdf(0), -1.2039728043259361, within: 1e-15)  // log 0.3
    expect(d.pdf(1), 0.18946939653125777, within: 1e-14)  // 1.4·e⁻²
    expect(d.logpdf(1), -1.663527763378787, within: 1e-14)
    #expect(d.cdf(-0x1p-1074) == 0 && d.cdf(0) == 0.3 && d.ccdf(0) == 0.7)
    for p in [0, 1e-300, 0.1, 0.3] { #expect(d.quantile(p) == 0) }
    expect(d.quantile(0.65), 0.34657359027997264, within: 1e-14)  // ½·log 2
    #expect(d.quantile(0.3.nextUp) > 0 && d.quantile(1) == .infinity && d.quantile(1.1).isNaN)
    expect(d.mean, 0.35, within: 1e-15)
    expect(d.variance, 0.2275, within: 1e-14)  // 0.7·½ − 0.35²
    #expect(d.mode == 0)
    // −0.3·log 0.3 − 0.7·log 0.7 + 0.7·(1 − log 2).
    expect(d.entropy, 0.8256612756629318, within: 1e-12)
  }

  // A zero comes from the point alone, since it has no probability elsewhere.
  @Test func posterior() throws {
    let d = try mixture([0.3, 0.7], [try Point(value: 0), try Exponential(rate: 2)])
    let posterior = try d.posterior(Matrix(rows: [[0], [0.5], [-1]]))
    #expect(posterior[0, 0] == 1 && posterior[0, 1] == 0 && posterior[1, 0] == 0 && posterior[1, 1] == 1)
    #expect(posterior[2, 0].isNaN)
    #expect(try d.classify(Matrix(rows: [[0], [2]])).array == [1, 2])
    expectBulkVerbsToAgree(d, [0, 1, -1, 0.5, .nan, 0, 3, 1e300, 0, .infinity])
  }

  @Test func sample() throws {
    let d = try mixture([0.3, 0.7], [try Point(value: 0), try Exponential(rate: 2)])
    var stream = RandomStream(seed: 41)
    let x = try d.sample(100_000, from: &stream).array
    let zeros = Double(x.count { $0 == 0 })
    #expect(abs(zeros - 30_000) < 4 * (100_000 * 0.21).squareRoot())
    let exponential = try Exponential(rate: 2)
    #expect(try kolmogorov(x.filter { $0 > 0 }, exponential.cdf) < 2.33)
  }

  // Among the components of a component, and beside an integer family.
  @Test func nested() throws {
    let inner = try mixture([0.5, 0.5], [try Point(value: 1), try Normal(mu: 0, sigma: 1)])
    let d = try mixture([0.5, 0.5], [inner, try Poisson(lambda: 2)])
    // ¼ + ½·2·e⁻².
    expect(d.pdf(1), 0.3853352832366127, within: 1e-14)
    expect(d.pdf(0.5), 0.25 * 0.3520653267642995, within: 1e-14)
    #expect(d.mode == 1 && d.entropy.isFinite)
    let whole = try mixture(
      [0.25, 0.25, 0.5], [try Point(value: 1), try Normal(mu: 0, sigma: 1), try Poisson(lambda: 2)])
    expect(d.entropy, whole.entropy, within: 1e-13)
    for p in [1e-9, 0.1, 0.3, 0.5, 0.61, 0.9] {
      let x = d.quantile(p)
      #expect(d.cdf(x) >= p && d.cdf(x.nextDown) < p + 1e-15, "\(p)")
    }
  }

  @Test func needNoTransformation() throws {
    let d = try mixture([0.3, 0.7], [try Point(value: 0), try Exponential(rate: 2)])
    #expect(throws: Failure(.argument, "mixture has both atoms and a density: shift and scale its components")) {
      try Affine(d, shift: 1, scale: 2)
    }
    #expect(throws: Failure(.argument, "mixture has both atoms and a density: truncate its components")) {
      try Truncated(d, low: 0, high: 2)
    }
  }
}

@Suite struct AtomMixtureTests {
  @Test func isolatedNumbers() throws {
    let tenths = try Affine(try DiscreteUniform(a: 0, b: 9), shift: 0, scale: 0.1)
    let d = try mixture([0.5, 0.5], [tenths, try Point(value: 0.25)])
    #expect(d.support == .atoms(0, (0.0).addingProduct(0.1, 9)) && d.mode == 0.25)
    // Ten values of 0.05 and one of 0.5.
    expect(d.entropy, 1.8444397270569682, within: 1e-13)
    #expect(d.quantile(0.1) == 0.1 && d.quantile(0.12) == 0.1 * 2 && d.quantile(0.5) == 0.25 && d.quantile(1) == 0.9)
    #expect(d.pdf(d.quantile(0.7)) > 0 && d.pdf(0.22) == 0)
  }

  @Test func integersAndIsolatedNumbers() throws {
    let d = try mixture([0.5, 0.5], [try Poisson(lambda: 3), try Point(value: 0.5)])
    #expect(d.support == .atoms(0, .infinity) && d.mode == 0.5 && d.quantile(0.4) == 0.5)
    #expect(d.quantile(0.99) == d.quantile(0.99).rounded())
  }
}

/// The smallest x with cdf(x) ≥ p, however far apart and however narrow the components are.
@Suite struct HostileMixtureQuantileTests {
  static let hostile: [(String, [Double], @Sendable () throws -> [any UnivariateDistribution])] = [
    ("widths", [0.5, 0.5], { [try Normal(mu: 0, sigma: 1e-300), try Normal(mu: 0, sigma: 1e300)] }),
    ("far apart", [0.5, 0.5], { [try Normal(mu: -1e300, sigma: 1), try Normal(mu: 1e300, sigma: 1)] }),
    ("overflow", [0.5, 0.5], { [try Weibull(shape: 1e-3, scale: 1e300), try Exponential(rate: 1e8)] }),
    ("atom at the end", [0.1, 0.9], { [try Point(value: 5), try Uniform(a: 0, b: 5)] }),
    (
      "atoms around", [0.25, 0.5, 0.25],
      { [try Point(value: -1e300), try Normal(mu: 0, sigma: 1), try Point(value: 1e300)] }
    ),
    ("gap", [0.5, 0.5], { [try Uniform(a: 0, b: 1), try Uniform(a: 1e10, b: 2e10)] }),
    ("weight 0", [0, 1], { [try Cauchy(location: 0, scale: 1e300), try Uniform(a: 0, b: 1e-300)] }),
    (
      "tenths", [Double](repeating: 0.1, count: 10),
      { try (0..<10).map { try Uniform(a: Double($0), b: Double($0) + 1) } }
    ),
    ("no sum of 1", [1.0 / 3, 1.0 / 3, 1.0 / 3], { try (0..<3).map { try Point(value: Double($0) / 2) } }),
  ]

  @Test(arguments: hostile.indices)
  func isTheSmallest(_ i: Int) throws {
    let (name, weights, make) = Self.hostile[i]
    let components = try make()
    let d = try mixture(weights, components)
    for p in [1e-300, 1e-17, 0.01, 0.1, 0.25, 0.3, 0.5, 0.7, 0.75, 0.9, 0.999, 1 - 0x1p-53] {
      let x = d.quantile(p)
      #expect(!x.isNaN, "\(name) at \(p)")
      // Either the sum has reached p, or what is left is no more than 1 − p.
      #expect(d.cdf(x) >= p || d.ccdf(x) <= 1 - p, "\(name) at \(p): \(x)")
      let before = x.nextDown
      #expect(d.cdf(before) < p + 1e-15 && (p <= 0.5 || d.ccdf(before) > 1 - p - 1e-15), "\(name) at \(p): \(x)")
    }
    #expect(d.quantile(0) == components.indices.filter { weights[$0] > 0 }.map { components[$0].quantile(0) }.min())
    #expect(d.quantile(1) == components.indices.filter { weights[$0] > 0 }.map { components[$0].quantile(1) }.max())
  }
}
