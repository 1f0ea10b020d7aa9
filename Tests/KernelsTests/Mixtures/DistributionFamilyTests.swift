import Kernels
import Testing

/// Components of any family: against the families that have a pass of their own, closed forms, and brute force.
@Suite struct DistributionFamilyTests {
  static func kind(_ names: String..., trials: Double? = nil) throws -> ComponentKind {
    ComponentKind(try names.map { try #require(Family.named($0)) }, trials: trials)
  }

  static func draws(_ parts: [(Double, any UnivariateDistribution)], _ n: Int, seed: UInt64) throws -> [Double] {
    let mixture = try UnivariateMixture(weights: parts.map(\.0), components: parts.map(\.1))
    var stream = RandomStream(seed: seed)
    return try mixture.sample(n, from: &stream).array
  }

  /// The same optimum as the pass with sums of its own.
  @Test func normalsAsAnyFamily() throws {
    let rows = try DataSets.waiting()
    let kinds = Array(repeating: try Self.kind("normal"), count: 2)
    let fit = try EM.fit(rows, try DistributionFamily(rows, kinds), EMOptions(seed: 1))
    #expect(fit.status == .converged && fit.df == 5 && fit.family == "normal")
    #expect(abs(fit.loglik - -1034.00174983) < 1e-6)
    #expect(abs(fit.normals[0].mu - 54.6148511) < 1e-4 && abs(fit.normals[1].sigma - 5.867738) < 1e-4)
    let shared = try EM.fit(
      rows, try DistributionFamily(rows, kinds, Constraints(equal: ["sigma"])), EMOptions(seed: 1))
    #expect(shared.df == 4 && abs(shared.loglik - -1034.00176036) < 1e-6)
    #expect(shared.normals[0].sigma == shared.normals[1].sigma)
  }

  /// Two Poissons, V. Hasselblad 1969, as the table of deaths has it.
  @Test func deaths() throws {
    let counts = [162.0, 267, 271, 185, 111, 61, 27, 8, 3, 1]
    let weighted = try Rows(try Matrix(rows: (0...9).map { [Double($0)] }), weights: try Vector(counts))
    let all = try DataSets.rows(counts.enumerated().flatMap { Array(repeating: Double($0), count: Int($1)) })
    let kinds = Array(repeating: try Self.kind("poisson"), count: 2)
    for rows in [weighted, all] {
      let fit = try EM.fit(rows, try DistributionFamily(rows, kinds), EMOptions(seed: 1))
      #expect(abs(fit.loglik - -1989.945859883) < 1e-6 && fit.df == 3)
      let rates = fit.model.components.compactMap { ($0 as? Poisson)?.lambda }
      #expect(abs(fit.model.weights[0] - 0.3598853970) < 1e-3)
      #expect(abs(rates[0] - 1.2560951012) < 1e-3 && abs(rates[1] - 2.6634043566) < 1e-3)
      #expect(abs(fit.bic - (2 * 1989.945859883 + 3 * log(1096.0))) < 1e-5)
    }
  }

  /// Every univariate family by name: two groups of its draws are found, and the likelihood never falls.
  @Test(arguments: [
    "normal", "lognormal", "exponential", "gamma", "weibull", "laplace", "logistic", "cauchy", "gumbel", "half_normal",
    "inverse_gamma", "inverse_gaussian", "poisson", "geometric", "negative_binomial", "beta", "chi_squared",
    "von_mises",
  ])
  func twoGroups(_ name: String) throws {
    let family = try #require(Family.named(name))
    let wanted: [String: [[Double]]] = [
      "normal": [[0, 1], [6, 2]], "lognormal": [[0, 0.3], [3, 0.4]], "exponential": [[0.1], [5]],
      "gamma": [[3, 3], [40, 4]], "weibull": [[2, 1], [6, 9]], "laplace": [[0, 1], [9, 0.5]],
      "logistic": [[0, 1], [15, 1]], "cauchy": [[0, 0.2], [40, 0.4]], "gumbel": [[0, 1], [12, 2]],
      "half_normal": [[1], [30]], "inverse_gamma": [[8, 8], [20, 400]], "inverse_gaussian": [[1, 8], [12, 200]],
      "poisson": [[2], [20]], "geometric": [[0.7], [0.02]], "negative_binomial": [[3, 0.6], [20, 0.3]],
      "beta": [[2, 12], [20, 4]], "chi_squared": [[3], [40]], "von_mises": [[-1, 9], [1.5, 20]],
    ]
    let parts = try (wanted[name] ?? []).map { values in
      try #require(try family.make(values.map { .number($0) }) as? any UnivariateDistribution)
    }
    let x = try Self.draws([(0.4, parts[0]), (0.6, parts[1])], 800, seed: 12)
    let rows = try DataSets.rows(x)
    let kinds = Array(repeating: try Self.kind(name), count: 2)
    var options = EMOptions(seed: 2)
    (options.restarts, options.maxIterations) = (4, 500)
    let fit = try EM.fit(rows, try DistributionFamily(rows, kinds), options)
    let truth = try UnivariateMixture(weights: [0.4, 0.6], components: parts)
    let trueLoglik = x.reduce(0) { $0 + truth.logpdf($1) }
    // The maximum lies above the truth, by half of a chi-squared number of df degrees of freedom.
    #expect(fit.loglik > trueLoglik && fit.loglik < trueLoglik + 4 * Double(fit.df), "\(name)")
    #expect(fit.df == 2 * family.parameters.count + 1)
    for (a, b) in zip(fit.trace, fit.trace.dropFirst()) { #expect(b >= a - 1e-9 * abs(a)) }
    let model = try #require(fit.model as? UnivariateMixture)
    #expect(abs(fit.loglik - x.reduce(0) { $0 + model.logpdf($1) }) < 1e-8 * abs(fit.loglik))
  }

  /// A known uniform beside a normal: the normal is found inside.
  @Test func uniformBesideNormal() throws {
    let x = try Self.draws([(0.1, try Uniform(a: -30, b: 30)), (0.9, try Normal(mu: 0, sigma: 1))], 5000, seed: 4)
    let rows = try DataSets.rows(x)
    let fixed: [[String: ParameterValue]] = [["a": .number(-30), "b": .number(30)], [:]]
    let family = try DistributionFamily(
      rows, [try Self.kind("uniform"), try Self.kind("normal")], Constraints(fixed: fixed))
    let fit = try EM.fit(rows, family, EMOptions(seed: 1))
    #expect(fit.status == .converged && fit.df == 3 && fit.family == "uniform + normal")
    let normal = try #require(fit.model.components[1] as? Normal)
    #expect(abs(fit.model.weights[0] - 0.1) < 0.02 && abs(normal.mu) < 0.05 && abs(normal.sigma - 1) < 0.05)
    // The score of the weight and of both parameters is zero.
    func loglik(_ weight: Double, _ mu: Double, _ sigma: Double) throws -> Double {
      let mixture = try UnivariateMixture(
        weights: [weight, 1 - weight], components: [try Uniform(a: -30, b: 30), try Normal(mu: mu, sigma: sigma)])
      return x.reduce(0) { $0 + mixture.logpdf($1) }
    }
    let (w, h) = (fit.model.weights[0], 1e-4)
    for move in [(h, 0.0, 0.0), (0, h, 0), (0, 0, h)] {
      for sign in [-1.0, 1] {
        let near = try loglik(w + sign * move.0, normal.mu + sign * move.1, normal.sigma + sign * move.2)
        #expect(near <= fit.loglik + 1e-9)
      }
    }
  }

  /// Zero inflation: a point and a continuous family, whose likelihood falls into two parts with closed forms.
  @Test func zeroInflatedExponential() throws {
    let positive = try Self.draws([(1, try Exponential(rate: 2))], 300, seed: 3)
    let rows = try DataSets.rows(positive + Array(repeating: 0, count: 100))
    for fixed in [[["value": ParameterValue.number(0)], [:]], []] {
      let family = try DistributionFamily(
        rows, [try Self.kind("point"), try Self.kind("exponential")], Constraints(fixed: fixed))
      let fit = try EM.fit(rows, family, EMOptions(seed: 1))
      #expect(fit.model.weights == [0.25, 0.75])
      let rate = 300 / positive.reduce(0, +)
      let found = try #require(fit.model.components[1] as? Exponential)
      #expect(abs(found.rate - rate) < 1e-10 * rate)
      let loglik = 100 * log(0.25) + 300 * log(0.75) + 300 * log(rate) - 300
      #expect(abs(fit.loglik - loglik) < 1e-9 * abs(loglik))
      #expect(fit.df == (fixed.isEmpty ? 3 : 2))
    }
  }

  /// Latent classes of independent answers: each EM step is a weighted share of ones.
  @Test func latentClasses() throws {
    var stream = RandomStream(seed: 6)
    let truth = [[0.9, 0.8, 0.2, 0.1], [0.2, 0.3, 0.7, 0.9]]
    let answers = (0..<400).map { i in
      var words = stream.draw()
      let own = truth[i % 5 < 2 ? 0 : 1]
      return own.map { words.uniform() < $0 ? 1.0 : 0 }
    }
    let rows = try Rows(try Matrix(rows: answers))
    let kind = try Self.kind("bernoulli", "bernoulli", "bernoulli", "bernoulli")
    let family = try DistributionFamily(rows, [kind, kind])
    let fit = try EM.fit(rows, family, EMOptions(seed: 1))
    #expect(fit.status == .converged && fit.df == 9)
    // Plain EM by hand from the same place stays there.
    var (w, p) = (fit.model.weights, fit.model.components.map { ($0 as? ProductDistribution)?.parts ?? [] })
    let before = p.map { $0.compactMap { ($0 as? Bernoulli)?.p } }
    var (sums, totals) = ([[Double]](repeating: [0, 0, 0, 0], count: 2), [0.0, 0])
    for answer in answers {
      let terms = (0..<2).map { j in
        zip(before[j], answer).reduce(w[j]) { $0 * ($1.1 == 1 ? $1.0 : 1 - $1.0) }
      }
      for j in 0..<2 {
        let r = terms[j] / (terms[0] + terms[1])
        totals[j] += r
        for c in 0..<4 { sums[j][c] += r * answer[c] }
      }
    }
    (w, p) = (totals.map { $0 / 400 }, [])
    for j in 0..<2 {
      #expect(abs(w[j] - fit.model.weights[j]) < 1e-5)
      for c in 0..<4 { #expect(abs(sums[j][c] / totals[j] - before[j][c]) < 1e-5) }
    }
  }

  /// Columns of three kinds in one product.
  @Test func mixedColumns() throws {
    var stream = RandomStream(seed: 9)
    let points = try (0..<600).map { i -> [Double] in
      var words = stream.draw()
      let isFirst = i % 3 == 0
      return [
        (isFirst ? 0 : 5) + words.normal(), try Poisson(lambda: isFirst ? 3 : 10).sample(&words),
        words.uniform() < (isFirst ? 0.8 : 0.2) ? 1 : 0,
      ]
    }
    let rows = try Rows(try Matrix(rows: points))
    let kind = try Self.kind("normal", "poisson", "bernoulli")
    let fit = try EM.fit(rows, try DistributionFamily(rows, [kind, kind]), EMOptions(seed: 1))
    #expect(fit.status == .converged && fit.df == 2 * 4 + 1 && abs(fit.model.weights[0] - 1.0 / 3) < 0.05)
    let first = try #require(fit.model.components[0] as? ProductDistribution)
    let normal = try #require(first.parts[0] as? Normal)
    #expect(abs(normal.mu) < 0.3 && abs(normal.sigma - 1) < 0.2)
    let again = try EM.fit(
      rows, try DistributionFamily(rows, [kind, kind]), start: .mixture(fit.model), EMOptions(seed: 1))
    #expect(abs(again.loglik - fit.loglik) < 1e-6)
  }

  /// Heavy tails in the plane, and directions on a sphere.
  @Test func severalColumns() throws {
    var stream = RandomStream(seed: 5)
    let unit = try Matrix(rows: [[1, 0.3], [0.3, 1]])
    let a = try MultivariateT(df: 4, mu: try Vector([0, 0]), scale: unit).sample(300, from: &stream)
    let b = try MultivariateT(df: 4, mu: try Vector([9, 9]), scale: unit).sample(200, from: &stream)
    let points = (0..<300).map { [a[$0, 0], a[$0, 1]] } + (0..<200).map { [b[$0, 0], b[$0, 1]] }
    let rows = try Rows(try Matrix(rows: points))
    var options = EMOptions(seed: 1)
    options.restarts = 3
    let kinds = Array(repeating: try Self.kind("mvt"), count: 2)
    let fixed: [[String: ParameterValue]] = [["df": .number(4)], ["df": .number(4)]]
    let fit = try EM.fit(rows, try DistributionFamily(rows, kinds, Constraints(fixed: fixed)), options)
    #expect(fit.df == 2 * 5 + 1 && abs(fit.model.weights[0] - 0.6) < 0.02)
    let free = try EM.fit(rows, try DistributionFamily(rows, kinds), options)
    #expect(free.loglik >= fit.loglik - 1e-6 && free.df == 2 * 6 + 1)

    let poles = [[0.0, 0, 1], [1, 0, 0]]
    let directions = try poles.flatMap { pole -> [[Double]] in
      let d = try VonMisesFisher(mu: try Vector(pole), kappa: 30)
      let x = try d.sample(200, from: &stream)
      return (0..<200).map { i in (0..<3).map { x[i, $0] } }
    }
    let sphere = try Rows(try Matrix(rows: directions))
    let vmf = Array(repeating: try Self.kind("von_mises_fisher"), count: 2)
    let found = try EM.fit(sphere, try DistributionFamily(sphere, vmf), options)
    #expect(found.status == .converged && found.df == 2 * 3 + 1)
    let kappas = found.model.components.compactMap { ($0 as? VonMisesFisher)?.kappa }
    #expect(kappas.allSatisfy { abs($0 - 30) < 8 } && abs(found.model.weights[0] - 0.5) < 0.02)
  }

  /// Noise over the box, beside the families with a pass of their own.
  @Test func noise() throws {
    var stream = RandomStream(seed: 7)
    let points = (0..<1000).map { i -> [Double] in
      var words = stream.draw()
      if i % 10 == 0 { return [40 * words.uniform() - 20, 40 * words.uniform() - 20] }
      return i % 2 == 0 ? [words.normal(), words.normal()] : [8 + words.normal(), 8 + 2 * words.normal()]
    }
    let rows = try Rows(try Matrix(rows: points))
    let family = try NoisyFamily(try MultivariateNormalFamily<VVV>(rows, k: 2), rows: rows)
    let fit = try EM.fit(rows, family, EMOptions(seed: 1))
    #expect(fit.status == .converged && fit.df == 2 * 5 + 2 && abs(fit.model.weights[2] - 0.1) < 0.03)
    let box = try #require(fit.model.components[2] as? ProductDistribution)
    let ends = box.parts.compactMap { $0 as? Uniform }
    #expect(ends[0].a == rows.columns[0].least && ends[1].b == rows.columns[1].most)
    let without = try EM.fit(rows, try MultivariateNormalFamily<VVV>(rows, k: 2), EMOptions(seed: 1))
    #expect(fit.bic < without.bic - 100)
  }

  @Test func hostileData() throws {
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch let failure as Failure { return failure.message } catch { return "\(error)" }
      return ""
    }
    func family(_ x: [Double], _ names: [String], _ constraints: Constraints = .none) throws {
      let rows = try DataSets.rows(x)
      _ = try EM.fit(rows, try DistributionFamily(rows, try names.map { try Self.kind($0) }, constraints))
    }
    #expect(message { try family([1, 2, -3, 4], ["gamma", "gamma"]) }.hasPrefix("row 3 is -3"))
    #expect(message { try family([1, 2.5, 4], ["poisson"]) }.hasPrefix("row 2 is 2.5"))
    #expect(message { try family([1, 2, 3], ["point", "exponential"]) }.hasPrefix("no value repeats"))
    #expect(
      message {
        try family([-1, -1, 2, 3], ["point", "exponential"], Constraints(fixed: [["value": .number(2)], [:]]))
      }
      .hasPrefix("row 1 is possible under no component"))
    #expect(
      message { try family([1, 2, 3], ["normal"], Constraints(equal: ["rate"])) }.contains("no parameter 'rate'"))
    #expect(!message { try family([5, 5, 5, 5], ["laplace", "laplace"]) }.isEmpty)
    #expect(!message { try family([5], ["gamma"]) }.isEmpty)
    for x in [[1e300, 2e300, 3e300, 5e300], [1e-300, 2e-300, 4e-300, 5e-300]] {
      for name in ["laplace", "exponential", "gamma", "cauchy"] {
        do { try family(x, [name]) } catch let failure as Failure { #expect(!failure.message.isEmpty) }
      }
    }
  }
}
