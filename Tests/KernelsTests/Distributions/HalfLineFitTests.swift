import Testing

@testable import Kernels

@Suite struct HalfLineFitTests {
  private static let x = [0.7, 1.9, 3.2, 0.4, 5.1, 2.2, 0.9]
  private static let weights = [1.0, 2, 0.5, 1, 1, 3, 0.25]
  private static let names = HalfLine.all.map(\.name)

  private func fit(_ name: String, _ x: [Double], _ weights: [Double]? = nil) throws -> any UnivariateDistribution {
    let family = try #require(Family.named(name))
    let column = try Vector(x)
    let rows = Matrix(column.storage, offset: column.offset, rows: x.count, columns: 1)
    let fit = try family.fit(Family.Sample(rows: rows, weights: try weights.map { try Vector($0) }))
    return try #require(fit as? any UnivariateDistribution)
  }

  private func numbers(_ d: any Distribution) -> [Double] { d.parameters.map(\.value.number) }

  // SciPy 1.17 on the repeated data 1, 1, 2, 2, 2, 5, 8: expon, lognorm, gamma, halfnorm with loc 0; invgamma, chi2 and
  // weibull_min by the roots of their likelihood equations, with mpmath and SciPy.
  @Test(arguments: zip(names, published))
  func agreesWithScipy(_ name: String, _ wanted: [Double]) throws {
    let d = try fit(name, [1, 2, 5, 8, 100], [2, 3, 1, 1, 0])
    for (got, wanted) in zip(numbers(d), wanted) { expect(got, wanted, within: 1e-6) }
  }

  static let published: [[Double]] = [
    [0.3333333333333333], [0.8240458565419674, 0.7173727408508233], [1.9714369557400095, 0.6571456519133365],
    [2.429555072489468, 4.446244577104908], [3.2113287421051457], [1.375979995912023, 3.315859017130405],
    [3.835920452027872],
  ]

  // The likelihood falls in every direction away from the fit.
  @Test(arguments: names)
  func isTheMaximum(_ name: String) throws {
    let family = try #require(HalfLine.all.first { $0.name == name })
    let best = try fit(name, Self.x, Self.weights)
    func logLikelihood(_ d: any UnivariateDistribution) -> Double {
      zip(Self.x, Self.weights).reduce(0) { $0 + $1.1 * d.logpdf($1.0) }
    }
    let top = logLikelihood(best)
    for i in numbers(best).indices {
      for factor in [1 - 1e-5, 1 + 1e-5] {
        var parameters = numbers(best)
        parameters[i] *= factor
        #expect(logLikelihood(try family.make(parameters)) < top)
      }
    }
  }

  @Test(arguments: names)
  func anyScale(_ name: String) throws {
    for scale in [1e150, 1e-150] where name != "chi_squared" {
      let (one, other) = (try fit(name, Self.x), try fit(name, Self.x.map { $0 * scale }))
      let ratio = other.quantile(0.3) / one.quantile(0.3) / scale
      // A lognormal mu of 345 is known to an ulp.
      expect(ratio, 1, within: 1e-12)
    }
  }

  @Test(arguments: names)
  func wrongData(_ name: String) {
    #expect(throws: Failure(.data, "no data")) { try fit(name, []) }
    for bad in [Double.nan, -1, .infinity, -Double.infinity] {
      #expect { try fit(name, [1, bad]) } throws: { ($0 as? Failure)?.kind == .data }
    }
    #expect(throws: Failure(.argument, "weights must not all be 0")) { try fit(name, [1, 2], [0, 0]) }
    #expect(throws: Failure(.shape, "one weight per row is wanted, got 1 weights and 2 rows")) {
      try fit(name, [1, 2], [1])
    }
  }

  @Test(arguments: ["lognormal", "gamma", "inverse_gamma", "weibull"])
  func equalDataDetermineNothing(_ name: String) {
    for x in [[3.0], [0.1, 0.1, 0.1], [1e-300, 1e-300]] {
      #expect { try fit(name, x) } throws: { ($0 as? Failure)?.kind == .degenerate }
    }
    #expect { try fit(name, [2, 3], [0, 1]) } throws: { ($0 as? Failure)?.kind == .degenerate }
  }

  @Test func zerosDetermineNothing() {
    #expect(throws: Failure(.degenerate, "rate would be infinite: all values with a weight are 0")) {
      try fit("exponential", [0, 0])
    }
    #expect(throws: Failure(.degenerate, "sigma would be 0: all values with a weight are 0")) {
      try fit("half_normal", [0])
    }
  }

  // Spreads of 1e-6 of the mean: the shape is mean²/variance = 1e12 to a relative 1e-11 or so.
  @Test func nearlyEqualData() throws {
    let fitted = try Gamma.fit(Vector([1 - 0x1p-20, 1 + 0x1p-20]))
    expect(fitted.shape, 0x1p40, within: 1e-11)
    expect(fitted.shape / fitted.rate, 1, within: 1e-15)
  }
}
