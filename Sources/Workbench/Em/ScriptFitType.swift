import Kernels
import Lua

/// A fit of a script's own family as a script holds it. It keeps the family's table, whose functions its methods call.
struct ScriptFitObject: ScriptObject {
  static let scriptType = ScriptType("family fit")
  let fit: OwnFit
  let warnings: [String]

  var nativeBytes: Int { fit.trace.count * MemoryLayout<Double>.stride }
  var brief: String { "fit of \(fit.k) \(fit.family) components" }

  /// body: with the family, ready to be called
  fileprivate func withFamily<R>(_ call: Call, _ body: (OwnFamily) throws -> R) throws -> R {
    guard let family = try call.withKept(1, { try ScriptFamily(call, $0) }) else {
      throw ArgumentError("the family's table was changed")
    }
    let guarded = GuardedCallbacks(call)
    return try guarded.rethrowing { try body(family.own(call, guarded) { _ in }) }
  }

  fileprivate var text: String {
    let facts = ["\(fit.family) mixture", "k = \(fit.k)", "n = \(fit.n)"] + (fit.fixesWeights ? ["fixed weights"] : [])
    let lines = [facts.joined(separator: " · "), fit.numbers, fit.ending]
    return (lines + warnings.map { "  warning: \($0)" } + [""] + table).joined(separator: "\n")
  }

  private static let mostRows = 15

  private var table: [String] {
    let shown = min(fit.k, ScriptFitObject.mostRows)
    var blocks = [
      aligned(["component"] + (1...shown).map { "\($0)" }, left: true),
      aligned(["weight"] + fit.model.weights.prefix(shown).map { fixed($0, decimals: 4) }, left: false),
    ]
    for (i, name) in fit.parameterNames.enumerated() {
      let values = fit.model.parameters.map { $0[i] }
      let places = decimals(of: values, digits: 5)
      blocks.append(aligned([name] + values.prefix(shown).map { fixed($0, decimals: places) }, left: false))
    }
    let (lines, hidden) = sideBySide(blocks)
    let more = [
      fit.k > shown ? "  … and \(fit.k - shown) more components: see fit.components" : nil,
      hidden > 0 ? "  … and \(hidden) more parameters: see fit.components" : nil,
    ]
    return lines + more.compactMap { $0 }
  }
}

extension TypeDeclaration {
  static let scriptFit = TypeDeclaration(
    ScriptFitObject.self,
    "A fitted mixture of a family from em.family: what it is, how it was found, and how sure that is.",
    methods: [
      method("posterior", "How likely each component is to have made each element.", "a matrix, elements x k") {
        .matrix(try $0.posterior($1, $2))
      },
      method("classify", "The component that most likely made each element.", "a vector of numbers from 1 to k") {
        let posterior = try $0.posterior($1, $2)
        return .vector(
          try Vector((0..<posterior.rows).map { i in Double(try posterior.row(i).argmax() + 1) }))
      },
      method("logpdf", "The log-density of the mixture.", "a vector") { .vector(try $0.logpdf($1, $2)) },
    ],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(family fit)", "The whole story, on one screen.", object, returns: "a string",
          example: exampleOf("print(fit)")
        ) { _, fit in fit.text })
    ],
    fields: [
      Field("weights", "vector", "shares of the components") { try Vector($0.fit.model.weights) },
      Field("components", "table[]", "parameters of each component, by name") { object in
        object.fit.model.parameters.map { values in Record(zip(object.fit.parameterNames, values).map { ($0, $1) }) }
      },
      Field("warnings", "string[]", "what is doubtful, such as a gradient that is not that of logpdf") { $0.warnings },
    ] + .ofFit)

  private static let object = Parameter<ScriptFitObject>("self", .object, "the fit")

  private static func exampleOf(_ use: String) -> String {
    """
    local expo = em.family{
      name = "exponential", parameters = {rate = "positive"},
      logpdf = function(x, p) return x * -p.rate + math.log(p.rate) end,
      fit = function(x, w) return {rate = w:sum() / x:dot(w)} end,
    }
    local parts = {dist.exponential(1), dist.exponential(20)}
    local x = dist.mixture({0.4, 0.6}, parts):sample(300)
    local fit = em.fit(x, {family = expo, k = 2, seed = 1})
    \(use)
    """
  }

  private static func method(
    _ name: String, _ summary: String, _ result: String,
    _ body: @escaping @Sendable (OwnFamily, Vector, OwnMixture) throws -> Numeric
  ) -> Function {
    Function(
      "family fit:\(name)", summary, object, Parameter<Vector>("x", .vector, "a vector"), returns: result,
      example: exampleOf("print(fit:\(name)(x))")
    ) { call, fit, x in try fit.withFamily(call) { try body($0, x, fit.fit.model) } }
  }
}
