/// What the covariances of a normal mixture have in common: the M-step takes the scatter of each component, and the model
/// turns them into the covariances of highest likelihood that it allows.
///
/// G. Celeux, G. Govaert, Gaussian parsimonious clustering models, Pattern Recognition 28 (1995), 781–793,
/// doi:10.1016/0031-3203(94)00125-6.
package protocol CovarianceModel: Sendable {
  /// How one covariance is held, and what a pass does with it.
  associatedtype Shape: CovarianceShape
  /// As the summary of a fit says it.
  static var name: String { get }
  static func freeParameters(k: Int, d: Int) -> Int
  /// covariances: k in the form of the shape (each component's own scatter read, what the model allows written) ·
  /// shares: k, sum 1
  static func constrain(_ covariances: inout [[Double]], shares: [Double])
}

/// Each component has its own.
package enum FullCovariance: CovarianceModel {
  package typealias Shape = TriangularShape
  package static let name = "full covariance"
  package static func freeParameters(k: Int, d: Int) -> Int { k * d * (d + 1) / 2 }
  package static func constrain(_ covariances: inout [[Double]], shares: [Double]) {}
}

/// All components have the same.
package enum TiedCovariance: CovarianceModel {
  package typealias Shape = TriangularShape
  package static let name = "tied covariance"
  package static func freeParameters(k: Int, d: Int) -> Int { d * (d + 1) / 2 }

  package static func constrain(_ covariances: inout [[Double]], shares: [Double]) {
    covariances = Array(repeating: mean(of: covariances, shares: shares), count: covariances.count)
  }

  /// Σⱼ shareⱼ·covarianceⱼ.
  static func mean(of covariances: [[Double]], shares: [Double]) -> [Double] {
    var sum = covariances[0].map { $0 * shares[0] }
    for (own, share) in zip(covariances, shares).dropFirst() {
      for i in sum.indices { sum[i] = sum[i].addingProduct(share, own[i]) }
    }
    return sum
  }
}

/// Each component has its own variance in each column, and columns are independent within it.
package enum DiagonalCovariance: CovarianceModel {
  package typealias Shape = AxisShape
  package static let name = "diagonal covariance"
  package static func freeParameters(k: Int, d: Int) -> Int { k * d }
  package static func constrain(_ covariances: inout [[Double]], shares: [Double]) {}
}

/// Each component has one variance, the same in every direction.
package enum SphericalCovariance: CovarianceModel {
  package typealias Shape = AxisShape
  package static let name = "spherical covariance"
  package static func freeParameters(k: Int, d: Int) -> Int { k }

  package static func constrain(_ covariances: inout [[Double]], shares: [Double]) {
    for (j, variances) in covariances.enumerated() {
      let mean = variances.reduce(0, +) / Double(variances.count)
      covariances[j] = variances.map { _ in mean }
    }
  }
}
