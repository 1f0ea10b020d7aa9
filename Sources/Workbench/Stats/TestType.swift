import Kernels
import Lua

/// A test's outcome as a script holds it.
struct TestObject: ScriptObject {
  static let scriptType = ScriptType("test")
  let name: String
  let setting: String
  let symbol: String
  let alternative: Alternative
  let statistic, pValue: Double
  let method: String

  var brief: String { "test" }

  fileprivate var text: String {
    let side = alternative == .twoSided ? "" : " · \(alternative.rawValue)"
    return "\(name) · \(setting)\(side)\n  \(symbol) \(Lua.text(statistic))    p-value \(Lua.text(pValue)) (\(method))"
  }
}

extension TypeDeclaration {
  static let test = TypeDeclaration(
    TestObject.self, "How a test came out.", methods: [],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(test)", "What was held against what, and how it came out.",
          Parameter<TestObject>("test", .object, "the test"), returns: "a string",
          example: "print(stats.ks_test({0.1, 0.4, 0.7}, dist.uniform(0, 1)))"
        ) { _, test in test.text })
    ],
    fields: [
      Field("statistic", "number", "the distance") { $0.statistic },
      Field("p_value", "number", "how likely a distance as large is by chance") { $0.pValue },
      Field("alternative", "string", "two_sided, greater or less") { $0.alternative.rawValue },
      Field("method", "string", "how the p-value was found") { $0.method },
    ])
}
