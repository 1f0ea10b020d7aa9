import CBoost
import Testing

@testable import Kernels

@Suite struct WishartTests {
  private func square(_ elements: [Double]) throws -> Matrix {
    let d = Int(Double(elements.count).squareRoot())
    return try Vector(elements).reshaped(d, d)
  }

  private func wishart(_ df: Double, _ scale: [Double]) throws -> Wishart {
    try Wishart(df: df, scale: try square(scale))
  }

  private func inverse(_ df: Double, _ scale: [Double]) throws -> InverseWishart {
    try InverseWishart(df: df, scale: try square(scale))
  }

  // Matrices far from the mean are ill-conditioned; their determinant is known to some 1e-15, times ν.
  @Test(arguments: Reference.rows("wishart"))
  func logpdfAgreesWithMpmath(_ row: Reference.Row) throws {
    let w = try wishart(row[1], row.numbers(2)).logpdf(Matrix(rows: [row.numbers(3)]))[0]
    expect(w, row[4], within: 1e-13, absolute: 2e-12, "wishart")
    let i = try inverse(row[1], row.numbers(2)).logpdf(Matrix(rows: [row.numbers(5)]))[0]
    expect(i, row[6], within: 1e-13, absolute: 2e-12, "inverse")
  }

  @Test(arguments: Reference.rows("wishart_entropy"))
  func entropyAgreesWithMpmath(_ row: Reference.Row) throws {
    expect(try wishart(row[1], row.numbers(2)).entropy, row[3], within: 1e-13, absolute: 1e-12)
    expect(try inverse(row[1], row.numbers(2)).entropy, row[4], within: 1e-13, absolute: 1e-12)
  }

  // One dimension is gamma, and its inverse.
  @Test func oneDimension() throws {
    let (gamma, other) = (try Gamma(shape: 2, rate: 0.25), try InverseGamma(shape: 2, scale: 1))
    for x in [1e-3, 0.5, 8, 100] {
      let row = try Matrix(rows: [[x]])
      expect(try wishart(4, [2]).logpdf(row)[0], gamma.logpdf(x), within: 1e-13)
      expect(try inverse(4, [2]).logpdf(row)[0], other.logpdf(x), within: 1e-13)
    }
  }

  @Test func moments() throws {
    let w = try wishart(6, [2, 0.5, 0.5, 1])
    #expect(try w.mean.array == [12, 3, 3, 6] && w.mode.array == [6, 1.5, 1.5, 3])
    #expect(try w.variance.array == [48, 13.5, 13.5, 12])
    // ν·(V₁₁·V₁₂ + V₁₂·V₁₁) of the elements (1, 1) and (2, 1).
    #expect(try w.covariance[0, 1] == 12 && w.covariance[1, 2] == w.variance[1])
    let i = try inverse(8, [2, 0.5, 0.5, 1])
    #expect(try i.mean.array == [0.4, 0.1, 0.1, 0.2])
    expect(try i.mode.array[0], 2.0 / 11, within: 1e-15)
    // With c = 6: diagonal 2·Ψ²/((c − 1)²·(c − 3)); (1, 2): ((c + 1)·Ψ₁₂² + (c − 1)·Ψ₁₁·Ψ₂₂)/(c·(c − 1)²·(c − 3)).
    expect(try i.variance[0], 8.0 / 75, within: 1e-15)
    expect(try i.variance[1], (7 * 0.25 + 5 * 2) / 450, within: 1e-15)
    expect(try i.covariance[1, 1], try i.variance[1], within: 1e-15)
    #expect(throws: Failure(.argument, "inverse_wishart has no mean: it needs a df above 3, this is 3")) {
      try self.inverse(3, [1, 0, 0, 1]).mean
    }
    #expect(throws: Failure.self) { try self.inverse(5, [1, 0, 0, 1]).variance }
    #expect(w.support == .positiveDefinite(order: 2) && w.order == 2 && w.dimension == 4)
  }

  @Test func edges() throws {
    let rows = try Matrix(rows: [
      [1, 2, 2, 1], [1, 0, 0.1, 1], [1, .nan, 0, 1], [0, 0, 0, 0], [1, 0, 0, .infinity],
    ])
    for values in [try wishart(6, [2, 0.5, 0.5, 1]).logpdf(rows), try inverse(6, [2, 0.5, 0.5, 1]).logpdf(rows)] {
      for i in [0, 1, 3, 4] { #expect(values[i] == -.infinity) }
      #expect(values[2].isNaN)
    }
  }

  // Places of a row in its octet change nothing.
  @Test func rowsDoNotDependOnTheirPlace() throws {
    let w = try wishart(6, [2, 0.5, 0.5, 1])
    var stream = RandomStream(seed: 8)
    let draws = try w.sample(37, from: &stream)
    let together = try w.logpdf(draws)
    for i in 0..<37 { #expect(try w.logpdf(Matrix(rows: [draws.row(i).array]))[0] == together[i]) }
  }

  // Xⱼⱼ/Vⱼⱼ is chi-squared; det X/det V a product of independent chi-squared numbers, seen by the mean and variance of its
  // logarithm; X₁₁ of the inverse is inverse gamma.
  @Test(arguments: [1.2, 3, 50, 1e6])
  func sampleHasTheDistribution(_ df: Double) throws {
    let scale = try Vector([2, 0.5, 0.5, 1])
    let (w, i) = (try wishart(df, scale.array), try inverse(df, scale.array))
    var stream = RandomStream(seed: 9)
    let (draws, others) = (try w.sample(30_000, from: &stream), try i.sample(30_000, from: &stream))
    for j in 0..<2 {
      let marginal = try Gamma(shape: df / 2, rate: 0.5 / scale[3 * j])
      #expect(try kolmogorov(draws.column(3 * j).array, marginal.cdf) < 2.33)
      let other = try InverseGamma(shape: (df - 1) / 2, scale: scale[3 * j] / 2)
      #expect(try kolmogorov(others.column(3 * j).array, other.cdf) < 2.33)
    }
    let spread = trigamma(df / 2) + trigamma((df - 1) / 2)
    let centre = digamma(df / 2) + digamma((df - 1) / 2) + 2 * log(2)
    for (rows, sign, shift) in [(draws, 1.0, log(1.75)), (others, -1, log(1.75))] {
      let logs = try Vector((0..<rows.rows).map { log(rows[$0, 0] * rows[$0, 3] - rows[$0, 1] * rows[$0, 1]) })
      let deviation = try logs.mean() - (shift + sign * centre)
      // Cancellation in the determinant of a nearly singular matrix adds little.
      if df > 2 { #expect(abs(deviation) < 4 * (spread / 30_000).squareRoot()) }
    }
    for k in 0..<100 { #expect(draws[k, 1] == draws[k, 2] && others[k, 1] == others[k, 2]) }
  }

  static let wrong: [(Double, [Double], Failure)] = [
    (1, [1, 0, 0, 1], Failure(.argument, "df must be finite and above 1 for a scale of 2 x 2, got 1")),
    (.nan, [1], Failure(.argument, "df must be finite and above 0 for a scale of 1 x 1, got NaN")),
    (3, [], Failure(.argument, "scale must have at least one row")),
    (
      3, [1, 2, 2, 1], Failure(.singular, "scale must be positive definite, but its leading minor of order 2 is not")
    ),
  ]

  @Test(arguments: wrong)
  func wrongParameters(_ df: Double, _ scale: [Double], _ failure: Failure) {
    #expect(throws: failure) { try self.wishart(df, scale) }
    #expect(throws: failure) { try self.inverse(df, scale) }
  }

  @Test(arguments: Reference.rows("wishart_fit"))
  func fitAgreesWithMpmath(_ row: Reference.Row) throws {
    let matrices = row.cells[1].split(separator: ";").map { $0.split(separator: " ").compactMap { Double($0) } }
    let weights = try Vector(row.numbers(2))
    let fit = try Wishart.fit(Matrix(rows: matrices), weights: weights)
    expect(fit.df, row[3], within: 1e-10)
    for (got, wanted) in zip(fit.scale.elements.array, row.numbers(4)) { expect(got, wanted, within: 1e-10) }
    // The inverses have the inverse scale.
    let inverses = try matrices.map { try Cholesky(of: try square($0)).solve(Matrix.identity(Int(row[0]))).symmetrised }
    let other = try InverseWishart.fit(Matrix(rows: inverses), weights: weights)
    expect(other.df, row[3], within: 1e-6)
    let scale = try Cholesky(of: fit.scale).solve(Matrix.identity(Int(row[0]))).elements.array
    for (got, wanted) in zip(other.scale.elements.array, scale) { expect(got, wanted, within: 1e-6) }
  }

  @Test func wrongData() throws {
    #expect(throws: Failure(.data, "no data")) { try Wishart.fit(Matrix(uninitializedRows: 0, columns: 4)) }
    #expect(throws: Failure(.data, "square matrices are wanted, got rows of 3 elements")) {
      try Wishart.fit(Matrix(rows: [[1, 2, 3]]))
    }
    let bad = try Matrix(rows: [[1, 0, 0, 1], [1, 2, 2, 1]])
    #expect(throws: Failure.self) { try Wishart.fit(bad) }
    #expect(throws: Failure(.degenerate, "df would be infinite: all matrices with a weight are equal")) {
      try InverseWishart.fit(Matrix(rows: [[2, 1, 1, 2]]))
    }
  }

  // Pattern search stays among the positive definite matrices.
  @Test func mixture() throws {
    let mixture = try MultivariateMixture(
      weights: [0.4, 0.6], components: [try wishart(9, [1, 0, 0, 1]), try inverse(9, [3, 1, 1, 3])])
    let top = try mixture.mode
    let highest = try mixture.logpdf(Matrix(top.storage, rows: 1, columns: 4))[0]
    for (a, b, c) in [(1e-3, 0.0, 0.0), (0, 1e-3, 0), (0, 0, 1e-3), (-1e-3, 0, 0), (0, -1e-3, 0), (0, 0, -1e-3)] {
      #expect(try mixture.logpdf(Matrix(rows: [[top[0] + a, top[1] + b, top[2] + b, top[3] + c]]))[0] < highest)
    }
  }
}

extension Matrix {
  /// The elements of a square matrix, without the asymmetry of rounding.
  fileprivate var symmetrised: [Double] {
    (0..<count).map { self[max($0 % rows, $0 / rows), min($0 % rows, $0 / rows)] }
  }
}
