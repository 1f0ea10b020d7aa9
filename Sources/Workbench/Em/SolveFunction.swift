import Kernels
import Lua

extension Function {
  static let emSolve = Function(
    "em.solve",
    "The fixed point of any EM: a map from parameters to those that one step of E and M makes of them. Accelerated, and with "
      + "the certificate of em.fit.",
    .options([
      start, map, loglik, project, rows, accelerate, EmOptions.criterion, EmOptions.tolerance, EmOptions.maxIterations,
      EmOptions.timeLimit,
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
          return y[1] * math.log(2 + t) + (y[2] + y[3]) * math.log(1 - t) + y[4] * math.log(t)
        end,
      })
      """
  ) { call, options in
    let guarded = GuardedCallbacks(call)
    let (map, loglik, project) = (options[map], options[loglik], options[project])
    var settings = EMOptions()
    settings.criterion = options[EmOptions.criterion]
    settings.tolerance = options[EmOptions.tolerance]
    settings.maxIterations = options[EmOptions.maxIterations]
    settings.timeLimit = options[EmOptions.timeLimit] ?? .infinity
    settings.accelerates = options[accelerate] == .squarem
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
  private enum Acceleration: String, CaseIterable, Sendable { case squarem, none }
  private static let accelerate = Parameter(
    "accelerate", Kind<Acceleration>.choice, default: .squarem,
    "squared extrapolation, where that raises the likelihood; or none, plain EM")
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

/// What em.fit and em.solve are both told.
enum EmOptions {
  static let criterion = Parameter(
    "criterion", Kind<EMOptions.Criterion>.choice, default: .gap,
    "what must be below the tolerance: the log-likelihood still to be gained, per row, or the sum of changes in a step")
  static let tolerance = Parameter("tolerance", .nonnegative, default: 1e-10, "when EM has converged")
  static let maxIterations = Parameter(
    "max_iterations", .integer(1...), default: 10_000, "passes over the data, from each start")
  static let timeLimit = Parameter(
    "time_limit", optional: Kind<Double>.positive, otherwise: "none", "seconds, for all starts together")
}

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
              start = {1}, map = function(x) return {x[1] / 2 + 1} end, loglik = function(x) return -(x[1] - 2) ^ 2 end})
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
