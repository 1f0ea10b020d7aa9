import Kernels
import Lua

extension [Function] {
  /// What a distribution is known for.
  static let distributionMoments = [
    moment(
      "mean", "The mean; NaN where there is none, as for cauchy.", one: { $0.mean }, several: { try $0.mean.copy() },
      example: "print(dist.binomial(10, 0.6):mean())  --> 6.0"),
    moment(
      "variance", "The variance, in several dimensions of each coordinate; covariance has the matrix.",
      one: { $0.variance }, several: { try $0.variance.copy() },
      example: "print(dist.normal(0, 3):variance())  --> 9.0"),
    moment(
      "sd", "The standard deviation.", one: { $0.sd },
      several: { d in try Vector(try d.variance.array.map { $0.squareRoot() }) },
      example: "print(dist.normal(0, 3):sd())  --> 3.0"),
    moment(
      "mode", "The value of largest density.", one: { $0.mode }, several: { try $0.mode.copy() },
      example: "print(dist.multinomial(10, {0.25, 0.75}):mode())"),
    Function(
      "distribution:covariance", "The covariance matrix; of matrices, that of their elements column after column.",
      .distribution,
      returns: "a matrix; a number in one dimension",
      example: "print(dist.multinomial(10, {0.6, 0.4}):covariance())"
    ) { _, d -> Numeric in
      try d.value.visit(one: { .number($0.variance) }, several: { .matrix(try $0.covariance.copy()) })
    },
    Function(
      "distribution:entropy", "The entropy in nats: differential, where the distribution is continuous.", .distribution,
      returns: "a number", example: "print(dist.normal(0, 1):entropy())"
    ) { _, d in
      let entropy = d.value.entropy
      guard !entropy.isNaN else {
        throw d.value.hasNo(
          "entropy", because: "no closed form or short sum is known; estimate it by -d:logpdf(d:sample(1e6)):mean()")
      }
      return entropy
    },
    Function(
      "distribution:support", "Where the density is not zero.", .distribution,
      returns: "a table: kind and, as they apply, low, high, dimension, total, order, parts",
      example: "print(dist.binomial(10, 0.6):support().high)  --> 10.0"
    ) { _, d in d.value.support.record },
    Function(
      "distribution:parameters", "The parameters.", .distribution, returns: "a table of them, by name",
      example: "print(dist.normal(0, 1):parameters().sigma)  --> 1.0"
    ) { _, d in Record(try d.value.parameters.map { ($0.name, try $0.value.forScripts()) }) },
  ]

  private static func moment(
    _ name: String, _ summary: String, one: @escaping @Sendable (any UnivariateDistribution) throws -> Double,
    several: @escaping @Sendable (any MultivariateDistribution) throws -> Vector, example: String
  ) -> Function {
    Function(
      "distribution:\(name)", summary, .distribution,
      returns: "a number; in several dimensions a vector, of matrices a matrix",
      example: example
    ) { _, d -> Numeric in
      try d.value.visit(one: { .number(try one($0)) }, several: { try $0.shaped(try several($0)) })
    }
  }
}

extension Support {
  fileprivate var record: Record {
    switch self {
    case .interval(let low, let high): Record([("kind", "interval"), ("low", low), ("high", high)])
    case .integers(let low, let high): Record([("kind", "integers"), ("low", low), ("high", high)])
    case .atoms(let low, let high): Record([("kind", "atoms"), ("low", low), ("high", high)])
    case .mixed(let low, let high): Record([("kind", "mixed"), ("low", low), ("high", high)])
    case .space(let dimension): Record([("kind", "space"), ("dimension", dimension)])
    case .counts(let total, let categories):
      Record([("kind", "counts"), ("total", total), ("dimension", categories)])
    case .simplex(let dimension): Record([("kind", "simplex"), ("dimension", dimension)])
    case .sphere(let dimension): Record([("kind", "sphere"), ("dimension", dimension)])
    case .positiveDefinite(let order): Record([("kind", "positive_definite"), ("order", order)])
    case .product(let parts): Record([("kind", "product"), ("parts", parts.map(\.record))])
    }
  }
}
