import Testing

@testable import Kernels

/// The beta family and its kin as the tables know them: a name and how its numbers make a distribution.
struct BetaKin: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable ([Double]) throws -> any UnivariateDistribution
  /// Parameters whose samples are tested.
  let sampled: [[Double]]
  var testDescription: String { name }

  static let all: [BetaKin] = [
    BetaKin(
      name: "beta", make: { try Beta(a: $0[0], b: $0[1]) },
      sampled: [
        [2, 3], [1, 1], [0.5, 0.5], [1e-3, 1e-3], [1e-3, 0.2], [1e-3, 5], [0.7, 30], [1.0001, 1.5], [40, 3],
        [1e6, 2e6],
        [1e8, 1.5],
      ]),
    BetaKin(
      name: "f", make: { try FDistribution(d1: $0[0], d2: $0[1]) },
      sampled: [[5, 2], [1, 1], [0.1, 0.1], [1e-3, 7], [12, 40.5], [1e6, 3], [1e8, 1e8]]),
    BetaKin(
      name: "t", make: { try StudentT(df: $0[0], mu: 0, sigma: 1) },
      sampled: [[1], [0.1], [1.5], [4], [30], [1e8]]),
    BetaKin(
      name: "skew_normal", make: { try SkewNormal(location: 0, scale: 1, shape: $0[0]) },
      sampled: [[0], [1], [-4], [1e6], [-1e6], [1e-8]]),
  ]

  func rows() throws -> [(distribution: any UnivariateDistribution, x: Double, values: [Double])] {
    try Reference.rows(name).map { row in
      let cells = row.cells.indices.map { row[$0] }
      return (try make(Array(cells.dropLast(5))), cells[cells.count - 5], Array(cells.suffix(4)))
    }
  }
}

@Suite struct BetaKinTests {
  @Test(arguments: BetaKin.all)
  func agreesWithMpmath(_ family: BetaKin) throws {
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
  @Test(arguments: BetaKin.all)
  func quantileAgreesWithMpmath(_ family: BetaKin) throws {
    for (d, x, wanted) in try family.rows() where wanted[2] > 0x1p-1000 && wanted[2] < 1 && wanted[1] > 0 {
      let blur = 2 * wanted[2].ulp / wanted[1]
      guard blur < 0.01 * abs(x) else { continue }
      let place = "quantile \(d.parameters.map(\.value)) of \(wanted[2])"
      // A skew-normal probability near the location is a difference: what it has lost is an ulp of ½.
      let lost = family.name == "skew_normal" ? 1e-15 : 0x1p-1070
      expect(d.quantile(wanted[2]), x, within: 1e-11, absolute: blur + lost, place)
    }
  }

  @Test(arguments: BetaKin.all)
  func quantileInvertsCdf(_ family: BetaKin) throws {
    for parameters in family.sampled {
      let d = try family.make(parameters)
      for p in [1e-300, 1e-30, 1e-5, 0.01, 0.2, 0.4999, 0.5, 0.7, 0.99, 1 - 0x1p-40] {
        let x = d.quantile(p)
        // Where x is rounded, or a border, the distribution function there is another; and where it is steep, an error of
        // 1e-13 in x is more of one in p.
        let blur = d.pdf(x) * max(2 * x.ulp, 1e-13 * abs(x))
        guard x.isNormal, x < 1 || family.name != "beta", blur < 0.01 * p else { continue }
        expect(d.cdf(x), p, within: 1e-11, absolute: blur, "\(parameters)")
      }
    }
  }

  @Test(arguments: BetaKin.all)
  func bulkVerbsAgree(_ family: BetaKin) throws {
    for parameters in family.sampled {
      let d = try family.make(parameters)
      let x = (1..<60).map { d.quantile(Double($0) / 60) }
      expectBulk(d, x + [.nan, 0, -0.0, 1, -1, .infinity, -.infinity, 0x1p-1074, 1e308])
    }
  }

  private func expectBulk(_ d: some UnivariateDistribution, _ x: [Double]) { expectBulkVerbsToAgree(d, x) }

  @Test(arguments: BetaKin.all)
  func edges(_ family: BetaKin) throws {
    for parameters in family.sampled {
      let d = try family.make(parameters)
      guard case .interval(let low, let high) = d.support else { return }
      #expect(d.family == family.name)
      for x in [low - 1, high + 1, -.infinity, .infinity] {
        #expect(d.pdf(x) == 0 && d.logpdf(x) == -.infinity, "at \(x)")
      }
      for x in [low, -Double.infinity] { #expect(d.cdf(x) == 0 && d.ccdf(x) == 1, "at \(x)") }
      for x in [high, Double.infinity] { #expect(d.cdf(x) == 1 && d.ccdf(x) == 0, "at \(x)") }
      #expect(d.quantile(0) == low && d.quantile(1) == high)
      for p in [-0.1, 1.1, .nan] { #expect(d.quantile(p).isNaN) }
      #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
    }
  }

  @Test(arguments: BetaKin.all)
  func sampleHasTheDistribution(_ family: BetaKin) throws {
    for parameters in family.sampled {
      let d = try family.make(parameters)
      var stream = RandomStream(seed: 33)
      let x = try d.sample(20_000, from: &stream).array
      #expect(!x.contains { $0.isNaN }, "\(parameters)")
      #expect(try kolmogorovInside(x, d) < 2.33, "\(parameters)")
    }
  }

  /// Kolmogorov's statistic over the draws within the support: what is beyond the doubles is drawn as the border.
  private func kolmogorovInside(_ sample: [Double], _ d: any UnivariateDistribution) throws -> Double {
    let sorted = sample.sorted()
    guard case .interval(let low, let high) = d.support else { return .nan }
    let n = Double(sorted.count)
    var distance = 0.0
    for (i, x) in sorted.enumerated() where x > low && x < high {
      let p = d.cdf(x)
      distance = max(distance, p - Double(i) / n, Double(i + 1) / n - p)
    }
    return distance * n.squareRoot()
  }

  @Test(arguments: BetaKin.all)
  func modeIsTheMaximum(_ family: BetaKin) throws {
    for parameters in family.sampled {
      let d = try family.make(parameters)
      for p in [0.01, 0.2, 0.5, 0.8, 0.99] { #expect(d.pdf(d.mode) >= d.pdf(d.quantile(p)), "\(parameters)") }
    }
  }

  @Test(arguments: BetaKin.all)
  func momentsAgreeWithMpmath(_ family: BetaKin) throws {
    for row in Reference.rows("\(family.name)_moments") {
      let count = try family.make(family.sampled[0]).parameters.count
      let d = try family.make((0..<min(count, family.sampled[0].count)).map { row[$0] })
      let cells = Array(row.cells.indices.map { row[$0] }.dropFirst(family.sampled[0].count))
      if family.name != "t" { expect(d.mean, cells[0], within: 1e-13, "mean \(row)") }
      // 1 − 2δ²/π loses a digit.
      expect(d.variance, cells[family.name == "t" ? 0 : 1], within: 1e-13, "variance \(row)")
      if family.name == "skew_normal" { expect(d.mode, cells[2], within: 1e-13, "mode \(row)") }
      expect(d.entropy, cells[cells.count - 1], within: 1e-13, absolute: 2e-13, "entropy \(row)")
    }
  }

  @Test func momentsThatDoNotExist() throws {
    #expect(try FDistribution(d1: 3, d2: 2).mean == .infinity && FDistribution(d1: 3, d2: 4).variance == .infinity)
    #expect(try StudentT(df: 1, mu: 3, sigma: 1).mean.isNaN && StudentT(df: 1, mu: 3, sigma: 1).variance.isNaN)
    #expect(try StudentT(df: 2, mu: 3, sigma: 1).mean == 3 && StudentT(df: 2, mu: 3, sigma: 1).sd == .infinity)
  }

  @Test func wrongParameters() throws {
    for bad in [Double.nan, 0, -1, .infinity, 1e101] {
      #expect(throws: Failure.self) { try Beta(a: bad, b: 1) }
      #expect(throws: Failure.self) { try Beta(a: 1, b: bad) }
      #expect(throws: Failure.self) { try FDistribution(d1: bad, d2: 1) }
      #expect(throws: Failure.self) { try StudentT(df: bad, mu: 0, sigma: 1) }
    }
    #expect(throws: Failure(.argument, "sigma must be positive, got 0")) { try StudentT(df: 1, mu: 0, sigma: 0) }
    #expect(throws: Failure(.argument, "shape must be finite, got NaN")) {
      try SkewNormal(location: 0, scale: 1, shape: .nan)
    }
    #expect(throws: Failure(.argument, "a must be from 1e-100 to 1e100, got -1")) { try Beta(a: -1, b: 1) }
  }
}
