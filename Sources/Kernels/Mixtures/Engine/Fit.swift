/// What EM found, and how it ended.
package struct Fit: FitSummary {
  /// Univariate components ascend by mean, multivariate ones lexicographically; from a given start they keep its order.
  package let model: any Mixture
  /// The name of a component in Lua.
  package let family: String
  /// The model of multivariate normal components' covariances.
  package let covariance: String?
  /// What the model was held to, as a summary says it: `equal sigma`, `fixed weights`.
  package let constraints: [String]
  /// Rows.
  package let n: Int
  /// What the rows weigh: n, where each counts 1. Criteria take it for their number.
  package let weight: Double
  /// Columns.
  package let d: Int
  /// Free parameters.
  package let df: Int
  /// Σᵢ log p(xᵢ) under `model`.
  package let loglik: Double
  /// Σᵢ log maxⱼ P(j | xᵢ).
  package let certainty: Double
  package let status: EMStatus
  package let certificate: Certificate
  /// The log-likelihood of each model that was accepted on the way, `model` last; it never falls beyond rounding.
  package let trace: [Double]
  /// Passes over the data on the way to `model`, rejected extrapolations with them.
  package let evaluations: Int
  package let starts: Int
  /// Starts that ended at a component without a maximum-likelihood estimate.
  package let degenerateStarts: Int
  /// Distinct optima up to relabelling, best first, of the starts that were followed to the end.
  package let optima: [Optimum]

  package struct Optimum: Codable, Sendable {
    package let loglik: Double
    package let hits: Int
  }

  package init(
    model: any Mixture, family: String, covariance: String? = nil, constraints: [String], n: Int, weight: Double? = nil,
    d: Int, df: Int,
    loglik: Double, certainty: Double, status: EMStatus, certificate: Certificate, trace: [Double], evaluations: Int,
    starts: Int,
    degenerateStarts: Int, optima: [Optimum]
  ) {
    (self.model, self.family, self.covariance, self.constraints) = (model, family, covariance, constraints)
    (self.n, self.weight, self.d, self.df) = (n, weight ?? Double(n), d, df)
    (self.loglik, self.certainty) = (loglik, certainty)
    (self.status, self.certificate, self.trace) = (status, certificate, trace)
    (self.evaluations, self.starts, self.degenerateStarts) = (evaluations, starts, degenerateStarts)
    self.optima = optima
  }

  package var k: Int { model.weights.count }
}

/// What every fit of a mixture says, whatever its components are.
package protocol FitSummary: Sendable {
  var family: String { get }
  var k: Int { get }
  var n: Int { get }
  var weight: Double { get }
  var df: Int { get }
  var loglik: Double { get }
  var certainty: Double { get }
  var status: EMStatus { get }
  var certificate: Certificate { get }
  var trace: [Double] { get }
  var evaluations: Int { get }
  var starts: Int { get }
  var degenerateStarts: Int { get }
  var optima: [Fit.Optimum] { get }
}

extension FitSummary {
  /// Models on the way from the start to the last.
  package var iterations: Int { trace.count - 1 }
}

/// How a fit ended.
package enum EMStatus: String, Codable, Sendable {
  case converged
  case maxIterations = "max_iterations"
  case timeLimit = "time_limit"
  case interrupted
  /// A component has no maximum-likelihood estimate any more.
  case degenerate
}

/// How sure a fit is.
package struct Certificate: Codable, Sendable {
  /// The log-likelihood still to be gained, projected from the last steps; NaN where they allow no projection.
  package var gap: Double
  /// The factor by which a step shrinks the distance to the optimum: the fraction of missing information.
  package var rate: Double
  /// The norm √(gᵀ·I⁻¹·g) of the score g, I the information of the complete data: how far a step is, in standard errors that the
  /// estimates would have if nothing were missing. NaN as `gap`.
  package var score: Double
}
