import Kernels
import Lua

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
