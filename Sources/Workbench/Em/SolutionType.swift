import Kernels
import Lua

/// What EM has led to, as a script holds it.
struct SolutionObject: ScriptObject {
  static let scriptType = ScriptType("solution")
  let solution: EMSolution
  var nativeBytes: Int { solution.trace.count * MemoryLayout<Double>.stride }
  var brief: String { "solution of \(solution.x.count) parameters" }

  fileprivate var text: String {
    get throws {
      let evaluations = solution.evaluations == 1 ? "1 evaluation" : "\(solution.evaluations) evaluations"
      let steps = solution.iterations == 1 ? "1 step" : "\(solution.iterations) steps"
      let how = solution.status.sentence(steps: steps, passes: evaluations)
      let (gap, rate) = (solution.certificate.gap, solution.certificate.rate)
      let facts = [
        how, gap.isNaN ? nil : "gap < \(nextPowerOfTen(gap))", rate.isNaN ? nil : "rate \(Lua.text(rate, digits: 4))",
      ]
      return """
        EM · \(solution.x.count == 1 ? "1 parameter" : "\(solution.x.count) parameters")
          log-likelihood \(fixed(solution.loglik, digits: 10, atMost: 6))    \(evaluations)
          \(facts.compactMap { $0 }.joined(separator: ", "))
          x = \(ArrayText.text(of: try Vector(solution.x)))
        """
    }
  }
}

extension TypeDeclaration {
  static let solution = TypeDeclaration(
    SolutionObject.self, "Where an EM has led to, and how sure that is.", methods: [],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(solution)", "The whole story, on one screen.",
          Parameter<SolutionObject>("solution", .object, "the solution"), returns: "a string",
          example: """
            print(em.solve{
              start = {1}, map = function(x) return {x[1] / 2 + 1} end,
              loglik = function(x) return -(x[1] - 2) ^ 2 end})
            """
        ) { _, solution in try solution.text })
    ],
    fields: [
      Field("x", "vector", "the parameters") { try Vector($0.solution.x) },
      Field("loglik", "number", "their log-likelihood") { $0.solution.loglik },
      Field("status", "string", "converged, max_iterations or time_limit") { $0.solution.status.rawValue },
      Field("converged", "boolean", "whether the status is converged") { $0.solution.status == .converged },
      Field(
        "certificate", "table",
        "gap: log-likelihood still to be gained, projected from the last steps; rate: the fraction of missing information"
      ) { Record([("gap", $0.solution.certificate.gap), ("rate", $0.solution.certificate.rate)]) },
      Field("trace", "vector", "log-likelihood of all parameters on the way; it never falls") {
        try Vector($0.solution.trace)
      },
      Field("iterations", "integer", "parameters on the way from the start to the last") { $0.solution.iterations },
      Field("evaluations", "integer", "calls of loglik on the way") { $0.solution.evaluations },
    ])
}
