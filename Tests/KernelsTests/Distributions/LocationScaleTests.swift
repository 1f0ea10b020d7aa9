import Testing

@testable import Kernels

/// The families that are a standard distribution, shifted and stretched.
struct LocationScale: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable (Double, Double) throws -> any UnivariateDistribution
  let fit: @Sendable (Vector, Vector?) throws -> any UnivariateDistribution
  var testDescription: String { name }

  static let all = [
    LocationScale(
      name: "laplace", make: { try Laplace(location: $0, scale: $1) }, fit: { try Laplace.fit($0, weights: $1) }),
    LocationScale(
      name: "logistic", make: { try Logistic(location: $0, scale: $1) }, fit: { try Logistic.fit($0, weights: $1) }),
    LocationScale(
      name: "cauchy", make: { try Cauchy(location: $0, scale: $1) }, fit: { try Cauchy.fit($0, weights: $1) }),
    LocationScale(
      name: "gumbel", make: { try Gumbel(location: $0, scale: $1) }, fit: { try Gumbel.fit($0, weights: $1) }),
  ]

  static func named(_ name: String) throws -> LocationScale { try #require(all.first { $0.name == name }) }
}

private func number(_ d: any UnivariateDistribution, _ name: String) -> Double {
  guard case .number(let value)? = d.parameters.first(where: { $0.name == name })?.value else { return .nan }
  return value
}

@Suite struct LocationScaleTests {
  // The distance to the location in scales, up to 744, is rounded twice, and it is the exponent of pdf and tails.
  @Test(arguments: LocationScale.all)
  func agreesWithMpmath(_ family: LocationScale) throws {
    for row in Reference.rows(family.name) {
      let d = try family.make(row[0], row[1])
      let what = "\(family.name) \(row)"
      expect(d.logpdf(row[2]), row[3], within: 1e-13, absolute: 1e-13, "logpdf \(what)")
      expect(d.pdf(row[2]), row[4], within: 1e-12, absolute: 0x1p-1070, "pdf \(what)")
      expect(d.cdf(row[2]), row[5], within: 1e-11, absolute: 0x1p-1070, "cdf \(what)")
      expect(d.ccdf(row[2]), row[6], within: 1e-11, absolute: 0x1p-1070, "ccdf \(what)")
    }
  }

  @Test(arguments: LocationScale.all)
  func quantileAgreesWithMpmath(_ family: LocationScale) throws {
    for row in Reference.rows("\(family.name)_quantile") {
      let d = try family.make(row[0], row[1])
      expect(d.quantile(row[2]), row[3], within: 4e-15, absolute: 3e-16, "quantile \(row)")
    }
  }

  @Test(arguments: LocationScale.all)
  func quantileInvertsCdf(_ family: LocationScale) throws {
    let d = try family.make(-3, 0.5)
    for i in 1..<1000 {
      let p = Double(i) / 1000
      expect(d.cdf(d.quantile(p)), p, within: 1e-13)
    }
  }

  @Test(arguments: Reference.rows("cauchy_far"))
  func cauchyFarOut(_ row: Reference.Row) throws {
    let d = try Cauchy(location: 0, scale: 1)
    expect(d.logpdf(row[0]), row[1], within: 1e-13)
    expect(d.pdf(row[0]), row[2], within: 1e-12, absolute: 0x1p-1074)
    expect(d.cdf(row[0]), row[3], within: 1e-11)
    expect(d.ccdf(row[0]), row[4], within: 1e-11)
  }

  @Test(arguments: LocationScale.all)
  func edges(_ family: LocationScale) throws {
    let d = try family.make(3, 2)
    #expect(d.pdf(.infinity) == 0 && d.pdf(-.infinity) == 0)
    #expect(d.logpdf(.infinity) == -.infinity && d.logpdf(-.infinity) == -.infinity)
    #expect(d.cdf(-.infinity) == 0 && d.cdf(.infinity) == 1 && d.ccdf(.infinity) == 0 && d.ccdf(-.infinity) == 1)
    #expect(d.quantile(0) == -.infinity && d.quantile(1) == .infinity)
    #expect(d.quantile(-0.1).isNaN && d.quantile(1.1).isNaN && d.quantile(.nan).isNaN)
    #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
    #expect(d.support == .interval(-.infinity, .infinity) && d.family == family.name)
  }

  // Mean, variance, mode and entropy at location 2 and scale 3: closed forms, evaluated by mpmath.
  @Test(arguments: [
    ("laplace", 2.0, 18.0, 2.0, 2.791759469228055), ("logistic", 2, 29.608813203268074, 2, 3.0986122886681097),
    ("cauchy", .nan, .nan, 2, 3.6296365356374005),
    ("gumbel", 3.7316469947045986, 14.804406601634037, 2, 2.6758279535696426),
  ])
  func moments(_ name: String, _ mean: Double, _ variance: Double, _ mode: Double, _ entropy: Double) throws {
    let d = try LocationScale.named(name).make(2, 3)
    expect(d.mean, mean, within: 1e-15, "mean")
    expect(d.variance, variance, within: 1e-15, "variance")
    expect(d.sd * d.sd, variance, within: 1e-15, "sd")
    expect(d.mode, mode, within: 0, "mode")
    expect(d.entropy, entropy, within: 1e-15, "entropy")
  }

  @Test(arguments: LocationScale.all)
  func wrongParameters(_ family: LocationScale) {
    for (location, scale, message) in [
      (0.0, -1.0, "scale must be positive, got -1"), (0, .nan, "scale must be positive, got NaN"),
      (0, .infinity, "scale must be finite, got inf"), (.nan, 1, "location must be finite, got NaN"),
    ] {
      #expect(throws: Failure(.argument, message)) { try family.make(location, scale) }
    }
  }

  @Test(arguments: LocationScale.all)
  func bulkVerbsAgree(_ family: LocationScale) throws {
    let d = try family.make(1, 0.7)
    expectBulkVerbsToAgree(d, (0..<61).map { Double($0) / 3 - 9 } + [.nan, .infinity, -.infinity, 0, 1e300, -1e300])
  }

}

@Suite struct LocationScaleFitTests {
  static let data = [1.2, -0.5, 3.3, 2.1, 0.4, 7.9, 1.7, 1.2]
  static let weights = [1, 2, 1, 0.5, 1, 1, 3, 0]

  @Test(arguments: Reference.rows("location_scale_fit"), [1, 1e-300, 1e300])
  func agreesWithMpmath(_ row: Reference.Row, _ unit: Double) throws {
    let family = try LocationScale.named(row.cells[0])
    let fit = try family.fit(Vector(Self.data.map { $0 * unit }), Vector(Self.weights))
    expect(number(fit, "location"), row[1] * unit, within: 1e-12)
    expect(number(fit, "scale"), row[2] * unit, within: 1e-12)
  }

  // Far from zero the data themselves are rounded, here to 2e-10.
  @Test(arguments: Reference.rows("location_scale_fit"))
  func farFromZero(_ row: Reference.Row) throws {
    let family = try LocationScale.named(row.cells[0])
    let fit = try family.fit(Vector(Self.data.map { $0 + 1e6 }), Vector(Self.weights))
    expect(number(fit, "location"), 1e6 + row[1], within: 1e-15)
    expect(number(fit, "scale"), row[2], within: 1e-9)
  }

  // By hand: half of the weight, 4.75, is reached at 1.7; distances 0.5, 2·2.2, 1.6, 0.5·0.4, 1.3, 6.2.
  @Test func laplace() throws {
    let fit = try Laplace.fit(Vector(Self.data), weights: Vector(Self.weights))
    #expect(fit.location == 1.7)
    expect(fit.scale, 14.2 / 9.5, within: 1e-15)
    let even = try Laplace.fit(Vector([4, 1, 2, 9]))
    #expect(even.location == 3 && even.scale == 2.5)
    #expect(try Laplace.fit(Vector([4, 1, 2, 9]), weights: Vector([0, 1, 1, 2])).location == 5.5)
  }

  @Test(arguments: LocationScale.all)
  func findsTheParametersOfASample(_ family: LocationScale) throws {
    var stream = RandomStream(seed: 2)
    let fit = try family.fit(family.make(-4, 2.5).sample(100_000, from: &stream), nil)
    // Some five standard errors.
    expect(number(fit, "location"), -4, within: 0, absolute: 0.07)
    expect(number(fit, "scale"), 2.5, within: 0, absolute: 0.06)
  }

  @Test(arguments: LocationScale.all)
  func wrongData(_ family: LocationScale) throws {
    for (x, weights, failure) in [
      ([], nil, Failure(.data, "no data")), ([1, .nan], nil, Failure(.data, "row 2 is NaN")),
      ([-.infinity, 1], nil, Failure(.data, "row 1 is -inf")),
      ([3, 3, 3], nil, Failure(.degenerate, "scale would be 0: all values with a weight are 3")),
      ([3, 4], [0, 1], Failure(.degenerate, "scale would be 0: all values with a weight are 4")),
      ([3, 4], [0, 0], Failure(.argument, "weights must not all be 0")),
      ([3, 4], [1], Failure(.shape, "one weight per row is wanted, got 1 weights and 2 rows")),
      ([1e308, -1e308], nil, Failure(.data, "the data span more than doubles can hold")),
    ] as [([Double], [Double]?, Failure)] {
      let (x, weights) = (try Vector(x), try weights.map { try Vector($0) })
      #expect(throws: failure) { try family.fit(x, weights) }
    }
  }

  @Test func cauchyNeedsMoreThanHalfElsewhere() throws {
    let failure = Failure(.degenerate, "scale would be 0: half of the weight or more is on 2")
    #expect(throws: failure) { try Cauchy.fit(Vector([2, 1, 2, 5])) }
    #expect(throws: failure) { try Cauchy.fit(Vector([2, 7])) }
    #expect(try Cauchy.fit(Vector([2, 1, 2, 5, 9])).scale > 0)
  }
}
