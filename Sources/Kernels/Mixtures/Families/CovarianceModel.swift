/// What the covariances of a normal mixture have in common: the M-step takes the scatter of each component, and the model
/// turns them into the covariances of highest likelihood that it allows.
///
/// G. Celeux, G. Govaert, Gaussian parsimonious clustering models, Pattern Recognition 28 (1995), 781–793,
/// doi:10.1016/0031-3203(94)00125-6.
package protocol CovarianceModel: Sendable {
  /// As the summary of a fit says it.
  static var name: String { get }
  static func freeParameters(k: Int, d: Int) -> Int
  /// covariances: k of d × d (each component's own scatter read, what the model allows written) · shares: k, sum 1
  static func constrain(_ covariances: inout [[Double]], shares: [Double], d: Int)
  /// Whether columns that are linear combinations of others make every covariance singular.
  static var needsIndependentColumns: Bool { get }
}

/// Each component has its own.
package enum FullCovariance: CovarianceModel {
  package static let name = "full covariance"
  package static let needsIndependentColumns = true
  package static func freeParameters(k: Int, d: Int) -> Int { k * d * (d + 1) / 2 }
  package static func constrain(_ covariances: inout [[Double]], shares: [Double], d: Int) {}
}

/// All components have the same.
package enum TiedCovariance: CovarianceModel {
  package static let name = "tied covariance"
  package static let needsIndependentColumns = true
  package static func freeParameters(k: Int, d: Int) -> Int { d * (d + 1) / 2 }

  package static func constrain(_ covariances: inout [[Double]], shares: [Double], d: Int) {
    var shared = [Double](repeating: 0, count: d * d)
    for (own, share) in zip(covariances, shares) {
      for i in shared.indices { shared[i] = shared[i].addingProduct(share, own[i]) }
    }
    covariances = Array(repeating: shared, count: covariances.count)
  }
}

/// Each component has its own variance in each column, and columns are independent within it.
package enum DiagonalCovariance: CovarianceModel {
  package static let name = "diagonal covariance"
  package static let needsIndependentColumns = false
  package static func freeParameters(k: Int, d: Int) -> Int { k * d }

  package static func constrain(_ covariances: inout [[Double]], shares: [Double], d: Int) {
    for j in covariances.indices {
      for i in covariances[j].indices where i % (d + 1) != 0 { covariances[j][i] = 0 }
    }
  }
}

/// Each component has one variance, the same in every direction.
package enum SphericalCovariance: CovarianceModel {
  package static let name = "spherical covariance"
  package static let needsIndependentColumns = false
  package static func freeParameters(k: Int, d: Int) -> Int { k }

  package static func constrain(_ covariances: inout [[Double]], shares: [Double], d: Int) {
    for j in covariances.indices {
      let trace = (0..<d).reduce(0) { $0 + covariances[j][$1 * (d + 1)] }
      for i in covariances[j].indices { covariances[j][i] = i % (d + 1) == 0 ? trace / Double(d) : 0 }
    }
  }
}
