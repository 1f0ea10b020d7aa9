/// A kind of distribution as a user sees it: a name, and parameters by which one is made. What is said here once drives the
/// constructors, fields and documentation of every front end.
package struct Family: Sendable {
  /// The name in Lua: `normal` of `dist.normal`.
  package let name: String
  /// One line.
  package let summary: String
  /// In canonical order.
  package let parameters: [Parameter]
  /// Throws `.argument` or `.shape` for parameters out of range. Values come in canonical order, each of its kind.
  package let make: @Sendable ([ParameterValue]) throws(Failure) -> any Distribution
  /// Weighted maximum likelihood. Throws where data are outside the support, or do not determine the parameters.
  package let fit: @Sendable (Sample) throws(Failure) -> any Distribution
  /// Whether values are square matrices, and rows of a sample their elements, column after column.
  package var takesMatrices = false
  /// Whether values are rows of several numbers.
  package var takesRows = false

  package struct Parameter: Sendable {
    package enum Kind: Sendable { case number, vector, matrix }

    package let name: String
    package let kind: Kind
    /// What it is and its range.
    package let summary: String
  }

  /// Data of a fit. rows: n × d, one column for univariate families · weights: n, 1 each where there are none · trials: of
  /// count data, where they are known
  package struct Sample: Sendable {
    package let rows: Matrix
    package let weights: Vector?
    package let trials: Double?

    package init(rows: Matrix, weights: Vector? = nil, trials: Double? = nil) {
      self.rows = rows
      self.weights = weights
      self.trials = trials
    }
  }

  package static let all: [Family] = [
    .normal, .binomial, .multivariateNormal, .multinomial,
    .exponential,
    .logNormal,
    .gamma,
    .inverseGamma,
    .chiSquared,
    .weibull,
    .halfNormal,
    .uniform,
    .laplace,
    .logistic,
    .cauchy,
    .gumbel,
    .pareto,
    .triangular,
    .inverseGaussian,
    .vonMises,
    .bernoulli,
    .poisson,
    .geometric,
    .negativeBinomial,
    .categorical,
    .discreteUniform,
    .point,
    .hypergeometric,
    .betaBinomial,
    .multivariateT,
    .dirichlet,
    .wishart,
    .inverseWishart,
    .vonMisesFisher,
  ]

  package static func named(_ name: String) -> Family? { all.first { $0.name == name } }
}

extension Family {
  package static let normal = Family(
    name: "normal", summary: "Normal distribution.",
    parameters: [
      Parameter(name: "mu", kind: .number, summary: "mean"),
      Parameter(name: "sigma", kind: .number, summary: "standard deviation, positive"),
    ],
    make: { (values) throws(Failure) in try Normal(mu: values[0].number, sigma: values[1].number) },
    fit: { (sample) throws(Failure) in try Normal.fit(try sample.column, weights: sample.weights) })

  package static let binomial = Family(
    name: "binomial", summary: "Number of successes in independent trials.",
    parameters: [
      Parameter(name: "trials", kind: .number, summary: "number of trials, an integer"),
      Parameter(name: "p", kind: .number, summary: "probability of success, from 0 to 1"),
    ],
    make: { (values) throws(Failure) in try Binomial(trials: values[0].number, p: values[1].number) },
    fit: { (sample) throws(Failure) in
      guard let trials = sample.trials else { throw Failure(.argument, "a binomial fit needs the number of trials") }
      return try Binomial.fit(try sample.column, trials: trials, weights: sample.weights)
    })

  package static let multivariateNormal = Family(
    name: "mvnormal", summary: "Multivariate normal distribution.",
    parameters: [
      Parameter(name: "mu", kind: .vector, summary: "mean of each column"),
      Parameter(name: "cov", kind: .matrix, summary: "covariance, symmetric and positive definite"),
    ],
    make: { (values) throws(Failure) in try MultivariateNormal(mu: values[0].vector, cov: values[1].matrix) },
    fit: { (sample) throws(Failure) in try MultivariateNormal.fit(sample.rows, weights: sample.weights) },
    takesRows: true)

  package static let multinomial = Family(
    name: "multinomial", summary: "Counts of each category in independent trials.",
    parameters: [
      Parameter(name: "trials", kind: .number, summary: "number of trials, an integer"),
      Parameter(name: "p", kind: .vector, summary: "probability of each category, with a sum of 1"),
    ],
    make: { (values) throws(Failure) in try Multinomial(trials: values[0].number, p: values[1].vector) },
    fit: { (sample) throws(Failure) in
      try Multinomial.fit(sample.rows, trials: sample.trials, weights: sample.weights)
    },
    takesRows: true)
}

extension Family.Sample {
  /// The data of a univariate family.
  var column: Vector {
    get throws(Failure) {
      guard rows.columns == 1 else { throw Failure(.shape, "one column of data is wanted, got \(rows.columns)") }
      return rows.column(0)
    }
  }
}

// Kinds are checked by whoever calls `make`: a wrong one is a mistake in the program.
extension ParameterValue {
  var number: Double {
    guard case .number(let value) = self else { preconditionFailure("a number is wanted") }
    return value
  }

  var vector: Vector {
    guard case .vector(let value) = self else { preconditionFailure("a vector is wanted") }
    return value
  }

  var matrix: Matrix {
    guard case .matrix(let value) = self else { preconditionFailure("a matrix is wanted") }
    return value
  }
}
