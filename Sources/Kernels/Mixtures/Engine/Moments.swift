/// What EM keeps of some rows: their log-likelihood under the model, and sums over them that suffice to maximise it.
///
/// Moments of different rows add up, whoever computed them: this is all that the driver knows of data.
package struct Moments: Codable, Sendable {
  /// Σᵢ log p(xᵢ).
  package var loglik: Double
  /// Σᵢ log maxⱼ rᵢⱼ, the log-probability of the most likely labels: 0 where every row is sure of its component.
  package var certainty: Double
  /// The model's own layout.
  package var sums: [Double]

  package init(count: Int) {
    (loglik, certainty, sums) = (0, 0, [Double](repeating: 0, count: count))
  }

  /// The sum of all parts, in their order.
  init(adding parts: [Moments], count: Int) throws(Failure) {
    loglik = parts.reduce(0) { $0 + $1.loglik }
    certainty = parts.reduce(0) { $0 + $1.certainty }
    // Sums of wide rows are large: threads share them.
    let shares = try Parallel.map(count, chunk: 1 << 13, spreadFrom: 1 << 15) { range in
      var share = [Double](repeating: 0, count: range.count)
      for part in parts {
        for (i, s) in zip(share.indices, range) { share[i] += part.sums[s] }
      }
      return share
    }
    sums = Array(shares.joined())
  }
}
