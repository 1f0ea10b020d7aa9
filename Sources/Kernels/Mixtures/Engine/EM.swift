/// Maximum likelihood for mixtures, by expectation and maximisation.
package enum EM {
  /// Where EM begins.
  package enum Start: Sendable {
    case mixture(any Mixture)
    /// A component for each row, from 1; 0 where it is not known.
    case labels(Vector)
    /// n × k: how likely each component is to have made each row.
    case posterior(Matrix)
  }

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
    /// To the end of this start, by the rate at which the gap shrinks; nil while it cannot be told.
    package let passesLeft: Double?
    package let model: () throws(Failure) -> any Mixture
  }

  /// The mixture of `family` that fits `rows` best.
  ///
  /// start: where EM begins, and the order of components; nil for many starts of its own · fixesWeights: weights are those of
  /// the start, or equal · weights: what they are, k, where they are known · memberships: what is known of each row's component, which fixes their order too ·
  /// checkpoint: where the state is kept now and then, and taken up again · observe: called after each pass, says whether to go
  /// on.
  /// Interrupted or told to stop, the fit is the best so far. Throws `.degenerate` where every start ends at a component
  /// without a maximum-likelihood estimate.
  package static func fit<F: ComponentFamily>(
    _ rows: Rows, _ family: F, start: Start? = nil, fixesWeights: Bool = false, weights: [Double]? = nil,
    memberships: Memberships? = nil, _ options: EMOptions = EMOptions(), checkpoint: (any Checkpoint)? = nil,
    observe: (Progress) -> Bool = { _ in true }
  ) throws(Failure) -> Fit {
    let estimation = try MixtureEstimation(
      rows: rows, family: family, fixesWeights: fixesWeights, fixedWeights: weights, memberships: memberships)
    // One component has one optimum, which any start leads to.
    let starts = start == nil && family.k > 1 ? options.restarts : 1
    let result = try withoutActuallyEscaping(observe) { (observe) throws(Failure) in
      var portfolio = try Portfolio(estimation, starts: starts, options, checkpoint: checkpoint) { number, run in
        observe(progress(run, number, of: starts))
      }
      if let start { return try portfolio.run { _ throws(Failure) in try estimation.model(from: start) } }
      let seeds = Seeds(rows, k: family.k, from: options.stream)
      return try portfolio.run { (number) throws(Failure) in
        // Of families whose values end somewhere, no row that a start leaves outside comes in later.
        let evenly = family.takesRows && number / 4 % 2 == 1 ? 0.05 : 0
        return try estimation.begin(centres: try seeds.centres(start: number), evenly: evenly)
      }
    }
    return try summary(result, estimation, starts: starts, keepsOrder: start != nil)
  }

  private static func progress<F>(_ run: EMRun<MixtureEstimation<F>>, _ number: Int, of starts: Int) -> Progress {
    Progress(
      start: number, starts: starts, iteration: run.state.evaluations, loglik: run.loglik,
      gap: run.state.certificate.gap,
      passesLeft: run.passesLeft
    ) { () throws(Failure) in try run.estimation.mixture(run.state.model) }
  }

  private static func summary<F>(
    _ result: Portfolio<MixtureEstimation<F>>.Result, _ estimation: MixtureEstimation<F>, starts: Int, keepsOrder: Bool
  ) throws(Failure) -> Fit {
    let (run, family) = (result.best.state, estimation.family)
    let model = keepsOrder ? run.model : estimation.ordered(run.model)
    let weights = estimation.fixesWeights ? 0 : family.k - 1
    return Fit(
      model: try estimation.mixture(model), family: family.name, covariance: family.covariance,
      constraints: [family.constraint, estimation.fixesWeights ? "fixed weights" : nil].compactMap { $0 },
      n: estimation.count, weight: estimation.rows.weight, d: estimation.rows.dimension,
      df: family.freeParameters + weights, loglik: run.loglik,
      certainty: run.moments?.certainty ?? .nan,
      status: result.wasInterrupted ? .interrupted : run.status ?? .interrupted, certificate: run.certificate,
      trace: run.trace, evaluations: run.evaluations, starts: starts, degenerateStarts: result.degenerateStarts,
      optima: result.optima)
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
  fileprivate func model(from start: EM.Start) throws(Failure) -> Model {
    switch start {
    case .mixture(let mixture): try model(from: mixture)
    case .labels(let labels): try begin(labels: labels)
    case .posterior(let posterior): try begin(posterior: posterior)
    }
  }

  fileprivate func model(from start: any Mixture) throws(Failure) -> Model {
    guard start.components.count == family.k else {
      throw Failure(.shape, "k is \(family.k), but the start has \(start.components.count) components")
    }
    return Model(weights: fixedWeights ?? start.weights, components: try family.components(from: start.components))
  }

  fileprivate func mixture(_ model: Model) throws(Failure) -> any Mixture {
    try family.mixture(weights: model.weights, model.components)
  }
}
