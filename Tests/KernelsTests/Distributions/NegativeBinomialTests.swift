import Testing

@testable import Kernels

@Suite struct NegativeBinomialTests {
  @Test(arguments: Reference.rows("negative_binomial"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try NegativeBinomial(size: row[0], p: row[1])
    expectVerbs(d, row, from: 2)
    expectQuantileToInvert(d, at: row[2])
  }

  @Test(arguments: Reference.rows("negative_binomial_entropy"))
  func entropyAgreesWithMpmath(_ row: Reference.Row) throws {
    expect(try NegativeBinomial(size: row[0], p: row[1]).entropy, row[2], within: 1e-12)
  }

  @Test func isPoissonForLargeSizes() throws {
    let (d, poisson) = (try NegativeBinomial(size: 1e9, mean: 1e-3), try Poisson(lambda: 1e-3))
    for x in [0.0, 1, 2, 5] { expect(d.logpdf(x), poisson.logpdf(x), within: 1e-8) }
    // A series for the entropy stands for the sum from here on; the sum is that of a binomial's complement.
    let wide = try NegativeBinomial(size: 2e6, p: 0.5)
    expect(wide.entropy, wide.summedEntropy, within: 1e-11)
  }

  @Test func edges() throws {
    expectEdges(try NegativeBinomial(size: 2.5, p: 0.3), low: 0, high: .infinity)
    expectMoments(try NegativeBinomial(size: 2.5, p: 0.3), from: 0, to: 300)
    expectMoments(try NegativeBinomial(size: 0.5, mean: 2), from: 0, to: 400)
    expectMoments(try NegativeBinomial(size: 3, p: 0.5), from: 0, to: 150)
    let certain = try NegativeBinomial(size: 2, p: 1)
    #expect(certain.pdf(0) == 1 && certain.pdf(1) == 0 && certain.cdf(0) == 1 && certain.quantile(0.9) == 0)
    #expect(certain.mean == 0 && certain.entropy == 0)
  }

  // Size 1 is geometric.
  @Test(arguments: [0.0, 1, 7, 300]) func sizeOneIsGeometric(_ x: Double) throws {
    let (d, geometric) = (try NegativeBinomial(size: 1, p: 0.2), try Geometric(p: 0.2))
    expect(d.logpdf(x), geometric.logpdf(x), within: 1e-14)
    expect(d.ccdf(x), geometric.ccdf(x), within: 1e-12)
    expect(d.entropy, geometric.entropy, within: 1e-13)
  }

  @Test func wrongParameters() {
    for size in [0, -1, .nan, 1e10] {
      #expect(throws: Failure(.argument, "size must be from 1e-300 to 1e9, got \(size.named)")) {
        try NegativeBinomial(size: size, p: 1)
      }
    }
    for p in [0, -1, .nan, 1.5] {
      #expect(throws: Failure(.argument, "p must be above 0 and at most 1, got \(p.named)")) {
        try NegativeBinomial(size: 1, p: p)
      }
    }
    #expect(throws: Failure(.argument, "mean must not be negative, got -1")) { try NegativeBinomial(size: 1, mean: -1) }
    #expect(throws: Failure.self) { try NegativeBinomial(size: 1, p: 1e-20) }
  }
}

@Suite struct NegativeBinomialFitTests {
  // Red mites on apple leaves: size 1.0246, mean 172/150. C. Bliss, R. Fisher, Fitting the negative binomial distribution to
  // biological data, Biometrics 9 (1953), doi:10.2307/3001850; more digits by mpmath.
  @Test(arguments: Reference.rows("negative_binomial_fit")) func redMites(_ row: Reference.Row) throws {
    let leaves = row.numbers(0)
    let fit = try NegativeBinomial.fit(Vector(leaves.indices.map(Double.init)), weights: Vector(leaves))
    expect(fit.size, row[1], within: 1e-12, "size")
    expect(fit.mean, row[2], within: 1e-14, "mean")
  }

  @Test func isAMaximum() throws {
    let x = try Vector([0, 3, 40, 1, 1000, 7, 12, 0])
    let fit = try NegativeBinomial.fit(x)
    func loglik(_ d: NegativeBinomial) -> Double { x.array.reduce(0) { $0 + d.logpdf($1) } }
    for factor in [0.99, 1.01] {
      #expect(loglik(try NegativeBinomial(size: fit.size * factor, mean: fit.mean)) < loglik(fit))
      #expect(loglik(try NegativeBinomial(size: fit.size, mean: fit.mean * factor)) < loglik(fit))
    }
  }

  @Test func wrongData() throws {
    for x in [[3.0, 3, 3], [0, 0], [1, 2, 3]] {
      #expect { try NegativeBinomial.fit(Vector(x)) } throws: { ($0 as? Failure)?.kind == .degenerate }
    }
    #expect(throws: Failure(.data, "row 2 is 0.5; negative_binomial data are integers from 0")) {
      try NegativeBinomial.fit(Vector([1, 0.5]))
    }
    #expect(throws: Failure(.data, "no data")) { try NegativeBinomial.fit(Vector([])) }
  }
}
