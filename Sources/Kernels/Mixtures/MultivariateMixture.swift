/// A mixture of multivariate distributions over rows of the same kind.
///
/// - mean m = Σ wⱼ·mⱼ; covariance Σ wⱼ·(Cⱼ + (mⱼ − m)(mⱼ − m)ᵀ), the law of total variance.
/// - mode: the global maximum of the density; see `mode`.
/// - entropy: NaN; there is no closed form, and no quadrature of use beyond a few dimensions.
package struct MultivariateMixture: Mixture, MultivariateDistribution {
  package let weights: [Double]
  let parts: [any MultivariateDistribution]
  package let support: Support

  /// Throws where a weight is negative or NaN, weights do not sum to 1, or components do not share a support.
  package init(weights: [Double], components: [any MultivariateDistribution]) throws(Failure) {
    self.weights = try normalised(weights: weights, count: components.count)
    self.support = try union(of: components.map(\.support), families: components.map(\.family))
    self.parts = components
  }

  package var components: [any Distribution] { parts }
  package var dimension: Int { parts[0].dimension }
  package var order: Int? { parts[0].order }
  package var parameters: [(name: String, value: ParameterValue)] {
    guard let weights = try? Vector(weights) else { return [] }
    return [("weights", .vector(weights)), ("components", .distributions(parts))]
  }
  package var entropy: Double { .nan }

  package func logpdf(_ rows: Matrix, into out: Vector) throws(Failure) {
    let terms = try Matrix(uninitializedRows: rows.rows, columns: parts.count)
    for j in parts.indices { try parts[j].logpdf(rows, into: terms.column(j)) }
    let logWeights = weights.map { log($0) }
    try Parallel.forEach(rows.rows, chunk: 4096) { (chunk) throws(Failure) in
      for i in chunk { out[i] = logSum(parts.count) { terms[i, $0] + logWeights[$0] } }
    }
  }

  package func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double {
    var sum = 0.0
    for (w, part) in zip(weights, parts) where w > 0 { sum = sum.addingProduct(w, try part.cdf(x)) }
    return atMostOne(sum)
  }

  package func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>) {
    parts[words.index(weights: weights, sum: 1) ?? 0].sample(&words, into: out)
  }

  package func logDensity(ofComponent j: Int, _ rows: Matrix, into out: Vector) throws(Failure) {
    try parts[j].logpdf(rows, into: out)
  }

  package var mean: Vector {
    get throws(Failure) { try average { part throws(Failure) in try part.mean } }
  }

  package var variance: Vector {
    get throws(Failure) {
      let mean = try mean
      return try average { part throws(Failure) in
        let (centre, within) = (try part.mean, try part.variance)
        return try Vector((0..<mean.count).map { within[$0] + (centre[$0] - mean[$0]) * (centre[$0] - mean[$0]) })
      }
    }
  }

  package var covariance: Matrix {
    get throws(Failure) {
      let (mean, result) = (try mean, try Matrix.zeros(dimension, dimension))
      for (w, part) in zip(weights, parts) where w > 0 {
        let (centre, within) = (try part.mean, try part.covariance)
        for c in 0..<dimension {
          try Interruption.check()
          for r in 0..<dimension {
            result[r, c] += w * (within[r, c] + (centre[r] - mean[r]) * (centre[c] - mean[c]))
          }
        }
      }
      return result
    }
  }

  /// Σ wⱼ·f(part j).
  private func average(
    _ f: (any MultivariateDistribution) throws(Failure) -> Vector
  ) throws(Failure) -> Vector {
    let result = try Vector.zeros(dimension)
    for (w, part) in zip(weights, parts) where w > 0 {
      let values = try f(part)
      for c in 0..<result.count { result[c] = result[c].addingProduct(w, values[c]) }
    }
    return result
  }
}
