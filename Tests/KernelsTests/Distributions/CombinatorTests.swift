import Testing

@testable import Kernels

@Suite struct AffineTests {
  // An affine normal distribution is normal.
  @Test(arguments: [2.0, -2]) func ofNormal(_ scale: Double) throws {
    let (d, wanted) = (
      try Affine(try Normal(mu: 1, sigma: 3), shift: 5, scale: scale), try Normal(mu: 5 + scale, sigma: 6)
    )
    for x in [-200.0, -30, -3, 0, 4, 7, 30, 100, .infinity, -.infinity] {
      expect(d.logpdf(x), wanted.logpdf(x), within: 1e-14)
      expect(d.pdf(x), wanted.pdf(x), within: 1e-12)
      expect(d.cdf(x), wanted.cdf(x), within: 1e-12)
      expect(d.ccdf(x), wanted.ccdf(x), within: 1e-12)
    }
    for p in [0, 1e-300, 1e-10, 0.1, 0.5, 0.75, 1 - 0x1p-40, 1] {
      expect(d.quantile(p), wanted.quantile(p), within: 1e-12, absolute: 1e-13, "quantile \(p)")
    }
    #expect(d.mean == wanted.mean && d.variance == wanted.variance && d.sd == wanted.sd && d.mode == wanted.mode)
    expect(d.entropy, wanted.entropy, within: 1e-14)
    #expect(d.support == .interval(-.infinity, .infinity) && d.pdf(.nan).isNaN && d.quantile(2).isNaN)
    #expect(try kolmogorov(d, seed: 31) < 2.33)
  }

  // Failures of a binomial: n − X.
  @Test func mirrorsIntegers() throws {
    let (d, wanted) = (
      try Affine(try Binomial(trials: 10, p: 0.25), shift: 10, scale: -1), try Binomial(trials: 10, p: 0.75)
    )
    for x in stride(from: -1, through: 11, by: 0.5) {
      expect(d.logpdf(x), wanted.logpdf(x), within: 1e-13)
      expect(d.cdf(x), wanted.cdf(x), within: 1e-13)
      expect(d.ccdf(x), wanted.ccdf(x), within: 1e-13)
    }
    for p in [0, 1e-9, 0.001, 0.1, 0.3, 0.5, 0.9, 0.999, 1] { #expect(d.quantile(p) == wanted.quantile(p), "\(p)") }
    // A coin's cdf takes its values exactly.
    let coin = try Affine(try Bernoulli(p: 0.5), shift: 1, scale: -1)
    #expect(coin.quantile(0.5) == 0 && coin.quantile(0.500001) == 1 && coin.quantile(0.1) == 0)
    let rare = try Affine(try Bernoulli(p: 0.25), shift: 1, scale: -1)
    #expect(rare.quantile(0.25) == 0 && rare.quantile(0.2500001) == 1)
    #expect(d.support == .integers(0, 10) && d.entropy == wanted.entropy && d.mode == wanted.mode)
  }

  // 0.1 times an integer is rounded: the way back must find the integer all the same.
  @Test func findsScaledIntegers() throws {
    let base = try DiscreteUniform(a: 0, b: 1000)
    let d = try Affine(base, shift: 0.3, scale: 0.1)
    var stream = RandomStream(seed: 32)
    for x in try d.sample(1000, from: &stream).array {
      #expect(d.pdf(x) == 1 / 1001.0 && d.quantile(d.cdf(x)) == x && d.pdf(x + 0.01) == 0)
    }
    #expect(d.support == .atoms(0.3, (0.3).addingProduct(0.1, 1000)))
  }

  @Test func wrongParameters() throws {
    let d = try Normal(mu: 0, sigma: 1)
    #expect(throws: Failure(.argument, "scale must be finite and not 0, got 0")) { try Affine(d, shift: 0, scale: 0) }
    #expect(throws: Failure(.argument, "shift must be finite, got NaN")) { try Affine(d, shift: .nan, scale: 1) }
  }
}

@Suite struct TruncatedTests {
  // The half-normal distribution: mean √(2/π), variance 1 − 2/π, entropy ½·log(πe/2).
  @Test func halfNormal() throws {
    for d in [
      try Truncated(try Normal(mu: 0, sigma: 1), low: 0, high: .infinity) as any UnivariateDistribution,
      try Affine(try Truncated(try Normal(mu: 0, sigma: 1), low: -.infinity, high: 0), shift: 0, scale: -1),
    ] {
      expect(d.mean, 0.7978845608028654, within: 1e-12)
      expect(d.variance, 0.3633802276324186, within: 1e-12)
      expect(d.entropy, 0.7257913526447274, within: 1e-12)
      expect(d.pdf(1), 0.4839414490382867, within: 1e-14)
      expect(d.cdf(1), 0.6826894921370859, within: 1e-14)
      expect(d.ccdf(10), 1.523970604832105e-23, within: 1e-12)
      expect(d.quantile(0.5), 0.6744897501960817, within: 1e-14)
      #expect(d.mode == 0 && d.pdf(-0.1) == 0 && d.support == .interval(0, .infinity))
      #expect(d.quantile(0) == 0 && d.quantile(1) == .infinity && d.cdf(-1) == 0 && d.ccdf(-1) == 1)
    }
  }

  // Far in the tail: mean φ(8)/Q(8) and variance 1 + 8·m − m² by mpmath.
  @Test func farTail() throws {
    let d = try Truncated(try Normal(mu: 0, sigma: 1), low: 8, high: .infinity)
    expect(d.mean, 8.121368112236113, within: 1e-11)
    expect(d.variance, 0.01432488344334091, within: 1e-10)
    // A rounding of x by half an ulp changes the cdf by up to 8·4e-16.
    for p in [1e-6, 0.3, 0.9, 1 - 1e-9] { expect(d.cdf(d.quantile(p)), p, within: 1e-11, absolute: 4e-14) }
    #expect(d.mode == 8 && d.quantile(0) == 8)
    #expect(try kolmogorov(d, seed: 33, draws: 100_000) < 2.33)
  }

  // Within 1e-9 of 0.1 the normal density falls by 1e-10: X is uniform, with a mean off the middle by −μ·w²/12.
  @Test func narrow() throws {
    let width = (0.1 + 1e-9) - 0.1
    let d = try Truncated(try Normal(mu: 0, sigma: 1), low: 0.1, high: 0.1 + 1e-9)
    for i in 1..<8 {
      let x = 0.1 + Double(i) / 8 * width
      let share = (x - 0.1) / width
      // Half of the slope, 0.1·w, times s·(1 − s).
      let wanted = share + 0.05 * width * share * (1 - share)
      expect(d.cdf(x), wanted, within: 1e-13, "cdf \(i)")
      expect(d.ccdf(x), 1 - wanted, within: 1e-13, "ccdf \(i)")
      expect(d.quantile(wanted), x, within: 2e-16)
      expect(d.pdf(x), 1 / width, within: 1e-10)
    }
    #expect(d.cdf(0.1 + 1e-9) == 1 && d.ccdf(0.1) == 1 && d.quantile(0) == 0.1 && d.quantile(1) == 0.1 + 1e-9)
    expect(d.logpdf(0.1), 20.723265837522767, within: 1e-14)
  }

  // Beyond the smallest double, P(50 < Z < 51 | Z > 50) and the rest by mpmath.
  @Test(arguments: [51, Double.infinity]) func beyondTheDoubles(_ high: Double) throws {
    let d = try Truncated(try Normal(mu: 0, sigma: 1), low: 50, high: high)
    for (x, cdf, ccdf, logpdf) in farTailValues {
      expect(d.cdf(x), cdf, within: 1e-11, "cdf")
      expect(d.ccdf(x), ccdf, within: 1e-11, absolute: 1e-22, "ccdf")
      // The exponent, 1250, is rounded.
      expect(d.logpdf(x), logpdf, within: 1e-12, absolute: 1e-12, "logpdf")
      expect(d.quantile(cdf), x, within: 1e-13, "quantile")
    }
    expect(d.mean, 50.019984031905636, within: 1e-12)
    #expect(d.mode == 50)
    let mirrored = try Truncated(try Normal(mu: 0, sigma: 1), low: -high, high: -50)
    for (x, cdf, _, _) in farTailValues { expect(mirrored.ccdf(-x), cdf, within: 1e-11) }
    #expect(try kolmogorov(d, seed: 36, draws: 20_000) < 2.33)
  }

  // One count of 10⁶ trials, and counts so rare that their probability is 0.
  @Test func rareIntegers() throws {
    let binomial = try Binomial(trials: 1e6, p: 0.3)
    let one = try Truncated(binomial, low: 300_000, high: 300_001)
    let ratio = 700_000.0 / 300_001 * (0.3 / 0.7)
    expect(one.pdf(300_000), 1 / (1 + ratio), within: 1e-12)
    expect(one.cdf(300_000), 1 / (1 + ratio), within: 1e-12)
    #expect(one.cdf(300_001) == 1 && one.quantile(0.6) == 300_001 && one.quantile(0.4) == 300_000)
    let rare = try Truncated(binomial, low: 900_000, high: .infinity)
    // Ratio of neighbours 3/7·100000/900001, and so on.
    let next = 3.0 / 7 * 100_000 / 900_001
    expect(rare.pdf(900_001) / rare.pdf(900_000), next, within: 1e-9)
    expect(rare.pdf(900_000), 1 - next, within: 1e-4)
    #expect(rare.quantile(0.5) == 900_000 && rare.cdf(899_999) == 0)
  }

  // Poisson without zeros.
  @Test func integers() throws {
    let poisson = try Poisson(lambda: 2)
    let d = try Truncated(poisson, low: 0.5, high: .infinity)
    for x in [1.0, 2, 5, 30] { expect(d.pdf(x), poisson.pdf(x) / (1 - 0.1353352832366127), within: 1e-14) }
    #expect(d.pdf(0) == 0 && d.support == .integers(1, .infinity) && d.quantile(0) == 1 && d.quantile(0.01) == 1)
    expectMoments(d, from: 1, to: 60)
    expect(d.mean, 2 / (1 - 0.1353352832366127), within: 1e-13)
    try expectSampleToFit(d, seed: 34)
    let upper = try Truncated(poisson, low: 9, high: 11)
    expectMoments(upper, from: 9, to: 11)
    #expect(upper.mode == 9 && upper.cdf(11) == 1 && upper.quantile(1) == 11 && upper.quantile(0) == 9)
    for x in [9.0, 10] { expectQuantileToInvert(upper, at: x) }
    try expectSampleToFit(upper, seed: 35)
  }

  @Test func wrongParameters() throws {
    let d = try Binomial(trials: 10, p: 0.5)
    #expect(throws: Failure(.argument, "low must be at most high = 1, got 2")) { try Truncated(d, low: 2, high: 1) }
    #expect(throws: Failure.self) { try Truncated(d, low: .nan, high: 1) }
    #expect(throws: Failure(.argument, "binomial has no probability between low = 11 and high = 12")) {
      try Truncated(d, low: 11, high: 12)
    }
  }
}

/// x, P(Z ≤ x | Z > 50), P(Z > x | Z > 50) and the logarithm of the density; beyond 51 nothing that counts is left.
private let farTailValues: [(Double, Double, Double, Double)] = [
  (50.001, 0.0487900601237073, 0.9512099398762927, 3.862422106215345),
  (50.01, 0.3936208450755803, 0.6063791549244196, 3.412372606215328),
  (50.05, 0.918099378786106, 0.08190062121389392, 1.4111726062153707),
  (50.2, 0.9999556762029944, 4.432379700560944e-05, -6.107577393784914),
]
