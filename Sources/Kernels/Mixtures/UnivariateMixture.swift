/// A mixture of univariate distributions, all continuous or all over integers.
///
/// - mean Σ wⱼ·mⱼ; variance Σ wⱼ·(vⱼ + (mⱼ − m)²), the law of total variance.
/// - mode: the global maximum of the density; see `mode`.
/// - entropy: no closed form; by quadrature, or by summation over the integers; see `entropy`.
package struct UnivariateMixture: Mixture, UnivariateDistribution {
  package let weights: [Double]
  let parts: [any UnivariateDistribution]
  package let support: Support

  /// Throws where a weight is negative or NaN, weights do not sum to 1, or components do not share a support.
  package init(weights: [Double], components: [any UnivariateDistribution]) throws(Failure) {
    self.weights = try normalised(weights: weights, count: components.count)
    self.support = try union(of: components.map(\.support), families: components.map(\.family))
    self.parts = components
  }

  package var components: [any Distribution] { parts }
  package var dimension: Int { 1 }
  package var parameters: [(name: String, value: ParameterValue)] {
    guard let weights = try? Vector(weights) else { return [] }
    return [("weights", .vector(weights)), ("components", .distributions(parts))]
  }

  package func pdf(_ x: Double) -> Double { average { $0.pdf(x) } }

  package func logpdf(_ x: Double) -> Double {
    var most = -Double.infinity
    for (w, part) in zip(weights, parts) where w > 0 { most = max(most, part.logpdf(x)) }
    // A density of zero or infinity, or NaN, is its own answer.
    guard most.isFinite else { return x.isNaN ? .nan : most }
    return most + log(average { exp($0.logpdf(x) - most) })
  }

  package func cdf(_ x: Double) -> Double { min(1, average { $0.cdf(x) }) }
  package func ccdf(_ x: Double) -> Double { min(1, average { $0.ccdf(x) }) }

  package func sample(_ words: inout Words) -> Double {
    parts[words.index(weights: weights)].sample(&words)
  }

  package var mean: Double { average(\.mean) }

  package var variance: Double {
    let centre = mean
    return average { $0.variance + ($0.mean - centre) * ($0.mean - centre) }
  }

  package func logDensity(ofComponent j: Int, _ rows: Matrix, into out: Vector) throws(Failure) {
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
    byBlocks(x, into: out) { x, terms, sums in
      sums.update(repeating: 0)
      for (w, part) in zip(weights, parts) where w > 0 {
        part.pdf(x, into: terms)
        for i in sums.indices { sums[i] = sums[i].addingProduct(w, terms[i]) }
      }
    }
  }

  package func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    byBlocks(x, into: out) { x, terms, sums in
      sums.update(repeating: -.infinity)
      for (w, part) in zip(weights, parts) where w > 0 {
        part.logpdf(x, into: terms)
        let logWeight = log(w)
        for i in sums.indices { sums[i] = logAdd(sums[i], terms[i] + logWeight) }
      }
    }
  }

  private typealias Block = UnsafeMutableBufferPointer<Double>

  /// `body` of up to 256 values, room for one component's terms, and the results.
  private func byBlocks(
    _ x: UnsafeBufferPointer<Double>, into out: Block, _ body: (UnsafeBufferPointer<Double>, Block, Block) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 512) { room in
      var first = 0
      while first < x.count {
        let count = min(256, x.count - first)
        let sums = Block(rebasing: room[256..<256 + count])
        body(UnsafeBufferPointer(rebasing: x[first..<first + count]), Block(rebasing: room[..<count]), sums)
        _ = Block(rebasing: out[first..<first + count]).update(fromContentsOf: sums)
        first += count
      }
    }
  }
}

/// log(eᵃ + eᵇ).
private func logAdd(_ a: Double, _ b: Double) -> Double {
  let (low, high) = a < b ? (a, b) : (b, a)
  return high.isInfinite || low == -.infinity ? high : high + log1p(exp(low - high))
}
