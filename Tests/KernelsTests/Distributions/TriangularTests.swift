import Testing

@testable import Kernels

@Suite struct TriangularTests {
  @Test(arguments: Reference.rows("triangular"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try Triangular(a: row[0], b: row[1], c: row[2])
    expect(d.logpdf(row[3]), row[4], within: 1e-13, absolute: 1e-13, "logpdf")
    expect(d.pdf(row[3]), row[5], within: 1e-14, absolute: 0x1p-1074, "pdf")
    expect(d.cdf(row[3]), row[6], within: 1e-14, absolute: 0x1p-1074, "cdf")
    expect(d.ccdf(row[3]), row[7], within: 1e-14, absolute: 0x1p-1074, "ccdf")
  }

  @Test(arguments: [
    (0.0, 1.0, 0.3), (-2, 5, -2), (1, 4, 4), (-1e300, 1e300, 1e299), (0, 1, 1e-8), (0, 1, 0), (-1, 0, 0),
    (1e-300, 3e-300, 2e-300),
  ])
  func cdfInvertsQuantile(_ a: Double, _ b: Double, _ c: Double) throws {
    let d = try Triangular(a: a, b: b, c: c)
    for p in [0, 1e-9, 0.1, 0.3, 0.5, 0.77, 0.999, 1] {
      let x = d.quantile(p)
      #expect(x >= a && x <= b)
      // What the rounding of x lets through.
      expect(d.cdf(x), p, within: 1e-14, absolute: 2 * d.pdf(x) * x.ulp)
    }
    #expect(d.quantile(0) == a && d.quantile(1) == b && d.quantile(-0.1).isNaN && d.quantile(.nan).isNaN)
  }

  @Test func edges() throws {
    let d = try Triangular(a: 1, b: 4, c: 2)
    #expect(d.pdf(0.9) == 0 && d.pdf(4.1) == 0 && d.logpdf(0) == -.infinity && d.logpdf(.infinity) == -.infinity)
    #expect(d.cdf(-.infinity) == 0 && d.cdf(.infinity) == 1 && d.ccdf(.infinity) == 0 && d.ccdf(-.infinity) == 1)
    #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
  }

  // (a² + b² + c² − ab − ac − bc)/18 = 7/18; log 1.5 + ½.
  @Test func moments() throws {
    let d = try Triangular(a: 1, b: 4, c: 2)
    expect(d.mean, 7.0 / 3, within: 1e-15)
    expect(d.variance, 7.0 / 18, within: 1e-15)
    expect(d.entropy, 0.9054651081081644, within: 1e-15)
    #expect(d.mode == 2 && d.support == .interval(1, 4) && d.parameters.map(\.name) == ["a", "b", "c"])
  }

  @Test(arguments: [
    (1.0, 1.0, 1.0, "b must be greater than a = 1, got 1"), (.nan, 1, 1, "a must be finite, got NaN"),
    (0, 1, 2, "c must be from a = 0 to b = 1, got 2"), (0, 1, .nan, "c must be from a = 0 to b = 1, got NaN"),
  ])
  func wrongParameters(_ a: Double, _ b: Double, _ c: Double, _ message: String) {
    #expect(throws: Failure(.argument, message)) { try Triangular(a: a, b: b, c: c) }
  }

  @Test func bulkVerbsAgree() throws {
    expectBulkVerbsToAgree(
      try Triangular(a: -3, b: 4, c: 2), (0..<61).map { Double($0) / 3 - 9 } + [.nan, .infinity, -.infinity, 0])
  }

  @Test(arguments: Reference.rows("triangular_fit"), [1, 1e-300, 1e290])
  func fitAgreesWithMpmath(_ row: Reference.Row, _ unit: Double) throws {
    let fit = try Triangular.fit(Vector(row.numbers(0).map { $0 * unit }), weights: Vector(row.numbers(1)))
    expect(fit.a, row[2] * unit, within: 1e-9)
    expect(fit.b, row[3] * unit, within: 1e-9)
    expect(fit.c, row[4] * unit, within: 1e-15)
  }

  @Test func fitFindsTheParametersOfASample() throws {
    var stream = RandomStream(seed: 2)
    let fit = try Triangular.fit(Triangular(a: 1, b: 4, c: 2).sample(5_000, from: &stream))
    // Some five standard errors.
    expect(fit.a, 1, within: 0, absolute: 0.1)
    expect(fit.b, 4, within: 0, absolute: 0.15)
    expect(fit.c, 2, within: 0, absolute: 0.2)
  }

  @Test func wrongData() throws {
    #expect(throws: Failure(.data, "row 2 is NaN")) { try Triangular.fit(Vector([1, .nan])) }
    #expect(throws: Failure(.data, "no data")) { try Triangular.fit(Vector([])) }
    #expect(throws: Failure(.degenerate, "b - a would be 0: all values with a weight are 2")) {
      try Triangular.fit(Vector([2, 2, 3]), weights: Vector([1, 1, 0]))
    }
  }
}
