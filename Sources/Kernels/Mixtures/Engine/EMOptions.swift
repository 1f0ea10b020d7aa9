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
