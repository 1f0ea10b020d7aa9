import Testing

@testable import Kernels

@Suite struct HypergeometricTests {
  @Test(arguments: Reference.rows("hypergeometric"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try Hypergeometric(population: row[0], successes: row[1], draws: row[2])
    expectVerbs(d, row, from: 3)
    if row[0] < 1e10 { expectQuantileToInvert(d, at: row[3]) }
  }

  @Test(arguments: [(50.0, 5.0, 10.0), (20, 17, 12), (100, 50, 50), (9, 4, 9), (9, 0, 3), (1000, 999, 999)])
  func moments(_ population: Double, _ successes: Double, _ draws: Double) throws {
    let d = try Hypergeometric(population: population, successes: successes, draws: draws)
    expectMoments(d, from: Int(max(0, draws + successes - population)), to: Int(min(draws, successes)))
  }

  @Test func edges() throws {
    expectEdges(try Hypergeometric(population: 20, successes: 17, draws: 12), low: 9, high: 12)
    let nothing = try Hypergeometric(population: 0, successes: 0, draws: 0)
    #expect(nothing.pdf(0) == 1 && nothing.mean == 0 && nothing.variance == 0 && nothing.quantile(0.5) == 0)
  }

  @Test func wrongParameters() {
    #expect(throws: Failure(.argument, "draws must be an integer from 0 to 10, got 11")) {
      try Hypergeometric(population: 10, successes: 3, draws: 11)
    }
    #expect(throws: Failure(.argument, "successes must be an integer from 0 to 10, got 2.5")) {
      try Hypergeometric(population: 10, successes: 2.5, draws: 1)
    }
    for population in [-1, 1e13, .nan, 0.5] {
      #expect(throws: Failure.self) { try Hypergeometric(population: population, successes: 0, draws: 0) }
    }
  }
}
