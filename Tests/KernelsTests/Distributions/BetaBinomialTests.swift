import Testing

@testable import Kernels

@Suite struct BetaBinomialTests {
  @Test(arguments: Reference.rows("beta_binomial"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try BetaBinomial(trials: row[0], a: row[1], b: row[2])
    expectVerbs(d, row, from: 3)
    if row[0] < 1e4 { expectQuantileToInvert(d, at: row[3]) }
  }

  @Test(arguments: [(10.0, 2.0, 3.0), (10, 0.5, 0.5), (7, 1, 1), (30, 0.2, 4), (30, 4, 0.2), (100, 50, 20), (1, 2, 3)])
  func moments(_ trials: Double, _ a: Double, _ b: Double) throws {
    expectMoments(try BetaBinomial(trials: trials, a: a, b: b), from: 0, to: Int(trials))
  }

  @Test func edges() throws {
    expectEdges(try BetaBinomial(trials: 10, a: 2, b: 3), low: 0, high: 10)
    let nothing = try BetaBinomial(trials: 0, a: 2, b: 3)
    #expect(nothing.pdf(0) == 1 && nothing.entropy == 0 && nothing.quantile(0.5) == 0 && nothing.cdf(0) == 1)
    // Shapes of 1: every count is as likely.
    expect(try BetaBinomial(trials: 999, a: 1, b: 1).pdf(500), 1e-3, within: 1e-12)
  }

  @Test func wrongParameters() {
    for (trials, a, b) in [(-1.0, 1.0, 1.0), (1e8, 1, 1), (2.5, 1, 1), (3, 0, 1), (3, 1, .nan), (3, .infinity, 1)] {
      #expect(throws: Failure.self) { try BetaBinomial(trials: trials, a: a, b: b) }
    }
  }
}

@Suite struct BetaBinomialFitTests {
  // Boys among the first 12 children of 6115 families of 13 in Saxony: A. Geissler, 1889, in R. Sokal, F. Rohlf, Biometry, 1969.
  // The published log-likelihood is −12492.9.
  @Test(arguments: Reference.rows("beta_binomial_fit")) func saxony(_ row: Reference.Row) throws {
    let families = try Vector(row.numbers(0))
    let fit = try BetaBinomial.fit(Vector((0...12).map(Double.init)), trials: 12, weights: families)
    // The likelihood is flat along a/b: digits of the score are lost.
    expect(fit.a, row[1], within: 1e-9, "a")
    expect(fit.b, row[2], within: 1e-9, "b")
    let loglik = (0...12).reduce(0) { $0 + families[$1] * fit.logpdf(Double($1)) }
    expect(loglik, row[3], within: 1e-14, "log-likelihood")
    func other(_ a: Double, _ b: Double) throws -> Double {
      let d = try BetaBinomial(trials: 12, a: fit.a * a, b: fit.b * b)
      return (0...12).reduce(0) { $0 + families[$1] * d.logpdf(Double($1)) }
    }
    for (a, b) in [(0.999, 1.0), (1.001, 1), (1, 0.999), (1, 1.001), (1.001, 1.001), (0.999, 0.999)] {
      #expect(try other(a, b) < loglik)
    }
  }

  @Test func wrongData() throws {
    for x in [[3.0, 3, 3], [0, 10], [4, 5, 6], [0, 0]] {
      #expect { try BetaBinomial.fit(Vector(x), trials: 10) } throws: { ($0 as? Failure)?.kind == .degenerate }
    }
    #expect { try BetaBinomial.fit(Vector([0, 1]), trials: 1) } throws: { ($0 as? Failure)?.kind == .degenerate }
    #expect(throws: Failure(.data, "row 1 is 11; beta_binomial data are integers from 0 to 10")) {
      try BetaBinomial.fit(Vector([11]), trials: 10)
    }
  }
}
