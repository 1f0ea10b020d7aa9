/// EM from one start: the loop, convergence, acceleration. It can be left after any pass and taken up again.
///
/// A. P. Dempster, N. M. Laird, D. B. Rubin, Maximum likelihood from incomplete data via the EM algorithm, J. R. Stat. Soc.
/// B 39 (1977), 1–38, doi:10.1111/j.2517-6161.1977.tb01600.x.
struct EMRun<E: Estimation> {
  let estimation: E
  let options: EMOptions

  /// The model of `moments`, and the best so far.
  private(set) var model: E.Model
  /// Nil before the first pass.
  private(set) var moments: Moments?
  /// The log-likelihood of each model that was accepted.
  private(set) var trace: [Double] = []
  /// Passes over the data.
  private(set) var evaluations = 0
  /// Nil while there is something left to do.
  private(set) var status: EMStatus?
  /// Why the status is `degenerate`.
  private(set) var failure: Failure?
  private(set) var certificate = Certificate(gap: .nan, rate: .nan)

  private let start: E.Model
  private var next: E.Model
  private var accelerates: Bool
  private var projection = Projection()
  private var squarem: Squarem
  /// The step that led to `next`, and whether `next` is its result rather than an extrapolation.
  private var isPlain = true
  private var fallback: E.Model?

  init(_ estimation: E, from start: E.Model, _ options: EMOptions) {
    self.estimation = estimation
    self.options = options
    self.start = start
    self.model = start
    self.next = start
    self.accelerates = options.accelerates
    self.squarem = Squarem(units: estimation.units)
  }

  var loglik: Double { moments?.loglik ?? -.infinity }

  /// Up to `passes` passes over the data, fewer where EM ends before; `observe` is called after each, and says whether to go
  /// on. Interrupted, it throws and can go on later.
  mutating func advance(passes: Int, until deadline: Deadline, _ observe: (EMRun) -> Bool) throws(Failure) {
    for _ in 0..<passes where status == nil {
      do throws(Failure) { try step() } catch {
        guard error.endsOneStart else { throw error }
        end(error)
      }
      if status == nil, moments != nil {
        status = evaluations >= options.maxIterations ? .maxIterations : deadline.hasPassed ? .timeLimit : nil
      }
      if !observe(self) { throw Failure(.interrupted, "interrupted") }
    }
  }

  /// Acceleration can lead into a collapse that plain EM passes by: that is tried before a start is given up.
  private mutating func end(_ error: Failure) {
    guard accelerates, trace.count > 1 else {
      (status, failure) = (.degenerate, error)
      return
    }
    let evaluations = evaluations
    self = EMRun(estimation, from: start, options)
    (self.evaluations, accelerates) = (evaluations, false)
  }

  private mutating func step() throws(Failure) {
    evaluations += 1
    if let plain = fallback {
      fallback = nil
      guard let (moments, image) = try extrapolated() else {
        squarem.reject()
        (next, isPlain) = (plain, true)
        return
      }
      squarem.accept()
      return try move(to: next, moments, then: image)
    }
    let moments = try estimation.expect(next)
    try checkRise(to: moments.loglik)
    try move(to: next, moments, then: try estimation.maximise(moments, after: next))
  }

  /// The moments of an extrapolated model and what EM makes of it; nil where a plain step is better.
  private func extrapolated() throws(Failure) -> (Moments, E.Model)? {
    do throws(Failure) {
      let moments = try estimation.expect(next)
      return moments.loglik >= loglik ? (moments, try estimation.maximise(moments, after: next)) : nil
    } catch {
      if error.kind == .interrupted { throw error }
      return nil
    }
  }

  /// `model` is accepted, and EM leads from it to `image`.
  private mutating func move(to model: E.Model, _ moments: Moments, then image: E.Model) throws(Failure) {
    let gain = isPlain && self.moments != nil ? moments.loglik - loglik : nil
    (self.model, self.moments) = (model, moments)
    trace.append(moments.loglik)

    let (from, to) = (estimation.parameters(of: model), estimation.parameters(of: image))
    let step = zip(from, to).map { $1 - $0 }
    let length = norm(step, estimation.units)
    projection.observe(length: length, gain: gain, noise: noise(moments.loglik))
    certificate = Certificate(gap: projection.gap(steps: 2) ?? .nan, rate: projection.rate)

    (next, isPlain) = (image, true)
    if try hasConverged(step, length, from) {
      status = .converged
      return
    }
    guard accelerates, let proposal = squarem.proposal(from, step, isNearEnd: isNearEnd) else { return }
    guard let extrapolated = estimation.model(with: proposal.parameters, after: image) else { return squarem.reject() }
    (fallback, next, isPlain) = (image, extrapolated, false)
    projection.extrapolate(by: proposal.factor)
  }

  /// By two rates the end is near: plain steps, to see whether a third agrees.
  private var isNearEnd: Bool {
    guard options.criterion == .gap, let gap = projection.gap(steps: 2) else { return false }
    return gap <= options.tolerance * Double(estimation.count)
  }

  private mutating func hasConverged(_ step: [Double], _ length: Double, _ from: [Double]) throws(Failure) -> Bool {
    switch options.criterion {
    case .parameters:
      guard step.reduce(0, { $0 + abs($1) }) <= options.tolerance else { return false }
      let moments = try estimation.expect(next)
      evaluations += 1
      try checkRise(to: moments.loglik)
      (model, self.moments) = (next, moments)
      trace.append(moments.loglik)
      return true
    case .gap:
      // A step within rounding of nothing: this is a fixed point, as far as doubles can tell.
      if length <= 4 * .ulpOfOne * norm(from, estimation.units) {
        certificate.gap = noise(loglik)
        return true
      }
      guard let gap = projection.gap(steps: 3) else { return false }
      certificate.gap = max(gap, noise(loglik))
      return gap <= options.tolerance * Double(estimation.count)
    }
  }

  /// EM cannot lower the likelihood: a fall beyond rounding means that the arithmetic has broken down.
  private func checkRise(to loglik: Double) throws(Failure) {
    guard loglik >= self.loglik - 1e-10 * (abs(loglik) + Double(estimation.count)) else {
      throw Failure(
        .degenerate,
        "the log-likelihood fell from \(self.loglik) to \(loglik): the model is too close to singular for double precision"
      )
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
