import Kernels
import Lua

extension Function {
  static let truncated = Function(
    "dist.truncated", "The distribution of a number given that it lies between two ends, both included.",
    base,
    Parameter("low", Kind<Double>.number, "the lower end; -math.huge for none"),
    Parameter("high", Kind<Double>.number, "the upper end; math.huge for none"),
    returns: "a distribution",
    example: """
      local d = dist.truncated(dist.normal(0, 1), 0, math.huge)
      print(d:mean(), d:quantile(0.5), d:sample(3))
      """
  ) { _, d, low, high in DistributionObject(try Truncated(try d.univariate, low: low, high: high)) }

  static let affine = Function(
    "dist.affine", "The distribution of shift + scale * x, where x has another distribution.",
    base,
    Parameter("shift", Kind<Double>.finite, "what is added"),
    Parameter("scale", Kind<Double>.finite, "what is multiplied with, not 0"),
    returns: "a distribution",
    example: """
      local d = dist.affine(dist.binomial(10, 0.6), 1, -2)
      print(d:mean(), d:pdf{-11, -10})
      """
  ) { _, d, shift, scale in DistributionObject(try Affine(try d.univariate, shift: shift, scale: scale)) }

  static let product = Function(
    "dist.product", "Independent distributions side by side, of any families: the first column is of the first one.",
    Parameter(
      "distributions", .list(of: Kind<DistributionObject>.object),
      "a column each, or as many as they have dimensions"),
    returns: "a distribution of rows",
    example: """
      local d = dist.product{dist.normal(0, 1), dist.poisson(3)}
      print(d:sample(2), d:logpdf{0.5, 2}, d:mean())
      """
  ) { _, parts in DistributionObject(try ProductDistribution(parts.map(\.value))) }

  private static let base = Parameter<DistributionObject>("distribution", .object, "a univariate distribution")
}

extension DistributionObject {
  fileprivate var univariate: any UnivariateDistribution {
    get throws {
      if let d = value as? any UnivariateDistribution { return d }
      throw ArgumentError("distribution must be univariate, this is \(brief) in \(value.dimension) dimensions")
    }
  }
}
