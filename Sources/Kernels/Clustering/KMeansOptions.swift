/// How k-means is to go on, and when to stop.
package struct KMeansOptions: Sendable {
  /// Starts, where none is given.
  package var restarts = 10
  /// Updates of the centres, in each start.
  package var maxIterations = 1000
  /// Ends a start when the squared moves of all centres add up to no more than this part of the columns' mean variance; with 0,
  /// when no row changes its cluster.
  package var tolerance = 0.0
  /// Seconds, for all starts together.
  package var timeLimit = Double.infinity
  /// What starts are drawn from.
  package var stream = RandomStream(seed: 0)

  package init() {}
}

/// Where k-means begins, if not at rows that it draws itself.
package enum KMeansStart: Sendable {
  /// k × d.
  case centers(Matrix)
  /// n numbers from 1 to k.
  case labels(Vector)
}

/// How k-means ended.
package enum KMeansStatus: String, Sendable {
  case converged
  case maxIterations = "max_iterations"
  case timeLimit = "time_limit"
  case interrupted
}
