import Testing

@testable import Kernels

@Suite struct UniformDistributionTests {
  @Test func values() throws {
    let d = try Uniform(a: -1, b: 3)
    #expect(d.pdf(-1) == 0.25 && d.pdf(3) == 0.25 && d.pdf(0) == 0.25 && d.pdf(3.1) == 0 && d.pdf(-1.1) == 0)
    expect(d.logpdf(0.5), -1.3862943611198906, within: 1e-16)  // −log 4
    #expect(
      d.cdf(0) == 0.25 && d.ccdf(0) == 0.75 && d.cdf(-2) == 0 && d.ccdf(-2) == 1 && d.cdf(4) == 1 && d.ccdf(4) == 0)
    #expect(d.quantile(0) == -1 && d.quantile(1) == 3 && d.quantile(0.25) == 0 && d.quantile(0.75) == 2)
    #expect(d.ccdf(3 - 0x1p-51) == 0x1p-53)
  }

  @Test func edges() throws {
    let d = try Uniform(a: -1, b: 3)
    #expect(d.logpdf(.infinity) == -.infinity && d.logpdf(-.infinity) == -.infinity && d.logpdf(4) == -.infinity)
    #expect(d.cdf(-.infinity) == 0 && d.cdf(.infinity) == 1 && d.ccdf(.infinity) == 0 && d.ccdf(-.infinity) == 1)
    #expect(d.quantile(-0.1).isNaN && d.quantile(1.1).isNaN && d.quantile(.nan).isNaN)
    #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
  }

  @Test(arguments: [(0.0, 1.0), (1e300, 1.1e300), (-1e-300, 1e-300), (1e8, 1e8 + 1e-7), (-0x1p-1074, 0x1p-1074)])
  func quantileInvertsCdf(_ a: Double, _ b: Double) throws {
    let d = try Uniform(a: a, b: b)
    for p in [0, 1e-9, 0.1, 0.5, 0.77, 1] {
      let x = d.quantile(p)
      #expect(x >= a && x <= b)
      // What the rounding of x lets through.
      expect(d.cdf(x), p, within: 1e-15, absolute: x.ulp / (b - a) + 1e-15)
    }
  }

  @Test func moments() throws {
    let d = try Uniform(a: -1, b: 3)
    #expect(d.mean == 1 && d.mode == 1 && d.support == .interval(-1, 3))
    expect(d.variance, 4.0 / 3, within: 1e-15)
    expect(d.entropy, 1.3862943611198906, within: 1e-16)
    #expect(d.parameters.map(\.name) == ["a", "b"])
  }

  @Test(arguments: [
    (1.0, 1.0, "b must be greater than a = 1, got 1"), (.nan, 1, "a must be finite, got NaN"),
    (0, .infinity, "b must be finite, got inf"),
    (-1e308, 1e308, "b - a must be finite, got \(1e308.named) and \((-1e308).named)"),
  ])
  func wrongParameters(_ a: Double, _ b: Double, _ message: String) {
    #expect(throws: Failure(.argument, message)) { try Uniform(a: a, b: b) }
  }

  @Test func bulkVerbsAgree() throws {
    let d = try Uniform(a: -1.3, b: 3.7)
    expectBulkVerbsToAgree(d, (0..<61).map { Double($0) / 3 - 9 } + [.nan, .infinity, -.infinity, 0])
  }

  @Test func fit() throws {
    let fit = try Uniform.fit(Vector([2, -7, 1.5, 3]), weights: Vector([1, 0, 2, 0.1]))
    #expect(fit.a == 1.5 && fit.b == 3)
    #expect(throws: Failure(.degenerate, "b - a would be 0: all values with a weight are 2")) {
      try Uniform.fit(Vector([2, 2]))
    }
    #expect(throws: Failure(.data, "row 2 is NaN")) { try Uniform.fit(Vector([2, .nan])) }
    #expect(throws: Failure(.data, "no data")) { try Uniform.fit(Vector([])) }
  }
}
