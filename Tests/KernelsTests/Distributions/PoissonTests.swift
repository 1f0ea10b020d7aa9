import Testing

@testable import Kernels

@Suite struct PoissonTests {
  @Test(arguments: Reference.rows("poisson"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try Poisson(lambda: row[0])
    expectVerbs(d, row, from: 1)
    expectQuantileToInvert(d, at: row[1])
  }

  @Test(arguments: Reference.rows("poisson_entropy"))
  func entropyAgreesWithMpmath(_ row: Reference.Row) throws {
    expect(try Poisson(lambda: row[0]).entropy, row[1], within: 1e-12)
  }

  // The cdf changes its method at 10⁸; with a skewness of 1/√λ, Cornish and Fisher's series is good to 1e-11 here.
  @Test(arguments: [-3.0, -0.5, 0, 0.7, 2]) func manyEvents(_ z: Double) throws {
    let lambda = 1.01e8
    let d = try Poisson(lambda: lambda)
    let x = (lambda + z * d.sd).rounded(.down)
    expect(d.cdf(x) + d.ccdf(x), 1, within: 1e-12)
    expect(d.cdf(x) - d.cdf(x - 1), d.pdf(x), within: 1e-7)
    expect(d.cdf(x), 1 - d.ccdf(x), within: 1e-11)
    expectQuantileToInvert(d, at: x)
  }

  @Test func edges() throws {
    expectEdges(try Poisson(lambda: 4.2), low: 0, high: .infinity)
    expectMoments(try Poisson(lambda: 4.2), from: 0, to: 80)
    expectMoments(try Poisson(lambda: 16), from: 0, to: 150)
    let nothing = try Poisson(lambda: 0)
    #expect(nothing.pdf(0) == 1 && nothing.pdf(1) == 0 && nothing.cdf(0) == 1 && nothing.quantile(0.9) == 0)
    #expect(nothing.entropy == 0 && nothing.ccdf(0) == 0)
  }

  @Test(arguments: [-1, .nan, .infinity, 2e15])
  func wrongParameters(_ lambda: Double) {
    #expect(throws: Failure(.argument, "lambda must be from 0 to 1e15, got \(lambda.named)")) {
      try Poisson(lambda: lambda)
    }
  }

  @Test func fit() throws {
    #expect(try Poisson.fit(Vector([1, 5, 100]), weights: Vector([3, 1, 0])).lambda == 2)
    #expect(try Poisson.fit(Vector([0, 0])).lambda == 0)
    for (x, message) in [([1, 2.5], "row 2 is 2.5"), ([-1], "row 1 is -1"), ([.nan], "row 1 is NaN")] {
      #expect(throws: Failure(.data, "\(message); poisson data are integers from 0")) { try Poisson.fit(Vector(x)) }
    }
    #expect(throws: Failure(.data, "no data")) { try Poisson.fit(Vector([])) }
    #expect(throws: Failure.self) { try Poisson.fit(Vector([1, 2]), weights: Vector([0, 0])) }
  }
}
