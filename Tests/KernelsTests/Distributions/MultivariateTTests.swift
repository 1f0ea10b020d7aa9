import CBoost
import Testing

@testable import Kernels

@Suite struct MultivariateTTests {
  private func model(_ df: Double, _ mu: [Double], _ scale: [Double]) throws -> MultivariateT {
    try MultivariateT(df: df, mu: Vector(mu), scale: try Vector(scale).reshaped(mu.count, mu.count))
  }

  @Test(arguments: Reference.rows("mvt"))
  func logpdfAgreesWithMpmath(_ row: Reference.Row) throws {
    let d = try model(row[0], row.numbers(1), row.numbers(2))
    expect(try d.logpdf(Matrix(rows: [row.numbers(3)]))[0], row[4], within: 1e-13, absolute: 1e-13)
  }

  @Test(arguments: Reference.rows("mvt_entropy"))
  func entropyAgreesWithMpmath(_ row: Reference.Row) throws {
    let n = Int(row[1])
    let d = try MultivariateT(df: row[0], mu: Vector.zeros(n), scale: Matrix.identity(n))
    expect(d.entropy, row[2], within: 1e-13, absolute: 1e-13)
  }

  private func cdf(_ d: MultivariateT, _ x: [Double]) throws -> Double {
    try x.withUnsafeBufferPointer { x throws(Failure) in try d.cdf(x) }
  }

  @Test(arguments: Reference.rows("mvt_bivariate"))
  func twoDimensionsAgreeWithMpmath(_ row: Reference.Row) throws {
    let d = try model(row[0], [0, 0], [1, row[1], row[1], 1])
    expect(try cdf(d, [row[2], row[3]]), row[4], within: 1e-9)
  }

  @Test(arguments: Reference.rows("mvt_factor"))
  func manyDimensionsAgreeWithMpmath(_ row: Reference.Row) throws {
    let loadings = row.numbers(1)
    let scale = loadings.indices.flatMap { i in loadings.indices.map { i == $0 ? 1 : loadings[i] * loadings[$0] } }
    let d = try model(row[0], loadings.map { _ in 0 }, scale)
    expect(try cdf(d, row.numbers(2)), row[3], within: 1e-4)
  }

  @Test func edges() throws {
    let d = try model(3, [0, 1], [4, 1, 1, 9])
    let values = try d.logpdf(Matrix(rows: [[.infinity, 0], [.nan, 0], [1e308, -1e308]]))
    #expect(values[0] == -.infinity && values[1].isNaN && values[2].isFinite)
    #expect(
      try cdf(d, [.infinity, .infinity]) == 1 && cdf(d, [.infinity, -.infinity]) == 0 && cdf(d, [.nan, 0]).isNaN)
    // Student's t, R: pt(0.5, 3).
    expect(try cdf(d, [1, .infinity]), 0.674276017575924, within: 1e-13)
    expect(try cdf(d, [0, 1]), 0.25 + 0.0266501895190568, within: 1e-9)  // ¼ + asin(1/6)/2π
  }

  @Test func moments() throws {
    let d = try model(4, [1, -2], [4, 1.2, 1.2, 0.5])
    #expect(try d.mean.array == [1, -2] && d.mode.array == [1, -2] && d.variance.array == [8, 1])
    #expect(try d.covariance[0, 1] == 2.4 && d.support == .space(dimension: 2))
    let heavy = try model(1.5, [0, 0], [1, 0, 0, 1])
    #expect(try heavy.variance.array == [.infinity, .infinity])
    #expect(throws: Failure(.argument, "mvt has no covariance: it needs a df above 2, this is 1.5")) {
      try heavy.covariance
    }
    let cauchy = try model(1, [0, 0], [1, 0, 0, 1])
    #expect(throws: Failure(.argument, "mvt has no mean: it needs a df above 1, this is 1")) { try cauchy.mean }
    #expect(throws: Failure.self) { try cauchy.variance }
  }

  // The mode of a mixture needs no moments.
  @Test func mixture() throws {
    let mixture = try MultivariateMixture(
      weights: [0.3, 0.7], components: [try model(1, [0, 0], [1, 0, 0, 1]), try model(1, [5, 5], [1, 0, 0, 1])])
    for x in try mixture.mode.array { expect(x, 5, within: 0.01) }
    #expect(throws: Failure.self) { try mixture.mean }
  }

  // Each column is Student's t, and the squared length over d is F.
  @Test(arguments: [0.5, 3, 1e6])
  func sampleHasTheDistribution(_ df: Double) throws {
    let d = try model(df, [0, 0], [1, 0, 0, 1])
    var stream = RandomStream(seed: 7)
    let draws = try d.sample(50_000, from: &stream)
    for j in 0..<2 {
      let columns = draws.column(j).array
      #expect(
        try kolmogorov(columns) { t in
          let tail =
            t * t < df ? boost_ibetac(0.5, df / 2, t * t / (df + t * t)) : boost_ibeta(df / 2, 0.5, df / (df + t * t))
          return t < 0 ? tail / 2 : 1 - tail / 2
        } < 2.33)
    }
    let squares = (0..<draws.rows).map { draws[$0, 0] * draws[$0, 0] + draws[$0, 1] * draws[$0, 1] }
    #expect(try kolmogorov(squares) { -expm1(-0.5 * df * log1p($0 / df)) } < 2.33)
    let tiny = try model(1e-3, [0], [1]).sample(100, from: &stream)
    for i in 0..<100 { #expect(!tiny[i, 0].isNaN) }
  }

  static let wrong: [(Double, [Double], [Double], Failure)] = [
    (0, [0], [1], Failure(.argument, "df must be positive, got 0")),
    (1, [], [], Failure(.argument, "mu must have at least one element")),
    (
      1, [0, 0], [1, 2, 2, 1],
      Failure(.singular, "scale must be positive definite, but its leading minor of order 2 is not")
    ),
  ]

  @Test(arguments: wrong)
  func wrongParameters(_ df: Double, _ mu: [Double], _ scale: [Double], _ failure: Failure) {
    #expect(throws: failure) { try self.model(df, mu, scale) }
  }

  // The optimum of the script is flat: parameters to half of the digits of the likelihood.
  @Test(arguments: Reference.rows("mvt_fit"))
  func fitAgreesWithEM(_ row: Reference.Row) throws {
    let d = Int(row[0])
    let rows = try Matrix(rows: row.rows(1, of: d))
    let weights = try Vector(row.numbers(2))
    let fit = try MultivariateT.fit(rows, weights: weights)
    expect(fit.df, row[3], within: 1e-5)
    for (got, wanted) in zip(fit.mu.array, row.numbers(4)) { expect(got, wanted, within: 1e-6, absolute: 1e-6) }
    for (got, wanted) in zip(fit.scale.elements.array, row.numbers(5)) {
      expect(got, wanted, within: 1e-5, absolute: 1e-6)
    }
    expect(try fit.logpdf(rows).dot(weights), row[6], within: 1e-12)
  }

  static let badData: [([[Double]], Failure)] = [
    ([], Failure(.data, "no data")),
    ([[1, 2], [2, .nan], [0, 0]], Failure(.data, "column 2, row 2 is NaN")),
    (
      [[1, 2], [2, 4], [3, 6]],
      Failure(.degenerate, "scale would be singular: the rows, or too many of them, lie in fewer than 2 dimensions")
    ),
    (
      [[-1.5], [-0.5], [0.5], [1.5]],
      Failure(.degenerate, "df would be infinite: the tails are no heavier than normal; fit mvnormal")
    ),
  ]

  @Test(arguments: badData)
  func wrongData(_ rows: [[Double]], _ failure: Failure) throws {
    let rows = try Matrix(rows: rows)
    #expect(throws: failure) { try MultivariateT.fit(rows) }
  }

  // Nine of ten rows at one point: the likelihood has no maximum.
  @Test func collapse() throws {
    let rows = try Matrix(rows: (0..<10).map { [$0 < 9 ? 0 : 1] })
    #expect(throws: Failure.self) { try MultivariateT.fit(rows) }
  }
}
