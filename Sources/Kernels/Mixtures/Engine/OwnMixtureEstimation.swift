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
    (moments.loglik, moments.certainty) = try terms.normaliseRows(weights: rows.weights)
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
    // A fit may keep its weights, or change them.
    var shares: [Vector] = []
    for j in 0..<k { shares.append(try times(rows.weights, responsibilities.column(j))) }
    let totals = try shares.map { (share) throws(Failure) in try share.sum() }
    for (j, total) in totals.enumerated() where !(total > 1e-6) {
      throw Failure(.degenerate, "component \(j + 1) has lost all its rows: try a smaller k, or more restarts")
    }
    var parameters: [[Double]] = []
    for j in 0..<k {
      try Interruption.check()
      let fitted = try family.fit(x, shares[j], model?.parameters[j])
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

  /// A copy of the responsibilities, by the weights of the rows.
  private func times(_ weights: Vector?, _ responsibilities: Vector) throws(Failure) -> Vector {
    let shares = try responsibilities.copy()
    if let weights { try Vector.eachChunk(shares.count) { for i in $0 { shares[i] *= weights[i] } } }
    return shares
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
