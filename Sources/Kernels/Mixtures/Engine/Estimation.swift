/// A model with something hidden, and data: what the driver of EM needs in order to fit the one to the other.
package protocol Estimation: Sendable {
  associatedtype Model: Sendable

  /// The number of rows.
  var count: Int { get }
  /// E: the moments of all rows under `model`. Throws `.data` where a row is impossible under it.
  func expect(_ model: Model) throws(Failure) -> Moments
  /// M: the model that maximises the expected complete-data log-likelihood. Throws `.degenerate` where it has no maximum.
  func maximise(_ moments: Moments, after model: Model) throws(Failure) -> Model
  /// The parameters side by side, as users know them.
  func parameters(of model: Model) -> [Double]
  /// The model with these parameters, and what is fixed as in `model`; nil where they are out of range.
  func model(with parameters: [Double], after model: Model) -> Model?
  /// The same model, the same for every relabelling.
  func ordered(_ model: Model) -> Model
  /// For each parameter, the size of a change that matters: lengths of steps are in these units.
  var units: [Double] { get }
}

/// How EM is to go on, and when to stop.
package struct EMOptions: Sendable {
  package enum Criterion: String, CaseIterable, Sendable {
    /// The log-likelihood still to be gained, as projected, is below the tolerance, per row.
    case gap
    /// The parameters move by less than the tolerance in one step, in total.
    case parameters
  }

  package var criterion = Criterion.gap
  package var tolerance = 1e-10
  /// Passes over the data, in each start.
  package var maxIterations = 10_000
  /// Seconds, for all starts together.
  package var timeLimit = Double.infinity
  package var accelerates = true
  /// Starts, where none is given.
  package var restarts = 20
  /// What starts are drawn from.
  package var stream = RandomStream(seed: 0)

  package init() {}
}

/// How a fit ended.
package enum EMStatus: String, Sendable {
  case converged
  case maxIterations = "max_iterations"
  case timeLimit = "time_limit"
  case interrupted
  /// A component has no maximum-likelihood estimate any more.
  case degenerate
}

/// How sure a fit is.
package struct Certificate: Sendable {
  /// The log-likelihood still to be gained, projected from the last steps; NaN where they allow no projection.
  package var gap: Double
  /// The factor by which a step shrinks the distance to the optimum: the fraction of missing information.
  package var rate: Double
}
