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
    let empirical = try EmpiricalDistribution(x, weights: weights)
    return try p.eachElement { order in
      guard (0...1).contains(order) else { throw ArgumentError("p", mustBe: "between 0 and 1", got: text(order)) }
      return empirical.quantile(order)
    }
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
    var stream =
      options[seed].map { RandomStream(seed: UInt64(bitPattern: Int64($0))) } ?? call.defaultSource.stream.split()
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

/// A sample's distribution function as a script holds it.
struct EcdfObject: ScriptObject {
  static let scriptType = ScriptType("ecdf")
  let empirical: EmpiricalDistribution
  var nativeBytes: Int { 2 * empirical.values.count * MemoryLayout<Double>.stride }
  var brief: String { "ecdf of \(empirical.count)" }
}

extension TypeDeclaration {
  static let ecdf = TypeDeclaration(
    EcdfObject.self, "The distribution function of a sample.",
    methods: [
      Function(
        "ecdf:cdf", "The share of the sample at x or below.", object, places, returns: "numbers in the shape of x",
        example: "print(stats.ecdf{1, 2, 2, 5}:cdf{0, 2, 9})  --> vector{0, 0.75, 1}"
      ) { _, f, x in try x.eachElement { f.empirical.cdf($0) } },
      Function(
        "ecdf:quantile",
        "The smallest number with the share p at it or below; the middle of two, where the share is p exactly.", object,
        Parameter<Numeric>("p", .numeric, "orders between 0 and 1"), returns: "numbers in the shape of p; NaN beyond",
        example: "print(stats.ecdf{1, 2, 2, 5}:quantile{0.25, 0.5})  --> vector{1.5, 2}"
      ) { _, f, p in try p.eachElement { f.empirical.quantile($0) } },
    ],
    operators: [
      Operator(
        "__call",
        Function(
          "ecdf(x)", "The share of the sample at x or below.", object, places, returns: "numbers in the shape of x",
          example: "print(stats.ecdf{1, 2, 2, 5}(2))  --> 0.75"
        ) { _, f, x in try x.eachElement { f.empirical.cdf($0) } }),
      Operator(
        "__tostring",
        Function(
          "tostring(ecdf)", "How large the sample is, and its range.", object, returns: "a string",
          example: "print(stats.ecdf{1, 2, 2, 5})"
        ) { _, f in
          let values = f.empirical.values
          let ends = "\(text(values[0])) to \(text(values[values.count - 1]))"
          return "ecdf · n = \(f.empirical.count) · \(values.count) distinct, \(ends)"
        }),
    ],
    fields: [
      Field("values", "vector", "the distinct numbers, ascending") { try $0.empirical.values.copy() },
      Field("n", "integer", "the size of the sample") { $0.empirical.count },
    ])

  private static let object = Parameter<EcdfObject>("self", .object, "the ecdf")
  private static let places = Parameter<Numeric>("x", .numeric, "a number or an array")
}

/// What a bootstrap found, as a script holds it.
struct BootstrapObject: ScriptObject {
  static let scriptType = ScriptType("bootstrap")
  let bootstrap: Bootstrap
  let n: Int
  var nativeBytes: Int { bootstrap.replicates.count * MemoryLayout<Double>.stride }
  var brief: String { "bootstrap of \(bootstrap.replicates.count) replicates" }

  fileprivate var text: String {
    get throws {
      let b = bootstrap
      let error = Lua.text(try b.standardError)
      return """
        bootstrap · n = \(n) · \(b.replicates.count) replicates
          estimate \(Lua.text(b.estimate))    standard error \(error)    bias \(Lua.text(try b.bias))
          \(Lua.text(100 * b.confidence))% \(b.method.rawValue) interval \(Lua.text(b.low)) to \(Lua.text(b.high))
        """
    }
  }
}

extension TypeDeclaration {
  static let bootstrap = TypeDeclaration(
    BootstrapObject.self, "How sure a statistic is.", methods: [],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(bootstrap)", "The estimate and how sure it is.",
          Parameter<BootstrapObject>("bootstrap", .object, "the bootstrap"), returns: "a string",
          example: "print(stats.bootstrap({1, 2, 4, 8}, function(x) return x:mean() end))"
        ) { _, b in try b.text })
    ],
    fields: [
      Field("estimate", "number", "the statistic of the sample") { $0.bootstrap.estimate },
      Field("low", "number", "the lower end of the interval") { $0.bootstrap.low },
      Field("high", "number", "its upper end") { $0.bootstrap.high },
      Field("standard_error", "number", "the standard deviation of the replicates") { try $0.bootstrap.standardError },
      Field("bias", "number", "their mean less the estimate") { try $0.bootstrap.bias },
      Field("replicates", "vector", "the statistic of each sample drawn") { try $0.bootstrap.replicates.copy() },
    ])
}
