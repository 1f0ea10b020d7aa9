// Columns are independent within a component: ellipsoids along the axes.

/// λ·A.
package enum EEI: CovarianceModel {
  package typealias Shape = AxisShape
  package static let name = "EEI"
  package static func freeParameters(k: Int, d: Int) -> Int { d }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    covariances = Array(repeating: Pooling.mean(of: covariances, shares: shares), count: covariances.count)
  }
}

/// λⱼ·A.
package enum VEI: CovarianceModel {
  package typealias Shape = AxisShape
  package static let name = "VEI"
  package static func freeParameters(k: Int, d: Int) -> Int { k + d - 1 }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    let (volumes, shape) = try Pooling.proportions(covariances, shares: shares)
    covariances = volumes.map { volume in shape.map { volume * $0 } }
  }
}

/// λ·Aⱼ.
package enum EVI: CovarianceModel {
  package typealias Shape = AxisShape
  package static let name = "EVI"
  package static func freeParameters(k: Int, d: Int) -> Int { 1 + k * (d - 1) }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    var volumes: [Double] = []
    for (j, own) in covariances.enumerated() { volumes.append(try Pooling.geometricMean(own, of: j)) }
    let volume = zip(shares, volumes).reduce(0) { $0 + $1.0 * $1.1 }
    covariances = zip(covariances, volumes).map { own, v in own.map { volume * ($0 / v) } }
  }
}

/// λⱼ·Aⱼ: each component has its own variance in each column.
package enum VVI: CovarianceModel {
  package typealias Shape = AxisShape
  package static let name = "VVI"
  package static func freeParameters(k: Int, d: Int) -> Int { k * d }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {}
}
