import Testing

@testable import Kernels

@Suite struct NormalTests {
  // What is known of x: its distance to the mean, whose relative error is that of one subtraction and one division, enters the
  // tails as its square, up to 1444 times.
  @Test(arguments: Reference.rows("normal"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try Normal(mu: row[0], sigma: row[1])
    expect(d.logpdf(row[2]), row[3], within: 1e-13, "logpdf")
    expect(d.pdf(row[2]), row[4], within: 1e-12, absolute: 0x1p-1074, "pdf")
    expect(d.cdf(row[2]), row[5], within: 2e-12, absolute: 0x1p-1074, "cdf")
    expect(d.ccdf(row[2]), row[6], within: 2e-12, absolute: 0x1p-1074, "ccdf")
  }

  @Test(arguments: Reference.rows("normal_quantile"))
  func quantileAgreesWithMpmath(_ row: Reference.Row) throws {
    let d = try Normal(mu: row[0], sigma: row[1])
    expect(d.quantile(row[2]), row[3], within: 2e-15, "quantile")
  }

  @Test(arguments: Reference.rows("normal").filter { abs($0[2] - $0[0]) < 37 * $0[1] && $0[2] <= $0[0] + $0[1] })
  func quantileInvertsCdf(_ row: Reference.Row) throws {
    let d = try Normal(mu: row[0], sigma: row[1])
    expect(d.quantile(d.cdf(row[2])), row[2], within: 1e-11, absolute: 1e-13 * row[1])
  }

  @Test func edges() throws {
    let d = try Normal(mu: 3, sigma: 2)
    #expect(d.pdf(.infinity) == 0 && d.pdf(-.infinity) == 0 && d.logpdf(.infinity) == -.infinity)
    #expect(d.cdf(-.infinity) == 0 && d.cdf(.infinity) == 1 && d.ccdf(.infinity) == 0 && d.ccdf(-.infinity) == 1)
    #expect(d.quantile(0) == -.infinity && d.quantile(1) == .infinity && d.quantile(0.5) == 3)
    #expect(d.quantile(-0.1).isNaN && d.quantile(1.1).isNaN && d.quantile(.nan).isNaN)
    #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
  }

  @Test func moments() throws {
    let d = try Normal(mu: -1, sigma: 3)
    #expect(d.mean == -1 && d.mode == -1 && d.variance == 9 && d.sd == 3)
    expect(d.entropy, 2.5175508218727823, within: 1e-15)  // ½·log(18πe), mpmath
    #expect(d.support == .interval(-.infinity, .infinity))
    #expect(d.parameters.map(\.name) == ["mu", "sigma"])
  }

  @Test(arguments: [
    (0.0, -1.0, "sigma must be positive, got -1"), (0, 0, "sigma must be positive, got 0"),
    (0, .nan, "sigma must be positive, got NaN"), (0, .infinity, "sigma must be finite, got inf"),
    (.nan, 1, "mu must be finite, got NaN"), (-.infinity, 1, "mu must be finite, got -inf"),
  ])
  func wrongParameters(_ mu: Double, _ sigma: Double, _ message: String) {
    #expect(throws: Failure(.argument, message)) { try Normal(mu: mu, sigma: sigma) }
  }

  @Test func bulkVerbsAgree() throws {
    let d = try Normal(mu: 1, sigma: 0.7)
    expectBulkVerbsToAgree(d, (0..<61).map { Double($0) / 3 - 9 } + [.nan, .infinity, -.infinity, 0])
  }

}

@Suite struct NormalFitTests {
  // Weights are repetitions: 1, 2, 2, 4 have mean 9/4 and variance 19/16.
  @Test func weightsCountAsRepetitions() throws {
    let fit = try Normal.fit(Vector([1, 2, 4, 1e9]), weights: Vector([0.5, 1, 0.5, 0]))
    expect(fit.mu, 2.25, within: 1e-15)
    expect(fit.sigma, 1.0897247358851683, within: 1e-15)  // √19 / 4
    let same = try Normal.fit(Vector([1, 2, 2, 4]))
    #expect(same.mu == fit.mu)
    expect(same.sigma, fit.sigma, within: 2e-16)
  }

  // NIST StRD NumAcc4: 1001 numbers near 10⁷ with mean 10000000.2 and sample standard deviation 0.1 exactly.
  @Test func keepsTheDigitsOfDataFarFromZero() throws {
    let values = [10_000_000.2] + (0..<500).flatMap { _ in [10_000_000.1, 10_000_000.3] }
    let fit = try Normal.fit(Vector(values))
    expect(fit.mu, 10_000_000.2, within: 1e-15)
    // The data are themselves rounded to 2e-9.
    expect(fit.sigma * (1001.0 / 1000).squareRoot(), 0.1, within: 1e-8)
  }

  @Test(arguments: [1e300, 1e-300, 1e150, 1e-200])
  func anyScale(_ scale: Double) throws {
    let fit = try Normal.fit(Vector([1 * scale, 3 * scale]), weights: Vector([scale, scale]))
    expect(fit.mu, 2 * scale, within: 1e-15)
    expect(fit.sigma, scale, within: 1e-15)
  }

  @Test func isTheSameOnAnyNumberOfThreads() throws {
    let x = try Normal(mu: 0, sigma: 1).sampled(200_001)
    let many = try Normal.fit(x)
    let threads = Parallel.threads
    Parallel.threads = 1
    defer { Parallel.threads = threads }
    let one = try Normal.fit(x)
    #expect(one.mu == many.mu && one.sigma == many.sigma)
  }

  static let wrong: [([Double], [Double]?, Failure)] = [
    ([], nil, Failure(.data, "no data")),
    ([1, .nan], nil, Failure(.data, "row 2 is NaN")),
    ([-.infinity, 1], nil, Failure(.data, "row 1 is -inf")),
    ([2.5], nil, Failure(.degenerate, "sigma would be 0: all values with a weight are 2.5")),
    ([3, 3, 3], nil, Failure(.degenerate, "sigma would be 0: all values with a weight are 3")),
    ([3, 4], [0, 1], Failure(.degenerate, "sigma would be 0: all values with a weight are 4")),
    ([3, 4], [0, 0], Failure(.argument, "weights must not all be 0")),
    ([3, 4], [1, -1], Failure(.argument, "weights must be finite and not negative, weight 2 is -1")),
    ([3, 4], [1], Failure(.shape, "one weight per row is wanted, got 1 weights and 2 rows")),
    ([1e308, -1e308], nil, Failure(.data, "the data span more than doubles can hold")),
  ]

  @Test(arguments: wrong)
  func wrongData(_ x: [Double], _ weights: [Double]?, _ failure: Failure) throws {
    let (x, weights) = (try Vector(x), try weights.map { try Vector($0) })
    #expect(throws: failure) { try Normal.fit(x, weights: weights) }
  }
}

extension UnivariateDistribution {
  fileprivate func sampled(_ count: Int) throws -> Vector {
    var stream = RandomStream(seed: 1)
    return try sample(count, from: &stream)
  }
}
