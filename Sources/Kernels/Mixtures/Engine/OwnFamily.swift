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
    try Vector.eachChunk(x.count) { range in
      for i in range {
        let peak = (0..<terms.columns).reduce(-Double.infinity) { max($0, terms[i, $1]) }
        let sum = (0..<terms.columns).reduce(0) { $0 + (peak == -.infinity ? 0 : exp(terms[i, $1] - peak)) }
        result[i] = peak + log(sum)
      }
    }
    return result
  }
}
