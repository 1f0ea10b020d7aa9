// All components have the same principal axes D.

/// λ·D·A·Dᵀ: all components have the same covariance.
package enum EEE: CovarianceModel {
  package typealias Shape = TriangularShape
  package static let name = "EEE"
  package static func freeParameters(k: Int, d: Int) -> Int { d * (d + 1) / 2 }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    covariances = Array(repeating: Pooling.mean(of: covariances, shares: shares), count: covariances.count)
  }
}

/// λⱼ·D·A·Dᵀ.
package enum VEE: CovarianceModel {
  package typealias Shape = TriangularShape
  package static let name = "VEE"
  package static func freeParameters(k: Int, d: Int) -> Int { d * (d + 1) / 2 + k - 1 }

  /// C = D·A·Dᵀ is the mean of Sⱼ/λⱼ but for its determinant, and λⱼ = tr(C⁻¹·Sⱼ)/d: in turn, until neither moves. Along geodesics of
  /// positive definite matrices this is convex, with one minimum.
  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    let d = squareRoot(covariances[0].count)
    var volumes = covariances.map { own in (0..<d).reduce(0) { $0 + own[$1 * (d + 1)] } / Double(d) }
    var common: [Double] = []
    for _ in 0..<10_000 {
      let scaled = zip(covariances, volumes).map { own, volume in own.map { $0 / volume } }
      common = Pooling.mean(of: scaled, shares: shares)
      let factor = try LowerFactor(of: common, d, component: nil)
      let scale = exp(factor.logDeterminant / Double(d))
      common = common.map { $0 / scale }
      let inverse = factor.inverseOfProduct
      let next = covariances.map { own in scale / Double(d) * zip(own, inverse).reduce(0) { $0 + $1.0 * $1.1 } }
      let change = zip(volumes, next).reduce(0) { max($0, abs($1.1 - $1.0) / $1.0) }
      volumes = next
      if let j = volumes.firstIndex(where: { !($0 > 0) }) { throw Collapse.flat(j, column: 0) }
      if change <= 1e-14 { break }
    }
    covariances = volumes.map { volume in common.map { volume * $0 } }
  }
}

/// λ·D·Aⱼ·Dᵀ.
package enum EVE: CovarianceModel {
  package typealias Shape = TriangularShape
  package static let name = "EVE"
  package static func freeParameters(k: Int, d: Int) -> Int { d * (d + 1) / 2 + (k - 1) * (d - 1) }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    let common = try CommonAxes(covariances, shares: shares, hasEqualVolumes: true, from: previous)
    var variances = common.variances
    try EVI.constrain(&variances, shares: shares, after: variances)
    covariances = variances.map(common.covariance)
  }
}

/// λⱼ·D·Aⱼ·Dᵀ: common principal components (B. N. Flury, J. Am. Stat. Assoc. 79 (1984), 892–898, doi:10.2307/2288721).
package enum VVE: CovarianceModel {
  package typealias Shape = TriangularShape
  package static let name = "VVE"
  package static func freeParameters(k: Int, d: Int) -> Int { d * (d + 1) / 2 + (k - 1) * d }

  package static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]
  ) throws(Collapse) {
    let common = try CommonAxes(covariances, shares: shares, hasEqualVolumes: false, from: previous)
    covariances = common.variances.map(common.covariance)
  }
}
