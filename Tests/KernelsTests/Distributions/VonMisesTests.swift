import Testing

@testable import Kernels

@Suite struct VonMisesTests {
  @Test(arguments: Reference.rows("von_mises"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try VonMises(mu: 0, kappa: row[0])
    expect(d.logpdf(row[1]), row[2], within: 1e-13, absolute: 1e-13, "logpdf")
    expect(d.pdf(row[1]), row[3], within: 1e-12, absolute: 0x1p-1070, "pdf")
    expect(d.cdf(row[1]), row[4], within: 1e-11, absolute: 0x1p-1070, "cdf")
    expect(d.ccdf(row[1]), row[5], within: 1e-11, absolute: 0x1p-1070, "ccdf")
    if row[4] < 0.6, row[4] > 1e-300 { expect(d.quantile(d.cdf(row[1])), row[1], within: 1e-11, absolute: 1e-15) }
  }

  @Test(arguments: Reference.rows("von_mises_moments"))
  func moments(_ row: Reference.Row) throws {
    let d = try VonMises(mu: 1, kappa: row[0])
    expect(d.variance, row[1], within: 1e-12, "variance")
    expect(d.entropy, row[2], within: 1e-13, absolute: 1e-13, "entropy")
    #expect(d.mean == 1 && d.mode == 1)
  }

  @Test func edges() throws {
    let d = try VonMises(mu: 1, kappa: 2)
    #expect(
      d.pdf(5) == 0 && d.logpdf(-3) == -.infinity && d.cdf(-3) == 0 && d.cdf(5) == 1 && d.ccdf(5) == 0
        && d.ccdf(-3) == 1)
    #expect(d.pdf(.infinity) == 0 && d.cdf(.infinity) == 1 && d.cdf(-.infinity) == 0 && d.cdf(1) == 0.5)
    #expect(d.quantile(0) == 1 - .pi && d.quantile(1) == 1 + .pi && d.quantile(0.5) == 1)
    #expect(d.quantile(-0.1).isNaN && d.quantile(.nan).isNaN)
    #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
    #expect(d.support == .interval(1 - .pi, 1 + .pi) && d.parameters.map(\.name) == ["mu", "kappa"])
    expect(try VonMises(mu: 0, kappa: 0).pdf(2), 0.15915494309189535, within: 1e-15)  // 1/2π
  }

  @Test func wrongParameters() {
    #expect(throws: Failure(.argument, "kappa must not be negative, got -1")) { try VonMises(mu: 0, kappa: -1) }
    #expect(throws: Failure(.argument, "kappa must be finite, got inf")) { try VonMises(mu: 0, kappa: .infinity) }
    #expect(throws: Failure(.argument, "mu must be finite, got NaN")) { try VonMises(mu: .nan, kappa: 1) }
  }

  @Test func bulkVerbsAgree() throws {
    expectBulkVerbsToAgree(
      try VonMises(mu: 1, kappa: 0.7), (0..<61).map { Double($0) / 9 - 4 } + [.nan, .infinity, -.infinity, 0])
  }

  @Test(arguments: Reference.rows("von_mises_fit"))
  func fitAgreesWithMpmath(_ row: Reference.Row) throws {
    let fit = try VonMises.fit(Vector(row.numbers(0)), weights: Vector(row.numbers(1)))
    expect(fit.mu, row[2], within: 1e-13, absolute: 1e-15)
    expect(fit.kappa, row[3], within: 1e-11)
  }

  @Test func wrongData() throws {
    #expect(throws: Failure(.data, "row 2 is 7; von_mises data are angles from -2 pi to 2 pi")) {
      try VonMises.fit(Vector([1, 7]))
    }
    #expect(throws: Failure(.data, "row 1 is NaN")) { try VonMises.fit(Vector([.nan, 2])) }
    #expect(throws: Failure(.data, "no data")) { try VonMises.fit(Vector([])) }
    #expect(throws: Failure(.degenerate, "kappa is not determined: all values with a weight are 2")) {
      try VonMises.fit(Vector([2, 2]))
    }
    #expect(throws: Failure(.degenerate, "mu is not determined: the directions cancel")) {
      try VonMises.fit(Vector([0, .pi]))
    }
  }
}
