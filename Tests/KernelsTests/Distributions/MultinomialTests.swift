import Testing

@testable import Kernels

@Suite struct MultinomialTests {
  private func model(_ trials: Double, _ p: [Double]) throws -> Multinomial {
    try Multinomial(trials: trials, p: Vector(p))
  }

  // Terms of up to 40 are added where the sum may be near 0.
  @Test(arguments: Reference.rows("multinomial"))
  func logpdfAgreesWithMpmath(_ row: Reference.Row) throws {
    let x = row.numbers(1)
    let d = try model(x.reduce(0, +), row.numbers(0))
    expect(try d.logpdf(Matrix(rows: [x]))[0], row[2], within: 1e-13, absolute: 1e-14)
  }

  @Test(arguments: Reference.rows("multinomial_sums"))
  func agreesWithEnumeration(_ row: Reference.Row) throws {
    let d = try model(row[0], row.numbers(1))
    expect(d.entropy, row[3], within: 1e-12, absolute: 1e-14, "entropy")
    let cdf = try row.numbers(2).withUnsafeBufferPointer { x throws(Failure) in try d.cdf(x) }
    expect(cdf, row[4], within: 1e-13, "cdf")
    expect(try d.logpdf(Matrix(rows: [d.mode.array]))[0], row[5], within: 1e-13, absolute: 1e-14, "mode")
  }

  // Two categories are a binomial distribution.
  @Test(arguments: [(10.0, 0.3), (1000, 0.999), (1e6, 0.2), (1e9, 0.4), (7, 0), (7, 1)])
  func twoCategoriesAreBinomial(_ trials: Double, _ p: Double) throws {
    let (d, b) = (try model(trials, [p, 1 - p]), try Binomial(trials: trials, p: p))
    expect(d.entropy, b.entropy, within: 1e-11, absolute: 1e-13)
    #expect(try d.mode.array == [b.mode, trials - b.mode])
    for x in [0, b.mode, (b.mean * 0.9).rounded(.down), trials] {
      expect(try d.logpdf(Matrix(rows: [[x, trials - x]]))[0], b.logpdf(x), within: 1e-13, absolute: 1e-14)
      let cdf = try [x, trials].withUnsafeBufferPointer { x throws(Failure) in try d.cdf(x) }
      expect(cdf, b.cdf(x), within: 1e-12)
    }
  }

  @Test func edges() throws {
    let d = try model(4, [0.25, 0, 0.75])
    let rows = try Matrix(rows: [
      [1, 0, 3], [1, 1, 2], [1, 0, 2], [1.5, 0, 2.5], [-1, 0, 5], [.nan, 0, 4], [4, 0, 0], [.infinity, 0, 0],
    ])
    let values = try d.logpdf(rows)
    expect(values[0], -0.8630462173553428, within: 1e-14)  // log(4·27/256)
    for i in [1, 2, 3, 4, 7] { #expect(values[i] == -.infinity) }
    #expect(values[5].isNaN)
    expect(values[6], -5.545177444479562, within: 1e-15)  // −4·log 4
    func cdf(_ x: [Double]) throws -> Double { try x.withUnsafeBufferPointer { x throws(Failure) in try d.cdf(x) } }
    #expect(try cdf([4, 4, 4]) == 1 && cdf([.infinity, 9, 4.5]) == 1 && cdf([1, 1, 1]) == 0 && cdf([-1, 4, 4]) == 0)
    #expect(try cdf([1, .nan, 1]).isNaN)
    #expect(d.support == .counts(total: 4, categories: 3) && d.variance.array == [0.75, 0, 0.75])
    #expect(try d.mean.array == [1, 0, 3] && d.covariance[0, 2] == -0.75 && d.covariance[2, 2] == 0.75)
    let one = try model(3, [1])
    #expect(try one.logpdf(Matrix(rows: [[3]]))[0] == 0 && one.mode.array == [3] && one.entropy == 0)
    let vast = try model(1e6, [0.2, 0.3, 0.5])
    #expect(throws: Failure.self) {
      try [5e5, 5e5, 5e5].withUnsafeBufferPointer { x throws(Failure) in try vast.cdf(x) }
    }
  }

  static let wrong: [(Double, [Double], Failure)] = [
    (-1, [1], Failure(.argument, "trials must be an integer from 0 to 9007199254740991, got -1")),
    (3, [], Failure(.argument, "p must have at least one element")),
    (3, [0.5, -0.5], Failure(.argument, "p must not be negative, but its element 2 is -0.5")),
    (3, [.nan], Failure(.argument, "p must not be negative, but its element 1 is NaN")),
    (3, [0.5, 0.25], Failure(.argument, "p must sum to 1, got a sum of 0.75")),
  ]

  @Test(arguments: wrong)
  func wrongParameters(_ trials: Double, _ p: [Double], _ failure: Failure) {
    #expect(throws: failure) { try self.model(trials, p) }
  }

  @Test func sampleHasTheDistribution() throws {
    let d = try model(4, [0.2, 0, 0.3, 0.5])
    var stream = RandomStream(seed: 3)
    let draws = try d.sample(100_000, from: &stream)
    var counts: [[Double]: Int] = [:]
    for i in 0..<draws.rows { counts[try draws.row(i).array, default: 0] += 1 }
    // Every way to put 4 into 3 categories, with its probability by factorials.
    var (observed, probabilities): ([Int], [Double]) = ([], [])
    let factorial = [1.0, 1, 2, 6, 24]
    for a in 0...4 {
      for b in 0...4 - a {
        let c = 4 - a - b
        observed.append(counts[[Double(a), 0, Double(b), Double(c)]] ?? 0)
        let ways = 24 / (factorial[a] * factorial[b] * factorial[c])
        func power(_ x: Double, _ n: Int) -> Double { (0..<n).reduce(1) { y, _ in y * x } }
        probabilities.append(ways * power(0.2, a) * power(0.3, b) * power(0.5, c))
      }
    }
    #expect(observed.reduce(0, +) == 100_000)
    #expect(abs(chiSquaredDeviate(observed, probabilities)) < 4)
  }
}

@Suite struct MultinomialFitTests {
  @Test func weightsCountAsRepetitions() throws {
    let fit = try Multinomial.fit(Matrix(rows: [[5, 5], [9, 1], [0, 10]]), weights: Vector([3, 1, 0]))
    #expect(fit.trials == 10 && fit.p.array == [0.6, 0.4])
  }

  static let wrong: [([[Double]], Failure)] = [
    ([], Failure(.data, "no data")),
    ([[1, 2], [2, 2]], Failure(.data, "row 2 sums to 4; multinomial data sum to 3 trials")),
    ([[1, 2.5]], Failure(.data, "column 2, row 1 is 2.5; multinomial data are counts")),
    ([[1, .nan]], Failure(.data, "column 2, row 1 is NaN; multinomial data are counts")),
    ([[0, 0]], Failure(.degenerate, "p is not determined by 0 trials")),
  ]

  @Test(arguments: wrong)
  func wrongData(_ rows: [[Double]], _ failure: Failure) throws {
    let rows = try Matrix(rows: rows)
    #expect(throws: failure) { try Multinomial.fit(rows) }
  }
}
