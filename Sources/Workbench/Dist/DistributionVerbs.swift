import Kernels
import Lua

extension [Function] {
  /// Functions of values, and samples.
  static let distributionVerbs = [
    verb(
      "pdf", "Density; the probability, where values are counts.", example: "print(dist.normal(0, 1):pdf{-1, 0, 1})",
      one: { d, x in try d.values(of: d.pdf(_:into:), x) }, several: { d, rows in try d.pdf(rows) },
      moving: { d, x in try DualFunction.exp(try d.logpdf(observed: x)) }),
    verb(
      "logpdf", "Logarithm of the density.", example: "print(dist.binomial(10, 0.6):logpdf(vector{5, 9}):sum())",
      one: { d, x in try d.values(of: d.logpdf(_:into:), x) }, several: { d, rows in try d.logpdf(rows) },
      moving: { d, x in try d.logpdf(observed: x) }),
    verb(
      "cdf", "P(X <= x), in every coordinate.", example: "print(dist.normal(0, 1):cdf(1.96))",
      one: { d, x in try d.values(of: d.cdf(_:into:), x, chunk: slowly) }, several: { d, rows in try d.cdf(rows) }),
    verb(
      "ccdf", "P(X > x), exact where it is small.", example: "print(dist.normal(0, 1):ccdf(20))",
      one: { d, x in try d.values(of: d.ccdf(_:into:), x, chunk: slowly) },
      unlessSeveral: "above a row can mean in any coordinate, or in all"),
    verb(
      "quantile", "The smallest x with cdf(x) >= p.", "p", example: "print(dist.normal(0, 1):quantile(0.975))",
      one: { d, p in try d.values(of: d.quantile(_:into:), p, chunk: slowly) },
      unlessSeveral: "rows have no order"),
    Function(
      "distribution:sample", "Random draws.", .distribution,
      Parameter("n", optional: Kind<Int>.integer(0...), otherwise: "one draw by itself", "how many"),
      .stream, returns: "a number or a row, n of them in a vector or a matrix; a matrix, n of them in a table",
      example: """
        random.seed(1)
        print(dist.normal(0, 1):sample(3))
        print(dist.multinomial(10, {0.6, 0.4}):sample())
        """
    ) { call, d, n, source -> Draws in
      let source = source ?? call.defaultSource
      return try d.value.visit {
        let draws = try $0.sample(n ?? 1, from: &source.stream)
        return .numeric(n == nil ? .number(draws[0]) : .vector(draws))
      } several: { d in
        let draws = try d.sample(n ?? 1, from: &source.stream)
        if n == nil { return .numeric(try d.shaped(draws.elements)) }
        return d.order.map { .matrices(draws, order: $0) } ?? .numeric(.matrix(draws))
      }
    },
  ]

  /// `one` and `several`: the verb for values of one dimension, and for rows of several; without that, why there is none.
  /// `moving`: for values along which a derivative is being taken, where it has one.
  private static func verb(
    _ name: String, _ summary: String, _ argument: String = "x", example: String,
    one: @escaping @Sendable (any UnivariateDistribution, Vector) throws -> Vector,
    unlessSeveral reason: String = "",
    several: (@Sendable (any MultivariateDistribution, Matrix) throws -> Vector)? = nil,
    moving: (@Sendable (DualDistribution, Dual) throws -> Dual)? = nil
  ) -> Function {
    let values = Parameter(
      argument, Kind<Observations>.observations,
      "numbers; in several dimensions a row or a matrix of rows, of matrices one or a table of them")
    return Function(
      "distribution:\(name)", summary, .distribution, values,
      returns: "a number for each, in the shape of \(argument); a vector for rows and tables",
      example: example
    ) { call, d, x -> Dual in
      if case .moving(let x) = x {
        guard let moving else { throw d.value.hasNo(name, because: "only pdf and logpdf can be differentiated") }
        return try moving(try DualDistribution(d.value), x)
      }
      let result: Numeric = try d.value.visit { d in
        guard case .numeric(let x) = x else {
          throw ArgumentError(argument, mustBe: "a number, a vector or a matrix", got: call.describe(2))
        }
        return try x.mapped { try one(d, $0) }
      } several: { d in
        guard let several else { throw d.hasNo(name, because: reason) }
        let (rows, isSingle) = try x.rows(of: d, argument, call)
        let result = try several(d, rows)
        return isSingle ? .number(result[0]) : .vector(result)
      }
      return .constant(result)
    }
  }

  /// Values between two looks for an interrupt, where one may take 100 µs.
  private static let slowly = 512
}

extension Distribution {
  /// Why a verb has no answer.
  func hasNo(_ verb: String, because reason: String) -> Failure {
    Failure(.argument, "\(family) has no \(verb): \(reason)")
  }
}

extension Numeric {
  fileprivate func mapped(_ f: (Vector) throws -> Vector) throws -> Numeric {
    switch self {
    case .number(let x): .number(try f(Vector([x]))[0])
    case .vector(let x): .vector(try f(x))
    case .matrix(let x): .matrix(Matrix(try f(x.elements).storage, rows: x.rows, columns: x.columns))
    }
  }
}
