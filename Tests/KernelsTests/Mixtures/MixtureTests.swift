import Testing

@testable import Kernels

@Suite struct MixtureTests {
  /// The mixtures of Scripts/reference/mixtures.py, by number.
  static let parts: [[(w: Double, mu: Double, sigma: Double)]] = [
    [(0.36, 54.6, 5.87), (0.64, 80.1, 5.87)], [(0.25, -3, 0.5), (0.25, 0, 2), (0.5, 1e3, 10)],
    [(0.001, 0, 100), (0.999, 0, 1)], [(0.5, -1, 0.9), (0.5, 1, 0.9)],
  ]

  private func mixture(_ number: Double) throws -> UnivariateMixture {
    let parts = Self.parts[Int(number)]
    return try UnivariateMixture(
      weights: parts.map(\.w), components: try parts.map { try Normal(mu: $0.mu, sigma: $0.sigma) })
  }

  // Tolerances are those of a normal distribution this far from its mean: squares of z up to 3·10⁴ enter an exponential.
  @Test(arguments: Reference.rows("mixture"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try mixture(row[0])
    expect(d.logpdf(row[1]), row[2], within: 1e-13, absolute: 1e-14, "logpdf")
    expect(d.pdf(row[1]), row[3], within: 1e-12, absolute: 0x1p-1074, "pdf")
    expect(d.cdf(row[1]), row[4], within: 2e-12, absolute: 0x1p-1074, "cdf")
    expect(d.ccdf(row[1]), row[5], within: 2e-12, absolute: 0x1p-1074, "ccdf")
  }

  @Test(arguments: Reference.rows("mixture_quantile"))
  func quantileAgreesWithMpmath(_ row: Reference.Row) throws {
    let d = try mixture(row[0])
    // An error of 1e-16 in the cdf is one of 1e-16/pdf in the quantile.
    expect(d.quantile(row[1]), row[2], within: 1e-13, absolute: 4e-16 * row[1] / d.pdf(row[2]), "quantile")
    expect(d.cdf(d.quantile(row[1])), row[1], within: 1e-12, "cdf of quantile")
  }

  @Test(arguments: Reference.rows("mixture").filter { $0[4] > 0 && $0[4] < 0.999 })
  func quantileInvertsCdf(_ row: Reference.Row) throws {
    let d = try mixture(row[0])
    // Where the density is next to nothing, many x share one value of the cdf.
    let reach = 4e-16 * row[4] / row[3]
    expect(d.quantile(d.cdf(row[1])), row[1], within: 1e-12, absolute: reach, "quantile of cdf")
  }

  @Test(arguments: Reference.rows("mixture_moments"))
  func momentsAgreeWithMpmath(_ row: Reference.Row) throws {
    let d = try mixture(row[0])
    expect(d.mean, row[1], within: 1e-15, absolute: 1e-16, "mean")
    expect(d.variance, row[2], within: 1e-14, "variance")
    expect(d.entropy, row[3], within: 1e-11, "entropy")
    // The last mixture has two modes of one height.
    expect(row[0] == 3 ? -abs(d.mode) : d.mode, row[4], within: 1e-7, absolute: 1e-7, "mode")
  }

  @Test func bulkVerbsAgree() throws {
    expectBulkVerbsToAgree(
      try mixture(1), (0..<600).map { Double($0 * $0) / 300 - 20 } + [.nan, .infinity, -.infinity, 0])
  }

  @Test func edges() throws {
    let d = try mixture(0)
    #expect(d.quantile(0) == -.infinity && d.quantile(1) == .infinity)
    #expect(d.quantile(-1).isNaN && d.quantile(.nan).isNaN)
    #expect(d.pdf(.infinity) == 0 && d.logpdf(-.infinity) == -.infinity)
    #expect(d.cdf(.infinity) == 1 && d.ccdf(.infinity) == 0)
    #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
    #expect(d.parameters.map(\.name) == ["weights", "components"] && d.support == .interval(-.infinity, .infinity))
  }

  /// A mixture of mixtures is the mixture of all their components.
  @Test func nested() throws {
    let nested = try UnivariateMixture(weights: [0.25, 0.75], components: [try mixture(0), try mixture(3)])
    let flat = try UnivariateMixture(
      weights: [0.09, 0.16, 0.375, 0.375],
      components: try (Self.parts[0] + Self.parts[3]).map { try Normal(mu: $0.mu, sigma: $0.sigma) })
    for x in [-5.0, -1, 0, 3, 50, 60, 81] {
      expect(nested.logpdf(x), flat.logpdf(x), within: 1e-14, "logpdf")
      expect(nested.cdf(x), flat.cdf(x), within: 1e-14, "cdf")
    }
    for p in [1e-10, 0.1, 0.7, 0.76, 0.999] { expect(nested.quantile(p), flat.quantile(p), within: 1e-12, "quantile") }
    expect(nested.variance, flat.variance, within: 1e-14)
    expect(nested.entropy, flat.entropy, within: 1e-11)
  }

  /// Two uniforms with a gap between them, where the cdf stands still, and one point, where it jumps.
  @Test func flatAndJumpingCdf() throws {
    let gap = try UnivariateMixture(weights: [0.5, 0.5], components: [Line(from: 0, to: 1), Line(from: 2, to: 3)])
    #expect(gap.quantile(0.5) == 1 && gap.quantile(0.25) == 0.5 && gap.quantile(0.75) == 2.5)
    #expect(gap.quantile(0.5.nextUp) >= 2)
    let jump = try UnivariateMixture(
      weights: [0.5, 0.5], components: [Line(from: 0, to: 1), Line(from: 0.5, to: 0.5)])
    for p in [0.2500001, 0.5, 0.75] { #expect(jump.quantile(p) == 0.5) }
    expect(jump.quantile(0.2), 0.4, within: 1e-15)
    expect(jump.quantile(0.9), 0.8, within: 1e-15)
  }

  @Test func sampleHasTheDistribution() throws {
    let d = try mixture(0)
    var stream = RandomStream(seed: 1)
    let sorted = try d.sample(20_000, from: &stream).array.sorted()
    // Kolmogorov's distance, which exceeds 1.95/√n once in a thousand.
    let distance = sorted.indices.reduce(0.0) { max($0, abs(d.cdf(sorted[$1]) - (Double($1) + 0.5) / 20_000)) }
    #expect(distance < 1.95 / 20_000.0.squareRoot())
  }

  @Test func posterior() throws {
    let d = try mixture(0)
    let x = [40.0, 54.6, 67.3, 80, 1e4, -1e4, .nan]
    let r = try d.posterior(try Matrix(rows: x.map { [$0] }))
    #expect(r.rows == 7 && r.columns == 2)
    for i in 0..<4 {
      // Bayes' rule, as it stands; σ is the same in both.
      let p = Self.parts[0].map { $0.w * exp(-(x[i] - $0.mu) * (x[i] - $0.mu) / (2 * $0.sigma * $0.sigma)) }
      expect(r[i, 0], p[0] / (p[0] + p[1]), within: 1e-12)
      expect(r[i, 0] + r[i, 1], 1, within: 1e-15)
    }
    #expect(r[4, 1] == 1 && r[5, 0] == 1 && r[6, 0].isNaN)
    let labels = try d.classify(try Matrix(rows: x.map { [$0] })).array
    #expect(labels.prefix(6) == [1, 1, 2, 2, 2, 1] && labels[6].isNaN)
  }

  @Test func zeroWeights() throws {
    let d = try UnivariateMixture(
      weights: [0, 1], components: [try Normal(mu: 0, sigma: 1), try Normal(mu: 5, sigma: 1)])
    #expect(d.mean == 5 && d.mode == 5)
    expect(d.quantile(0.5), 5, within: 1e-15)
    expect(d.logpdf(0), -13.418938533204673, within: 1e-15)
  }

  @Test func wrongWeights() throws {
    let n = try Normal(mu: 0, sigma: 1)
    func expectError(_ weights: [Double], _ message: String) {
      #expect {
        try UnivariateMixture(weights: weights, components: [n, n])
      } throws: {
        ($0 as? Failure)?.message == message
      }
    }
    expectError([0.5, 0.4], "weights must sum to 1, got a sum of 0.9")
    expectError([-0.5, 1.5], "weights must not be negative, but weight 1 is -0.5")
    expectError([.nan, 1], "weights must not be negative, but weight 1 is NaN")
    expectError([1], "one weight per component is wanted, got 1 weights and 2 components")
    #expect(throws: Failure(.argument, "a mixture needs at least one component")) {
      try UnivariateMixture(weights: [], components: [])
    }
    // What three thirds of ten digits lack is rounding.
    let thirds = try UnivariateMixture(
      weights: [0.3333333333, 0.3333333333, 0.3333333333], components: [n, n, n])
    expect(thirds.weights.reduce(0, +), 1, within: 1e-15)
  }
}

/// Uniform between two points, or one point.
private struct Line: UnivariateDistribution {
  let (low, high): (Double, Double)

  init(from low: Double, to high: Double) { (self.low, self.high) = (low, high) }

  var family: String { "line" }
  var parameters: [(name: String, value: ParameterValue)] { [] }
  var support: Support { .interval(low, high) }
  var entropy: Double { .nan }
  var mean: Double { (low + high) / 2 }
  var variance: Double { (high - low) * (high - low) / 12 }
  var mode: Double { low }
  func pdf(_ x: Double) -> Double { x < low || x > high ? 0 : 1 / (high - low) }
  func logpdf(_ x: Double) -> Double { log(pdf(x)) }
  func cdf(_ x: Double) -> Double { x < low ? 0 : x >= high ? 1 : (x - low) / (high - low) }
  func ccdf(_ x: Double) -> Double { 1 - cdf(x) }
  func quantile(_ p: Double) -> Double { low + p * (high - low) }
  func sample(_ words: inout Words) -> Double { quantile(words.uniform()) }
}
