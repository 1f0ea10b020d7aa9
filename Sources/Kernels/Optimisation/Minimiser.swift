import CNLopt

/// A search for the least value of a function of n numbers, within bounds. The searches are NLopt's.
///
/// S. G. Johnson, The NLopt nonlinear-optimization package, https://github.com/stevengj/nlopt.
package struct Minimiser: Sendable {
  package enum Algorithm: String, CaseIterable, Sendable {
    /// Quasi-Newton with limited memory (Nocedal 1980, Luksan's code), the first choice where there is a gradient.
    case lbfgs
    /// Truncated Newton, preconditioned and restarted (Dembo & Steihaug 1983, Luksan's code).
    case tnewton
    /// Sequential quadratic programming (Kraft 1994); n × n in memory.
    case slsqp
    /// Quadratic models without a gradient (Powell 2009), the first choice where there is none.
    case bobyqa
    /// The simplex of Nelder & Mead (1965), for functions that are not smooth.
    case nelderMead = "nelder_mead"
    /// Of all minima the least: rectangles divided, within finite bounds (Gablonsky & Kelley 2001). It does not converge by
    /// itself, but uses all the evaluations that it may.
    case direct

    package var needsGradient: Bool {
      switch self {
      case .lbfgs, .tnewton, .slsqp: true
      case .bobyqa, .nelderMead, .direct: false
      }
    }
  }

  package var algorithm: Algorithm
  /// One for each number, infinite where there is none; nil where there are none at all.
  package var lower: [Double]?
  package var upper: [Double]?
  /// The size of the first steps, for algorithms without a gradient; nil for a guess from the start and the bounds.
  package var steps: [Double]?
  /// The search has converged when a step changes no number by more than this, relative to it …
  package var relativeStep = 1e-8
  /// … or by more than this …
  package var absoluteStep = 0.0
  /// … or the value by less than this, relative to it …
  package var relativeChange = 1e-14
  /// … or by less than this. 0 for any of them: it does not count.
  package var absoluteChange = 0.0
  package var maxEvaluations = 10_000

  package init(_ algorithm: Algorithm) { self.algorithm = algorithm }

  /// Where a search ended: at the best point of all that it saw.
  package struct Minimum: Sendable {
    package let x: [Double]
    package let value: Double
    package let evaluations: Int
    package let outcome: Outcome
  }

  package enum Outcome: String, Sendable {
    /// One of the tolerances was met.
    case converged
    case maxEvaluations = "max_evaluations"
    /// No step leads on, for rounding or because the gradient is not that of the function.
    case stalled
    /// The value −∞ was reached.
    case unbounded
  }

  /// The least value of f, which wants no gradient. NaN counts as +∞.
  ///
  /// Throws what f throws; `.argument` for a start outside the bounds, or where f is infinite; `.interrupted`.
  package func minimise(
    from start: [Double], _ f: (_ x: [Double]) throws(Failure) -> Double
  ) throws(Failure) -> Minimum {
    if algorithm.needsGradient { throw Failure(.argument, "\(algorithm.rawValue) needs a gradient") }
    return try withoutActuallyEscaping(f) { f throws(Failure) in
      try search(from: start, Search(algorithm) { x, _ throws(Failure) in try f(x) })
    }
  }

  /// The same of an f that writes its gradient too, n numbers. Where the algorithm does without one it is not looked at.
  package func minimise(
    from start: [Double], withGradient f: (_ x: [Double], _ gradient: inout [Double]) throws(Failure) -> Double
  ) throws(Failure) -> Minimum {
    try withoutActuallyEscaping(f) { f throws(Failure) in try search(from: start, Search(algorithm, f)) }
  }

  private func search(from start: [Double], _ search: Search) throws(Failure) -> Minimum {
    let n = start.count
    let lower = self.lower ?? Array(repeating: -.infinity, count: n)
    let upper = self.upper ?? Array(repeating: .infinity, count: n)
    try check(start, lower, upper)
    var x = start
    let status = lower.withUnsafeBufferPointer { lower in
      upper.withUnsafeBufferPointer { upper in
        (steps ?? []).withUnsafeBufferPointer { steps in
          var problem = cnlopt_problem(
            algorithm: algorithm.code, n: UInt32(n), lower: lower.baseAddress, upper: upper.baseAddress,
            steps: self.steps == nil ? nil : steps.baseAddress, relative_change: relativeChange,
            absolute_change: absoluteChange, relative_step: relativeStep, absolute_step: absoluteStep,
            evaluations: Int32(clamping: maxEvaluations))
          return cnlopt_minimise(&problem, objective, Unmanaged.passUnretained(search).toOpaque(), &x)
        }
      }
    }
    if let failure = search.failure { throw failure }
    guard status != cnlopt_no_memory else { throw Failure(.memory, "not enough memory for \(algorithm.rawValue)") }
    guard status != cnlopt_invalid else {
      throw Failure(.argument, "\(algorithm.rawValue) cannot search \(n) numbers within these bounds")
    }
    guard search.best.value < .infinity else {
      throw Failure(.argument, "the function is infinite or NaN wherever it was tried")
    }
    let outcome: Outcome =
      search.best.value == -.infinity
      ? .unbounded
      : status == cnlopt_converged ? .converged : status == cnlopt_max_evaluations ? .maxEvaluations : .stalled
    return Minimum(x: search.best.x, value: search.best.value, evaluations: search.evaluations, outcome: outcome)
  }

  private func check(_ start: [Double], _ lower: [Double], _ upper: [Double]) throws(Failure) {
    guard !start.isEmpty, start.count <= 1 << 20 else {
      throw Failure(.argument, "the start must be from 1 to \(1 << 20) numbers, got \(start.count)")
    }
    guard lower.count == start.count, upper.count == start.count, (steps?.count ?? start.count) == start.count else {
      throw Failure(.shape, "bounds and steps must be one for each of \(start.count) numbers")
    }
    guard maxEvaluations > 0 else { throw Failure(.argument, "evaluations must be positive, got \(maxEvaluations)") }
    for i in start.indices {
      guard lower[i] <= upper[i] else {
        throw Failure(.argument, "bounds of number \(i + 1) leave nothing: \(lower[i].named) to \(upper[i].named)")
      }
      guard start[i].isFinite, start[i] >= lower[i], start[i] <= upper[i] else {
        let bounds = "within its bounds, \(lower[i].named) to \(upper[i].named)"
        throw Failure(.argument, "start \(i + 1) must be finite and \(bounds), got \(start[i].named)")
      }
      guard algorithm != .direct || (lower[i].isFinite && upper[i].isFinite) else {
        throw Failure(.argument, "direct needs finite bounds, those of number \(i + 1) are not")
      }
      if let step = steps?[i], !(step > 0 && step.isFinite) {
        throw Failure(.argument, "steps must be positive and finite, step \(i + 1) is \(step.named)")
      }
    }
  }
}

/// What the objective keeps between its calls.
private final class Search {
  private let f: ([Double], inout [Double]) throws(Failure) -> Double
  /// Whether the search only compares values. Models and line searches calculate with them: these are given a finite number in
  /// place of +∞, above all others.
  private let takesInfinity: Bool
  var best = (x: [Double](), value: Double.infinity)
  private var worst = -Double.infinity
  var evaluations = 0
  var failure: Failure?

  init(_ algorithm: Minimiser.Algorithm, _ f: @escaping ([Double], inout [Double]) throws(Failure) -> Double) {
    self.f = f
    takesInfinity = algorithm == .nelderMead || algorithm == .direct
  }

  /// x: n (read) · gradient: n (written, where there is one) · isOver: whether to stop (written)
  func evaluate(
    _ x: UnsafeBufferPointer<Double>, _ gradient: UnsafeMutableBufferPointer<Double>, _ isOver: inout Bool
  ) -> Double {
    // Some searches look once or twice more before they see that they are to stop.
    guard failure == nil, best.value > -.infinity else {
      isOver = true
      return .infinity
    }
    let point = Array(x)
    var slopes = [Double](repeating: 0, count: x.count)
    do throws(Failure) {
      try Interruption.check()
      evaluations += 1
      let result = try f(point, &slopes)
      guard slopes.count == x.count else {
        throw Failure(.shape, "the gradient must be \(x.count) numbers, got \(slopes.count)")
      }
      _ = gradient.update(fromContentsOf: slopes.prefix(gradient.count))
      let value = result.isNaN ? .infinity : result
      if value < best.value { best = (point, value) }
      if value.isFinite { worst = max(worst, value) }
      isOver = value == -.infinity
      if evaluations == 1, value == .infinity, !takesInfinity {
        throw Failure(.argument, "the function must be finite at the start, got \(result.named)")
      }
      return value == .infinity && !takesInfinity ? worst + (worst - best.value) + max(1, abs(worst)) : value
    } catch {
      failure = error
      isOver = true
      return .infinity
    }
  }
}

private let objective: cnlopt_objective = { n, x, gradient, context, stop in
  guard let context, let stop else { return .infinity }
  let search = Unmanaged<Search>.fromOpaque(context).takeUnretainedValue()
  let gradient = UnsafeMutableBufferPointer(start: gradient, count: gradient == nil ? 0 : n)
  return search.evaluate(UnsafeBufferPointer(start: x, count: n), gradient, &stop.pointee)
}

extension Minimiser.Algorithm {
  fileprivate var code: cnlopt_algorithm {
    switch self {
    case .lbfgs: cnlopt_lbfgs
    case .tnewton: cnlopt_tnewton
    case .slsqp: cnlopt_slsqp
    case .bobyqa: cnlopt_bobyqa
    case .nelderMead: cnlopt_nelder_mead
    case .direct: cnlopt_direct
    }
  }
}
