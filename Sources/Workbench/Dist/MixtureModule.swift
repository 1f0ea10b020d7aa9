import Kernels
import Lua

extension Function {
  static let mixture = Function(
    "dist.mixture",
    "A mixture of distributions. It is a distribution too, and can be a component again. Numbers of every kind mix: "
      + "with dist.point(0) among continuous components, pdf(0) is a probability.",
    Parameter<Dual>("weights", .dualVector, "the share of each component; their sum is 1"),
    Parameter("components", .list(of: Kind<AnyDistributionObject>.distribution), "distributions"),
    returns: "a distribution",
    example: """
      local m = dist.mixture({0.3, 0.7}, {dist.normal(0, 1), dist.normal(5, 2)})
      print(m:mean(), m:quantile(0.5), m:sample(3))
      print(m:posterior{0, 2.5, 5})
      """
  ) { _, weights, components -> AnyDistributionObject in
    guard case .vector(let shares) = weights.primal else { preconditionFailure("a vector was read") }
    let mixture = try makeMixture(weights: shares.array, components.map(\.plain))
    if !weights.moves, components.allSatisfy({ !$0.moves }) { return .still(DistributionObject(mixture)) }
    return .moving(
      DualDistributionObject(
        value: DualDistribution(mixture: mixture, weights: weights, try components.map { try $0.dual })))
  }
}

/// Of univariate components or of multivariate ones.
func makeMixture(weights: [Double], _ parts: [any Distribution]) throws -> any Mixture {
  let one = parts.compactMap { $0 as? any UnivariateDistribution }
  if one.count == parts.count { return try UnivariateMixture(weights: weights, components: one) }
  let several = parts.compactMap { $0 as? any MultivariateDistribution }
  guard several.count == parts.count else {
    throw ArgumentError("components must all be of one dimension, got some of one and some of several")
  }
  return try MultivariateMixture(weights: weights, components: several)
}

extension [Function] {
  /// What a mixture can do besides.
  static let mixtureVerbs: [Function] = [
    Function(
      "distribution:posterior", "Of a mixture: how likely each component is to have made each row.", object, rows,
      returns: "a matrix, rows x components; each row sums to 1, or is NaN where no component can have made it",
      example: """
        local m = dist.mixture({0.5, 0.5}, {dist.normal(0, 1), dist.normal(3, 1)})
        print(m:posterior{0, 1.5, 3})
        """
    ) { call, d, x in try d.mixture("posterior").posterior(try d.rows(x, call)) },
    Function(
      "distribution:classify", "Of a mixture: the component that most likely made each row.", object, rows,
      returns: "a vector of numbers from 1; NaN where no component can have made the row",
      example: """
        local m = dist.mixture({0.5, 0.5}, {dist.normal(0, 1), dist.normal(3, 1)})
        print(m:classify{0, 1, 3})
        """
    ) { call, d, x in try d.mixture("classify").classify(try d.rows(x, call)) },
  ]

  private static let object = Parameter<DistributionObject>("self", .object, "the mixture")
  private static let rows = Parameter(
    "x", Kind<Observations>.observations, "a vector, a matrix with a row for each observation, or a table of matrices")
}

extension DistributionObject {
  /// A row for each value of the mixture.
  fileprivate func rows(_ x: Observations, _ call: Call) throws -> Matrix {
    if let d = value as? any MultivariateDistribution, d.order != nil { return try x.rows(of: d, "x", call).0 }
    if case .numeric(let numeric) = x, let rows = numeric.asRows { return rows }
    throw ArgumentError("x", mustBe: "a vector or a matrix", got: call.describe(2))
  }

  fileprivate func mixture(_ verb: String) throws -> any Mixture {
    guard let mixture = value as? any Mixture else {
      throw ArgumentError("only a mixture has a \(verb), this is \(brief)")
    }
    return mixture
  }
}

extension Kind where Value == any Mixture {
  static var mixture: Kind {
    Kind("a mixture", type: "distribution") { call, slot in
      call.object(slot, as: DistributionObject.self)?.value as? any Mixture
    }
  }
}
