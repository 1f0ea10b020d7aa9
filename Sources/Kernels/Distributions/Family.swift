/// A kind of distribution as a user sees it: a name, and parameters by which one is made. What is said here once drives the
/// constructors, fields, fits and documentation of every front end.
package struct Family: Sendable {
  /// The name in Lua: `normal` of `dist.normal`.
  package let name: String
  /// One line.
  package let summary: String
  package let values: Values
  /// In canonical order.
  package let parameters: [Parameter]
  /// Other ways to say a parameter.
  package let alternatives: [Alternative]
  package let facts: Facts
  /// Throws `.argument` or `.shape` for parameters out of range. Values come in canonical order, each of its kind.
  package let make: @Sendable ([ParameterValue]) throws(Failure) -> any Distribution
  /// Weighted maximum likelihood. Throws where data are outside the support, or do not determine the parameters.
  package let fit: @Sendable (Sample) throws(Failure) -> any Distribution
  /// Whether values are square matrices, and rows of a sample their elements, column after column.
  package let takesMatrices: Bool
  /// Whether values are rows of several numbers.
  package var takesRows: Bool { values == .multivariate && !takesMatrices }
  /// The same over some of the parameters, where the general search for these will not do.
  let fitHolding: (@Sendable (Sample, _ held: [String: ParameterValue]) throws(Failure) -> any Distribution)?

  init(
    name: String, summary: String, values: Values? = nil, parameters: [Parameter], alternatives: [Alternative] = [],
    facts: Facts = Facts(), make: @escaping @Sendable ([ParameterValue]) throws(Failure) -> any Distribution,
    fit: @escaping @Sendable (Sample) throws(Failure) -> any Distribution,
    fitHolding: (@Sendable (Sample, _ held: [String: ParameterValue]) throws(Failure) -> any Distribution)? = nil,
    takesMatrices: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.values = values ?? (parameters.allSatisfy { $0.kind == .number } ? .continuous : .multivariate)
    self.parameters = parameters
    self.alternatives = alternatives
    self.facts = facts
    self.make = make
    self.fit = fit
    self.fitHolding = fitHolding
    self.takesMatrices = takesMatrices
  }

  package enum Values: Sendable { case continuous, discrete, multivariate }

  package struct Parameter: Sendable {
    package enum Kind: Sendable { case number, vector, matrix }

    /// Where a parameter may lie, by itself; what several must be together, `make` knows.
    package enum Range: Sendable {
      case real, positive, notNegative
      /// 0 and 1 included.
      case probability
      /// 0 excluded.
      case fraction
      case integer
      /// An end of the values: the closer it is to the data, the likelier these are.
      case lowerEnd, upperEnd
      case probabilities, positiveDefinite

      /// In words, where its meaning does not say it.
      fileprivate var words: String? {
        switch self {
        case .real, .lowerEnd, .upperEnd: nil
        case .positive: "positive"
        case .notNegative: "not negative"
        case .probability: "from 0 to 1"
        case .fraction: "above 0 and at most 1"
        case .integer: "an integer"
        case .probabilities: "with a sum of 1"
        case .positiveDefinite: "symmetric and positive definite"
        }
      }
    }

    package private(set) var name: String
    package let kind: Kind
    package let range: Range
    private let meaning: String

    /// summary: what it is, without its range where that is given
    init(name: String, kind: Kind, range: Range = .real, summary: String) {
      self.name = name
      self.kind = kind
      self.range = range
      meaning = summary
    }

    /// The same, by another name.
    func named(_ name: String) -> Parameter {
      var copy = self
      copy.name = name
      return copy
    }

    /// What it is and its range.
    package var summary: String { range.words.map { "\(meaning), \($0)" } ?? meaning }
  }

  /// A name that stands for a parameter: `scale` for the `rate` of gamma.
  package struct Alternative: Sendable {
    package let parameter: Parameter
    /// The parameter that it takes the place of.
    package let replaced: String
    /// That parameter, from the value of this one and from the other parameters.
    package let convert: @Sendable (_ value: Double, _ others: (String) -> Double) throws(Failure) -> Double

    init(
      _ name: String, for replaced: String, _ summary: String, range: Parameter.Range = .positive,
      convert: @escaping @Sendable (_ value: Double, _ others: (String) -> Double) throws(Failure) -> Double
    ) {
      parameter = Parameter(name: name, kind: .number, range: range, summary: summary)
      self.replaced = replaced
      self.convert = convert
    }
  }

  /// What a reader looks up, as plain text of at most 66 columns; "" where there is no closed form.
  package struct Facts: Sendable {
    /// `p(x) = rate · exp(−rate·x)`
    var density = ""
    /// `x ≥ 0`
    var domain = ""
    var mean = ""
    var variance = ""
    var mode = ""
    var entropy = ""
    /// A script that runs.
    package var example = ""
    /// A script that draws the density on a figure, `fig`.
    package var picture = ""

    /// With their names, in the order of a page.
    package var rows: [(name: String, text: String)] {
      let all = [
        ("density", density), ("domain", domain), ("mean", mean), ("variance", variance), ("mode", mode),
        ("entropy", entropy),
      ]
      return all.filter { !$0.1.isEmpty }
    }
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
    .beta,
    .f,
    .studentT,
    .skewNormal,
    .multivariateT,
    .dirichlet,
    .wishart,
    .inverseWishart,
    .vonMisesFisher,
  ]

  /// By names, of alternatives too. Every parameter is there once, in one way or the other; each of its kind.
  package func make(named given: [String: ParameterValue]) throws(Failure) -> any Distribution {
    var values = given
    for alternative in alternatives {
      guard case .number(let value)? = given[alternative.parameter.name] else { continue }
      try alternative.parameter.check(.number(value))
      values[alternative.replaced] = .number(
        try alternative.convert(value) { if case .number(let x)? = given[$0] { x } else { .nan } })
    }
    var ordered: [ParameterValue] = []
    for parameter in parameters {
      guard let value = values[parameter.name] else { throw Failure(.argument, "\(parameter.name) is missing") }
      ordered.append(value)
    }
    return try make(ordered)
  }

  package static func named(_ name: String) -> Family? { all.first { $0.name == name } }
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
