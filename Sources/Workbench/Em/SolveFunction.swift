import Kernels
import Lua

extension Function {
  static let emSolve = Function(
    "em.solve",
    "The fixed point of any EM: a map from parameters to those that one step of E and M makes of them. Accelerated, and with "
      + "the certificate of em.fit.",
    .options([
      start, map, loglik, project, rows, Convergence.accelerate, Convergence.criterion, Convergence.tolerance,
      Convergence.maxIterations,
      Convergence.timeLimit,
    ]),
    returns: "a solution: x, loglik, converged, status, certificate, trace, evaluations",
    example: """
      -- Genetic linkage: cells of probability 1/2 + t/4, (1 - t)/4, (1 - t)/4, t/4.
      local y = {125, 18, 20, 34}
      print(em.solve{
        start = {0.5},
        map = function(theta)
          local hidden = y[1] * theta[1] / (2 + theta[1])
          return {(hidden + y[4]) / (hidden + y[2] + y[3] + y[4])}
        end,
        loglik = function(theta)
          local t = theta[1]
          return y[1] * math.log(2 + t) + (y[2] + y[3]) * math.log(1 - t)
            + y[4] * math.log(t)
        end,
      })
      """
  ) { call, options in
    let guarded = GuardedCallbacks(call)
    let (map, loglik, project) = (options[map], options[loglik], options[project])
    var settings = Convergence.settings(options)
    settings.criterion = options[Convergence.criterion]
    let problem = EMMap(
      map: { (x) throws(Failure) in try guarded.numbers(map, "map", x) },
      loglik: { (x) throws(Failure) in
        try guarded.guarded { try loglik(call, try Vector(x), returning: .named("loglik", .number)) }
      },
      project: { (x) throws(Failure) in
        guard let project else { return x }
        return try guarded.numbers(project, "project", x)
      }, rows: options[rows])
    let solution = try guarded.rethrowing { try EM.solve(from: options[start].array, problem, settings) }
    return SolutionObject(solution: solution)
  }

  private static let start = Parameter("start", Kind<Vector>.vector, "where to begin")
  private static let map = Parameter(
    "map", Kind<Callback>.function, "takes a vector of parameters, returns those that follow: a table or a vector")
  private static let loglik = Parameter(
    "loglik", Kind<Callback>.function,
    "takes a vector of parameters, returns their log-likelihood, which the map never lowers")
  private static let project = Parameter(
    "project", optional: Kind<Callback>.function, otherwise: "as they are",
    "takes parameters that acceleration led to, returns the nearest in range")
  private static let rows = Parameter(
    "n", .integer(1...), default: 1, "rows of the data: the tolerance of the gap is for each")
}

extension GuardedCallbacks {
  fileprivate func numbers(_ function: Callback, _ name: String, _ x: [Double]) throws(Failure) -> [Double] {
    try result(of: function, try Vector(x), returning: .named(name, .vector)).array
  }
}

extension Kind {
  /// As `kind`, for the result of a function that an error is to name.
  static func named(_ function: String, _ kind: Kind) -> Kind {
    Kind(kind.wanted, type: kind.type) { call, slot throws -> Value in
      do { return try kind.read(call, slot) } catch let mismatch as Mismatch {
        throw ArgumentError("\(function) must return \(mismatch.wanted), got \(call.describe(slot))")
      }
    }
  }
}
