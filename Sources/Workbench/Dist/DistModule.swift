import Kernels
import Lua

extension Module {
  static let dist = Module(
    "dist", "Probability distributions: density, distribution function, sampling, fit.",
    functions: [
      constructor(.normal, example: "print(dist.normal(0, 1):cdf(1.96))"),
      constructor(.binomial, example: "print(dist.binomial{trials = 10, p = 0.6}:pdf(5))"),
      constructor(.multivariateNormal, example: "print(dist.mvnormal({0, 4}, {{3, 0}, {0, 0.5}}):sample(2))"),
      constructor(.multinomial, example: "print(dist.multinomial(10, {0.6, 0.4}):pdf{5, 5})"),
      constructor(.uniform, example: "print(dist.uniform(0, 2):mean())  --> 1.0"),
      constructor(.exponential, example: "print(dist.exponential(0.5):mean())  --> 2.0"),
      constructor(.gamma, example: "print(dist.gamma(2, 0.5):quantile(0.5))"),
      constructor(.inverseGamma, example: "print(dist.inverse_gamma(3, 4):mean())  --> 2.0"),
      constructor(.chiSquared, example: "print(dist.chi_squared(3):ccdf(7.81))"),
      constructor(.logNormal, example: "print(dist.lognormal(0, 0.5):mode())"),
      constructor(.weibull, example: "print(dist.weibull(1.5, 2):cdf(2))"),
      constructor(.halfNormal, example: "print(dist.half_normal(1):mean())"),
      constructor(.laplace, example: "print(dist.laplace(0, 1):quantile{0.25, 0.75})"),
      constructor(.logistic, example: "print(dist.logistic(0, 1):cdf(0))  --> 0.5"),
      constructor(.cauchy, example: "print(dist.cauchy(0, 1):quantile(0.975))"),
      constructor(.gumbel, example: "print(dist.gumbel(0, 1):mean())"),
      constructor(.pareto, example: "print(dist.pareto(3, 1):mean())  --> 1.5"),
      constructor(.triangular, example: "print(dist.triangular(0, 1, 0.25):mode())  --> 0.25"),
      constructor(.inverseGaussian, example: "print(dist.inverse_gaussian(1, 2):variance())"),
      constructor(.vonMises, example: "print(dist.von_mises(0, 2):pdf(0))"),
      constructor(.bernoulli, example: "print(dist.bernoulli(0.3):pdf(1))"),
      constructor(.poisson, example: "print(dist.poisson(4.2):cdf(3))"),
      constructor(.geometric, example: "print(dist.geometric(0.25):mean())  --> 3.0"),
      constructor(.negativeBinomial, example: "print(dist.negative_binomial{size = 2.5, p = 0.3}:quantile(0.9))"),
      constructor(.categorical, example: "print(dist.categorical{0.2, 0.5, 0.3}:mode())  --> 2.0"),
      constructor(.discreteUniform, example: "print(dist.discrete_uniform(1, 6):mean())  --> 3.5"),
      constructor(.point, example: "print(dist.point(3):cdf{2, 3})"),
      constructor(.hypergeometric, example: "print(dist.hypergeometric(50, 5, 10):pdf(1))"),
      constructor(.betaBinomial, example: "print(dist.beta_binomial(10, 2, 3):mean())  --> 4.0"),
      constructor(.multivariateT, example: "print(dist.mvt(5, {0, 4}, {{3, 0}, {0, 0.5}}):sample(2))"),
      constructor(.dirichlet, example: "print(dist.dirichlet{2, 3, 5}:mean())  --> vector{0.2, 0.3, 0.5}"),
      constructor(.wishart, example: "print(dist.wishart(4, {{2, 0.5}, {0.5, 1}}):sample())"),
      constructor(.inverseWishart, example: "print(dist.inverse_wishart(6, {{2, 0.5}, {0.5, 1}}):mean())"),
      constructor(.vonMisesFisher, example: "print(dist.von_mises_fisher({0, 0, 1}, 20):sample(2))"),
      .mixture, .truncated, .affine, .product, fit,
    ])

  /// One family's, from its declaration.
  private static func constructor(_ family: Family, example: String) -> Function {
    let parameters = family.parameters.map(Parameter.init)
    let names = family.parameters.map(\.name).joined(separator: ", ")
    return Function(
      "dist.\(family.name)", "\(family.summary) Parameters by position or by name: \(names).", named: parameters,
      returns: "a distribution", example: example
    ) { _, options in DistributionObject(try family.make(parameters.map { options[$0] })) }
  }

  private static let fit = Function(
    "dist.fit", "The distribution of a family under which data are most likely.",
    Parameter("family", .families, "its name; for a product, a table of names, by column"),
    Parameter(
      "x", Kind<Observations>.observations, "a vector, a matrix with a row for each observation, or a table of matrices"
    ),
    .options([weights, trials]), returns: "a distribution",
    example: """
      local d = dist.fit("normal", {1, 2, 4}, {weights = {1, 2, 1}})
      print(d, d.mu)
      print(dist.fit({"normal", "poisson"}, {{1.5, 3}, {0.5, 4}, {2, 2}}))
      """
  ) { call, choice, x, options in
    func sample(matrices: Bool) throws -> Family.Sample {
      let rows: Matrix
      switch x {
      case .numeric(.vector(let v)) where !matrices:
        rows = Matrix(v.storage, offset: v.offset, rows: v.count, columns: 1)
      case .numeric(.matrix(let m)) where !matrices: rows = m
      case .matrices(let all) where matrices: rows = try Matrix.rows(of: all, order: all.first?.rows ?? 1)
      default:
        throw ArgumentError(
          "x", mustBe: matrices ? "a table of matrices" : "a vector or a matrix", got: call.describe(2))
      }
      return Family.Sample(rows: rows, weights: options[weights], trials: options[trials])
    }
    switch choice {
    case .one(let family): return DistributionObject(try family.fit(try sample(matrices: family.takesMatrices)))
    case .product(let families):
      return DistributionObject(try ProductDistribution.fit(families, try sample(matrices: false)))
    }
  }

  private static let weights = Parameter(
    "weights", optional: Kind<Vector>.vector, otherwise: "1 each", "how much each observation counts")
  private static let trials = Parameter(
    "trials", optional: Kind<Double>.number, otherwise: "for multinomial, the sum of the first row",
    "number of trials of binomial and multinomial data")
}

extension Parameter where Value == ParameterValue {
  fileprivate init(_ parameter: Family.Parameter) {
    let kind: Kind<ParameterValue> =
      switch parameter.kind {
      case .number: Kind<Double>.number.map { .number($0) }
      case .vector: Kind<Vector>.vector.map { .vector($0) }
      case .matrix: Kind<Matrix>.matrix.map { .matrix($0) }
      }
    self.init(parameter.name, kind, parameter.summary)
  }
}

/// What `dist.fit` is to fit.
private enum FitTarget {
  case one(Family)
  case product([Family])
}

extension Kind where Value == FitTarget {
  fileprivate static var families: Kind {
    let (name, names) = (Kind<Family>.family, Kind<[Family]>.list(of: .family))
    return Kind("the name of a family or a table of names", type: "string|string[]") {
      call, slot throws -> FitTarget in
      if case .table = call.content(slot) { return .product(try names.read(call, slot)) }
      return .one(try name.read(call, slot))
    }
  }
}

extension Kind where Value == Family {
  static var family: Kind {
    Kind("the name of a family", type: "string") { call, slot throws -> Family in
      guard let name = call.string(slot) else { throw Mismatch(wanted: "the name of a family") }
      if let family = Family.named(name) { return family }
      let known = Family.all.map(\.name)
      let advice = Spelling.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
      throw ArgumentError("unknown family \(quoted(name)) (\(advice ?? "known: " + known.joined(separator: ", ")))")
    }
  }
}
