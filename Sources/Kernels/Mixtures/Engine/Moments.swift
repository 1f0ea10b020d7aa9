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

  static func += (a: inout Moments, b: Moments) {
    a.loglik += b.loglik
    a.certainty += b.certainty
    for i in a.sums.indices { a.sums[i] += b.sums[i] }
  }
}
