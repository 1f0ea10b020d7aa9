import Testing

@testable import Kernels

/// A family on the half line as the tables know it: its name and how its numbers make a distribution.
struct HalfLine: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable ([Double]) throws -> any UnivariateDistribution
  /// Parameters to try.
  let examples: [[Double]]
  var testDescription: String { name }

  static let all: [HalfLine] = [
    HalfLine(name: "exponential", make: { try Exponential(rate: $0[0]) }, examples: [[1], [1e-8]]),
    HalfLine(name: "lognormal", make: { try LogNormal(mu: $0[0], sigma: $0[1]) }, examples: [[0, 1], [-20, 0.01]]),
    HalfLine(
      name: "gamma", make: { try Gamma(shape: $0[0], rate: $0[1]) },
      examples: [[0.05, 1], [0.7, 1e8], [1, 1], [1.3, 2], [4, 0.5], [1e4, 1]]),
    HalfLine(
      name: "inverse_gamma", make: { try InverseGamma(shape: $0[0], scale: $0[1]) },
      examples: [[0.05, 1], [3, 2], [1e4, 1]]),
    HalfLine(name: "chi_squared", make: { try ChiSquared(df: $0[0]) }, examples: [[0.5], [1], [7]]),
    HalfLine(
      name: "weibull", make: { try Weibull(shape: $0[0], scale: $0[1]) },
      examples: [[0.05, 1], [1, 2], [3.6, 0.7], [300, 5]]),
    HalfLine(name: "half_normal", make: { try HalfNormal(sigma: $0[0]) }, examples: [[1], [1e-8]]),
  ]

  /// Rows of the family's table: the distribution, x, logpdf, pdf, cdf, ccdf.
  func rows() throws -> [(distribution: any UnivariateDistribution, x: Double, values: [Double])] {
    try Reference.rows(name).map { row in
      let cells = row.cells.indices.map { row[$0] }
      let parameters = Array(cells.dropLast(5))
      return (try make(parameters), cells[parameters.count], Array(cells.suffix(4)))
    }
  }
}

@Suite struct HalfLineTests {
  @Test(arguments: HalfLine.all)
  func agreesWithMpmath(_ family: HalfLine) throws {
    for (d, x, wanted) in try family.rows() {
      let place = "\(d.parameters.map(\.value)) at \(x)"
      expect(d.logpdf(x), wanted[0], within: 1e-13, absolute: 1e-13, "logpdf \(place)")
      expect(d.pdf(x), wanted[1], within: 1e-12, absolute: 0x1p-1074, "pdf \(place)")
      guard !wanted[2].isNaN else { continue }
      expect(d.cdf(x), wanted[2], within: 1e-11, absolute: 0x1p-1022, "cdf \(place)")
      expect(d.ccdf(x), wanted[3], within: 1e-11, absolute: 0x1p-1022, "ccdf \(place)")
    }
  }

  // What a rounded probability says about x: the distance over which the distribution function changes by its last bit.
  @Test(arguments: HalfLine.all)
  func quantileAgreesWithMpmath(_ family: HalfLine) throws {
    for (d, x, wanted) in try family.rows() where wanted[2] > 0x1p-1000 && wanted[2] < 1 {
      let blur = 2 * wanted[2].ulp / wanted[1]
      guard blur < 0.01 * x else { continue }
      expect(d.quantile(wanted[2]), x, within: 1e-11, absolute: blur, "quantile \(d.parameters.map(\.value))")
    }
  }

  @Test(arguments: HalfLine.all)
  func bulkVerbsAgree(_ family: HalfLine) throws {
    for parameters in family.examples {
      let d = try family.make(parameters)
      let x = (1..<60).map { d.quantile(Double($0) / 60) }
      expectBulk(d, x + [.nan, 0, -0.0, -1, .infinity, -.infinity, 0x1p-1074, 1e308])
    }
  }

  private func expectBulk(_ d: some UnivariateDistribution, _ x: [Double]) { expectBulkVerbsToAgree(d, x) }

  @Test(arguments: HalfLine.all)
  func edges(_ family: HalfLine) throws {
    for parameters in family.examples {
      let d = try family.make(parameters)
      #expect(d.support == .interval(0, .infinity) && d.family == family.name)
      for x in [-1, -0x1p-1074, -.infinity, .infinity] {
        #expect(d.pdf(x) == 0 && d.logpdf(x) == -.infinity, "at \(x)")
      }
      for x in [0.0, -1, -Double.infinity] { #expect(d.cdf(x) == 0 && d.ccdf(x) == 1, "at \(x)") }
      #expect(d.cdf(.infinity) == 1 && d.ccdf(.infinity) == 0)
      #expect(d.quantile(0) == 0 && d.quantile(1) == .infinity)
      for p in [-0.1, 1.1, .nan] { #expect(d.quantile(p).isNaN) }
      #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
    }
  }

  // The mode has the largest density.
  @Test(arguments: HalfLine.all)
  func modeIsTheMaximum(_ family: HalfLine) throws {
    for parameters in family.examples {
      let d = try family.make(parameters)
      for p in [0.01, 0.2, 0.5, 0.8, 0.99] { #expect(d.pdf(d.mode) >= d.pdf(d.quantile(p))) }
    }
  }

  @Test(arguments: Reference.rows("moments"))
  func momentsAgreeWithMpmath(_ row: Reference.Row) throws {
    let family = try #require(HalfLine.all.first { $0.name == row.cells[0] })
    let d = try family.make(row.numbers(1))
    expect(d.mean, row[2], within: 1e-13, "mean")
    // 199 is where the closed form takes over from the series, and cancels most.
    expect(d.variance, row[3], within: 1e-12, "variance")
    expect(d.entropy, row[4], within: 1e-13, absolute: 1e-13, "entropy")
  }

  @Test(arguments: HalfLine.all)
  func wrongParameters(_ family: HalfLine) throws {
    let good = family.examples[0]
    for i in good.indices {
      let name = try family.make(good).parameters[i].name
      for bad in [Double.nan, .infinity, -.infinity] + (name == "mu" ? [] : [0, -1]) {
        var parameters = good
        parameters[i] = bad
        #expect(throws: Failure.self, "\(name) = \(bad)") { try family.make(parameters) }
      }
    }
    #expect(throws: Failure(.argument, "sigma must be positive, got -1")) { try HalfNormal(sigma: -1) }
    #expect(throws: Failure(.argument, "rate must be finite, got inf")) { try Gamma(shape: 1, rate: .infinity) }
  }
}
