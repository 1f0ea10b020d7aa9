/// EM for a model that only its owner knows: a map from parameters to better ones, and their log-likelihood.
package struct EMMap {
  /// E and M in one: the parameters that follow.
  package var map: ([Double]) throws(Failure) -> [Double]
  package var loglik: ([Double]) throws(Failure) -> Double
  /// The nearest parameters in range, for those that an extrapolation has led to.
  package var project: ([Double]) throws(Failure) -> [Double]
  /// Rows of the data: what a tolerance is counted by.
  package var rows: Int

  package init(
    map: @escaping ([Double]) throws(Failure) -> [Double], loglik: @escaping ([Double]) throws(Failure) -> Double,
    project: @escaping ([Double]) throws(Failure) -> [Double], rows: Int
  ) {
    (self.map, self.loglik, self.project, self.rows) = (map, loglik, project, rows)
  }
}

/// Where a map has led to.
package struct EMSolution: Sendable {
  package let x: [Double]
  package let loglik: Double
  package let status: EMStatus
  package let certificate: Certificate
  /// The log-likelihood of all parameters that were accepted on the way, `x` last.
  package let trace: [Double]
  /// Calls of the log-likelihood, each with one of the map where it was accepted.
  package let evaluations: Int

  package var iterations: Int { trace.count - 1 }
}

extension EM {
  /// The fixed point that the map leads to from `start`, on this thread.
  ///
  /// Throws what the functions throw; `.degenerate` where the log-likelihood falls in a step, `.data` where one of the functions
  /// answers with what is not finite.
  package static func solve(from start: [Double], _ map: EMMap, _ options: EMOptions) throws(Failure) -> EMSolution {
    guard !start.isEmpty else { throw Failure(.argument, "start must hold at least one number") }
    for (i, x) in start.enumerated() where !x.isFinite {
      throw Failure(.argument, "start must be finite, number \(i + 1) is \(x.named)")
    }
    let deadline = Deadline(seconds: options.timeLimit)
    var run = EMRun(MapEstimation(map, start: start), from: start, options)
    while run.state.status == nil {
      try Interruption.check()
      try run.pass(until: deadline)
    }
    if let failure = run.state.failure { throw failure }
    return EMSolution(
      x: run.state.model, loglik: run.loglik, status: run.state.status ?? .interrupted,
      certificate: run.state.certificate, trace: run.state.trace, evaluations: run.state.evaluations)
  }
}

/// The map as the driver of EM wants it. The functions stay on the thread that `solve` was called on.
private struct MapEstimation: Estimation {
  private nonisolated(unsafe) let functions: EMMap
  let units: [Double]
  let count: Int

  init(_ functions: EMMap, start: [Double]) {
    self.functions = functions
    count = functions.rows
    let largest = start.reduce(0) { max($0, abs($1)) }
    units = start.map { largest > 0 ? max(abs($0), 1e-3 * largest) : 1 }
  }

  func expect(_ model: [Double]) throws(Failure) -> Moments {
    var moments = Moments(count: 0)
    moments.loglik = try functions.loglik(model)
    guard moments.loglik.isFinite else {
      throw Failure(.data, "loglik must be finite, got \(moments.loglik.named) at \(model.named)")
    }
    return moments
  }

  func maximise(_ moments: Moments, after model: [Double]) throws(Failure) -> [Double] {
    let image = try functions.map(model)
    guard image.count == units.count, image.allSatisfy(\.isFinite) else {
      throw Failure(.data, "map must return \(units.count) finite numbers, got \(image.named) at \(model.named)")
    }
    return image
  }

  func parameters(of model: [Double]) -> [Double] { model }

  func model(with parameters: [Double], after model: [Double]) throws(Failure) -> [Double]? {
    let projected = try functions.project(parameters)
    guard projected.count == units.count else {
      throw Failure(.shape, "project must return \(units.count) numbers, got \(projected.count)")
    }
    return projected.allSatisfy(\.isFinite) ? projected : nil
  }

  func ordered(_ model: [Double]) -> [Double] { model }
  func escape(from model: [Double], loglik: Double) throws(Failure) -> (model: [Double], evaluations: Int)? { nil }
  var meaningOfFall: String { "map is no EM step for this loglik" }
}

extension [Double] {
  /// As a message shows it.
  fileprivate var named: String { "{\(prefix(6).map(\.named).joined(separator: ", "))\(count > 6 ? ", …" : "")}" }
}
