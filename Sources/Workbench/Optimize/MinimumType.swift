import Kernels
import Lua

/// Where a search has ended, as a script holds it.
struct MinimumObject: ScriptObject {
  static let scriptType = ScriptType("minimum")
  let minimum: Minimiser.Minimum
  let algorithm: Minimiser.Algorithm

  var nativeBytes: Int { minimum.x.count * MemoryLayout<Double>.stride }
  var brief: String { "minimum of \(minimum.x.count) numbers" }

  fileprivate var text: String {
    get throws {
      let evaluations = minimum.evaluations == 1 ? "1 evaluation" : "\(minimum.evaluations) evaluations"
      let how =
        switch minimum.outcome {
        case .converged: "converged in \(evaluations)"
        case .maxEvaluations: "not converged: max_evaluations reached after \(evaluations)"
        case .stalled: "not converged: no step led on after \(evaluations)"
        case .unbounded: "not converged: the value -inf was reached after \(evaluations)"
        }
      return """
        minimum · \(algorithm.rawValue) · \(minimum.x.count == 1 ? "1 number" : "\(minimum.x.count) numbers")
          value \(fixed(minimum.value, digits: 10, atMost: 10))
          \(how)
          x = \(ArrayText.text(of: try Vector(minimum.x)))
        """
    }
  }
}

extension TypeDeclaration {
  static let minimum = TypeDeclaration(
    MinimumObject.self, "Where a search for the least value of a function has ended, and how.",
    methods: [],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(minimum)", "The whole story, on one screen.",
          Parameter<MinimumObject>("minimum", .object, "the minimum"), returns: "a string",
          example: "print(optimize.minimize(function(x) return (x[1] - 3) ^ 2 end, {0}))"
        ) { _, minimum in try minimum.text })
    ],
    fields: [
      Field("x", "vector", "the best point of all that the search saw") { try Vector($0.minimum.x) },
      Field("value", "number", "of the function there") { $0.minimum.value },
      Field("converged", "boolean", "whether the status is converged") { $0.minimum.outcome == .converged },
      Field("status", "string", "converged, max_evaluations, stalled or unbounded") { $0.minimum.outcome.rawValue },
      Field("evaluations", "integer", "points that the search looked at") { $0.minimum.evaluations },
      Field("algorithm", "string", "how it searched") { $0.algorithm.rawValue },
    ])
}
