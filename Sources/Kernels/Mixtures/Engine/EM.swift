/// Maximum likelihood for mixtures, by expectation and maximisation.
package enum EM {
  /// A model on the way, for those who watch.
  package struct Progress {
    /// Of `starts`, from 1.
    package let start: Int
    package let starts: Int
    /// Passes over the data in this start.
    package let iteration: Int
    package let loglik: Double
    /// NaN while it cannot be told.
    package let gap: Double
    package let model: () throws(Failure) -> any Mixture
  }

  /// The mixture of `family` that fits `rows` best.
  ///
  /// start: where EM begins, and the order of components; nil for many starts of its own · fixesWeights: weights are those of
  /// the start, or equal · observe: called after each pass, says whether to go on.
  /// Interrupted or told to stop, the fit is the best so far. Throws `.degenerate` where every start ends at a component
  /// without a maximum-likelihood estimate.
  package static func fit<F: ComponentFamily>(
    _ rows: Rows, _ family: F, start: (any Mixture)? = nil, fixesWeights: Bool = false,
    _ options: EMOptions = EMOptions(),
    observe: (Progress) -> Bool = { _ in true }
  ) throws(Failure) -> Fit {
    let estimation = try MixtureEstimation(rows: rows, family: family, fixesWeights: fixesWeights)
    // One component has one optimum, which any start leads to.
    let starts = start == nil && family.k > 1 ? options.restarts : 1
    let result = try withoutActuallyEscaping(observe) { (observe) throws(Failure) in
      var portfolio = Portfolio(estimation, seconds: options.timeLimit, starts: starts) { number, run in
        observe(
          Progress(
            start: number, starts: starts, iteration: run.evaluations, loglik: run.loglik, gap: run.certificate.gap
          ) { () throws(Failure) in try estimation.mixture(run.model) })
      }
      if let start {
        let model = try estimation.model(from: start)
        return try portfolio.run { _ in EMRun(estimation, from: model, options) }
      }
      return try fit(estimation, options, &portfolio)
    }
    return try summary(result, estimation, starts: starts, keepsOrder: start != nil)
  }

  private static func fit<F>(
    _ estimation: MixtureEstimation<F>, _ options: EMOptions, _ portfolio: inout Portfolio<MixtureEstimation<F>>
  ) throws(Failure) -> Portfolio<MixtureEstimation<F>>.Result {
    var stream = options.stream
    var words = stream.draw()
    let seeds = Seeds(estimation.rows, k: estimation.family.k, &words)
    return try portfolio.run { (number) throws(Failure) in
      var words = stream.draw()
      let centres = try seeds.centres(start: number, &words)
      return EMRun(estimation, from: try estimation.begin(centres: centres), options)
    }
  }

  private static func summary<F>(
    _ result: Portfolio<MixtureEstimation<F>>.Result, _ estimation: MixtureEstimation<F>, starts: Int,
    keepsOrder: Bool
  ) throws(Failure) -> Fit {
    let (run, family) = (result.best, estimation.family)
    let model = keepsOrder ? run.model : estimation.ordered(run.model)
    let weights = estimation.fixesWeights ? 0 : family.k - 1
    return Fit(
      model: try estimation.mixture(model), family: family.name,
      constraints: [family.constraint, estimation.fixesWeights ? "fixed weights" : nil].compactMap { $0 },
      n: estimation.count, d: estimation.rows.dimension, df: family.freeParameters + weights, loglik: run.loglik,
      certainty: run.moments?.certainty ?? .nan,
      status: result.wasInterrupted ? .interrupted : run.status ?? .interrupted, certificate: run.certificate,
      trace: run.trace, evaluations: run.evaluations, starts: starts,
      degenerateStarts: result.degenerateStarts, optima: result.optima)
  }

  /// One EM step from `model`: what came of it, and what it saw on the way.
  package struct Step: Sendable {
    package let next: any Mixture
    /// Of the model entering the step.
    package let loglik: Double
    /// Under the model entering the step: n × k.
    package let posterior: Matrix
  }

  package static func step<F: ComponentFamily>(
    _ rows: Rows, _ family: F, from model: any Mixture, fixesWeights: Bool = false
  ) throws(Failure) -> Step {
    let estimation = try MixtureEstimation(rows: rows, family: family, fixesWeights: fixesWeights)
    let now = try estimation.model(from: model)
    let moments = try estimation.expect(now)
    return Step(
      next: try estimation.mixture(try estimation.maximise(moments, after: now)), loglik: moments.loglik,
      posterior: try model.posterior(rows.matrix))
  }
}

extension MixtureEstimation {
  fileprivate func model(from start: any Mixture) throws(Failure) -> Model {
    guard start.components.count == family.k else {
      throw Failure(.shape, "k is \(family.k), but the start has \(start.components.count) components")
    }
    return Model(weights: start.weights, components: try family.components(from: start.components))
  }

  fileprivate func mixture(_ model: Model) throws(Failure) -> any Mixture {
    try family.mixture(weights: model.weights, model.components)
  }
}
