import Testing

@testable import Kernels

/// Every family against SciPy at up to 1,000 random pairs of parameters and argument, those that mpmath confirms.
@Suite struct SciPyTests {
  // A new family is a name here and an entry in Scripts/reference/scipy_families.py.
  static let univariate = [
    "normal", "exponential", "lognormal", "gamma", "inverse_gamma", "chi_squared", "weibull", "half_normal", "uniform",
    "laplace", "logistic", "cauchy", "gumbel", "pareto", "triangular", "inverse_gaussian", "von_mises", "beta",
    "f", "t", "skew_normal", "bernoulli",
    "binomial", "poisson", "geometric", "negative_binomial", "discrete_uniform", "hypergeometric", "beta_binomial",
  ]

  // SciPy's own bound is 1e-12 for the logarithm of the density and 1e-11 for tails.
  @Test(arguments: univariate)
  func agrees(_ name: String) throws {
    let rows = Reference.rows("scipy_\(name)")
    #expect(rows.count >= 250)
    for row in rows {
      let cells = row.cells.indices.map { row[$0] }
      let d = try FamilyCase(name: name, parameters: Array(cells.dropLast(4))).distribution()
      let (x, logpdf, cdf, ccdf) = (
        cells[cells.count - 4], cells[cells.count - 3], cells[cells.count - 2], cells[cells.count - 1]
      )
      let place = "\(name) \(row)"
      expect(d.logpdf(x), logpdf, within: 2e-12, absolute: 2e-12, "logpdf \(place)")
      expect(d.pdf(x), exp(logpdf), within: 1e-10, absolute: 0x1p-1070, "pdf \(place)")
      // The ends of von Mises, μ ± π, are rounded.
      let blur = name == "von_mises" ? 2 * Double.pi.ulp * d.pdf(x) : 0
      // The larger of the two is left out of the tables.
      if !cdf.isNaN { expect(d.cdf(x), cdf, within: 2e-11, absolute: blur, "cdf \(place)") }
      if !ccdf.isNaN { expect(d.ccdf(x), ccdf, within: 2e-11, absolute: blur, "ccdf \(place)") }
      expectQuantile(d, of: d.cdf(x), at: x, place)
    }
  }

  /// The quantile of the cdf is x, but for what the rounding of the cdf and its error of 1e-13 leave open.
  private func expectQuantile(_ d: any UnivariateDistribution, of p: Double, at x: Double, _ place: String) {
    guard p > 0, p < 1 else { return }
    if case .integers = d.support {
      #expect(d.quantile(p) == x, "quantile \(place)")
    } else {
      let blur = (1e-13 * p + 2 * p.ulp) / d.pdf(x)
      guard blur < 0.01 * abs(x) else { return }
      expect(d.quantile(p), x, within: 1e-11, absolute: blur, "quantile \(place)")
    }
  }

  /// Values of several numbers: SciPy's log-density alone.
  @Test(arguments: ["mvt", "dirichlet", "von_mises_fisher", "wishart", "inverse_wishart"])
  func agreesInSeveralDimensions(_ name: String) throws {
    let family = try #require(Family.named(name))
    let rows = Reference.rows("scipy_\(name)")
    #expect(rows.count == 1000)
    for row in rows {
      let cells = row.cells[0].split(separator: ";").map { $0.split(separator: " ").compactMap { Double($0) } }
      let values: [ParameterValue] = try zip(family.parameters, cells).map { parameter, numbers in
        switch parameter.kind {
        case .number: return .number(numbers[0])
        case .vector: return .vector(try Vector(numbers))
        case .matrix:
          let d = Int(Double(numbers.count).squareRoot())
          return .matrix(try Matrix(rows: (0..<d).map { Array(numbers[$0 * d..<($0 + 1) * d]) }))
        }
      }
      let d = try #require(try family.make(values) as? any MultivariateDistribution)
      expect(try d.logpdf(Matrix(rows: [row.numbers(1)]))[0], row[2], within: 2e-12, absolute: 2e-12, "\(name) \(row)")
    }
  }

  @Test func multivariateNormal() throws {
    for row in Reference.rows("scipy_mvnormal") {
      let (mu, cov, x) = (row.numbers(0), row.numbers(1), row.numbers(2))
      let d = mu.count
      let rows = (0..<d).map { Array(cov[$0 * d..<($0 + 1) * d]) }
      let distribution = try MultivariateNormal(mu: Vector(mu), cov: Matrix(rows: rows))
      expect(try distribution.logpdf(Matrix(rows: [x]))[0], row[3], within: 2e-12, absolute: 2e-12, "\(row)")
    }
  }

  /// Tables of a few values: SciPy's sums of probabilities round, by ulps of 1.
  @Test(arguments: ["categorical", "point"])
  func finiteTables(_ name: String) throws {
    let rows = Reference.rows("scipy_\(name)")
    #expect(rows.count == 1000)
    for row in rows {
      let p = row.numbers(0)
      let d: any UnivariateDistribution =
        name == "point" ? try Point(value: p[0]) : try Categorical(p: try Vector(p))
      let x = row[1]
      expect(d.logpdf(x), row[2], within: 2e-12, absolute: 2e-12, "logpdf \(row)")
      expect(d.cdf(x), row[3], within: 1e-14, "cdf \(row)")
      expect(d.ccdf(x), row[4], within: 1e-14, absolute: 1e-15, "ccdf \(row)")
    }
  }

  @Test func multinomial() throws {
    for row in Reference.rows("scipy_multinomial") {
      let x = row.numbers(1)
      let d = try Multinomial(trials: x.reduce(0, +), p: Vector(row.numbers(0)))
      expect(try d.logpdf(Matrix(rows: [x]))[0], row[2], within: 2e-12, absolute: 2e-12, "\(row)")
    }
  }
}
