import Kernels
import Testing

/// Shared, known and bounded parameters, row weights, labels and priors, alone and together: against the same model written out as
/// one function of its free parameters and searched by NLopt.
@Suite struct EMConstraintTests {
  static let x = [
    0.3, -1.2, 0.8, 1.9, -0.4, 5.1, 6.3, 4.2, 7.7, 5.9, 6.6, 3.1, 2.2, -2.0, 8.4, 6.1, 0.1, 1.1, 5.5, 4.9, 12.5, 11.2,
    13.9,
  ]
  static let weights = x.indices.map { [1.0, 2, 1, 0.5, 3][$0 % 5] }

  /// The highest value from several starts, and where it is.
  static func brute(
    _ starts: [[Double]], _ f: @escaping ([Double]) -> Double
  ) throws -> (x: [Double], value: Double) {
    var best: (x: [Double], value: Double) = ([], -.infinity)
    for start in starts {
      var search = Minimiser(.nelderMead)
      (search.relativeStep, search.absoluteStep, search.relativeChange) = (0, 1e-10, 0)
      search.maxEvaluations = 40_000
      search.steps = start.map { _ in 0.4 }
      let end = try search.minimise(from: start) { u throws(Failure) in -f(u) }
      let value = f(end.x)
      if value > best.value { best = (end.x, value) }
    }
    return best
  }

  static func normal(_ x: Double, _ mu: Double, _ sigma: Double) -> Double {
    let z = (x - mu) / sigma
    return exp(-0.5 * z * z) / (sigma * (2 * Double.pi).squareRoot())
  }

  static func family(_ rows: Rows, _ constraints: Constraints, general: Bool) throws -> any ComponentFamily {
    if !general { return try NormalFamily(rows, k: 2, constraints) }
    let kind = try DistributionFamilyTests.kind("normal")
    return try DistributionFamily(rows, [kind, kind], constraints)
  }

  /// Each set of constraints by the closed form of normal components and by the general search.
  @Test(arguments: [false, true], 0..<6)
  func normalComponents(general: Bool, which: Int) throws {
    let rows = try DataSets.rows(Self.x)
    let none: [String: ParameterValue] = [:]
    let cases: [(Constraints, df: Int, starts: [[Double]], unpack: ([Double]) -> (Double, Double, Double, Double))] = [
      (Constraints(equal: ["sigma"]), 4, [[0, 5, 0.5, 0], [2, 9, 0, 1]], { ($0[0], $0[1], exp($0[2]), exp($0[2])) }),
      (Constraints(equal: ["mu"]), 4, [[4, 0, 0, 1], [5, 0, 1.8, 0]], { ($0[0], $0[0], exp($0[1]), exp($0[2])) }),
      (
        Constraints(fixed: [["mu": .number(1)], none]), 4, [[6, 0, 0.5, 0]],
        { (1, $0[0], exp($0[1]), exp($0[2])) }
      ),
      (
        Constraints(fixed: [["sigma": .number(1.5)], ["sigma": .number(3)]]), 3, [[0, 6, 0], [6, 0, 0]],
        { ($0[0], $0[1], 1.5, 3) }
      ),
      (
        Constraints(bounds: ["sigma": 0.5...1.8]), 5, [[0, 6, 0, 0, 0], [1, 8, 3, 3, 0]],
        { u in (u[0], u[1], 0.5 + 1.3 / (1 + exp(-u[2])), 0.5 + 1.3 / (1 + exp(-u[3]))) }
      ),
      (
        Constraints(equal: ["sigma"], fixed: [none, ["mu": .number(6)]], bounds: ["sigma": 0.1...2.0]), 3,
        [[0, 0.5, 0], [0, 0, 0]], { (($0[0]), 6, 0.1 + 1.9 / (1 + exp(-$0[1])), 0.1 + 1.9 / (1 + exp(-$0[1]))) }
      ),
    ]
    let (constraints, df, starts, unpack) = cases[which]
    var options = EMOptions(seed: 1)
    options.restarts = general ? 6 : 20
    let fit = try CovarianceModelTests.fit(rows, try Self.family(rows, constraints, general: general), options)
    let best = try Self.brute(starts) { u in
      let (m0, m1, s0, s1) = unpack(u)
      let w = 1 / (1 + exp(-u[u.count - 1]))
      return Self.x.reduce(0) { $0 + log(w * Self.normal($1, m0, s0) + (1 - w) * Self.normal($1, m1, s1)) }
    }
    #expect(fit.df == df)
    #expect(fit.loglik > best.value - 1e-6, "\(fit.loglik) \(best.value)")
    // With a known μ or σ, components keep their numbers; so the search has the same optimum.
    #expect(fit.loglik < best.value + 1e-6, "\(fit.loglik) \(best.value)")
    if let ends = constraints.bounds["sigma"] { #expect(fit.normals.allSatisfy { ends.contains($0.sigma) }) }
    let normals = fit.normals
    if constraints.equal.contains("sigma") { #expect(normals[0].sigma == normals[1].sigma) }
    if constraints.equal.contains("mu") { #expect(normals[0].mu == normals[1].mu) }
    for (a, b) in zip(fit.trace, fit.trace.dropFirst()) { #expect(b >= a - 1e-10 * abs(a)) }
  }

  /// A row of weight 2 is the same as the row twice, in every family.
  @Test func rowWeights() throws {
    let counts = Self.x.indices.map { [1, 2, 1, 3][$0 % 4] }
    let weighted = try Rows(try Matrix(rows: Self.x.map { [$0] }), weights: try Vector(counts.map(Double.init)))
    let repeated = try DataSets.rows(zip(Self.x, counts).flatMap { Array(repeating: $0, count: $1) })
    for general in [false, true] {
      let fits = try [weighted, repeated].map { rows in
        let start = EM.Start.mixture(
          try UnivariateMixture(
            weights: [0.5, 0.5], components: [try Normal(mu: 0, sigma: 2), try Normal(mu: 7, sigma: 3)]))
        return try CovarianceModelTests.fit(
          rows, try Self.family(rows, .none, general: general), start: start, EMOptions(seed: 1))
      }
      #expect(abs(fits[0].loglik - fits[1].loglik) < 1e-9 * abs(fits[1].loglik))
      #expect(fits[0].df == fits[1].df)
      for criterion in InformationCriterion.allCases {
        let (a, b) = (criterion.value(of: fits[0]), criterion.value(of: fits[1]))
        #expect(abs(a - b) < 1e-6, "\(criterion)")
      }
      for (a, b) in zip(fits[0].normals, fits[1].normals) {
        #expect(abs(a.mu - b.mu) < 1e-6 && abs(a.sigma - b.sigma) < 1e-6)
      }
    }
    // Several columns, and every covariance.
    let iris = try DataSets.iris()
    let double = (0..<150).map { [1, 2, 1, 3, 1][$0 % 5] }
    let points = (0..<150).map { i in (0..<4).map { iris.matrix[i, $0] } }
    let heavy = try Rows(try Matrix(rows: points), weights: try Vector(double.map(Double.init)))
    let long = try Rows(try Matrix(rows: zip(points, double).flatMap { Array(repeating: $0, count: $1) }))
    let labels = (0..<150).map { Double($0 / 50 + 1) }
    let longLabels = zip(labels, double).flatMap { Array(repeating: $0, count: $1) }
    var options = EMOptions(seed: 1, accelerates: false)
    (options.tolerance, options.maxIterations) = (0, 10)
    for model in CovarianceModels.all {
      let fits = try [(heavy, labels), (long, longLabels)].map { rows, labels in
        try CovarianceModelTests.fit(
          rows, try CovarianceModelTests.family(model.name, rows, k: 3), start: .labels(try Vector(labels)), options)
      }
      #expect(abs(fits[0].loglik - fits[1].loglik) < 1e-8 * abs(fits[1].loglik), "\(model.name)")
      #expect(abs(fits[0].bic - fits[1].bic) < 1e-5)
    }
  }

  /// Labels leave only their component's term in the likelihood of a row; priors weigh the terms.
  @Test func labelsAndPriors() throws {
    let rows = try DataSets.rows(Self.x)
    let labels = try Vector(Self.x.indices.map { $0 == 0 || $0 == 13 ? 2 : $0 == 5 || $0 == 20 ? 1 : 0 })
    let prior = try Matrix(rows: Self.x.indices.map { $0 % 3 == 0 ? [0.9, 0.4] : [1, 1] })
    let memberships = try Memberships(labels: labels, prior: prior, rows: rows.count, k: 2)
    let fit = try EM.fit(
      rows, try NormalFamily(rows, k: 2, equalSigma: true), memberships: memberships, EMOptions(seed: 1))
    let best = try Self.brute([[6, 0, 0.5, 0], [9, 1, 1, 0]]) { u in
      let (w, sigma) = (1 / (1 + exp(-u[3])), exp(u[2]))
      return Self.x.indices.reduce(0) { sum, i in
        let a = prior[i, 0] * w * Self.normal(Self.x[i], u[0], sigma)
        let b = prior[i, 1] * (1 - w) * Self.normal(Self.x[i], u[1], sigma)
        return sum + log(labels[i] == 1 ? a : labels[i] == 2 ? b : a + b)
      }
    }
    #expect(fit.status == .converged && abs(fit.loglik - best.value) < 1e-6)
    // Labels say which component is which: the first is the one of the larger numbers.
    #expect(fit.normals[0].mu > fit.normals[1].mu)
    #expect(abs(fit.normals[0].mu - best.x[0]) < 1e-3 && abs(fit.normals[1].mu - best.x[1]) < 1e-3)
  }

  /// All of it in one call.
  @Test(arguments: [false, true])
  func together(general: Bool) throws {
    let rows = try Rows(try Matrix(rows: Self.x.map { [$0] }), weights: try Vector(Self.weights))
    let labels = try Vector(Self.x.indices.map { $0 == 1 ? 1 : $0 == 21 ? 2 : 0 })
    let prior = try Matrix(rows: Self.x.indices.map { $0 % 4 == 0 ? [0.3, 1] : [1, 0.7] })
    let memberships = try Memberships(labels: labels, prior: prior, rows: rows.count, k: 2)
    let constraints = Constraints(
      equal: ["sigma"], fixed: [["mu": .number(0.5)], [:]], bounds: ["sigma": 0.2...2.5, "mu": -4...7.0])
    func fit<F: ComponentFamily>(_ family: F) throws -> Fit {
      try EM.fit(rows, family, weights: [0.4, 0.6], memberships: memberships, EMOptions(seed: 1))
    }
    let found = try fit(try Self.family(rows, constraints, general: general))
    let best = try Self.brute([[5, 0], [6, 2], [6.9, 5]]) { u in
      let (mu, sigma) = (-4 + 11 / (1 + exp(-u[0])), 0.2 + 2.3 / (1 + exp(-u[1])))
      return Self.x.indices.reduce(0) { sum, i in
        let a = prior[i, 0] * 0.4 * Self.normal(Self.x[i], 0.5, sigma)
        let b = prior[i, 1] * 0.6 * Self.normal(Self.x[i], mu, sigma)
        return sum + Self.weights[i] * log(labels[i] == 1 ? a : labels[i] == 2 ? b : a + b)
      }
    }
    #expect(found.df == 2 && found.model.weights == [0.4, 0.6])
    #expect(abs(found.loglik - best.value) < 1e-6, "\(found.loglik) \(best.value)")
    #expect(found.normals[0].mu == 0.5 && found.normals[0].sigma == found.normals[1].sigma)
    let weight = Self.weights.reduce(0, +)
    #expect(abs(found.bic - (-2 * found.loglik + 2 * log(weight))) < 1e-9)
  }

  /// Shared and bounded parameters of other families.
  @Test func gammaComponents() throws {
    let x = try DistributionFamilyTests.draws(
      [(0.5, try Gamma(shape: 4, rate: 4)), (0.5, try Gamma(shape: 4, rate: 0.5))], 120, seed: 3)
    let rows = try DataSets.rows(x)
    let kinds = Array(repeating: try DistributionFamilyTests.kind("gamma"), count: 2)
    var options = EMOptions(seed: 1)
    options.restarts = 3
    let shared = try EM.fit(rows, try DistributionFamily(rows, kinds, Constraints(equal: ["shape"])), options)
    let best = try Self.brute([[1.4, 1.4, -0.7, 0]]) { u in
      guard let a = try? Gamma(shape: exp(u[0]), rate: exp(u[1])), let b = try? Gamma(shape: exp(u[0]), rate: exp(u[2]))
      else { return -.infinity }
      let w = 1 / (1 + exp(-u[3]))
      return x.reduce(0) { $0 + log(w * a.pdf($1) + (1 - w) * b.pdf($1)) }
    }
    #expect(shared.df == 4 && abs(shared.loglik - best.value) < 1e-5, "\(shared.loglik) \(best.value)")
    let gammas = shared.model.components.compactMap { $0 as? Gamma }
    #expect(gammas[0].shape == gammas[1].shape)

    let bounded = try EM.fit(
      rows, try DistributionFamily(rows, kinds, Constraints(bounds: ["shape": 0.1...2])), options)
    let end = try Self.brute([[1.4, -0.7, 0], [0.4, -1.4, 0]]) { u in
      guard let a = try? Gamma(shape: 2, rate: exp(u[0])), let b = try? Gamma(shape: 2, rate: exp(u[1])) else {
        return -.infinity
      }
      let w = 1 / (1 + exp(-u[2]))
      return x.reduce(0) { $0 + log(w * a.pdf($1) + (1 - w) * b.pdf($1)) }
    }
    #expect(bounded.model.components.allSatisfy { ($0 as? Gamma)?.shape == 2 } && bounded.df == 5)
    #expect(abs(bounded.loglik - end.value) < 1e-5)
  }

  /// Constraints of products: of one column, and of all that have the parameter.
  @Test func productComponents() throws {
    let counts = Self.x.indices.map { Double(Self.x[$0] > 3 ? [4, 6, 3, 5][$0 % 4] : [0, 2, 1][$0 % 3]) }
    let rows = try Rows(
      try Matrix(rows: zip(Self.x, counts).map { [$0, $1] }), weights: try Vector(Self.weights))
    let families = [try #require(Family.named("normal")), try #require(Family.named("poisson"))]
    let kinds = Array(repeating: ComponentKind(families), count: 2)
    let constraints = Constraints(
      equal: ["sigma1"], fixed: [["lambda": .number(1.2)], [:]], bounds: ["mu": -1...6.0, "sigma1": 0.5...8])
    var options = EMOptions(seed: 1)
    options.restarts = 6
    let fit = try EM.fit(rows, try ProductFamily(rows, kinds, constraints), options)
    let best = try Self.brute([[0, 1, 1, 1.5, 0], [1, 0, 0.5, 1, 1]]) { u in
      func mu(_ u: Double) -> Double { -1 + 7 / (1 + exp(-u)) }
      let (sigma, w) = (0.5 + 7.5 / (1 + exp(-u[2])), 1 / (1 + exp(-u[4])))
      guard let known = try? Poisson(lambda: 1.2), let other = try? Poisson(lambda: exp(u[3])) else {
        return -.infinity
      }
      return Self.x.indices.reduce(0) { sum, i in
        let a = w * Self.normal(Self.x[i], mu(u[0]), sigma) * known.pdf(counts[i])
        let b = (1 - w) * Self.normal(Self.x[i], mu(u[1]), sigma) * other.pdf(counts[i])
        return sum + Self.weights[i] * log(a + b)
      }
    }
    #expect(fit.df == 5 && abs(fit.loglik - best.value) < 1e-5, "\(fit.loglik) \(best.value)")
    let parts = fit.model.components.compactMap { ($0 as? ProductDistribution)?.parts }
    let normals = parts.compactMap { $0[0] as? Normal }
    #expect(normals[0].sigma == normals[1].sigma && normals.allSatisfy { (-1...6).contains($0.mu) })
    #expect((parts[0][1] as? Poisson)?.lambda == 1.2)
    for (a, b) in zip(fit.trace, fit.trace.dropFirst()) { #expect(b >= a - 1e-10 * abs(a)) }
    #expect(throws: Failure.self) { try ProductFamily(rows, kinds, Constraints(equal: ["lambda1"])) }
  }

  @Test func whatCannotBe() throws {
    let rows = try DataSets.rows(Self.x)
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch let failure as Failure { return failure.message } catch { return "\(error)" }
      return ""
    }
    let n = Self.x.count
    #expect(message { _ = try NormalFamily(rows, k: 2, Constraints(equal: ["rate"])) }.contains("no parameter 'rate'"))
    #expect(
      message { _ = try NormalFamily(rows, k: 2, Constraints(fixed: [["mu": .number(.nan)], [:]])) }
        .contains("mu must be finite"))
    #expect(
      message {
        _ = try NormalFamily(
          rows, k: 1, Constraints(fixed: [["sigma": .number(9)]], bounds: ["sigma": 0...1.0]))
      }.contains("outside of its bounds"))
    #expect(
      message { _ = try Memberships(labels: try Vector([1, 2]), prior: nil, rows: n, k: 2) }.hasPrefix(
        "one label per row"))
    #expect(
      message {
        _ = try Memberships(labels: nil, prior: try Matrix(rows: [[0, 0]]), rows: 1, k: 2)
      }.hasPrefix("row 1 of the prior is zero"))
    #expect(
      message { _ = try Rows(rows.matrix, weights: try Vector(Self.x)) }.contains("weight"))
    #expect(
      message { _ = try EM.fit(rows, try NormalFamily(rows, k: 2), weights: [0.5, 0.6], EMOptions(seed: 1)) }
        .hasPrefix("weights must sum to 1"))
  }
}
