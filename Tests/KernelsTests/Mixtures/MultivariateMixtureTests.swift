import Testing

@testable import Kernels

@Suite struct MultivariateMixtureTests {
  private func normals() throws -> MultivariateMixture {
    func normal(_ mu: [Double], _ variance: Double) throws -> MultivariateNormal {
      try MultivariateNormal(mu: try Vector(mu), cov: try Matrix(rows: [[variance, 0], [0, variance]]))
    }
    return try MultivariateMixture(
      weights: [0.1, 0.4, 0.5], components: [try normal([0, 0], 1), try normal([3, 3], 2), try normal([0, 5], 3)])
  }

  /// p = Σ w·exp(−‖x − μ‖²/2v)/2πv, since every covariance is a multiple of the identity.
  @Test func density() throws {
    let rows = try Matrix(rows: [[0, 0], [1, 1], [2, 2], [40, -40], [.nan, 0]])
    let logs = try normals().logpdf(rows)
    for i in 0..<3 {
      let (x, y) = (rows[i, 0], rows[i, 1])
      var p = 0.0
      for (w, a, b, v) in [(0.1, 0.0, 0.0, 1.0), (0.4, 3, 3, 2), (0.5, 0, 5, 3)] {
        p += w * exp(-((x - a) * (x - a) + (y - b) * (y - b)) / (2 * v)) / (2 * .pi * v)
      }
      expect(exp(logs[i]), p, within: 1e-14)
    }
    expect(logs[3], -604.0, within: 0.1)
    #expect(logs[4].isNaN)
  }

  @Test func moments() throws {
    let d = try normals()
    #expect(d.dimension == 2 && d.entropy.isNaN && d.support == .space(dimension: 2))
    // By hand, from Σ w·(C + (m − mean)(m − mean)ᵀ).
    expect(try d.mean[0], 1.2, within: 1e-15)
    expect(try d.mean[1], 3.7, within: 1e-15)
    expect(try d.covariance[0, 0], 2.4 + 0.1 * 1.44 + 0.4 * 3.24 + 0.5 * 1.44, within: 1e-14)
    expect(try d.covariance[0, 1], 0.1 * 1.2 * 3.7 + 0.4 * 1.8 * -0.7 + 0.5 * -1.2 * 1.3, within: 1e-14)
    expect(try d.covariance[1, 1], 2.4 + 0.1 * 13.69 + 0.4 * 0.49 + 0.5 * 1.69, within: 1e-14)
    #expect(try d.covariance[0, 1] == d.covariance[1, 0] && d.variance[1] == d.covariance[1, 1])
  }

  /// No neighbour of the mode is higher.
  @Test func mode() throws {
    let d = try normals()
    let top = try d.mode
    let highest = try d.logpdf(try Matrix(rows: [top.array]))[0]
    for (x, y) in [(-1.0, 0.0), (1, 0), (0, -1), (0, 1), (1, 1), (1, -1)] {
      for reach in [1e-4, 1e-2, 0.3, 2] {
        #expect(try d.logpdf(try Matrix(rows: [[top[0] + reach * x, top[1] + reach * y]]))[0] < highest)
      }
    }
    let counts = try MultivariateMixture(
      weights: [0.5, 0.5],
      components: [
        try Multinomial(trials: 10, p: try Vector([0.1, 0.2, 0.7])),
        try Multinomial(trials: 10, p: try Vector([0.3, 0.6, 0.1])),
      ])
    let best = try counts.mode
    let probability = try counts.logpdf(try Matrix(rows: [best.array]))[0]
    for a in 0...10 {
      for b in 0...10 - a {
        #expect(try counts.logpdf(try Matrix(rows: [[Double(a), Double(b), Double(10 - a - b)]]))[0] <= probability)
      }
    }
  }

  @Test func posteriorAndSample() throws {
    let d = try normals()
    var stream = RandomStream(seed: 3)
    let x = try d.sample(5000, from: &stream)
    let r = try d.posterior(x)
    // The mean posterior of a component is its weight, to within three standard errors of a share of 5,000.
    for (j, w) in d.weights.enumerated() {
      #expect(abs(try r.column(j).sum() / 5000 - w) < 3 * (w * (1 - w) / 5000).squareRoot())
    }
    #expect(try d.classify(try Matrix(rows: [[0, 0], [3, 3], [0, 5]])).array == [1, 2, 3])
  }

  @Test func componentsOfOneKind() throws {
    let (one, two) = (
      try Multinomial(trials: 10, p: try Vector([0.5, 0.5])), try Multinomial(trials: 9, p: try Vector([0.5, 0.5]))
    )
    #expect(
      throws: Failure(
        .argument,
        "components must share one support, but component 1 (multinomial) is over counts of 10 in 2 categories and "
          + "component 2 (multinomial) over counts of 9 in 2 categories")
    ) {
      try MultivariateMixture(weights: [0.5, 0.5], components: [one, two])
    }
  }
}

@Suite struct CountMixtureTests {
  /// Two binomials: every verb against sums over 0…20.
  @Test func verbs() throws {
    let d = try UnivariateMixture(
      weights: [0.3, 0.7], components: [try Binomial(trials: 20, p: 0.2), try Binomial(trials: 20, p: 0.8)])
    let p = (0...20).map { x in
      var ways = 1.0
      for i in 0..<x { ways = ways * Double(20 - i) / Double(i + 1) }
      func power(_ b: Double, _ n: Int) -> Double { (0..<n).reduce(1) { value, _ in value * b } }
      return ways * (0.3 * power(0.2, x) * power(0.8, 20 - x) + 0.7 * power(0.8, x) * power(0.2, 20 - x))
    }
    var below = 0.0
    for x in 0...20 {
      below += p[x]
      expect(d.pdf(Double(x)), p[x], within: 1e-13)
      expect(d.cdf(Double(x)), below, within: 1e-13)
      #expect(d.quantile(d.cdf(Double(x))) == Double(x))
      #expect(x == 20 || d.quantile(d.cdf(Double(x)).nextUp) > Double(x))
    }
    #expect(d.pdf(2.5) == 0 && d.mode == 16 && d.quantile(0) == 0 && d.quantile(1) == 20)
    expect(d.entropy, p.reduce(0) { $0 - $1 * log($1) }, within: 1e-13)
    var variance = 0.0
    for x in 0...20 { variance += p[x] * (Double(x) - 12.4) * (Double(x) - 12.4) }
    expect(d.variance, variance, within: 1e-13)
  }
}
