/// What EM came to with a family of somebody's own.
package struct OwnFit: FitSummary {
  package let family: String
  package let parameterNames: [String]
  package let model: OwnMixture
  package let n, df: Int
  /// Of all rows.
  package let weight: Double
  package let loglik, certainty: Double
  package let status: EMStatus
  package let certificate: Certificate
  package let trace: [Double]
  package let evaluations, starts, degenerateStarts: Int
  package let optima: [Fit.Optimum]
  package let fixesWeights: Bool

  package var k: Int { model.weights.count }
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
    var weights = try Vector.filled(x.count, with: 1)
    if let own = rows.weights { weights = try own.copy() }
    let pooled = try family.fit(x, weights, nil)
    let scale = max(rows.columns[0].sd, Double.leastNormalMagnitude)
    let estimation = OwnMixtureEstimation(
      family, rows, k: k, fixesWeights: fixesWeights, units: pooled.map { max(abs($0), 1e-3 * scale) })
    let result = try withoutActuallyEscaping(observe) { (observe) throws(Failure) in
      var portfolio = try Portfolio(estimation, starts: starts, options, checkpoint: nil) { number, run in
        observe(number, starts, run.state.evaluations, run.loglik, run.state.certificate.gap)
      }
      if let start { return try portfolio.run { _ throws(Failure) in try estimation.maximise(start, after: nil) } }
      let seeds = Seeds(rows, k: k, from: options.stream)
      return try portfolio.run { (number) throws(Failure) in
        try estimation.maximise(try nearest(x, try seeds.centres(start: number).map { $0[0] }), after: nil)
      }
    }
    return try summary(result, estimation, family, pooled: pooled.count, starts: starts, keepsOrder: start != nil)
  }

  /// 1 where a row is nearest to a centre: n × k.
  private static func nearest(_ x: Vector, _ centres: [Double]) throws(Failure) -> Matrix {
    let shares = try Matrix.zeros(x.count, centres.count)
    try Vector.eachChunk(x.count) { range in
      for i in range {
        let best = centres.indices.min { abs(x[i] - centres[$0]) < abs(x[i] - centres[$1]) } ?? 0
        shares[i, best] = 1
      }
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
      df: k * pooled + (estimation.fixesWeights ? 0 : k - 1), weight: estimation.rows.weight, loglik: run.loglik,
      certainty: run.moments?.certainty ?? .nan,
      status: result.wasInterrupted ? .interrupted : run.status ?? .interrupted, certificate: run.certificate,
      trace: run.trace, evaluations: run.evaluations, starts: starts, degenerateStarts: result.degenerateStarts,
      optima: result.optima, fixesWeights: estimation.fixesWeights)
  }
}
