import Kernels
import Lua

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
