import Testing

@testable import Kernels

@Suite struct MultivariateNormalTests {
  /// The cases of Scripts/reference/distributions/multivariate_normal.py.
  static func model(_ name: String) throws -> MultivariateNormal {
    switch name {
    case "plane": try MultivariateNormal(mu: Vector([1, -2]), cov: Matrix(rows: [[4, 1.2], [1.2, 0.5]]))
    case "narrow": try MultivariateNormal(mu: Vector([0, 0]), cov: Matrix(rows: [[1, 0.9999999], [0.9999999, 1]]))
    case "geyser": try MultivariateNormal(mu: Vector([4.29, 79.97]), cov: Matrix(rows: [[0.17, 0.94], [0.94, 36]]))
    case "space":
      try MultivariateNormal(
        mu: Vector([0, 1, 2]), cov: Matrix(rows: [[2, 0.5, 0.1], [0.5, 1, -0.3], [0.1, -0.3, 3]]))
    default:
      try MultivariateNormal(
        mu: Vector([0, 0, 0]), cov: Matrix(rows: [[1e-20, 0, 0], [0, 1, 0.5e10], [0, 0.5e10, 1e20]]))
    }
  }

  // The factor of the narrow covariance loses as many digits as its condition number has, 7.
  @Test(arguments: Reference.rows("mvnormal"))
  func logpdfAgreesWithMpmath(_ row: Reference.Row) throws {
    let d = try Self.model(row.cells[0])
    let x = (2..<2 + d.dimension).map { row[$0] }
    let got = try d.logpdf(Matrix(rows: [x]))[0]
    expect(got, row[5], within: row.cells[0] == "narrow" ? 1e-9 : 2e-14, absolute: 1e-14)
  }

  @Test func rowsDoNotDependOnTheirPlace() throws {
    let d = try Self.model("space")
    var stream = RandomStream(seed: 1)
    let rows = try d.sample(2061, from: &stream)
    let together = try d.logpdf(rows)
    for i in [0, 1, 7, 8, 1023, 1024, 2060] {
      #expect(try d.logpdf(Matrix(rows: [rows.row(i).array]))[0] == together[i])
    }
  }

  @Test func edges() throws {
    let d = try Self.model("scales")
    let rows = try Matrix(rows: [[.infinity, 0, 0], [0, 1e300, -1e300], [0, .nan, .infinity], [0, 0, -.infinity]])
    let values = try d.logpdf(rows)
    #expect(values[0] == -.infinity && values[1] == -.infinity && values[2].isNaN && values[3] == -.infinity)
    #expect(throws: Failure(.shape, "rows of 3 numbers are wanted, got 2")) { try d.logpdf(Matrix(rows: [[1, 2]])) }
  }

  @Test func moments() throws {
    let d = try Self.model("plane")
    #expect(d.mean.array == [1, -2] && d.mode.array == [1, -2] && d.variance.array == [4, 0.5])
    #expect(d.covariance[0, 1] == 1.2 && d.dimension == 2 && d.support == .space(dimension: 2))
    // 1 + log 2π + ½·log 0.56, mpmath.
    expect(d.entropy, 2.5479678187828747, within: 1e-15)
  }

  static let wrong: [([Double], [[Double]], Failure)] = [
    ([], [], Failure(.argument, "mu must have at least one element")),
    ([0, .nan], [[1, 0], [0, 1]], Failure(.argument, "mu must be finite, but its element 2 is NaN")),
    ([0, 0], [[1]], Failure(.shape, "cov must be 2 x 2 for a mu of 2, got 1 x 1")),
    ([0], [[-1]], Failure(.singular, "cov must be positive definite, but its leading minor of order 1 is not")),
    (
      [0, 0], [[1, 1], [1, 1]],
      Failure(.singular, "cov must be positive definite, but its leading minor of order 2 is not")
    ),
    ([0, 0], [[1, .infinity], [0, 1]], Failure(.data, "cov must be finite, but its element (1, 2) is inf")),
  ]

  @Test(arguments: wrong)
  func wrongParameters(_ mu: [Double], _ cov: [[Double]], _ failure: Failure) throws {
    let (mu, cov) = (try Vector(mu), try Matrix(rows: cov))
    #expect(throws: failure) { try MultivariateNormal(mu: mu, cov: cov) }
  }

  // Whitened, coordinates are independent standard normal numbers.
  @Test func sampleHasTheDistribution() throws {
    let d = try Self.model("space")
    let inverse = try Cholesky(of: d.cov).inverseFactor()
    var stream = RandomStream(seed: 2)
    let rows = try d.sample(100_000, from: &stream)
    var white = Array(repeating: [Double](), count: 3)
    for i in 0..<rows.rows {
      for j in 0..<3 { white[j].append((0...j).reduce(0) { $0 + inverse[j, $1] * (rows[i, $1] - d.mu[$1]) }) }
    }
    let standard = try Normal(mu: 0, sigma: 1)
    for z in white { #expect(try kolmogorov(z, standard.cdf) < 2.33) }
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
      let correlation = zip(white[a], white[b]).reduce(0) { $0 + $1.0 * $1.1 } / 100_000
      #expect(abs(correlation) < 4 / 100_000.0.squareRoot())
    }
  }
}

@Suite struct MultivariateNormalProbabilityTests {
  private func cdf(_ mu: [Double], _ cov: [[Double]], _ x: [Double]) throws -> Double {
    let d = try MultivariateNormal(mu: Vector(mu), cov: Matrix(rows: cov))
    return try x.withUnsafeBufferPointer { x throws(Failure) in try d.cdf(x) }
  }

  @Test(arguments: Reference.rows("mvnormal_bivariate").filter { $0[3] > 1e-290 })
  func twoDimensionsAgreeWithMpmath(_ row: Reference.Row) throws {
    let got = try cdf([0, 0], [[1, row[2]], [row[2], 1]], [row[0], row[1]])
    expect(got, row[3], within: 1e-11)
  }

  @Test(arguments: Reference.rows("mvnormal_factor"))
  func manyDimensionsAgreeWithMpmath(_ row: Reference.Row) throws {
    let loadings = row.numbers(0)
    let cov = loadings.indices.map { i in loadings.indices.map { i == $0 ? 1 : loadings[i] * loadings[$0] } }
    let got = try cdf(loadings.map { _ in 0 }, cov, row.numbers(1))
    expect(got, row[2], within: 1e-5)
  }

  @Test func edges() throws {
    let cov = [[4.0, 1, 0], [1, 9, 2], [0, 2, 1]]
    #expect(try cdf([0, 0, 0], cov, [.infinity, .infinity, .infinity]) == 1)
    #expect(try cdf([0, 0, 0], cov, [.infinity, -.infinity, 0]) == 0)
    #expect(try cdf([0, 0, 0], cov, [.infinity, .nan, 0]).isNaN)
    let standard = try Normal(mu: 0, sigma: 3)
    #expect(try cdf([0, 0, 0], cov, [.infinity, 2, .infinity]) == standard.cdf(2))
    #expect(try cdf([5], [[4]], [6]) == Normal(mu: 5, sigma: 2).cdf(6))
    expect(try cdf([0, 0], [[1, 0.5], [0.5, 1]], [1e200, 0]), 0.5, within: 1e-12)
    #expect(try cdf([0, 0], [[1, 0.5], [0.5, 1]], [-1e200, 0]) == 0)
    #expect(try cdf([0, 0, 0], cov, [-300, 0, 0]) == 0)
  }
}

@Suite struct MultivariateNormalFitTests {
  @Test func weightsCountAsRepetitions() throws {
    let rows = try Matrix(rows: [[1, 2], [3, 1], [0, 0], [9, 9]])
    let fit = try MultivariateNormal.fit(rows, weights: Vector([2, 1, 1, 0]))
    // Σx = (5, 5), Σx² = 11, Σxy = 7, Σy² = 9 over 4 rows.
    expect(fit.mu[0], 1.25, within: 1e-15)
    expect(fit.mu[1], 1.25, within: 1e-15)
    expect(fit.cov[0, 0], 11.0 / 4 - 1.5625, within: 1e-15)
    expect(fit.cov[0, 1], 7.0 / 4 - 1.5625, within: 1e-15)
    expect(fit.cov[1, 1], 9.0 / 4 - 1.5625, within: 1e-15)
  }

  static let wrong: [([[Double]], Failure)] = [
    ([], Failure(.data, "no data")),
    ([[1, 2], [2, .nan]], Failure(.data, "column 2, row 2 is NaN")),
    (
      [[1, 2], [2, 4], [3, 6]], Failure(.degenerate, "cov would be singular: the rows lie in fewer than 2 dimensions")
    ),
    ([[1, 2]], Failure(.degenerate, "cov would be singular: the rows lie in fewer than 2 dimensions")),
  ]

  @Test(arguments: wrong)
  func wrongData(_ rows: [[Double]], _ failure: Failure) throws {
    let rows = try Matrix(rows: rows)
    #expect(throws: failure) { try MultivariateNormal.fit(rows) }
  }
}
