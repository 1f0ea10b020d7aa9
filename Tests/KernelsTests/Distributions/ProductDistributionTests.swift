import Testing

@testable import Kernels

@Suite struct ProductDistributionTests {
  private func model() throws -> ProductDistribution {
    try ProductDistribution([
      Normal(mu: 1, sigma: 2), Poisson(lambda: 3),
      MultivariateNormal(mu: Vector([0, 1]), cov: Matrix(rows: [[1, 0.5], [0.5, 2]])),
    ])
  }

  @Test func densityIsTheProduct() throws {
    let (d, row) = (try model(), [0.5, 2, 1, -1])
    let pair = try MultivariateNormal(mu: Vector([0, 1]), cov: Matrix(rows: [[1, 0.5], [0.5, 2]]))
    let wanted = try Normal(mu: 1, sigma: 2).logpdf(0.5) + Poisson(lambda: 3).logpdf(2)
    let both = try pair.logpdf(Matrix(rows: [[1, -1]]))[0]
    let values = try d.logpdf(Matrix(rows: [row, [0.5, 2.5, 1, -1], [.nan, 2, 1, -1]]))
    expect(values[0], wanted + both, within: 1e-15)
    #expect(values[1] == -.infinity && values[2].isNaN)
    let cdf = try row.withUnsafeBufferPointer { x throws(Failure) in try d.cdf(x) }
    let other = try [1.0, -1].withUnsafeBufferPointer { x throws(Failure) in try pair.cdf(x) }
    expect(cdf, try Normal(mu: 1, sigma: 2).cdf(0.5) * Poisson(lambda: 3).cdf(2) * other, within: 1e-15)
  }

  @Test func moments() throws {
    let d = try model()
    #expect(try d.dimension == 4 && d.mean.array == [1, 3, 0, 1] && d.variance.array == [4, 3, 1, 2])
    #expect(try d.covariance[2, 3] == 0.5 && d.covariance[1, 2] == 0 && d.covariance[1, 1] == 3)
    #expect(try d.mode.array == [1, try Poisson(lambda: 3).mode, 0, 1])
    let parts = d.parts.reduce(0) { $0 + $1.entropy }
    #expect(d.entropy == parts)
    #expect(
      d.support
        == .product([.interval(-.infinity, .infinity), .integers(0, .infinity), .space(dimension: 2)]))
    #expect(throws: Failure(.argument, "a product needs at least one distribution")) { try ProductDistribution([]) }
  }

  @Test func sampleHasTheDistribution() throws {
    let d = try model()
    var stream = RandomStream(seed: 10)
    let draws = try d.sample(50_000, from: &stream)
    #expect(try kolmogorov(draws.column(0).array, Normal(mu: 1, sigma: 2).cdf) < 2.33)
    #expect(try kolmogorov(draws.column(3).array, Normal(mu: 1, sigma: 2.squareRoot()).cdf) < 2.33)
    let counts = draws.column(1).array.reduce(into: [Int](repeating: 0, count: 30)) { $0[min(29, Int($1))] += 1 }
    let poisson = try Poisson(lambda: 3)
    #expect(abs(chiSquaredDeviate(counts, (0..<30).map { poisson.pdf(Double($0)) })) < 4)
    let correlation = (0..<50_000).reduce(0.0) { $0 + (draws[$1, 0] - 1) / 2 * (draws[$1, 2]) } / 50_000
    #expect(abs(correlation) < 4 / 50_000.0.squareRoot())
  }

  // Two clusters with a count each; the mode is that of the heavier one, moved a little towards the other.
  @Test func mixture() throws {
    func part(_ mu: Double, _ lambda: Double) throws -> ProductDistribution {
      try ProductDistribution([
        Normal(mu: mu, sigma: 1), Poisson(lambda: lambda), VonMisesFisher(mu: Vector([0, 1]), kappa: 2),
      ])
    }
    let mixture = try MultivariateMixture(weights: [0.3, 0.7], components: [part(0, 2.5), part(4, 8.5)])
    let top = try mixture.mode
    expect(top[0], 4, within: 0.05)
    #expect(top[1] == 8 && abs(top[2]) < 1e-8 && abs(top[3] - 1) < 1e-12)
    expect(try mixture.mean[1], 0.3 * 2.5 + 0.7 * 8.5, within: 1e-15)
    let other = try ProductDistribution([Poisson(lambda: 1), Normal(mu: 0, sigma: 1)])
    #expect(
      throws: Failure(
        .argument,
        "components must share one support, but component 1 (product) is over rows of (real numbers) and (integers) "
          + "and (rows of 2 numbers with the length 1) and component 2 (product) over rows of (integers) and "
          + "(real numbers)")
    ) { try MultivariateMixture(weights: [0.5, 0.5], components: [part(0, 2), other]) }
  }

  @Test func fitIsByColumn() throws {
    let rows = try Matrix(rows: [[1.5, 3, 1, 2], [0.5, 4, 3, 1], [2, 2, 0, 0]])
    let sample = Family.Sample(rows: rows, weights: try Vector([1, 2, 1]))
    let fit = try ProductDistribution.fit([.normal, .poisson, .multivariateNormal], sample)
    let normal = try Normal.fit(rows.column(0), weights: sample.weights)
    #expect((fit.parts[0] as? Normal)?.mu == normal.mu && (fit.parts[0] as? Normal)?.sigma == normal.sigma)
    #expect((fit.parts[1] as? Poisson)?.mean == 3.25 && (fit.parts[2] as? MultivariateNormal)?.dimension == 2)
    #expect(throws: Failure(.shape, "one column per family is wanted, got 4 columns and 2 families")) {
      try ProductDistribution.fit([.normal, .poisson], sample)
    }
    #expect(throws: Failure(.data, "column 1: row 1 is 1.5; poisson data are integers from 0")) {
      try ProductDistribution.fit([.poisson, .normal, .normal, .normal], sample)
    }
    #expect(
      throws: Failure(
        .argument, "of mvt and dirichlet only one can take the columns that are left: fit them apart")
    ) { try ProductDistribution.fit([.multivariateT, .dirichlet], sample) }
  }
}
