/// EM from one start: the loop, convergence, acceleration. It can be left after any pass and taken up again.
///
/// A. P. Dempster, N. M. Laird, D. B. Rubin, Maximum likelihood from incomplete data via the EM algorithm, J. R. Stat. Soc.
/// B 39 (1977), 1–38, doi:10.1111/j.2517-6161.1977.tb01600.x.
struct EMRun<E: Estimation> {
  let estimation: E
  let options: EMOptions
  private(set) var state: EMState<E.Model>

  init(_ estimation: E, from start: E.Model, _ options: EMOptions) {
    self.init(estimation, EMState(from: start, units: estimation.units, accelerates: options.accelerates), options)
  }

  /// Goes on from where a run was.
  init(_ estimation: E, _ state: EMState<E.Model>, _ options: EMOptions) {
    (self.estimation, self.state, self.options) = (estimation, state, options)
  }

  var loglik: Double { state.loglik }

  /// To convergence, by the rate at which the gap shrinks; nil while it cannot be told.
  var passesLeft: Double? {
    let (gap, rate) = (state.certificate.gap, state.certificate.rate)
    guard options.criterion == .gap, gap > 0, rate > 0, rate < 1 else { return nil }
    let passes = log(options.tolerance * Double(estimation.count) / gap) / (2 * log(rate))
    return passes > 0 && passes < .infinity ? passes : nil
  }

  /// One pass over the data; none where EM has ended. Interrupted, it throws and can go on later.
  mutating func pass(until deadline: Deadline) throws(Failure) {
    guard state.status == nil else { return }
    do throws(Failure) { try step() } catch {
      guard error.endsOneStart else { throw error }
      end(error)
    }
    if state.status == nil, state.moments != nil {
      state.status =
        state.evaluations >= options.maxIterations ? .maxIterations : deadline.hasPassed ? .timeLimit : nil
    }
  }

  /// Acceleration can lead into a collapse that plain EM passes by: that is tried before a start is given up.
  private mutating func end(_ error: Failure) {
    guard state.accelerates, state.trace.count > 1 else {
      (state.status, state.failure) = (.degenerate, error)
      return
    }
    let evaluations = state.evaluations
    state = EMState(from: state.start, units: estimation.units, accelerates: false)
    state.evaluations = evaluations
  }

  private mutating func step() throws(Failure) {
    if let plain = state.fallback {
      state.fallback = nil
      guard let (moments, image) = try image(of: state.next, from: loglik) else {
        state.squarem.reject()
        (state.next, state.isPlain) = (plain, true)
        return
      }
      state.squarem.accept()
      return try move(to: state.next, moments, then: image)
    }
    state.evaluations += 1
    let moments = try estimation.expect(state.next)
    try checkRise(to: moments.loglik)
    try move(to: state.next, moments, then: try estimation.maximise(moments, after: state.next))
  }

  /// `model` is accepted, and EM leads from it to `image`.
  private mutating func move(to model: E.Model, _ moments: Moments, then image: E.Model) throws(Failure) {
    let gain = state.isPlain && state.moments != nil ? moments.loglik - loglik : nil
    (state.model, state.moments) = (model, moments)
    state.trace.append(moments.loglik)

    let (from, to) = (estimation.parameters(of: model), estimation.parameters(of: image))
    let step = zip(from, to).map { $1 - $0 }
    let length = norm(step, estimation.units)
    state.projection.observe(length: length, gain: gain, noise: noise(moments.loglik))
    state.certificate = Certificate(
      gap: state.projection.gap(steps: 2) ?? .nan, rate: state.projection.rate, score: state.projection.score)

    (state.next, state.isPlain) = (image, true)
    if try hasConverged(step, length, from) { return try settle(from, step) }
    if state.accelerates, state.evaluations >= state.nextLook, case .better = try look(from, step) { return }
    guard state.accelerates, let proposal = state.squarem.proposal(from, step, isNearEnd: isNearEnd) else { return }
    guard let extrapolated = try estimation.model(with: proposal.parameters, after: image) else {
      return state.squarem.reject()
    }
    (state.fallback, state.next, state.isPlain) = (image, extrapolated, false)
    state.projection.extrapolate(by: proposal.factor)
  }

  /// EM stands still, at an optimum, unless a better model is close by: then it goes on from there.
  private mutating func settle(_ from: [Double], _ step: [Double]) throws(Failure) {
    let least = max(noise(loglik), options.tolerance * Double(estimation.count))
    // Extrapolations shorten the slow directions, so that for a while steps look as if there were none.
    if state.accelerates, options.criterion == .gap {
      switch try look(from, step) {
      case .better: return
      case .same(let gain): state.certificate.gap = max(state.certificate.gap, gain)
      case .unknown where state.unknownLooks < 3:
        state.unknownLooks += 1
        return
      case .unknown, .level: break
      }
    }
    guard let better = try estimation.escape(from: state.model, loglik: loglik + least) else {
      state.status = .converged
      return
    }
    state.evaluations += better.evaluations
    (state.next, state.isPlain, state.projection) = (better.model, false, Projection())
  }

  private enum Look {
    /// EM goes on from there.
    case better
    /// Not by more than the tolerance; the gain.
    case same(Double)
    /// There are directions in which steps do not shrink: a saddle, or a likelihood that is level.
    case level
    /// EM is not linear as far as that.
    case unknown
  }

  /// Whether the log-likelihood is higher where EM leads to, to first order.
  private mutating func look(_ from: [Double], _ step: [Double]) throws(Failure) -> Look {
    let passes = Linearisation.passes(parameters: step.count)
    // So that most passes are EM's own; but where EM is linear, one look after the other is Newton's method.
    state.nextLook = state.evaluations + 7 * passes
    guard step.contains(where: { $0 != 0 }) else { return .same(0) }
    guard state.evaluations + passes <= options.maxIterations else { return .unknown }
    let (model, ahead) = (state.model, estimation.parameters(of: state.next))
    func shifted(_ change: [Double]) throws(Failure) -> E.Model? {
      try estimation.model(with: zip(from, change).map { $0 + $1 }, after: model)
    }
    let seen = try Linearisation(step, units: estimation.units) { (change) throws(Failure) in
      guard let near = try shifted(change), let (_, next) = try image(of: near) else { return nil }
      return zip(estimation.parameters(of: next), ahead).map { $0 - $1 }
    }
    guard let seen else { return .unknown }
    state.certificate.rate = seen.rate
    guard seen.rate < 1 else { return .level }
    state.projection.extrapolate(by: 1 / (1 - seen.rate))
    let least = max(noise(loglik), options.tolerance * Double(estimation.count))
    // Where the map bends on the way, a part of it may do.
    for part in [1, 0.25, 0.0625] {
      guard let target = try shifted(seen.way.map { part * $0 }), let (moments, next) = try image(of: target) else {
        continue
      }
      let gain = moments.loglik - loglik
      if gain > least {
        go(to: target, moments, next)
        state.nextLook = state.evaluations + passes
        return .better
      }
      if part == 1, gain >= -noise(loglik) { return .same(max(gain, 0)) }
    }
    return .unknown
  }

  private mutating func go(to target: E.Model, _ moments: Moments, _ next: E.Model) {
    (state.model, state.moments, state.next, state.isPlain) = (target, moments, next, true)
    state.trace.append(moments.loglik)
    state.squarem.accept()
  }

  /// One pass: the moments of `model` and what EM makes of it; nil where it cannot, or its log-likelihood is below `least`.
  private mutating func image(
    of model: E.Model, from least: Double = -.infinity
  ) throws(Failure) -> (Moments, E.Model)? {
    state.evaluations += 1
    do throws(Failure) {
      let moments = try estimation.expect(model)
      return moments.loglik >= least ? (moments, try estimation.maximise(moments, after: model)) : nil
    } catch {
      if error.kind == .interrupted { throw error }
      return nil
    }
  }

  /// By two rates the end is near: plain steps, to see whether a third agrees.
  private var isNearEnd: Bool {
    guard options.criterion == .gap, let gap = state.projection.gap(steps: 2) else { return false }
    return gap <= options.tolerance * Double(estimation.count)
  }

  private mutating func hasConverged(_ step: [Double], _ length: Double, _ from: [Double]) throws(Failure) -> Bool {
    switch options.criterion {
    case .parameters:
      guard step.reduce(0, { $0 + abs($1) }) <= options.tolerance else { return false }
      let moments = try estimation.expect(state.next)
      state.evaluations += 1
      try checkRise(to: moments.loglik)
      (state.model, state.moments) = (state.next, moments)
      state.trace.append(moments.loglik)
      return true
    case .gap:
      // A step within rounding of nothing: this is a fixed point, as far as doubles can tell.
      if length <= 4 * .ulpOfOne * norm(from, estimation.units) {
        state.certificate.gap = noise(loglik)
        return true
      }
      guard let gap = state.projection.gap(steps: 3) else { return false }
      state.certificate.gap = max(gap, noise(loglik))
      return gap <= options.tolerance * Double(estimation.count)
    }
  }

  /// EM cannot lower the likelihood: a fall beyond rounding means that the arithmetic has broken down.
  private func checkRise(to loglik: Double) throws(Failure) {
    guard loglik >= self.loglik - 1e-10 * (abs(loglik) + Double(estimation.count)) else {
      throw Failure(
        .degenerate,
        "the log-likelihood fell from \(self.loglik) to \(loglik): \(estimation.meaningOfFall)")
    }
  }

  private func noise(_ loglik: Double) -> Double { 8 * .ulpOfOne * (abs(loglik) + Double(estimation.count)) }
}

extension Failure {
  /// Another start may do better.
  var endsOneStart: Bool { kind == .degenerate || kind == .data }
}

/// √Σ(xᵢ/uᵢ)².
func norm(_ x: [Double], _ units: [Double]) -> Double {
  zip(x, units).reduce(0) { $0.addingProduct($1.0 / $1.1, $1.0 / $1.1) }.squareRoot()
}

/// A moment by which EM must have come to an end.
struct Deadline {
  private let end: ContinuousClock.Instant?

  init(seconds: Double) {
    // Beyond some centuries, Duration overflows.
    end = seconds < 1e9 ? ContinuousClock.now + .seconds(seconds) : nil
  }

  var hasPassed: Bool { end.map { ContinuousClock.now >= $0 } ?? false }
}
