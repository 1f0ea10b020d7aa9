// Each component has principal axes Dⱼ of its own.

/// λ·Dⱼ·A·Dⱼᵀ.
package enum EEV: CovarianceModel {
  package typealias Shape = TriangularShape
  package static let name = "EEV"
  package static func freeParameters(k: Int, d: Int) -> Int { k * d * (d + 1) / 2 - (k - 1) * d }

  /// Axes are those of the scatters, which pair variances in descending order; λ·A is the mean of these.
  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    let own = covariances.map { Rotations.axes(of: $0) }
    let variances = Pooling.mean(of: own.map(\.variances[0]), shares: shares)
    covariances = own.map { $0.covariance(variances) }
  }
}

/// λⱼ·Dⱼ·A·Dⱼᵀ.
package enum VEV: CovarianceModel {
  package typealias Shape = TriangularShape
  package static let name = "VEV"
  package static func freeParameters(k: Int, d: Int) -> Int { k * d * (d + 1) / 2 - (k - 1) * (d - 1) }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    let own = covariances.map { Rotations.axes(of: $0) }
    let (volumes, shape) = try Pooling.proportions(own.map(\.variances[0]), shares: shares)
    covariances = zip(own, volumes).map { axes, volume in axes.covariance(shape.map { volume * $0 }) }
  }
}

/// λ·Dⱼ·Aⱼ·Dⱼᵀ.
package enum EVV: CovarianceModel {
  package typealias Shape = TriangularShape
  package static let name = "EVV"
  package static func freeParameters(k: Int, d: Int) -> Int { k * d * (d + 1) / 2 - (k - 1) }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    let d = squareRoot(covariances[0].count)
    var volumes: [Double] = []
    for (j, own) in covariances.enumerated() {
      volumes.append(exp(try LowerFactor(of: own, d, component: j).logDeterminant / Double(d)))
    }
    let volume = zip(shares, volumes).reduce(0) { $0 + $1.0 * $1.1 }
    covariances = zip(covariances, volumes).map { own, v in own.map { volume * ($0 / v) } }
  }
}

/// λⱼ·Dⱼ·Aⱼ·Dⱼᵀ: each component has its own covariance.
package enum VVV: CovarianceModel {
  package typealias Shape = TriangularShape
  package static let name = "VVV"
  package static func freeParameters(k: Int, d: Int) -> Int { k * d * (d + 1) / 2 }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {}
}
