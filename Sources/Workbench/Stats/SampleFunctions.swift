import Kernels
import Lua

extension Function {
  static let ecdf = Function(
    "stats.ecdf", "The distribution function of a sample.", sample, .options([weights]),
    returns: "an ecdf: call it, or its cdf and quantile",
    example: """
      local F = stats.ecdf{1, 2, 2, 5}
      print(F(2), F{0, 3}, F:quantile(0.5))
      """
  ) { _, x, options in EcdfObject(empirical: try EmpiricalDistribution(x, weights: options[weights])) }

  static let weightedQuantile = Function(
    "stats.weighted_quantile",
    "The smallest number with the share p of the weight at it or below; the middle of two, where the share is p exactly.",
    sample, Parameter<Vector>("weights", .vector, "how much each number counts"),
    Parameter<Numeric>("p", .numeric, "an order between 0 and 1, or several"),
    returns: "a number, or several in the shape of p",
    example: "print(stats.weighted_quantile({1, 2, 3}, {1, 1, 4}, 0.5))  --> 3.0"
  ) { _, x, weights, p in
    func checked(_ order: Double) throws -> Double {
      guard (0...1).contains(order) else { throw ArgumentError("p", mustBe: "between 0 and 1", got: text(order)) }
      return order
    }
    if case .number(let order) = p {
      return Numeric.number(try x.weightedQuantile(try checked(order), weights: weights))
    }
    let empirical = try EmpiricalDistribution(x, weights: weights)
    return try p.eachElement { empirical.quantile(try checked($0)) }
  }

  static let bootstrap = Function(
    "stats.bootstrap", "How sure a statistic is: an interval from samples that are drawn out of the sample.",
    Parameter("x", .data, "a vector, or a matrix with a row for each observation"),
    Parameter("statistic", Kind<Callback>.function, "takes a sample as x is, and returns a number"),
    .options([replicates, confidence, method, seed]), returns: "a bootstrap: estimate, low, high, standard_error, bias",
    example: """
      local waiting = frame.load("faithful").waiting
      print(stats.bootstrap(waiting, function(x) return x:median() end, {seed = 1}))
      """
  ) { call, x, statistic, options in
    let guarded = GuardedCallbacks(call)
    let isVector = call.object(1, as: Matrix.self) == nil && x.columns == 1
    var stream = call.stream(seed: options[seed])
    let bootstrap = try guarded.rethrowing {
      try Bootstrap(
        rows: x.rows, replicates: options[replicates], confidence: options[confidence], options[method], from: &stream
      ) { (rows) throws(Failure) in
        let sample: Numeric = isVector ? .vector(try x.column(0).take(rows)) : .matrix(try x.takeRows(rows))
        return try guarded.result(of: statistic, sample, returning: .number)
      }
    }
    return BootstrapObject(bootstrap: bootstrap, n: x.rows)
  }

  private static let sample = Parameter<Vector>("x", .vector, "the sample")
  private static let weights = Parameter(
    "weights", optional: Kind<Vector>.vector, otherwise: "1 each", "how much each number counts")
  private static let replicates = Parameter("replicates", .integer(10...10_000_000), default: 2000, "samples to draw")
  private static let confidence = Parameter(
    "confidence", .number("between 0 and 1", "a number") { $0 > 0 && $0 < 1 }, default: 0.95,
    "how often the interval should hold the true value")
  private static let method = Parameter(
    "method", Kind<Bootstrap.Method>.choice, default: .percentile,
    "quantiles of the replicates, these mirrored at the estimate, or bias-corrected and accelerated")
  private static let seed = Parameter(
    "seed", optional: Kind<Int>.integer, otherwise: "from the default stream", "fixes the samples")
}

extension Numeric {
  /// f of each element, in the same shape.
  func eachElement(_ f: (Double) throws -> Double) throws -> Numeric {
    switch self {
    case .number(let x): return .number(try f(x))
    case .vector(let v): return .vector(try Vector(try v.array.map(f)))
    case .matrix(let m):
      let values = try Vector(try m.elements.array.map(f))
      return .matrix(Matrix(values.storage, rows: m.rows, columns: m.columns))
    }
  }
}
