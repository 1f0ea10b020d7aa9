extension Family {
  /// Weighted maximum likelihood over the parameters that are not held.
  ///
  /// Where a family has no way of its own, the likelihood is searched numerically; see `HeldFit`. Throws `.argument` for values
  /// that the family does not have, or where nothing is left to estimate.
  package func fit(_ sample: Sample, holding held: [String: ParameterValue]) throws(Failure) -> any Distribution {
    if let stranger = held.keys.sorted().first(where: { name in !parameters.contains { $0.name == name } }) {
      let known = parameters.map(\.name).joined(separator: ", ")
      throw Failure(.argument, "fix: \(name) has no parameter '\(stranger)' (known: \(known))")
    }
    for parameter in parameters {
      try held[parameter.name].map { (value) throws(Failure) in try parameter.check(value) }
    }
    guard held.count < parameters.count else {
      throw Failure(.argument, "fix: nothing is left to estimate of \(name)")
    }
    var (sample, held) = (sample, held)
    if case .number(let trials)? = held["trials"] {
      guard sample.trials == nil || sample.trials == trials else {
        throw Failure(
          .argument, "trials and fix.trials must be the same, got \(sample.trials ?? 0) and \(trials.named)")
      }
      sample = Sample(rows: sample.rows, weights: sample.weights, trials: trials)
      held["trials"] = nil
    }
    if held.isEmpty { return try fit(sample) }
    if let fitHolding { return try fitHolding(sample, held) }
    guard parameters.allSatisfy({ $0.kind == .number }) else {
      throw Failure(.argument, "fix: \(name) is fitted with all of its parameters or none")
    }
    return try HeldFit(self, sample, held).result()
  }
}

extension Family.Parameter {
  /// Throws where a value is of another kind, or by itself out of range.
  func check(_ value: ParameterValue) throws(Failure) {
    switch (kind, value) {
    case (.number, .number(let x)):
      guard x.isFinite else { throw Failure(.argument, "\(name) must be finite, got \(x.named)") }
      switch range {
      case .positive: try positive(x, name)
      case .notNegative:
        guard x >= 0 else { throw Failure(.argument, "\(name) must not be negative, got \(x.named)") }
      case .probability, .fraction:
        guard x >= 0, x <= 1 else { throw Failure(.argument, "\(name) must be from 0 to 1, got \(x.named)") }
      case .integer:
        guard x == x.rounded() else { throw Failure(.argument, "\(name) must be an integer, got \(x.named)") }
      case .real, .lowerEnd, .upperEnd, .probabilities, .positiveDefinite: break
      }
    case (.vector, .vector), (.matrix, .matrix): break
    case (.number, _): throw Failure(.argument, "\(name) must be a number")
    case (.vector, _): throw Failure(.argument, "\(name) must be a vector")
    case (.matrix, _): throw Failure(.argument, "\(name) must be a matrix")
    }
  }
}

/// Maximum likelihood of a univariate family with some parameters held, by numerical search over the others.
///
/// Ends of the support lie at the smallest or largest value. What else is free is searched in coordinates without bounds:
/// logarithms of positive numbers, logits of probabilities, numbers in units of the spread of the data. The search starts where
/// the fit with all parameters free ends, or at the best of a few guesses, and goes on by quadratic models (BOBYQA) until the
/// likelihood has no more digits to tell points apart. Newton's method with five-point differences finds the zero of its
/// slope, to about 1e-12 standard deviations of one observation.
private struct HeldFit {
  let family: Family
  let x: Vector
  let weights: Vector
  let total: Double
  /// In canonical order; what is free has the value that the search starts from.
  private var values: [Double] = []
  private var free: [Free] = []

  private struct Free {
    let place: Int
    let parameter: Family.Parameter
    /// Of a number without bounds.
    let centre, unit: Double
  }

  init(_ family: Family, _ sample: Family.Sample, _ held: [String: ParameterValue]) throws(Failure) {
    self.family = family
    let column = try sample.column
    let (weights, total) = try checkedWeights(sample.weights, rows: column.count)
    // Also finds what the data must be, and whether the family can be fitted at all.
    var start: (any Distribution)?
    do throws(Failure) { start = try family.fit(sample) } catch  where error.kind == .degenerate {}
    let counting = (0..<column.count).filter { weights[$0] > 0 }
    (x, self.weights, self.total) = (try column.take(counting), try weights.take(counting), total)
    try choose(start, held, trials: sample.trials)
  }

  /// What is searched, and from where.
  private mutating func choose(
    _ start: (any Distribution)?, _ held: [String: ParameterValue], trials: Double?
  ) throws(Failure) {
    let quantiles = try x.quantiles(Vector([0, 0.05, 0.25, 0.5, 0.75, 0.95, 1])).array
    let size = max(abs(quantiles[2]), abs(quantiles[4]), 1e-300)
    let spread = [quantiles[4] - quantiles[2], quantiles[6] - quantiles[0], size].first { $0 > 1e-9 * size } ?? 1
    var guesses: [[Double]] = []
    for (place, parameter) in family.parameters.enumerated() {
      if case .number(let value)? = held[parameter.name] {
        guesses.append([value])
      } else if parameter.name == "trials", let trials {
        guesses.append([trials])
      } else if parameter.range == .lowerEnd || parameter.range == .upperEnd {
        guesses.append([parameter.range == .lowerEnd ? quantiles[0] : quantiles[6]])
      } else {
        free.append(Free(place: place, parameter: parameter, centre: quantiles[3], unit: spread))
        switch parameter.range {
        case .positive, .notNegative: guesses.append([1, 10, 0.1, spread, size, 1 / spread, 1 / size])
        case .probability, .fraction: guesses.append([0.5, 0.1, 0.9])
        default: guesses.append(quantiles + [0])
        }
      }
    }
    values = try best(of: guesses, and: start)
  }

  /// The likeliest of all combinations, and of the start with what is held put in.
  private func best(of guesses: [[Double]], and start: (any Distribution)?) throws(Failure) -> [Double] {
    var candidates: [[Double]] = [[]]
    for guess in guesses { candidates = candidates.flatMap { head in guess.map { head + [$0] } } }
    if let start {
      let numbers = start.parameters.map { if case .number(let x) = $0.value { x } else { Double.nan } }
      candidates.insert(zip(guesses, numbers).map { $0.count == 1 ? $0[0] : $1 }, at: 0)
    }
    var best: (values: [Double], height: Double)?
    var refusal: Failure?
    for candidate in candidates {
      do throws(Failure) {
        let height = try logLikelihood(candidate)
        if height > best?.height ?? -.infinity { best = (candidate, height) }
      } catch {
        if error.kind == .interrupted { throw error }
        refusal = refusal ?? error
      }
    }
    if let best { return best.values }
    if let outsider = try outsider(candidates) { throw outsider }
    throw refusal ?? Failure(.degenerate, "no parameters of \(family.name) go with these data")
  }

  /// The first row that a distribution with the held parameters cannot have made.
  private func outsider(_ candidates: [[Double]]) throws(Failure) -> Failure? {
    for candidate in candidates {
      guard let d = try? distribution(candidate) else { continue }
      guard let i = (0..<x.count).first(where: { d.logpdf(x[$0]) == -.infinity }) else { continue }
      return Failure(.data, "\(x[i].named) is outside of what \(family.name) can be with the parameters in fix")
    }
    return nil
  }

  func result() throws(Failure) -> any Distribution {
    if free.isEmpty { return try distribution(values) }
    var search = Minimiser(.bobyqa)
    search.steps = free.map { _ in 0.3 }
    (search.relativeStep, search.absoluteStep, search.relativeChange) = (0, 1e-7, 0)
    search.maxEvaluations = 1000
    let start = free.map { coordinate(values[$0.place], of: $0) }
    let reach = free.map { $0.parameter.range == .real ? 1e6 : 60.0 }
    search.lower = zip(start, reach).map { $0 - $1 }
    search.upper = zip(start, reach).map { $0 + $1 }
    let end = try search.minimise(from: start) { (u) throws(Failure) in try -height(u) }
    try require(end.x, from: start, within: reach)
    return try distribution(values(at: polished(end.x)))
  }

  /// Throws where the search went on and on.
  private func require(_ end: [Double], from start: [Double], within reach: [Double]) throws(Failure) {
    for (i, parameter) in free.enumerated() where abs(end[i] - start[i]) > 0.6 * reach[i] {
      let goal = parameter.parameter.range == .probability || end[i] < start[i] ? "0" : "infinite"
      throw Failure(.degenerate, "\(parameter.parameter.name) would be \(goal) with the parameters in fix")
    }
  }

  // MARK: Coordinates

  private func coordinate(_ value: Double, of free: Free) -> Double {
    switch free.parameter.range {
    case .positive: log(max(value, 1e-300))
    case .notNegative: max(value, 1e-4).squareRoot()
    case .probability, .fraction: log(min(max(value, 1e-12), 1 - 1e-12)) - log1p(-min(max(value, 1e-12), 1 - 1e-12))
    default: (value - free.centre) / free.unit
    }
  }

  private func value(_ u: Double, of free: Free) -> Double {
    switch free.parameter.range {
    case .positive: exp(u)
    case .notNegative: u * u
    case .probability, .fraction: 1 / (1 + exp(-u))
    default: free.centre.addingProduct(free.unit, u)
    }
  }

  private func values(at u: [Double]) -> [Double] {
    var result = values
    for (u, free) in zip(u, free) { result[free.place] = value(u, of: free) }
    return result
  }

  // MARK: Likelihood

  private func distribution(_ values: [Double]) throws(Failure) -> any UnivariateDistribution {
    guard let d = try family.make(values.map { .number($0) }) as? any UnivariateDistribution else {
      throw Failure(.argument, "\(family.name) is not univariate")
    }
    return d
  }

  /// Per unit of weight.
  private func logLikelihood(_ values: [Double]) throws(Failure) -> Double {
    let d = try distribution(values)
    let heights = try d.values(of: d.logpdf(_:into:), x)
    let total = total
    return try weightedSum(heights, weights) { l, w in (w / total) * l }
  }

  /// −∞ where there is no distribution.
  private func height(_ u: [Double]) throws(Failure) -> Double {
    do throws(Failure) {
      let height = try logLikelihood(values(at: u))
      return height.isNaN ? -.infinity : height
    } catch {
      if error.kind == .interrupted || error.kind == .memory { throw error }
      return -.infinity
    }
  }

  // MARK: Newton's method

  private func polished(_ start: [Double]) throws(Failure) -> [Double] {
    var (u, last) = (start, Double.infinity)
    let top = try height(start)
    for _ in 0..<12 {
      guard let (step, size) = try newtonStep(u), size < 0.5 * last, size < 1 else { break }
      let next = zip(u, step).map { $0 + $1 }
      // A kink, where the slope says nothing: no step is to lose more than rounding.
      guard try height(next) >= top - 1e-12 * max(1, abs(top)) else { break }
      (u, last) = (next, size)
      if size < 1e-13 { break }
    }
    return u
  }

  /// The step, and its length in standard deviations of one observation; nil where the likelihood is not that of a maximum.
  private func newtonStep(_ u: [Double]) throws(Failure) -> (step: [Double], size: Double)? {
    let m = u.count
    let here = try height(u)
    func at(_ moves: [(Int, Double)]) throws(Failure) -> Double {
      var v = u
      for (i, move) in moves { v[i] += move }
      return try height(v)
    }
    // A five-hundredth of the width of the likelihood: what five points leave out, and what rounding takes, are then as large.
    var widths: [Double] = []
    for i in 0..<m {
      let bend = (try at([(i, 1e-3)]) - 2 * here + at([(i, -1e-3)])) / 1e-6
      widths.append(2e-3 / max(-bend, 1e-3).squareRoot())
    }
    let (slope, bend) = (try Vector.zeros(m), try Matrix.zeros(m, m))
    for i in 0..<m {
      let h = widths[i]
      let (a, b) = (try at([(i, -2 * h)]), try at([(i, -h)]))
      let (c, d) = (try at([(i, h)]), try at([(i, 2 * h)]))
      slope[i] = ((a - d) + 8 * (c - b)) / (12 * h)
      bend[i, i] = ((a + d) - 16 * (b + c) + 30 * here) / (12 * h * h)
      for j in 0..<i {
        let k = widths[j]
        let (pp, pm) = (try at([(i, h), (j, k)]), try at([(i, h), (j, -k)]))
        let (mp, mm) = (try at([(i, -h), (j, k)]), try at([(i, -h), (j, -k)]))
        bend[i, j] = -((pp - pm) - (mp - mm)) / (4 * h * k)
        bend[j, i] = bend[i, j]
      }
    }
    guard slope.firstNonFinite == nil, let factor = try? Cholesky(of: bend) else { return nil }
    let step = try factor.solve(slope).array
    return (step, (0..<m).reduce(0) { max($0, abs(step[$1]) * bend[$1, $1].squareRoot()) })
  }
}
