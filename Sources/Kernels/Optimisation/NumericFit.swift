/// Where a parameter may lie; inside, a search goes by a number without bounds.
package enum ParameterRange: String, CaseIterable, Sendable {
  case real
  /// Searched by its logarithm.
  case positive
  /// Between 0 and 1, searched by its log-odds.
  case probability

  package func contains(_ x: Double) -> Bool {
    switch self {
    case .real: x.isFinite
    case .positive: x > 0 && x.isFinite
    case .probability: x >= 0 && x <= 1
    }
  }

  fileprivate func free(_ x: Double) -> Double {
    switch self {
    case .real: x
    case .positive: log(x)
    case .probability: log(x) - log1p(-x)
    }
  }

  fileprivate func bound(_ z: Double) -> Double {
    switch self {
    case .real: z
    case .positive: exp(z)
    case .probability: z < 0 ? exp(z) / (1 + exp(z)) : 1 / (1 + exp(-z))
    }
  }

  /// dx/dz at x.
  fileprivate func slope(_ x: Double) -> Double {
    switch self {
    case .real: 1
    case .positive: x
    case .probability: x * (1 - x)
    }
  }
}

/// The parameters of largest likelihood, found from the likelihood alone.
package struct NumericFit {
  private let ranges: [ParameterRange]
  /// The mean log-likelihood of a row, for numbers of any size of sample to converge alike.
  private let loglik: ([Double]) throws(Failure) -> Double
  /// By each parameter; nil for differences.
  private let gradient: (([Double]) throws(Failure) -> [Double])?

  package init(
    _ ranges: [ParameterRange], loglik: @escaping ([Double]) throws(Failure) -> Double,
    gradient: (([Double]) throws(Failure) -> [Double])?
  ) {
    (self.ranges, self.loglik, self.gradient) = (ranges, loglik, gradient)
  }

  /// The parameters that a search from `start` ends at: never worse than these.
  ///
  /// Throws `.argument` where the log-likelihood of the start is not finite.
  package func maximise(from start: [Double]) throws(Failure) -> [Double] {
    let free = zip(ranges, start).map { $0.free($1) }
    guard free.allSatisfy(\.isFinite) else { return start }
    var search = Minimiser(.lbfgs)
    search.maxEvaluations = 500
    let differences = Differences(lower: nil, upper: nil)
    let end = try search.minimise(from: free) { (z, slopes) throws(Failure) in
      let x = bound(z)
      let value = -(try loglik(x))
      guard value.isFinite else { return .infinity }
      if let gradient {
        slopes = try zip(gradient(x), zip(ranges, x)).map { -$0 * $1.0.slope($1.1) }
      } else {
        slopes = try differences.gradient(at: z, value: value) { (z) throws(Failure) in -(try loglik(bound(z))) }
      }
      return value
    }
    return end.value < -(try loglik(start)) ? bound(end.x) : start
  }

  private func bound(_ z: [Double]) -> [Double] { zip(ranges, z).map { $0.bound($1) } }

  /// The first parameter by which the gradient is not that of the log-likelihood, and both numbers; nil where there is none.
  ///
  /// near: parameters that the comparison is made beside, since at the best ones all gradients are 0
  package func disagreement(near x: [Double]) throws(Failure) -> (parameter: Int, given: Double, found: Double)? {
    guard let gradient else { return nil }
    let aside = zip(ranges, x).map { range, x in
      switch range {
      case .real: x + 0.1 * (1 + abs(x))
      case .positive: 1.25 * x
      case .probability: 0.8 * x + 0.05
      }
    }
    let value = try loglik(aside)
    guard value.isFinite else { return nil }
    let given = try gradient(aside)
    let found = try Differences(lower: nil, upper: nil).gradient(at: aside, value: value, loglik)
    let size = found.reduce(1e-3) { max($0, abs($1)) }
    for i in x.indices where !(abs(given[i] - found[i]) <= 1e-4 * size) { return (i, given[i], found[i]) }
    return nil
  }
}
