import Testing

@testable import Kernels

@Suite struct GeometricTests {
  @Test(arguments: Reference.rows("geometric"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let d = try Geometric(p: row[0])
    expectVerbs(d, row, from: 1)
    if row[1] < 0x1p53 { expectQuantileToInvert(d, at: row[1]) }
  }

  @Test func edges() throws {
    expectEdges(try Geometric(p: 0.25), low: 0, high: .infinity)
    expectMoments(try Geometric(p: 0.25), from: 0, to: 300)
    let certain = try Geometric(p: 1)
    #expect(certain.pdf(0) == 1 && certain.pdf(1) == 0 && certain.quantile(0.5) == 0 && certain.entropy == 0)
    #expect(certain.cdf(0) == 1 && certain.ccdf(0) == 0 && certain.mean == 0)
    // log 2 · 10³⁰⁰ trials for an even chance.
    expect(try Geometric(p: 1e-300).quantile(0.5), 6.931471805599453e299, within: 1e-14)
  }

  @Test func fit() throws {
    #expect(try Geometric.fit(Vector([1, 5, 100]), weights: Vector([3, 1, 0])).p == 1.0 / 3)
    #expect(try Geometric.fit(Vector([0])).p == 1)
    #expect(throws: Failure(.data, "row 1 is -1; geometric data are integers from 0")) {
      try Geometric.fit(Vector([-1]))
    }
    for p in [0, -1, 1.5, .nan] { #expect(throws: Failure.self) { try Geometric(p: p) } }
  }
}

@Suite struct BernoulliTests {
  // One trial is binomial.
  @Test(arguments: [0, 1e-300, 1e-8, 0.3, 0.5, 0.999, 1]) func isBinomial(_ p: Double) throws {
    let (d, b) = (try Bernoulli(p: p), try Binomial(trials: 1, p: p))
    for x in [-1.0, 0, 0.5, 1, 2, .infinity, -.infinity] {
      expect(d.logpdf(x), b.logpdf(x), within: 1e-15)
      expect(d.pdf(x), b.pdf(x), within: 1e-12)
      expect(d.cdf(x), b.cdf(x), within: 1e-14)
      expect(d.ccdf(x), b.ccdf(x), within: 1e-12)
    }
    for u in [0, 0.2, 0.5, 0.7, 1] { #expect(d.quantile(u) == (u <= 1 - p ? 0 : 1)) }
    expectMoments(d, from: 0, to: 1)
  }

  @Test func edges() throws {
    expectEdges(try Bernoulli(p: 0.3), low: 0, high: 1)
    #expect(throws: Failure(.argument, "p must be from 0 to 1, got 2")) { try Bernoulli(p: 2) }
    #expect(throws: Failure(.argument, "p must be from 0 to 1, got NaN")) { try Bernoulli(p: .nan) }
  }

  @Test func fit() throws {
    #expect(try Bernoulli.fit(Vector([1, 0, 0]), weights: Vector([3, 1, 0])).p == 0.75)
    #expect(try Bernoulli.fit(Vector([1, 1])).p == 1)
    #expect(throws: Failure(.data, "row 2 is 2; bernoulli data are integers from 0 to 1")) {
      try Bernoulli.fit(Vector([1, 2]))
    }
  }
}

@Suite struct DiscreteUniformTests {
  @Test func verbs() throws {
    let d = try DiscreteUniform(a: -2, b: 5)
    expectEdges(d, low: -2, high: 5)
    expectMoments(d, from: -2, to: 5)
    for (x, cdf) in [(-2.0, 0.125), (0, 0.375), (4.5, 0.875), (5, 1)] {
      #expect(d.cdf(x) == cdf && d.ccdf(x) == 1 - cdf && d.quantile(cdf) == x.rounded(.down))
    }
    #expect(d.quantile(0.2) == -1)
    let one = try DiscreteUniform(a: 3, b: 3)
    #expect(one.pdf(3) == 1 && one.variance == 0 && one.entropy == 0 && one.quantile(0.4) == 3)
    let vast = try DiscreteUniform(a: -0x1p51, b: 0x1p51)
    #expect(vast.quantile(0.5) == 0 && vast.mean == 0)
  }

  @Test func fit() throws {
    let fit = try DiscreteUniform.fit(Vector([4, 1, 9]), weights: Vector([1, 1, 0]))
    #expect(fit.a == 1 && fit.b == 4)
    #expect(throws: Failure(.data, "row 1 is 0.5; discrete_uniform data are integers")) {
      try DiscreteUniform.fit(Vector([0.5]))
    }
    #expect(throws: Failure(.argument, "b must be at least a = 2, got 1")) { try DiscreteUniform(a: 2, b: 1) }
    for a in [0.5, .nan, -.infinity] { #expect(throws: Failure.self) { try DiscreteUniform(a: a, b: 9) } }
  }
}

@Suite struct CategoricalTests {
  @Test func verbs() throws {
    let d = try Categorical(p: Vector([0.25, 0, 0.5, 0.25]))
    expectMoments(d, from: 1, to: 4)
    #expect(d.pdf(3) == 0.5 && d.pdf(2) == 0 && d.logpdf(2) == -.infinity && d.mode == 3 && d.mean == 2.75)
    #expect(d.cdf(2) == 0.25 && d.ccdf(2) == 0.75 && d.cdf(3.5) == 0.75 && d.cdf(4) == 1 && d.ccdf(3) == 0.25)
    #expect(d.quantile(0.25) == 1 && d.quantile(0.26) == 3 && d.quantile(1) == 4 && d.quantile(0) == 1)
    #expect(d.quantile(1.1).isNaN && d.support == .integers(1, 4))
    expectEdges(d, low: 1, high: 4)
    let last = try Categorical(p: Vector([0.1, 0.2, 0.7, 0]))
    #expect(last.quantile(1) == 3 && last.ccdf(3) == 0 && last.cdf(3) == 1)
    // Small probabilities above keep their digits.
    #expect(try Categorical(p: Vector([1, 1e-20])).ccdf(1) == 1e-20)
  }

  @Test func fit() throws {
    let fit = try Categorical.fit(Vector([1, 3, 3, 9]), weights: Vector([1, 1, 2, 0]))
    #expect(fit.p.array == [0.25, 0, 0.75, 0, 0, 0, 0, 0, 0])
    #expect(throws: Failure(.data, "row 1 is 0; categorical data are integers from 1 to 1000000")) {
      try Categorical.fit(Vector([0]))
    }
    #expect(throws: Failure(.argument, "p must sum to 1, got a sum of 0.5")) { try Categorical(p: Vector([0.5])) }
    #expect(throws: Failure(.argument, "p must have at least one element")) { try Categorical(p: Vector([])) }
  }
}

@Suite struct PointTests {
  @Test func verbs() throws {
    for value in [3.0, -0.25] {
      let d = try Point(value: value)
      #expect(d.pdf(value) == 1 && d.logpdf(value) == 0 && d.pdf(value.nextUp) == 0)
      #expect(d.cdf(value) == 1 && d.cdf(value.nextDown) == 0 && d.ccdf(value) == 0 && d.ccdf(value.nextDown) == 1)
      #expect(d.quantile(0) == value && d.quantile(1) == value && d.quantile(2).isNaN && d.pdf(.nan).isNaN)
      #expect(d.mean == value && d.variance == 0 && d.mode == value && d.entropy == 0)
      var stream = RandomStream(seed: 1)
      #expect(try d.sample(3, from: &stream).array == [value, value, value])
    }
    #expect(throws: Failure(.argument, "value must be finite, got NaN")) { try Point(value: .nan) }
  }

  // Counts with too many zeros.
  @Test func inMixtures() throws {
    let d = try UnivariateMixture(weights: [0.5, 0.5], components: [Point(value: 0), Poisson(lambda: 2)])
    expect(d.pdf(0), 0.5 + 0.5 * 0.1353352832366127, within: 1e-15)
    #expect(d.quantile(0.5) == 0 && d.quantile(0.7) == 1 && d.mode == 0)
  }

  @Test func fit() throws {
    #expect(try Point.fit(Vector([2.5, 7, 2.5]), weights: Vector([1, 0, 1])).value == 2.5)
    #expect(throws: Failure(.data, "row 2 is 7; data of a point are all equal, and others are 2.5")) {
      try Point.fit(Vector([2.5, 7]))
    }
    #expect(throws: Failure(.data, "row 1 is NaN")) { try Point.fit(Vector([.nan])) }
  }
}
