import Testing

@testable import Kernels

@Suite struct InverseGaussianTests {
  // The exponent, up to 700, is a product of rounded factors.
  @Test(arguments: Reference.rows("inverse_gaussian"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try InverseGaussian(mu: row[0], lambda: row[1])
    expect(d.logpdf(row[2]), row[3], within: 1e-13, absolute: 1e-13, "logpdf")
    expect(d.pdf(row[2]), row[4], within: 1e-12, absolute: 0x1p-1070, "pdf")
    expect(d.cdf(row[2]), row[5], within: 1e-11, absolute: 0x1p-1070, "cdf")
    expect(d.ccdf(row[2]), row[6], within: 1e-11, absolute: 0x1p-1070, "ccdf")
  }

  @Test(arguments: Reference.rows("inverse_gaussian").filter { $0[5] < 0.9 && $0[5] > 1e-300 })
  func quantileInvertsCdf(_ row: Reference.Row) throws {
    let d = try InverseGaussian(mu: row[0], lambda: row[1])
    expect(d.quantile(d.cdf(row[2])), row[2], within: 1e-11)
  }

  // The upper half, where what 1 − p leaves is exact.
  @Test(arguments: [(1.0, 1.0), (1, 1e-8), (1e8, 1e-8), (2, 40), (3, 1e8)])
  func quantileInvertsCcdf(_ mu: Double, _ lambda: Double) throws {
    let d = try InverseGaussian(mu: mu, lambda: lambda)
    for tail in [0.49, 0.25, 0x1p-10, 0x1p-30, 0x1p-53] {
      let x = d.quantile(1 - tail)
      // What the rounding of x, within 8 ulp, lets through.
      expect(d.ccdf(x), 1 - (1 - tail), within: 1e-11, absolute: 8 * d.pdf(x) * x.ulp)
    }
  }

  @Test func edges() throws {
    let d = try InverseGaussian(mu: 3, lambda: 2)
    for x in [0, -1, -Double.infinity] {
      #expect(d.pdf(x) == 0 && d.logpdf(x) == -.infinity && d.cdf(x) == 0 && d.ccdf(x) == 1)
    }
    #expect(
      d.pdf(.infinity) == 0 && d.logpdf(.infinity) == -.infinity && d.cdf(.infinity) == 1 && d.ccdf(.infinity) == 0)
    #expect(d.quantile(0) == 0 && d.quantile(1) == .infinity && d.quantile(-0.1).isNaN && d.quantile(.nan).isNaN)
    #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
    #expect(d.pdf(0x1p-1074) == 0 && d.support == .interval(0, .infinity))
  }

  @Test func moments() throws {
    let d = try InverseGaussian(mu: 2, lambda: 0.5)
    #expect(d.mean == 2)
    expect(d.variance, 16, within: 1e-15)
    expect(d.mode, 0.16552506059643938, within: 1e-15)  // 2·(√37 − 6)
  }

  @Test(arguments: Reference.rows("inverse_gaussian_entropy"))
  func entropy(_ row: Reference.Row) throws {
    expect(try InverseGaussian(mu: row[0], lambda: row[1]).entropy, row[2], within: 1e-14, absolute: 1e-14)
  }

  @Test func wrongParameters() {
    #expect(throws: Failure(.argument, "mu must be positive, got 0")) { try InverseGaussian(mu: 0, lambda: 1) }
    #expect(throws: Failure(.argument, "lambda must be positive, got NaN")) { try InverseGaussian(mu: 1, lambda: .nan) }
  }

  @Test func bulkVerbsAgree() throws {
    let x = (0..<61).map { Double($0) / 3 - 1 } + [.nan, .infinity, -.infinity, 0, 1e300]
    expectBulkVerbsToAgree(try InverseGaussian(mu: 2.5, lambda: 1.5), x)
  }

  // Of 1, 2, 2, 4: mean 9/4, mean of the inverses 9/16, 1/λ = 9/16 − 4/9 = 17/144.
  @Test(arguments: [1, 1e-200, 1e200])
  func fit(_ unit: Double) throws {
    let fit = try InverseGaussian.fit(
      Vector([1 * unit, 2 * unit, 4 * unit, 9 * unit]), weights: Vector([0.5, 1, 0.5, 0]))
    expect(fit.mu, 2.25 * unit, within: 1e-15)
    expect(fit.lambda, 144.0 / 17 * unit, within: 1e-14)
  }

  @Test func wrongData() throws {
    #expect(throws: Failure(.data, "row 2 is -1; inverse_gaussian data are positive")) {
      try InverseGaussian.fit(Vector([1, -1]))
    }
    #expect(throws: Failure(.data, "row 1 is inf")) { try InverseGaussian.fit(Vector([.infinity, 2])) }
    #expect(throws: Failure(.degenerate, "lambda is not determined: all values with a weight are 2")) {
      try InverseGaussian.fit(Vector([2, 2]))
    }
    #expect(throws: Failure(.data, "no data")) { try InverseGaussian.fit(Vector([])) }
  }
}
