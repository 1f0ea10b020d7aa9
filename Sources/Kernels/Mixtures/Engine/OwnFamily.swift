/// A component family that its owner supplies as functions of whole vectors: a log-density, and a weighted fit.
///
/// The functions stay on the thread that `fit` was called on, and are handed rows in pieces that stay in cache.
package struct OwnFamily {
  /// x: rows (read) · parameters: of one component → log-density of each
  package var logpdf: (_ x: Vector, _ parameters: [Double]) throws(Failure) -> Vector
  /// x, weights: all rows (read) · current: the parameters so far, nil at first → those of largest weighted likelihood
  package var fit: (_ x: Vector, _ weights: Vector, _ current: [Double]?) throws(Failure) -> [Double]
  package var name: String
  package var parameterNames: [String]
  /// Whether parameters are in range.
  package var admits: ([Double]) -> Bool

  package init(
    name: String, parameterNames: [String], admits: @escaping ([Double]) -> Bool,
    logpdf: @escaping (_ x: Vector, _ parameters: [Double]) throws(Failure) -> Vector,
    fit: @escaping (_ x: Vector, _ weights: Vector, _ current: [Double]?) throws(Failure) -> [Double]
  ) {
    (self.name, self.parameterNames, self.admits) = (name, parameterNames, admits)
    (self.logpdf, self.fit) = (logpdf, fit)
  }

  /// Rows that a function is handed at once: 128 KiB of them.
  static let piece = 1 << 14
}

/// A mixture of components of a family of somebody's own.
package struct OwnMixture: Codable, Equatable, Sendable {
  package var weights: [Double]
  /// Of each component.
  package var parameters: [[Double]]
}

extension OwnFamily {
  /// log wⱼpⱼ(xᵢ): n × k.
  func logTerms(_ x: Vector, _ model: OwnMixture) throws(Failure) -> Matrix {
    let terms = try Matrix(uninitializedRows: x.count, columns: model.weights.count)
    for start in stride(from: 0, to: x.count, by: OwnFamily.piece) {
      let piece = Vector(x.storage, offset: x.offset + start, count: min(OwnFamily.piece, x.count - start))
      for (j, weight) in model.weights.enumerated() {
        try Interruption.check()
        let density = try logpdf(piece, model.parameters[j])
        guard density.count == piece.count else {
          throw Failure(.shape, "logpdf must return \(piece.count) numbers for \(piece.count), got \(density.count)")
        }
        let (out, logWeight) = (terms.column(j), log(weight))
        for i in 0..<density.count { out[start + i] = density[i] + logWeight }
      }
    }
    return terms
  }

  /// How likely each component is to have made each row: n × k.
  package func posterior(_ x: Vector, _ model: OwnMixture) throws(Failure) -> Matrix {
    let terms = try logTerms(x, model)
    _ = try terms.normaliseRows()
    return terms
  }

  /// The log-density of the mixture at each row.
  package func logpdf(_ x: Vector, _ model: OwnMixture) throws(Failure) -> Vector {
    let terms = try logTerms(x, model)
    let result = try Vector(uninitialized: x.count)
    for i in 0..<x.count {
      let peak = (0..<terms.columns).reduce(-Double.infinity) { max($0, terms[i, $1]) }
      let sum = (0..<terms.columns).reduce(0) { $0 + (peak == -.infinity ? 0 : exp(terms[i, $1] - peak)) }
      result[i] = peak + log(sum)
    }
    return result
  }
}

extension Matrix {
  /// Logarithms become shares of each row → Σᵢ log Σⱼ exp, Σᵢ log maxⱼ share. The first is not finite where a row is impossible
  /// or NaN.
  fileprivate func normaliseRows() throws(Failure) -> (loglik: Double, certainty: Double) {
    let parts = try Parallel.map(rows, chunk: 4096) { range in
      let base = storage.base + offset
      var (loglik, certainty) = (CompensatedSum<Double>(), CompensatedSum<Double>())
      var i = range.lowerBound
      while i + 8 <= range.upperBound {
        let (total, sure) = shares(SIMD8<Double>.self) { UnsafeMutableRawPointer(base + i + $0 * rows) }
        for lane in 0..<8 {
          loglik.add(total[lane])
          certainty.add(sure[lane])
        }
        i += 8
      }
      while i < range.upperBound {
        let (total, sure) = shares(Double.self) { UnsafeMutableRawPointer(base + i + $0 * rows) }
        loglik.add(total)
        certainty.add(sure)
        i += 1
      }
      return (loglik, certainty)
    }
    var (loglik, certainty) = (CompensatedSum<Double>(), CompensatedSum<Double>())
    for part in parts {
      loglik.add(part.0)
      certainty.add(part.1)
    }
    return (loglik.value, certainty.value)
  }

  /// at: where column j of the rows is (read and written) → log Σⱼ exp and log maxⱼ share of each row
  @inline(__always)
  private func shares<L: Lanes & BitwiseCopyable>(_ lanes: L.Type, at column: (Int) -> UnsafeMutableRawPointer) -> (
    total: L, sure: L
  ) {
    var peak = column(0).loadUnaligned(as: L.self)
    for j in 1..<Swift.max(columns, 1) {
      let term = column(j).loadUnaligned(as: L.self)
      peak = peak.replacing(with: term, where: term - peak .> 0)
    }
    var sum = L(repeating: 0)
    for j in 0..<columns {
      let share = exponential(column(j).loadUnaligned(as: L.self) - peak)
      sum = sum + share
      column(j).storeBytes(of: share, as: L.self)
    }
    for j in 0..<columns { column(j).storeBytes(of: column(j).loadUnaligned(as: L.self) / sum, as: L.self) }
    let logSum = logarithm(sum)
    return (peak + logSum, -logSum)
  }
}

/// EM for a mixture of a family of somebody's own. Responsibilities of all rows are in memory, since a fit wants them as vectors.
struct OwnMixtureEstimation: Estimation {
  private nonisolated(unsafe) let family: OwnFamily
  let rows: Rows
  let k: Int
  let fixesWeights: Bool
  let units: [Double]
  private let last = LastPass()

  /// The responsibilities of the last pass, which the M-step after it wants. EM stays on one thread.
  private final class LastPass: @unchecked Sendable {
    var model: OwnMixture?
    var responsibilities: Matrix?
  }

  init(_ family: OwnFamily, _ rows: Rows, k: Int, fixesWeights: Bool, units: [Double]) {
    (self.family, self.rows, self.k, self.fixesWeights) = (family, rows, k, fixesWeights)
    self.units =
      (fixesWeights ? [] : Array(repeating: 1, count: k)) + (0..<k).flatMap { _ in units }
  }

  var count: Int { rows.count }
  private var x: Vector { rows.matrix.column(0) }
  private var parameterCount: Int { family.parameterNames.count }

  func expect(_ model: OwnMixture) throws(Failure) -> Moments {
    let terms = try family.logTerms(x, model)
    var moments = Moments(count: 0)
    (moments.loglik, moments.certainty) = try terms.normaliseRows()
    guard moments.loglik.isFinite else {
      throw Failure(.data, "the log-likelihood is \(moments.loglik.named): logpdf must be finite for some component")
    }
    (last.model, last.responsibilities) = (model, terms)
    return moments
  }

  func maximise(_ moments: Moments, after model: OwnMixture) throws(Failure) -> OwnMixture {
    if last.model != model { _ = try expect(model) }
    guard let responsibilities = last.responsibilities else { return model }
    return try maximise(responsibilities, after: model)
  }

  /// The M-step for given responsibilities; model: nil at first
  func maximise(_ responsibilities: Matrix, after model: OwnMixture?) throws(Failure) -> OwnMixture {
    let totals = try responsibilities.columnSums().array
    for (j, total) in totals.enumerated() where !(total > 1e-6) {
      throw Failure(.degenerate, "component \(j + 1) has lost all its rows: try a smaller k, or more restarts")
    }
    var parameters: [[Double]] = []
    for j in 0..<k {
      try Interruption.check()
      let fitted = try family.fit(x, try responsibilities.column(j).copy(), model?.parameters[j])
      guard fitted.count == parameterCount, family.admits(fitted) else {
        let shown = zip(family.parameterNames, fitted).map { "\($0) = \($1.named)" }.joined(separator: ", ")
        throw Failure(.degenerate, "component \(j + 1) has left the range of its parameters: \(shown)")
      }
      parameters.append(fitted)
    }
    let sum = totals.reduce(0, +)
    let weights =
      fixesWeights ? model?.weights ?? Array(repeating: 1 / Double(k), count: k) : totals.map { $0 / sum }
    return OwnMixture(weights: weights, parameters: parameters)
  }

  func parameters(of model: OwnMixture) -> [Double] {
    (fixesWeights ? [] : model.weights) + model.parameters.flatMap { $0 }
  }

  func model(with parameters: [Double], after model: OwnMixture) -> OwnMixture? {
    let weights = fixesWeights ? model.weights : Array(parameters[..<k])
    let rest = Array(parameters[(fixesWeights ? 0 : k)...])
    let parts = (0..<k).map { Array(rest[$0 * parameterCount..<($0 + 1) * parameterCount]) }
    guard weights.allSatisfy({ $0 > 0 }), parts.allSatisfy({ family.admits($0) }) else { return nil }
    return OwnMixture(weights: weights, parameters: parts)
  }

  func ordered(_ model: OwnMixture) -> OwnMixture {
    let order = (0..<k).sorted { a, b in
      model.parameters[a] == model.parameters[b]
        ? a < b : model.parameters[a].lexicographicallyPrecedes(model.parameters[b])
    }
    return OwnMixture(weights: order.map { model.weights[$0] }, parameters: order.map { model.parameters[$0] })
  }

  func escape(from model: OwnMixture, loglik: Double) throws(Failure) -> (model: OwnMixture, evaluations: Int)? { nil }
  var meaningOfFall: String { "fit does not maximise the weighted likelihood of logpdf" }
}

/// What EM came to with a family of somebody's own.
package struct OwnFit: Sendable {
  package let family: String
  package let parameterNames: [String]
  package let model: OwnMixture
  package let n, df: Int
  package let loglik, certainty: Double
  package let status: EMStatus
  package let certificate: Certificate
  package let trace: [Double]
  package let evaluations, starts, degenerateStarts: Int
  package let optima: [Fit.Optimum]
  package let fixesWeights: Bool

  package var k: Int { model.weights.count }
  package var iterations: Int { trace.count - 1 }
  package var bic: Double { -2 * loglik + Double(df) * log(Double(n)) }
  package var aic: Double { -2 * loglik + 2 * Double(df) }
  package var icl: Double { bic - 2 * certainty }
}

extension EM {
  /// The mixture of k components of `family` that fits a column best, from many starts or from responsibilities.
  ///
  /// start: n × k · observe: called after each pass, says whether to go on
  package static func fit(
    _ rows: Rows, _ family: OwnFamily, k: Int, start: Matrix? = nil, fixesWeights: Bool = false, _ options: EMOptions,
    observe: (_ start: Int, _ starts: Int, _ pass: Int, _ loglik: Double, _ gap: Double) -> Bool = { _, _, _, _, _ in
      true
    }
  ) throws(Failure) -> OwnFit {
    guard rows.dimension == 1 else {
      throw Failure(.shape, "\(family.name) components are for one column, got \(rows.dimension)")
    }
    let (x, starts) = (rows.matrix.column(0), start == nil && k > 1 ? options.restarts : 1)
    // A change of parameters matters by what it is to those of all rows together.
    let ones = try Vector.filled(x.count, with: 1)
    let pooled = try family.fit(x, ones, nil)
    let scale = max(rows.columns[0].sd, Double.leastNormalMagnitude)
    let estimation = OwnMixtureEstimation(
      family, rows, k: k, fixesWeights: fixesWeights, units: pooled.map { max(abs($0), 1e-3 * scale) })
    let result = try withoutActuallyEscaping(observe) { (observe) throws(Failure) in
      var portfolio = try Portfolio(estimation, starts: starts, options, checkpoint: nil) { number, run in
        observe(number, starts, run.state.evaluations, run.loglik, run.state.certificate.gap)
      }
      if let start { return try portfolio.run { _ throws(Failure) in try estimation.maximise(start, after: nil) } }
      var stream = options.stream
      var words = stream.draw()
      let seeds = Seeds(rows, k: k, &words)
      return try portfolio.run { [stream] (number) throws(Failure) in
        var own = stream
        own.jump(UInt64(number))
        var words = own.draw()
        return try estimation.maximise(
          try nearest(x, try seeds.centres(start: number, &words).map { $0[0] }), after: nil)
      }
    }
    return try summary(result, estimation, family, pooled: pooled.count, starts: starts, keepsOrder: start != nil)
  }

  /// 1 where a row is nearest to a centre: n × k.
  private static func nearest(_ x: Vector, _ centres: [Double]) throws(Failure) -> Matrix {
    let shares = try Matrix.zeros(x.count, centres.count)
    for i in 0..<x.count {
      let best = centres.indices.min { abs(x[i] - centres[$0]) < abs(x[i] - centres[$1]) } ?? 0
      shares[i, best] = 1
    }
    return shares
  }

  private static func summary(
    _ result: Portfolio<OwnMixtureEstimation>.Result, _ estimation: OwnMixtureEstimation, _ family: OwnFamily,
    pooled: Int, starts: Int, keepsOrder: Bool
  ) throws(Failure) -> OwnFit {
    let run = result.best.state
    let k = estimation.k
    return OwnFit(
      family: family.name, parameterNames: family.parameterNames,
      model: keepsOrder ? run.model : estimation.ordered(run.model), n: estimation.count,
      df: k * pooled + (estimation.fixesWeights ? 0 : k - 1), loglik: run.loglik,
      certainty: run.moments?.certainty ?? .nan,
      status: result.wasInterrupted ? .interrupted : run.status ?? .interrupted, certificate: run.certificate,
      trace: run.trace, evaluations: run.evaluations, starts: starts, degenerateStarts: result.degenerateStarts,
      optima: result.optima, fixesWeights: estimation.fixesWeights)
  }
}
