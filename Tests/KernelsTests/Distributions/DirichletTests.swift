import CBoost
import Testing

@testable import Kernels

@Suite struct DirichletTests {
  private func model(_ alpha: [Double]) throws -> Dirichlet { try Dirichlet(alpha: Vector(alpha)) }

  @Test(arguments: Reference.rows("dirichlet"))
  func logpdfAgreesWithMpmath(_ row: Reference.Row) throws {
    let got = try model(row.numbers(0)).logpdf(Matrix(rows: [row.numbers(1)]))[0]
    expect(got, row[2], within: 1e-13, absolute: 1e-12)
  }

  @Test(arguments: Reference.rows("dirichlet_entropy"))
  func entropyAgreesWithMpmath(_ row: Reference.Row) throws {
    expect(try model(row.numbers(0)).entropy, row[1], within: 1e-13, absolute: 1e-13)
  }

  @Test func edges() throws {
    let d = try model([0.5, 1, 3])
    let rows = try Matrix(rows: [
      [0, 0.5, 0.5], [0.5, 0.5, 0], [0, 1, 0], [0.5, 0.6, 0.1], [-0.1, 0.6, 0.5], [.nan, 0.5, 0.5], [0.25, 0, 0.75],
    ])
    let values = try d.logpdf(rows)
    #expect(values[0] == .infinity && values[1] == -.infinity && values[2] == -.infinity && values[3] == -.infinity)
    #expect(values[4] == -.infinity && values[5].isNaN)
    // log(Γ(4.5)/(Γ(½)·Γ(3))·0.25^(−½)·0.75²), mpmath.
    expect(values[6], 1.30600748301418, within: 1e-13)
    #expect(d.support == .simplex(dimension: 3))
  }

  @Test func moments() throws {
    let d = try model([2, 3, 5])
    #expect(d.mean.array == [0.2, 0.3, 0.5])
    expect(d.variance[0], 0.16 / 11, within: 1e-15)
    expect(try d.covariance[0, 2], -0.1 / 11, within: 1e-15)
    for (got, wanted) in zip(try d.mode.array, [1.0 / 7, 2.0 / 7, 4.0 / 7]) { expect(got, wanted, within: 1e-15) }
    #expect(try model([0.5, 2, 3]).mode.array[0] == 0 && model([0.5, 0.7]).mode.array == [0, 1])
    #expect(try model([1, 1, 1, 1]).mode.array == [0.25, 0.25, 0.25, 0.25])
  }

  // Of two columns the first is a beta number.
  @Test func cdf() throws {
    let d = try model([2, 3])
    func cdf(_ x: [Double]) throws -> Double { try x.withUnsafeBufferPointer { x throws(Failure) in try d.cdf(x) } }
    expect(try cdf([0.5, 1]), 0.6875, within: 1e-14)
    expect(try cdf([0.5, 0.75]), 0.6875 - 0.26171875, within: 1e-14)
    #expect(try cdf([0.2, 0.3]) == 0 && cdf([1, 2]) == 1 && cdf([-1, 2]) == 0 && cdf([.nan, 1]).isNaN)
    let three = try model([1, 1, 1])
    let failure = Failure(.argument, "dirichlet has no cdf: in more than two columns it is an integral of 2 dimensions")
    #expect(throws: failure) { try [0.5, 0.5, 0.5].withUnsafeBufferPointer { x throws(Failure) in try three.cdf(x) } }
  }

  // A column is a beta number, and so is its share of two columns.
  @Test(arguments: [[1, 1, 1], [0.5, 2, 7.5], [1e-3, 1e-3, 2e-3], [1e5, 2e5, 3e5]])
  func sampleHasTheDistribution(_ alpha: [Double]) throws {
    let d = try model(alpha)
    var stream = RandomStream(seed: 6)
    let draws = try d.sample(50_000, from: &stream)
    let total = alpha.reduce(0, +)
    for j in alpha.indices {
      // Near 1 numbers are rounded to few, and some lie below the doubles.
      let inner = draws.column(j).array.filter { $0 > 1e-300 && $0 < 1 - 1e-9 }
      #expect(try kolmogorov(inner, alpha[j], total - alpha[j]) < 2.33)
    }
    for i in 0..<draws.rows { #expect(abs((0..<3).reduce(-1) { $0 + draws[i, $1] }) < 1e-15) }
    if alpha[0] >= 0.5 {
      let shares = (0..<draws.rows).map { draws[$0, 0] / (draws[$0, 0] + draws[$0, 1]) }
      #expect(try kolmogorov(shares, alpha[0], alpha[1]) < 2.33)
    }
  }

  /// Against a beta distribution, given that numbers are above 1e-300 and below 1 − 1e-9.
  private func kolmogorov(_ sample: [Double], _ a: Double, _ b: Double) throws -> Double {
    let (least, most) = (boost_ibeta(a, b, 1e-300), boost_ibeta(a, b, 1 - 1e-9))
    return try KernelsTests.kolmogorov(sample) { (boost_ibeta(a, b, min(1, $0)) - least) / (most - least) }
  }

  static let wrong: [([Double], Failure)] = [
    ([1], Failure(.argument, "alpha must have at least two elements, got 1")),
    ([1, 0], Failure(.argument, "alpha must be positive, but its element 2 is 0")),
    ([.nan, 1], Failure(.argument, "alpha must be positive, but its element 1 is NaN")),
  ]

  @Test(arguments: wrong)
  func wrongParameters(_ alpha: [Double], _ failure: Failure) {
    #expect(throws: failure) { try self.model(alpha) }
  }

  // The data have α known to 1e-16·α relative.
  @Test(arguments: Reference.rows("dirichlet_fit"))
  func fitAgreesWithMpmath(_ row: Reference.Row) throws {
    let rows = try Matrix(rows: row.rows(1, of: Int(row[0])))
    let fit = try Dirichlet.fit(rows, weights: Vector(row.numbers(2)))
    for (got, wanted) in zip(fit.alpha.array, row.numbers(3)) {
      expect(got, wanted, within: max(1e-11, 1e-14 * wanted))
    }
  }

  static let badData: [([[Double]], Failure)] = [
    ([], Failure(.data, "no data")),
    ([[0.5, 0.5], [1, 0]], Failure(.data, "column 2, row 2 is 0; dirichlet data are positive")),
    ([[0.5, 0.75]], Failure(.data, "row 1 sums to 1.25; dirichlet data sum to 1")),
    (
      [[0.25, 0.75], [0.25, 0.75]], Failure(.degenerate, "alpha would be infinite: all rows with a weight are equal")
    ),
  ]

  @Test(arguments: badData)
  func wrongData(_ rows: [[Double]], _ failure: Failure) throws {
    let rows = try Matrix(rows: rows)
    #expect(throws: failure) { try Dirichlet.fit(rows) }
  }
}
