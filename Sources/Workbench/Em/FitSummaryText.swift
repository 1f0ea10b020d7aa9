import Kernels
import Lua

// What fits of every kind say alike, and have as fields.
extension FitSummary {
  /// A line: the likelihood, and what weighs it.
  var numbers: String {
    let criteria = zip(["BIC", "AIC", "ICL"], [bic, aic, icl]).map { "\($0) \(fixed($1, digits: 6, atMost: 2))" }
    return "  log-likelihood \(fixed(loglik, digits: 8, atMost: 4))    df \(df)    \(criteria.joined(separator: "   "))"
  }

  /// A line or two: how EM ended, and where its starts have led to.
  var ending: String {
    let steps = iterations == 1 ? "1 step" : "\(iterations) steps"
    let passes = evaluations == 1 ? "1 pass" : "\(evaluations) passes"
    let gap = certificate.gap.isNaN ? "" : ", gap < \(nextPowerOfTen(certificate.gap))"
    let conclusion = "  \(status.sentence(steps: steps, passes: passes))\(gap);"
    return conclusion + (conclusion.count + 1 + census.count > 80 ? "\n  " : " ") + census
  }

  private var census: String {
    let attempts = starts == 1 ? "1 start" : "\(starts) starts"
    let losses = degenerateStarts == 0 ? "" : ", \(degenerateStarts) degenerate"
    guard starts > 1, !optima.isEmpty else { return attempts + losses }
    let hits = optima.prefix(5).map { "\($0.hits)" } + (optima.count > 5 ? ["…"] : [])
    let found = optima.count == 1 ? "1 optimum" : "\(optima.count) optima"
    return "\(attempts), \(found) (\(hits.joined(separator: ", ")) hit\(hits == ["1"] ? "" : "s"))\(losses)"
  }
}

extension [Field<FitObject>] {
  static let ofFit = Self.summary { $0.fit }
}

extension [Field<ScriptFitObject>] {
  static let ofFit = Self.summary { $0.fit }
}

extension Array {
  fileprivate static func summary<Object: ScriptObject>(
    _ fit: @escaping @Sendable (Object) -> some FitSummary
  ) -> Self where Element == Field<Object> {
    [
      Field("loglik", "number", "log-likelihood") { fit($0).loglik },
      Field("df", "integer", "free parameters") { fit($0).df },
      Field("n", "integer", "rows") { fit($0).n },
      Field("k", "integer", "components") { fit($0).k },
      Field("bic", "number", "-2 loglik + df log n: smaller is better") { fit($0).bic },
      Field("aic", "number", "-2 loglik + 2 df: smaller is better") { fit($0).aic },
      Field("icl", "number", "bic, less twice the log-probability of the most likely labels") { fit($0).icl },
      Field("family", "string", "what components are") { fit($0).family },
      Field("status", "string", "converged, max_iterations, time_limit or interrupted") { fit($0).status.rawValue },
      Field("converged", "boolean", "whether the status is converged") { fit($0).status == .converged },
      Field(
        "certificate", "table",
        "gap: log-likelihood still to be gained; rate: the fraction of missing information; score: the norm of the score"
      ) {
        let certificate = fit($0).certificate
        return Record([("gap", certificate.gap), ("rate", certificate.rate), ("score", certificate.score)])
      },
      Field("trace", "vector", "log-likelihood of each model on the way; it never falls") { try Vector(fit($0).trace) },
      Field("iterations", "integer", "models on the way from the start to the last") { fit($0).iterations },
      Field("evaluations", "integer", "passes over the data on the way") { fit($0).evaluations },
      Field("starts", "integer", "how many starts there were") { fit($0).starts },
      Field("optima", "table[]", "loglik and hits of each optimum that starts have led to, best first") {
        fit($0).optima.map { Record([("loglik", $0.loglik), ("hits", $0.hits)]) }
      },
    ]
  }
}
