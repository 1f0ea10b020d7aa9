/// A model with something hidden, and data: what the driver of EM needs in order to fit the one to the other.
package protocol Estimation: Sendable {
  associatedtype Model: Codable & Sendable

  /// The number of rows.
  var count: Int { get }
  /// E: the moments of all rows under `model`. Throws `.data` where a row is impossible under it.
  func expect(_ model: Model) throws(Failure) -> Moments
  /// M: the model that maximises the expected complete-data log-likelihood. Throws `.degenerate` where it has no maximum.
  func maximise(_ moments: Moments, after model: Model) throws(Failure) -> Model
  /// The parameters side by side, as users know them.
  func parameters(of model: Model) -> [Double]
  /// The model with these parameters, and what is fixed as in `model`; nil where they are out of range.
  func model(with parameters: [Double], after model: Model) throws(Failure) -> Model?
  /// The same model, the same for every relabelling.
  func ordered(_ model: Model) -> Model
  /// A model near one where EM stands still, of a log-likelihood above `loglik`, where that was no optimum but a saddle; the
  /// passes that it took to find it.
  func escape(from model: Model, loglik: Double) throws(Failure) -> (model: Model, evaluations: Int)?
  /// What it means that the log-likelihood has fallen, beyond rounding.
  var meaningOfFall: String { get }
  /// For each parameter, the size of a change that matters: lengths of steps are in these units.
  var units: [Double] { get }
}

extension Estimation {
  package var meaningOfFall: String { "the model is too close to singular for double precision" }
}
