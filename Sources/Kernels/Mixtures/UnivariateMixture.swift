/// A mixture of univariate distributions, continuous or discrete.
///
/// Where it has components of both kinds, as zero inflation has, the density is with respect to lengths and counts together: at a
/// number that some component has a probability for, the sum of those probabilities alone, beside which a continuous component
/// counts nothing; elsewhere the sum of the continuous densities. So posterior probabilities are what they should be.
///
/// - mean Σ wⱼ·mⱼ; variance Σ wⱼ·(vⱼ + (mⱼ − m)²), the law of total variance.
/// - mode: the global maximum of the density; see `mode`.
/// - entropy: no closed form; by quadrature, or by summation over the integers; see `entropy`.
package struct UnivariateMixture: Mixture, UnivariateDistribution {
  package let weights: [Double]
  let parts: [any UnivariateDistribution]
  package let support: Support
  private let logWeights: [Double]

  /// Throws where a weight is negative or NaN, weights do not sum to 1, or components do not share a support.
  package init(weights: [Double], components: [any UnivariateDistribution]) throws(Failure) {
    self.weights = try normalised(weights: weights, count: components.count)
    self.support = try union(of: components.map(\.support), families: components.map(\.family))
    self.parts = components
    self.logWeights = self.weights.map { log($0) }
  }

  package var components: [any Distribution] { parts }
  package var dimension: Int { 1 }
  package var parameters: [(name: String, value: ParameterValue)] {
    guard let weights = try? Vector(weights) else { return [] }
    return [("weights", .vector(weights)), ("components", .distributions(parts))]
  }

  package func pdf(_ x: Double) -> Double {
    let atom = isMixed ? probability(of: x) : 0
    return atom > 0 ? atom : average { $0.pdf(x) }
  }

  package func logpdf(_ x: Double) -> Double {
    let atom = isMixed ? probability(of: x) : 0
    return atom > 0 ? log(atom) : logDensity(x)
  }

  package func probability(of x: Double) -> Double { average { $0.probability(of: x) } }

  private var isMixed: Bool { if case .mixed = support { true } else { false } }

  private func logDensity(_ x: Double) -> Double {
    logSum(parts.count) { weights[$0] > 0 ? parts[$0].logpdf(x) + logWeights[$0] : -.infinity }
  }

  package func cdf(_ x: Double) -> Double { atMostOne(average { $0.cdf(x) }) }
  package func ccdf(_ x: Double) -> Double { atMostOne(average { $0.ccdf(x) }) }

  package func sample(_ words: inout Words) -> Double {
    parts[words.index(weights: weights, sum: 1) ?? 0].sample(&words)
  }

  package var mean: Double { average(\.mean) }

  package var variance: Double {
    let centre = mean
    return average { $0.variance + ($0.mean - centre) * ($0.mean - centre) }
  }

  package func logDensity(ofComponent j: Int, _ rows: Matrix, into out: Vector) throws(Failure) {
    if isMixed {
      try Parallel.forEach(rows.rows, chunk: 4096) { (chunk) throws(Failure) in
        for i in chunk {
          let x = rows[i, 0]
          out[i] = probability(of: x) > 0 ? log(parts[j].probability(of: x)) : parts[j].logpdf(x)
        }
      }
      return
    }
    try Parallel.forEach(rows.rows, chunk: 4096) { (chunk) throws(Failure) in
      rows.column(0).withValues { x in
        out.withValues { out in
          parts[j].logpdf(
            UnsafeBufferPointer(rebasing: x[chunk]), into: UnsafeMutableBufferPointer(rebasing: out[chunk]))
        }
      }
    }
  }

  /// Σ wⱼ·f(componentⱼ). Components of weight zero do not count, even where f is infinite.
  func average(_ f: (any UnivariateDistribution) -> Double) -> Double {
    var sum = 0.0
    for (w, part) in zip(weights, parts) where w > 0 { sum = sum.addingProduct(w, f(part)) }
    return sum
  }
}

// Densities of many values: by blocks, since `out` may be `x` itself.
extension UnivariateMixture {
  package func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    if isMixed {
      for i in x.indices { out[i] = pdf(x[i]) }
      return
    }
    byBlocks(
      x, into: out, term: { $0.pdf($1, into: $2) },
      sum: { terms in zip(weights, terms).reduce(0) { $1.0 > 0 ? $0.addingProduct($1.0, $1.1) : $0 } })
  }

  package func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    if isMixed {
      for i in x.indices { out[i] = logpdf(x[i]) }
      return
    }
    byBlocks(
      x, into: out, term: { $0.logpdf($1, into: $2) },
      sum: { terms in logSum(terms.count) { weights[$0] > 0 ? terms[$0] + logWeights[$0] : -.infinity } })
  }

  private typealias Block = UnsafeMutableBufferPointer<Double>

  /// term: what one component makes of up to 256 values · sum: what the terms of one value come to
  private func byBlocks(
    _ x: UnsafeBufferPointer<Double>, into out: Block,
    term: (any UnivariateDistribution, UnsafeBufferPointer<Double>, Block) -> Void, sum: ([Double]) -> Double
  ) {
    let k = parts.count
    var terms = [Double](repeating: 0, count: k)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 256 * k) { room in
      for first in stride(from: 0, to: x.count, by: 256) {
        let count = min(256, x.count - first)
        for j in 0..<k {
          let column = Block(rebasing: room[256 * j..<256 * j + count])
          term(parts[j], UnsafeBufferPointer(rebasing: x[first..<first + count]), column)
        }
        for i in 0..<count {
          for j in 0..<k { terms[j] = room[256 * j + i] }
          out[first + i] = sum(terms)
        }
      }
    }
  }
}
