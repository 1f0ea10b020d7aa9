import Testing

@testable import Kernels

@Suite struct ParetoTests {
  // The ratio to the minimum is rounded twice; as log(x/m)·shape, up to 700, it is the exponent of pdf and tail.
  @Test(arguments: Reference.rows("pareto"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try Pareto(shape: row[0], minimum: row[1])
    expect(d.logpdf(row[2]), row[3], within: 2e-13, absolute: 1e-13, "logpdf")
    expect(d.pdf(row[2]), row[4], within: 1e-12, absolute: 0x1p-1070, "pdf")
    expect(d.cdf(row[2]), row[5], within: 1e-11, "cdf")
    expect(d.ccdf(row[2]), row[6], within: 1e-11, "ccdf")
    // A quantile cannot be told from its neighbours.
    if row[6] > 1e-15 {
      expect(d.quantile(d.cdf(row[2])), row[2], within: row[5] < 0.9 ? 1e-14 : 2e-16 / row[6] / row[0] + 1e-14)
    }
  }

  @Test func edges() throws {
    let d = try Pareto(shape: 3, minimum: 2)
    #expect(d.pdf(1.9) == 0 && d.pdf(-1) == 0 && d.logpdf(-1) == -.infinity && d.logpdf(.infinity) == -.infinity)
    #expect(d.cdf(2) == 0 && d.cdf(-3) == 0 && d.ccdf(-3) == 1 && d.cdf(.infinity) == 1 && d.ccdf(.infinity) == 0)
    #expect(d.quantile(0) == 2 && d.quantile(1) == .infinity && d.quantile(-0.1).isNaN && d.quantile(1.1).isNaN)
    #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
    #expect(d.support == .interval(2, .infinity))
  }

  @Test func moments() throws {
    let d = try Pareto(shape: 3, minimum: 2)
    expect(d.mean, 3, within: 1e-15)
    expect(d.variance, 3, within: 1e-15)
    #expect(d.mode == 2)
    expect(d.entropy, 0.9278682252251690, within: 1e-15)  // log(2/3) + 4/3
    let heavy = try Pareto(shape: 2, minimum: 1)
    #expect(heavy.mean == 2 && heavy.variance == .infinity)
    #expect(try Pareto(shape: 1, minimum: 1).mean == .infinity)
  }

  @Test func wrongParameters() {
    #expect(throws: Failure(.argument, "shape must be positive, got 0")) { try Pareto(shape: 0, minimum: 1) }
    #expect(throws: Failure(.argument, "minimum must be positive, got -1")) { try Pareto(shape: 1, minimum: -1) }
    #expect(throws: Failure(.argument, "shape must be finite, got inf")) { try Pareto(shape: .infinity, minimum: 1) }
  }

  @Test func bulkVerbsAgree() throws {
    let x = (0..<61).map { Double($0) / 3 - 1 } + [.nan, .infinity, -.infinity, 0, 1e300]
    expectBulkVerbsToAgree(try Pareto(shape: 2.5, minimum: 1.5), x)
    expectBulkVerbsToAgree(try Pareto(shape: 0.1, minimum: 1e-300), x)
  }

  // 1/α = (log 2 + 2·log 4) / 4 = 5·log 2 / 4.
  @Test(arguments: [1, 1e-300, 1e300])
  func fit(_ unit: Double) throws {
    let fit = try Pareto.fit(
      Vector([3 * unit, 1.5 * unit, 6 * unit, 1 * unit]), weights: Vector([0.5, 0.5, 1, 0]))
    #expect(fit.minimum == 1.5 * unit)
    expect(fit.shape, 1.1541560327111707, within: 1e-14)
  }

  @Test func wrongData() throws {
    #expect(throws: Failure(.data, "row 2 is 0; pareto data are positive")) { try Pareto.fit(Vector([1, 0])) }
    #expect(throws: Failure(.data, "row 1 is NaN")) { try Pareto.fit(Vector([.nan, 2])) }
    #expect(throws: Failure(.degenerate, "shape is not determined: all values with a weight are 2")) {
      try Pareto.fit(Vector([2, 2, 3]), weights: Vector([1, 1, 0]))
    }
    #expect(throws: Failure(.data, "no data")) { try Pareto.fit(Vector([])) }
  }
}
