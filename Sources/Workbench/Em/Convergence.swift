import Kernels
import Lua

/// When EM is to stop: what em.fit and em.solve are both told.
enum Convergence {
  static let criterion = Parameter(
    "criterion", Kind<EMOptions.Criterion>.choice, default: .gap,
    "what must be below the tolerance: the log-likelihood still to be gained, per row, or the sum of changes in a step")
  static let tolerance = Parameter("tolerance", .nonnegative, default: 1e-10, "when EM has converged")
  static let maxIterations = Parameter(
    "max_iterations", .integer(1...), default: 10_000, "passes over the data, from each start")
  static let timeLimit = Parameter(
    "time_limit", optional: Kind<Double>.positive, otherwise: "none", "seconds, for all starts together")
  static let accelerate = Parameter(
    "accelerate", Kind<Acceleration>.choice, default: .squarem,
    "squared extrapolation, where that raises the likelihood; or none, plain EM")

  enum Acceleration: String, CaseIterable, Sendable { case squarem, none }

  /// All but the criterion, which a selection calls something else by.
  static func settings(_ options: Options) -> EMOptions {
    var settings = EMOptions()
    settings.tolerance = options[tolerance]
    settings.maxIterations = options[maxIterations]
    settings.timeLimit = options[timeLimit] ?? .infinity
    settings.accelerates = options[accelerate] == .squarem
    return settings
  }
}
