import Testing

@testable import Kernels

@Suite struct BinomialTests {
  // An exponent of up to 745 in the tails is a sum of terms of its size, each rounded.
  @Test(arguments: Reference.rows("binomial"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try Binomial(trials: row[0], p: row[1])
    expect(d.logpdf(row[2]), row[3], within: 1e-13, absolute: 1e-15, "logpdf")
    expect(d.pdf(row[2]), row[4], within: 1e-12, absolute: 0x1p-1074, "pdf")
    guard !row[5].isNaN else { return }
    expect(d.cdf(row[2]), row[5], within: 1e-11, absolute: 0x1p-1022, "cdf")
    expect(d.ccdf(row[2]), row[6], within: 1e-11, absolute: 0x1p-1022, "ccdf")
  }

  @Test(arguments: Reference.rows("binomial"))
  func quantileInvertsCdf(_ row: Reference.Row) throws {
    let d = try Binomial(trials: row[0], p: row[1])
    let (below, at) = (d.cdf(row[2] - 1), d.cdf(row[2]))
    guard below < at, at < 1 else { return }
    #expect(d.quantile(at) == row[2])
    #expect(d.quantile(below + (at - below) / 2) == row[2])
  }

  @Test(arguments: [(0.0, 0.5), (1, 0.5), (7, 0), (7, 1), (9, 0.3), (10, 0.3), (19, 0.25), (99, 0.07), (1000, 0.999)])
  func modeIsTheMostProbable(_ trials: Double, _ p: Double) throws {
    let d = try Binomial(trials: trials, p: p)
    let most = (0...Int(trials)).map { d.logpdf(Double($0)) }.max() ?? .nan
    expect(d.logpdf(d.mode), most, within: 1e-14, absolute: 1e-14)
  }

  @Test func modeOfManyTrials() throws {
    // (n + 1)·p = 2⁵⁰·5·0.2, and 0.2 as a double is above 1/5 by 1.1e-17.
    #expect(try Binomial(trials: 0x1p50 * 5 - 1, p: 0.2).mode == 0x1p50 + 0.0)
    // 0.3 as a double is below 3/10: (n + 1)·p = 3 − 1e-16.
    #expect(try Binomial(trials: 9, p: 0.3).mode == 2)
  }

  @Test(arguments: Reference.rows("binomial_entropy"))
  func entropyAgreesWithMpmath(_ row: Reference.Row) throws {
    expect(try Binomial(trials: row[0], p: row[1]).entropy, row[2], within: 1e-12)
  }

  @Test func edges() throws {
    let d = try Binomial(trials: 10, p: 0.3)
    for x in [-1, 11, 2.5, .infinity, -.infinity] { #expect(d.pdf(x) == 0 && d.logpdf(x) == -.infinity) }
    #expect(d.cdf(-0.1) == 0 && d.cdf(10) == 1 && d.cdf(.infinity) == 1 && d.cdf(-.infinity) == 0)
    #expect(d.ccdf(-0.1) == 1 && d.ccdf(10) == 0 && d.cdf(3.9) == d.cdf(3))
    #expect(d.quantile(0) == 0 && d.quantile(1) == 10 && d.quantile(-0.1).isNaN && d.quantile(.nan).isNaN)
    #expect(d.pdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
    for p in [0.0, 1] {
      let certain = try Binomial(trials: 4, p: p)
      #expect(certain.pdf(4 * p) == 1 && certain.pdf(2) == 0 && certain.entropy == 0 && certain.mode == 4 * p)
      #expect(certain.quantile(0.5) == 4 * p && certain.cdf(0) == 1 - p && certain.ccdf(3) == p)
    }
    let nothing = try Binomial(trials: 0, p: 0.4)
    #expect(nothing.pdf(0) == 1 && nothing.cdf(0) == 1 && nothing.quantile(0.7) == 0 && nothing.entropy == 0)
  }

  @Test func moments() throws {
    let d = try Binomial(trials: 10, p: 0.6)
    #expect(d.mean == 6 && abs(d.variance - 2.4) < 1e-15 && d.mode == 6 && d.support == .integers(0, 10))
  }

  @Test(arguments: [
    (-1.0, 0.5, "trials must be an integer from 0 to 9007199254740991, got -1"),
    (2.5, 0.5, "trials must be an integer from 0 to 9007199254740991, got 2.5"),
    (.nan, 0.5, "trials must be an integer from 0 to 9007199254740991, got NaN"),
    (.infinity, 0.5, "trials must be an integer from 0 to 9007199254740991, got inf"),
    (10, 1.5, "p must be from 0 to 1, got 1.5"), (10, .nan, "p must be from 0 to 1, got NaN"),
  ])
  func wrongParameters(_ trials: Double, _ p: Double, _ message: String) {
    #expect(throws: Failure(.argument, message)) { try Binomial(trials: trials, p: p) }
  }

  @Test func bulkVerbsAgree() throws {
    let x: [Double] = [0, 1, 2.5, .nan, 3, 10, 11, -1, .infinity, 4, 7, 9, 5, 6, 8, 2, 1e300]
    expectBulkVerbsToAgree(try Binomial(trials: 10, p: 0.3), x)
    expectBulkVerbsToAgree(try Binomial(trials: 1e6, p: 1e-6), x)
  }
}

@Suite struct BinomialFitTests {
  @Test func weightsCountAsRepetitions() throws {
    let fit = try Binomial.fit(Vector([5, 9, 0]), trials: 10, weights: Vector([3, 1, 0]))
    #expect(fit.p == 0.6 && fit.trials == 10)
    #expect(try Binomial.fit(Vector([0, 0]), trials: 3).p == 0)
    #expect(try Binomial.fit(Vector([3, 3, 3]), trials: 3).p == 1)
  }

  static let wrong: [([Double], Double, Failure)] = [
    ([], 10, Failure(.data, "no data")),
    ([1, 2, 2.5], 10, Failure(.data, "row 3 is 2.5; binomial data are integers from 0 to 10")),
    ([11], 10, Failure(.data, "row 1 is 11; binomial data are integers from 0 to 10")),
    ([0, .nan], 10, Failure(.data, "row 2 is NaN; binomial data are integers from 0 to 10")),
    ([0, 0], 0, Failure(.degenerate, "p is not determined by 0 trials")),
    ([0], -1, Failure(.argument, "trials must be an integer from 0 to 9007199254740991, got -1")),
  ]

  @Test(arguments: wrong)
  func wrongData(_ x: [Double], _ trials: Double, _ failure: Failure) throws {
    let x = try Vector(x)
    #expect(throws: failure) { try Binomial.fit(x, trials: trials) }
  }
}
