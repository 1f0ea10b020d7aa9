import Testing

@testable import Kernels

@Suite struct BetaKinFitTests {
  private func fit(_ name: String, _ x: [Double], _ weights: [Double]? = nil) throws -> any UnivariateDistribution {
    let family = try #require(Family.named(name))
    let column = try Vector(x)
    let rows = Matrix(column.storage, offset: column.offset, rows: x.count, columns: 1)
    let fit = try family.fit(Family.Sample(rows: rows, weights: try weights.map { try Vector($0) }))
    return try #require(fit as? any UnivariateDistribution)
  }

  private func numbers(_ d: any Distribution) -> [Double] { d.parameters.map(\.value.number) }

  // Where the likelihood is flat to rounding, 1e-16, a parameter is known to its root; a skew-normal shape no better.
  @Test(arguments: Reference.rows("beta_kin_fit"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try fit(row.cells[0], row.numbers(1), row.numbers(2))
    for (got, wanted) in zip(numbers(d), row.numbers(3)) {
      expect(got, wanted, within: 1e-9, absolute: 1e-10, "\(row.cells[0]) of \(row.cells[1])")
    }
  }

  // The likelihood falls in every direction away from the fit.
  @Test(arguments: [1.0, -1])
  func skewNormalIsTheMaximum(_ sign: Double) throws {
    let x = [-2.1, -1.1, -0.9, -0.2, 0.1, 0.25, 0.5, 1.3, 1.4, 2.6].map { sign * $0 }
    let best = numbers(try fit("skew_normal", x))
    func logLikelihood(_ p: [Double]) throws -> Double {
      let d = try SkewNormal(location: p[0], scale: p[1], shape: p[2])
      return x.reduce(0) { $0 + d.logpdf($1) }
    }
    #expect(best[2] * sign > 0)
    for i in 0..<3 {
      for factor in [1 - 1e-5, 1 + 1e-5] {
        var other = best
        other[i] *= factor
        #expect(try logLikelihood(other) < logLikelihood(best))
      }
    }
  }

  @Test(arguments: [1, 1e-100, 1e100])
  func anyScale(_ unit: Double) throws {
    for name in ["t", "skew_normal"] {
      // Of a row more at 7 the half-normal is the likeliest skew normal.
      let x = [-2.1, -1.1, -0.9, -0.2, 0.1, 0.25, 0.5, 1.3, 1.4, 2.6] + (name == "t" ? [7] : [])
      let (one, other) = (numbers(try fit(name, x)), numbers(try fit(name, x.map { unit * $0 })))
      let scales = name == "t" ? [1, unit, unit] : [unit, unit, 1]
      for i in 0..<3 { expect(other[i], one[i] * scales[i], within: 1e-9) }
    }
  }

  // Some five standard errors.
  @Test(arguments: [
    ("beta", [2.0, 5], [0.1, 0.25]), ("beta", [0.3, 0.4], [0.015, 0.02]), ("f", [5, 8], [0.3, 0.6]),
    ("t", [3, 10, 2], [0.3, 0.06, 0.06]), ("skew_normal", [1, 2, -4], [0.06, 0.08, 0.6]),
  ])
  func findsTheParametersOfASample(_ name: String, _ parameters: [Double], _ errors: [Double]) throws {
    let family = try #require(Family.named(name))
    let d = try #require(try family.make(parameters.map { .number($0) }) as? any UnivariateDistribution)
    var stream = RandomStream(seed: 5)
    let found = numbers(try fit(name, try d.sample(20_000, from: &stream).array))
    for i in found.indices { expect(found[i], parameters[i], within: 0, absolute: errors[i], name) }
  }

  @Test(arguments: ["beta", "f", "t", "skew_normal"])
  func wrongData(_ name: String) {
    #expect(throws: Failure(.data, "no data")) { try fit(name, []) }
    let bad = [Double.nan, .infinity, -.infinity] + (name == "beta" ? [0, 1] : name == "f" ? [0, -1] : [])
    for x in bad {
      #expect { try fit(name, [0.3, x]) } throws: { ($0 as? Failure)?.kind == .data }
    }
    for (x, weights) in [([0.3, 0.3, 0.3], nil), ([0.3, 0.7], [0, 1]), ([0.5], nil)] as [([Double], [Double]?)] {
      #expect { try fit(name, x, weights) } throws: { ($0 as? Failure)?.kind == .degenerate }
    }
    #expect(throws: Failure(.argument, "weights must not all be 0")) { try fit(name, [0.3, 0.7], [0, 0]) }
    #expect(throws: Failure(.shape, "one weight per row is wanted, got 1 weights and 2 rows")) {
      try fit(name, [0.3, 0.7], [1])
    }
  }

  @Test func dataOutsideTheSupport() {
    #expect(throws: Failure(.data, "row 2 is 1; beta data are between 0 and 1, without the ends")) {
      try fit("beta", [0.5, 1])
    }
    #expect(throws: Failure(.data, "row 1 is -1; f data are positive and finite")) { try fit("f", [-1, 2]) }
  }

  // A uniform sample has thinner tails than a normal one; of an exponential sample the half-normal is likeliest.
  @Test func likelihoodsThatGrowWithoutEnd() throws {
    let even = (0..<100).map { Double($0) }
    let message = "df would be infinite: the tails are no heavier than those of a normal sample; fit normal"
    #expect(throws: Failure(.degenerate, message)) { try fit("t", even) }
    #expect { try fit("t", [0, 0, 0, 0, 1, -1]) } throws: { ($0 as? Failure)?.kind == .degenerate }
    let skewed = (0..<100).map { Double($0 * $0) }
    for sign in [1.0, -1] {
      #expect {
        try fit("skew_normal", skewed.map { sign * $0 })
      } throws: {
        ($0 as? Failure)?.message.contains("shape would be infinite") == true
      }
    }
    // So close to 1, both degrees of freedom are large.
    #expect { try fit("f", [0.99999, 1, 1.00001]) } throws: { ($0 as? Failure)?.kind == .degenerate }
  }

  // Of symmetric data two mirrored fits are likeliest, here a little likelier than the normal one between them, where the
  // information is singular (SciPy's skewnorm, by Nelder and Mead's search from 15 points).
  @Test func symmetricData() throws {
    let x = [-3, -1, -0.4, -0.2, 0, 0.2, 0.4, 1, 3]
    let d = try fit("skew_normal", x)
    expect(x.reduce(0) { $0 + d.logpdf($1) }, -16.451942987873, within: 1e-9)
  }
}
