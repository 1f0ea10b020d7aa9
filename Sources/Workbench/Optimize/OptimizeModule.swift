import Kernels
import Lua

extension Module {
  static let optimize = Module(
    "optimize", "Where a Lua function is least, or zero.", functions: [minimize, root])

  private static let minimize = Function(
    "optimize.minimize", "Where a function of several numbers is least, within bounds.",
    Parameter("f", Kind<Callback>.function, "takes a vector and returns a number"),
    Parameter("start", Kind<Vector>.vector, "where the search begins"),
    .options([algorithm, gradient, lower, upper, steps, tolerance, valueTolerance, maxEvaluations]),
    returns: "a minimum: x, value, converged, status, evaluations",
    example: """
      local function valley(x)
        return (1 - x[1]) ^ 2 + 100 * (x[2] - x[1] ^ 2) ^ 2
      end
      print(optimize.minimize(valley, {-1.2, 1}, {gradient = "autodiff"}))
      local options = {algorithm = "nelder_mead", upper = {0.5, 2}}
      print(optimize.minimize(valley, {-1.2, 1}, options))
      """
  ) { call, f, start, options in
    let bounds = (
      lower: try options[lower]?.each(start.count, "lower"), upper: try options[upper]?.each(start.count, "upper")
    )
    var search = Minimiser(options[algorithm] ?? .lbfgs)
    (search.lower, search.upper) = bounds
    search.steps = try options[steps]?.each(start.count, "steps")
    (search.relativeStep, search.relativeChange) = (options[tolerance], options[valueTolerance])
    search.maxEvaluations = options[maxEvaluations]
    let objective = Objective(call, f, options[gradient], Differences(lower: bounds.lower, upper: bounds.upper))
    return MinimumObject(minimum: try objective.minimise(search, from: start.array), algorithm: search.algorithm)
  }

  private static let algorithm = Parameter(
    "algorithm", optional: Kind<Minimiser.Algorithm>.choice, otherwise: "lbfgs",
    "how to search: the first three go by the gradient, bobyqa and nelder_mead do without one, direct looks everywhere "
      + "within finite bounds")
  private static let gradient = Parameter(
    "gradient", GradientSource.kind, default: .differences,
    "where the gradient comes from: a function of x that returns a vector, f by automatic differentiation, or differences"
  )
  private static let lower = Parameter(
    "lower", optional: Kind<Numeric>.numeric, otherwise: "none", "lower bounds: one for all, or a vector")
  private static let upper = Parameter(
    "upper", optional: Kind<Numeric>.numeric, otherwise: "none", "upper bounds: one for all, or a vector")
  private static let steps = Parameter(
    "steps", optional: Kind<Numeric>.numeric, otherwise: "a guess from start and bounds",
    "the size of the first steps of algorithms without a gradient: one for all, or a vector")
  private static let tolerance = Parameter(
    "tolerance", .nonnegative, default: 1e-8, "converged when a step changes no number by more, relative to it")
  private static let valueTolerance = Parameter(
    "value_tolerance", .nonnegative, default: 1e-14, "converged when a step changes the value by less, relative to it")
  private static let maxEvaluations = Parameter(
    "max_evaluations", .integer(1...100_000_000), default: 10_000, "points that the search may look at")

  private static let root = Function(
    "optimize.root", "A number between two ends at which a function of one number is zero: its sign must differ there.",
    Parameter("f", Kind<Callback>.function, "takes a number and returns one"),
    Parameter("low", Kind<Double>.finite, "one end"), Parameter("high", Kind<Double>.finite, "the other end"),
    .options([rootTolerance, maxEvaluations]),
    returns: "the number, and a table: value, of f there, and evaluations",
    example: """
      local f = function(x) return x * x - 2 end
      print((optimize.root(f, 0, 2)))  --> 1.4142135623731
      """
  ) { call, f, low, high, options in
    let guarded = GuardedCallbacks(call)
    let root = try guarded.rethrowing {
      try Root(
        between: low, and: high, tolerance: options[rootTolerance], maxEvaluations: options[maxEvaluations]
      ) { (x) throws(Failure) in try guarded.result(of: f, x, returning: .number) }
    }
    return Results(root.x, Record([("value", root.value), ("evaluations", root.evaluations)]))
  }

  private static let rootTolerance = Parameter(
    "tolerance", .nonnegative, default: 0, "how wide the bracket may be in the end; rounding of x is added")
}

extension Numeric {
  /// One number for each of n.
  fileprivate func each(_ n: Int, _ name: String) throws -> [Double] {
    switch self {
    case .number(let x): return [Double](repeating: x, count: n)
    case .vector(let v) where v.count == n: return v.array
    default: throw ArgumentError(name, mustBe: "a number or a vector of \(n)", got: "a \(named)")
    }
  }
}

/// Where a gradient comes from.
enum GradientSource: Sendable, CustomStringConvertible {
  case function(Callback)
  case autodiff
  case differences

  var description: String { "\"differences\"" }

  static var kind: Kind<GradientSource> {
    Kind("a function, 'autodiff' or 'differences'", type: "function|\"autodiff\"|\"differences\"") { call, slot in
      switch call.content(slot) {
      case .function: .function(try Kind<Callback>.function.read(call, slot))
      case .string where call.string(slot) == "autodiff": .autodiff
      case .string where call.string(slot) == "differences": .differences
      default: nil
      }
    }
  }
}

/// A script's function as a minimiser sees it.
private struct Objective {
  private let guarded: GuardedCallbacks
  private let f: Callback
  private let source: GradientSource
  private let differences: Differences

  init(_ call: Call, _ f: Callback, _ source: GradientSource, _ differences: Differences) {
    (guarded, self.f, self.source, self.differences) = (GuardedCallbacks(call), f, source, differences)
  }

  func minimise(_ search: Minimiser, from start: [Double]) throws -> Minimiser.Minimum {
    try guarded.rethrowing {
      guard search.algorithm.needsGradient else { return try search.minimise(from: start, value) }
      return try search.minimise(from: start, withGradient: valueAndGradient)
    }
  }

  private func value(_ x: [Double]) throws(Failure) -> Double {
    try guarded.result(of: f, try Vector(x), returning: .number)
  }

  private func valueAndGradient(_ x: [Double], _ gradient: inout [Double]) throws(Failure) -> Double {
    switch source {
    case .function(let slope):
      gradient = try guarded.result(of: slope, try Vector(x), returning: .vector).array
      return try value(x)
    case .differences:
      let value = try value(x)
      if value.isFinite { gradient = try differences.gradient(at: x, value: value, self.value) }
      return value
    case .autodiff:
      let level = Dual.newLevel()
      let point = try Dual.constant(.vector(try Vector(x))).variables(level)
      let result = try guarded.result(of: f, point, returning: .dual)
      guard case .number(let value) = result.primal else {
        throw Failure(.argument, "the function's result must be a number, got a \(result.primal.named)")
      }
      let slopes = try Dual.stacked(try result.slopes(level, count: x.count)).primal
      if case .vector(let slopes) = slopes { gradient = slopes.array }
      return value
    }
  }
}
