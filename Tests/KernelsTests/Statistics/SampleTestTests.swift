import Testing

@testable import Kernels

@Suite struct SampleTestTests {
  // 1 minus a distribution function that is known to 1e-13 where the tail is 6e-4 and more.
  @Test(arguments: Reference.rows("kolmogorov"))
  func kolmogorov(_ row: Reference.Row) throws {
    let got = try KolmogorovDistribution(n: Int(row[0])).tail(row[1])
    #expect(abs(got / row[2] - 1) < 1e-9, "\(got)")
  }

  @Test(arguments: Reference.rows("kolmogorov_one_sided"))
  func oneSided(_ row: Reference.Row) throws {
    #expect(abs(try KolmogorovDistribution(n: Int(row[0])).oneSidedTail(row[1]) / row[2] - 1) < 1e-12)
  }

  // The expansion, just above where the power of a matrix ends, against that power just below; the limit t = 1 for √n·d, which
  // moves by less than 1e-6 from one n to the next.
  @Test func largeSamplesGoOnFromSmallOnes() throws {
    for t in [0.6, 1.0, 1.5, 1.9] {
      let below = try KolmogorovDistribution(n: 3000).tail(t / 3000.0.squareRoot())
      let above = try KolmogorovDistribution(n: 3001).tail(t / 3001.0.squareRoot())
      #expect(abs(below - above) < 2e-6, "\(t): \(below) and \(above)")
    }
    #expect(abs(try KolmogorovDistribution(n: 100_000_000).tail(1e-4) - kolmogorovTail(1)) < 1e-4)
  }

  // Published points of the limit: P(K ≥ 1.3581) = 0.05, P(K ≥ 0.8276) = 0.5.
  @Test func limit() {
    #expect(abs(kolmogorovTail(1.358098860) - 0.05) < 1e-7)
    #expect(abs(kolmogorovTail(0.82757355518) - 0.5) < 1e-7)
    #expect(kolmogorovTail(0) == 1 && kolmogorovTail(40) == 0)
  }

  @Test(arguments: Reference.rows("anderson_darling"))
  func andersonDarlingLimit(_ row: Reference.Row) {
    #expect(abs(AndersonDarling.tail(row[0]) / row[1] - 1) < 1e-11)
  }

  // Shares of 10⁶ samples of NumPy's generator: 4 standard errors are at most 2e-3.
  @Test(arguments: [
    (2, 2.5, 0.055727), (5, 0.4, 0.842846), (5, 0.9, 0.408415), (5, 1.5, 0.176998),
    (5, 2.5, 0.051962), (5, 4, 0.00951), (20, 0.9, 0.412663), (20, 2.5, 0.050225), (20, 4, 0.008965),
  ])
  func andersonDarling(_ n: Int, _ z: Double, _ share: Double) {
    let error = (share * (1 - share) / 1e6).squareRoot()
    #expect(abs(AndersonDarling.tail(z, n: n) - share) < 4 * error + (n < 5 ? 1e-3 : 1e-4))
  }

  @Test(arguments: Reference.rows("two_samples"))
  func twoSamples(_ row: Reference.Row) throws {
    let test = try KolmogorovSmirnov(
      try Vector(row.numbers(0)), try Vector(row.numbers(1)), try #require(Alternative(rawValue: row.cells[2])))
    #expect(test.isExact && abs(test.statistic - row[3]) < 1e-15)
    #expect(abs(test.pValue / row[4] - 1) < 1e-12, "\(test)")
  }

  // R 4.2.2: ks.test(a, b, exact = TRUE), which counts paths given the equal numbers.
  @Test func equalNumbers() throws {
    let (a, b) = (try Vector([1.1, 2.2, 2.2, 3.7, 5, 8.5]), try Vector([0.5, 2.2, 4.1, 9, 7.7]))
    #expect(abs(try KolmogorovSmirnov(a, b, .twoSided).pValue - 0.94805194805194826) < 1e-14)
    #expect(abs(try KolmogorovSmirnov(a, b, .greater).pValue - 0.52380952380952572) < 1e-14)
  }

  // R: ks.test(x, "punif"), and A² by its formula in R.
  @Test func oneSample() throws {
    let x = try Vector([0.1, 0.35, 0.4, 0.62, 0.93, 0.99])
    let unit = try Uniform(a: 0, b: 1)
    let ks = try KolmogorovSmirnov(x, against: unit, .twoSided)
    #expect(abs(ks.statistic - 0.26333333333333342) < 1e-15 && abs(ks.pValue - 0.71394902322260589) < 1e-12)
    #expect(abs(try AndersonDarling(x, against: unit).statistic - 0.69601789564815952) < 1e-14)
  }

  @Test func hostileSamples() throws {
    let unit = try Uniform(a: 0, b: 1)
    #expect(throws: Failure(.data, "row 2 is NaN")) {
      try KolmogorovSmirnov(try Vector([0, .nan]), against: unit, .twoSided)
    }
    #expect(throws: Failure(.data, "a sample must have at least one number")) {
      try AndersonDarling(try Vector([]), against: unit)
    }
    #expect(throws: Failure.self) {
      try KolmogorovSmirnov(try Vector([1]), against: try Poisson(lambda: 2), .twoSided)
    }
    // Outside the support the tails are 0: as far as can be.
    #expect(try AndersonDarling(try Vector([-1, 2]), against: unit).pValue == 0)
    #expect(try KolmogorovSmirnov(try Vector([-1, -2]), against: unit, .twoSided).pValue == 0)
    #expect(try KolmogorovSmirnov(try Vector([1, 1]), try Vector([1, 1, 1]), .twoSided).pValue == 1)
  }
}
