/// How far EM has come from one start: all that it needs to go on from here, in this process or another.
struct EMState<Model: Codable & Sendable>: Codable, Sendable {
  let start: Model
  /// The model of `moments`, and the best so far.
  var model: Model
  /// Nil before the first pass.
  var moments: Moments?
  /// The log-likelihood of each model that was accepted.
  var trace: [Double] = []
  /// Passes over the data.
  var evaluations = 0
  /// Nil while there is something left to do.
  var status: EMStatus?
  /// Why the status is `degenerate`.
  var failure: Failure?
  var certificate = Certificate(gap: .nan, rate: .nan, score: .nan)
  /// What the next pass evaluates.
  var next: Model
  /// Whether `next` is the result of an EM step rather than an extrapolation.
  var isPlain = true
  /// The EM step to take instead, where an extrapolation turns out to be worse.
  var fallback: Model?
  var accelerates: Bool
  var projection = Projection()
  var squarem: Squarem
  /// Passes after which to look where EM goes, where it has not ended by then.
  var nextLook: Int
  /// Looks that showed nothing, where EM seemed to have ended.
  var unknownLooks = 0

  init(from start: Model, units: [Double], accelerates: Bool) {
    (self.start, model, next, self.accelerates) = (start, start, start, accelerates)
    squarem = Squarem(units: units)
    // What is quick has ended by then.
    nextLook = max(20, 4 * Linearisation.passes(parameters: units.count))
  }

  var loglik: Double { moments?.loglik ?? -.infinity }
}
