// Components are balls: one variance in every direction.

/// λ·1.
package enum EII: CovarianceModel {
  package typealias Shape = AxisShape
  package static let name = "EII"
  package static func freeParameters(k: Int, d: Int) -> Int { 1 }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    let variances = Pooling.mean(of: covariances, shares: shares)
    covariances = Array(repeating: rounded(variances), count: covariances.count)
  }
}

/// λⱼ·1.
package enum VII: CovarianceModel {
  package typealias Shape = AxisShape
  package static let name = "VII"
  package static func freeParameters(k: Int, d: Int) -> Int { k }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    covariances = covariances.map(rounded)
  }
}

/// The mean of the variances, in their places.
private func rounded(_ variances: [Double]) -> [Double] {
  let mean = variances.reduce(0, +) / Double(variances.count)
  return variances.map { _ in mean }
}
