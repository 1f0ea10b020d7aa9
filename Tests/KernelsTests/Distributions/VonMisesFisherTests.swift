import Testing

@testable import Kernels

@Suite struct VonMisesFisherTests {
  private func model(_ mu: [Double], _ kappa: Double) throws -> VonMisesFisher {
    try VonMisesFisher(mu: Vector(mu), kappa: kappa)
  }

  // 1 − cosine is known to 1e-15 relative or 1e-16/√κ, whichever is more.
  @Test(arguments: Reference.rows("von_mises_fisher"))
  func logpdfAgreesWithMpmath(_ row: Reference.Row) throws {
    let mu = row.numbers(0)
    let got = try model(mu, row[1]).logpdf(Matrix(rows: [row.numbers(2)]))[0]
    expect(got, row[3], within: 1e-13, absolute: 1e-13 * max(1, Double(mu.count) / 20))
  }

  // Two dimensions are von Mises.
  @Test(arguments: [0, 1e-8, 0.7, 40, 1e6])
  func aCircleIsVonMises(_ kappa: Double) throws {
    let (d, circle) = (try model([1, 0], kappa), try VonMises(mu: 0, kappa: kappa))
    for angle in [0, 1e-3, 0.5, -2, 3] {
      let got = try d.logpdf(Matrix(rows: [[boundedCos(angle), boundedSin(angle)]]))[0]
      expect(got, circle.logpdf(angle), within: 1e-12, absolute: 1e-13)
    }
    expect(d.entropy, circle.entropy, within: 1e-13, absolute: 1e-13)
    var stream = RandomStream(seed: 4)
    let draws = try d.sample(20_000, from: &stream)
    let angles = (0..<draws.rows).map { i in
      let (x, y) = (draws[i, 0], draws[i, 1])
      return 2 * atan(y / (1 + x))
    }
    #expect(try kolmogorov(angles, circle.cdf) < 2.33)
  }

  // P(cosine ≤ c) is the integral of (1 − t²)^((d − 3)/2)·exp(κt): in three dimensions, a difference of exponentials.
  @Test(arguments: [(3, 2.0), (3, 1e6), (3, 1e-3), (5, 10), (50, 30), (50, 1e6), (10, 0)])
  func sampleHasTheDistribution(_ dimension: Int, _ kappa: Double) throws {
    let mu = (0..<dimension).map { $0 < 2 ? 0.5.squareRoot() : 0 }
    let d = try model(mu, kappa)
    var stream = RandomStream(seed: 5)
    let draws = try d.sample(4000, from: &stream)
    var gaps: [Double] = []
    for i in 0..<draws.rows {
      let row = try draws.row(i).array
      let length = row.reduce(0) { $0 + $1 * $1 }
      #expect(abs(length - 1) < 1e-14)
      gaps.append(zip(row, mu).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 2)
    }
    let power = 0.5 * Double(dimension - 3)
    // Of g = 1 − cosine: g = 2s² takes the singularities of a low dimension away.
    func density(_ s: Double) -> Double {
      let g = 2 * s * s
      return g > 0 && g < 2 ? exp(power * log(g * (2 - g)) - kappa * g) * s : 0
    }
    let end = min(1, (20 + 3 * Double(dimension)) / max(kappa, 1e-9).squareRoot())
    let all = integral(from: 0, to: end, tolerance: 1e-11, density)
    #expect(
      try kolmogorov(gaps) { integral(from: 0, to: min(end, ($0 / 2).squareRoot()), tolerance: 1e-6, density) / all }
        < 2.33)
    // Across the centre all directions are alike.
    let across = (0..<draws.rows).reduce(0.0) { $0 + (draws[$1, dimension - 1] > 0 ? 1 : -1) }
    #expect(abs(across) < 4 * Double(draws.rows).squareRoot())
  }

  @Test func moments() throws {
    let d = try model([0, 0.6, 0.8], 3)
    // A = coth κ − 1/κ, A′ = 1 − A² − 2A/κ, mpmath.
    let (a, slope) = (0.671636489980356, 0.101146765339963)
    expect(d.mean[1], 0.6 * a, within: 1e-14)
    expect(try d.covariance[1, 2], 0.48 * (slope - a / 3), within: 1e-13)
    expect(try d.covariance[0, 0], a / 3, within: 1e-14)
    expect(d.variance[2], try d.covariance[2, 2], within: 1e-15)
    #expect(d.support == .sphere(dimension: 3) && d.mode.array == [0, 0.6, 0.8])
    #expect(throws: Failure.self) { try [0.0, 0, 1].withUnsafeBufferPointer { x throws(Failure) in try d.cdf(x) } }
  }

  @Test func edges() throws {
    let d = try model([0, 1], 2)
    let rows = try Matrix(rows: [[0, 1.1], [.nan, 1], [.infinity, 0], [0, 0], [0, 1 + 1e-12]])
    let values = try d.logpdf(rows)
    #expect(values[0] == -.infinity && values[1].isNaN && values[2] == -.infinity && values[3] == -.infinity)
    expect(values[4], try d.logpdf(Matrix(rows: [[0, 1]]))[0], within: 1e-11)
    #expect(try model([0, 1 + 1e-10], 2).mu.array == [0, 1])
  }

  static let wrong: [([Double], Double, Failure)] = [
    ([1], 1, Failure(.argument, "mu must have at least two elements, got 1")),
    ([1, 1], 1, Failure(.argument, "mu must have the length 1, got a length of 1.4142135623730951")),
    ([.nan, 1], 1, Failure(.argument, "mu must be finite, but its element 1 is NaN")),
    ([0, 1], -1, Failure(.argument, "kappa must not be negative, got -1")),
    ([0, 1], .infinity, Failure(.argument, "kappa must be finite, got inf")),
  ]

  @Test(arguments: wrong)
  func wrongParameters(_ mu: [Double], _ kappa: Double, _ failure: Failure) {
    #expect(throws: failure) { try self.model(mu, kappa) }
  }

  @Test(arguments: Reference.rows("von_mises_fisher_fit"))
  func fitAgreesWithMpmath(_ row: Reference.Row) throws {
    let rows = try Matrix(rows: row.rows(1, of: Int(row[0])))
    let fit = try VonMisesFisher.fit(rows, weights: Vector(row.numbers(2)))
    expect(fit.kappa, row[4], within: 1e-11)
    for (got, wanted) in zip(fit.mu.array, row.numbers(3)) { expect(got, wanted, within: 1e-12, absolute: 1e-15) }
  }

  static let badData: [([[Double]], Failure)] = [
    ([], Failure(.data, "no data")),
    ([[0, 1], [0, 2]], Failure(.data, "row 2 has the length 2; von_mises_fisher data are rows of length 1")),
    ([[0, .nan]], Failure(.data, "row 1 has NaN in it; von_mises_fisher data are rows of length 1")),
    ([[0, 1], [0, -1]], Failure(.degenerate, "mu is not determined: the directions cancel")),
    ([[0.6, 0.8], [0.6, 0.8]], Failure(.degenerate, "kappa would be infinite: all rows with a weight are equal")),
  ]

  @Test(arguments: badData)
  func wrongData(_ rows: [[Double]], _ failure: Failure) throws {
    let rows = try Matrix(rows: rows)
    #expect(throws: failure) { try VonMisesFisher.fit(rows) }
  }
}

extension Reference.Row {
  /// A cell of many numbers as rows of d.
  func rows(_ column: Int, of d: Int) -> [[Double]] {
    let all = numbers(column)
    return stride(from: 0, to: all.count, by: d).map { Array(all[$0..<$0 + d]) }
  }
}
