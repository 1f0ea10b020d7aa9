import Kernels
import Lua

/// Options that fits and selections have in common.
enum EmParameters {
  static let x = Parameter("x", .data, "the data: a vector, or a matrix with a row for each observation")
  static let trials = Parameter(
    "trials", optional: Kind<Double>.number, otherwise: "the start's", "of binomial components: the trials of each row")
  static let equal = Parameter(
    "equal", optional: Kind<Set<String>>.parameterNames, otherwise: "nothing",
    "parameters that all components share; of products sigma in every column, sigma2 in the second")
  static let bounds = Parameter(
    "bounds", optional: Kind<[String: ClosedRange<Double>]>.bounds, otherwise: "none",
    "ends between which parameters are estimated, {sigma = {0.1, 10}}")
  static let noise = Parameter(
    "noise", .boolean, default: false,
    "whether the last of the k components is noise, uniform over the box of the data")
  static let rowWeights = Parameter(
    "row_weights", optional: Kind<Vector>.vector, otherwise: "1 each",
    "how much each row counts; a weight of 2 is the same as the row twice")
  static let restarts = Parameter("restarts", .integer(1...100_000), default: 20, "how many starts")
  static let seed = Parameter(
    "seed", optional: Kind<Int>.integer, otherwise: "from the default stream", "fixes the starts")

  /// Those that say how EM goes on.
  static let search: [any AnyParameter] = [
    restarts, Convergence.tolerance, Convergence.maxIterations, Convergence.timeLimit, Convergence.accelerate, seed,
  ]

  static func settings(_ options: Options, _ call: Call) -> EMOptions {
    var settings = Convergence.settings(options)
    settings.restarts = options[restarts]
    settings.stream = call.stream(seed: options[seed])
    return settings
  }
}
