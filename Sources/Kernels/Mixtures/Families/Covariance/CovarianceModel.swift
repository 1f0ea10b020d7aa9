/// What the covariances of a normal mixture have in common: the M-step takes the scatter of each component, and the model
/// turns them into the covariances of highest likelihood that it allows.
///
/// Covariances are λ·D·A·Dᵀ: a volume λ, a shape A (diagonal, determinant 1) and an orientation D. Three letters name a model by
/// whether components have these Equal, or each its own (Variable), or Identity in their place. What a model leaves free is
/// all that maximises −½·Σⱼ nⱼ·(log det Σⱼ + tr(Sⱼ·Σⱼ⁻¹)) for scatters Sⱼ.
///
/// G. Celeux, G. Govaert, Gaussian parsimonious clustering models, Pattern Recognition 28 (1995), 781–793,
/// doi:10.1016/0031-3203(94)00125-6.
package protocol CovarianceModel: Sendable {
  /// How one covariance is held, and what a pass does with it.
  associatedtype Shape: CovarianceShape
  /// Three letters: volume, shape, orientation.
  static var name: String { get }
  static func freeParameters(k: Int, d: Int) -> Int
  /// covariances: k in the form of the shape (each component's own scatter read, what the model allows written) ·
  /// shares: k, sum 1 · previous: k covariances that the model allows, where a search for them may start
  ///
  /// Covariances that the model allows already stay as they are, but for rounding. Throws where they have no estimate.
  static func constrain(
    _ covariances: inout [[Double]], shares: [Double], after previous: [[Double]]) throws(Collapse)
}

/// All fourteen, from the fewest parameters to the most.
package enum CovarianceModels {
  package static let all: [any CovarianceModel.Type] = [
    EII.self, VII.self, EEI.self, VEI.self, EVI.self, VVI.self,
    EEE.self, VEE.self, EVE.self, VVE.self, EEV.self, VEV.self, EVV.self, VVV.self,
  ]

  /// Other names in use.
  package static let aliases: [(name: String, model: any CovarianceModel.Type)] = [
    ("spherical", VII.self), ("diagonal", VVI.self), ("tied", EEE.self), ("full", VVV.self),
  ]

  package static func named(_ name: String) -> (any CovarianceModel.Type)? {
    all.first { $0.name == name } ?? aliases.first { $0.name == name }?.model
  }
}

// How parts of covariances are averaged.
enum Pooling {
  /// Σⱼ shareⱼ·covarianceⱼ.
  static func mean(of covariances: [[Double]], shares: [Double]) -> [Double] {
    var sum = covariances[0].map { $0 * shares[0] }
    for (own, share) in zip(covariances, shares).dropFirst() {
      for i in sum.indices { sum[i] = sum[i].addingProduct(share, own[i]) }
    }
    return sum
  }

  /// The d-th root of the product of d numbers. Throws where one of component j is not positive.
  static func geometricMean(_ numbers: some Collection<Double>, of j: Int?) throws(Collapse) -> Double {
    var sum = 0.0
    for (c, x) in numbers.enumerated() {
      guard x > 0, x < .infinity else { throw Collapse.flat(j, column: c) }
      sum += log(x)
    }
    return exp(sum / Double(numbers.count))
  }

  /// Volumes λⱼ and one shape a, ∏ a = 1, for variances sⱼ along axes: of minimal Σⱼ shareⱼ·Σ_c (log λⱼ + sⱼ_c/(λⱼ·a_c)).
  ///
  /// variances: k of d. The two are minimised in turn, which is convex in their logarithms and ends at the one minimum.
  static func proportions(
    _ variances: [[Double]], shares: [Double]
  ) throws(Collapse) -> (volumes: [Double], shape: [Double]) {
    let d = Double(variances[0].count)
    var volumes = variances.map { $0.reduce(0, +) / d }
    var shape: [Double] = []
    for _ in 0..<10_000 {
      shape = mean(of: zip(variances, volumes).map { own, volume in own.map { $0 / volume } }, shares: shares)
      let scale = try geometricMean(shape, of: nil)
      shape = shape.map { $0 / scale }
      let next = variances.map { own in zip(own, shape).reduce(0) { $0 + $1.0 / $1.1 } / d }
      let change = zip(volumes, next).reduce(0) { max($0, abs($1.1 - $1.0) / $1.0) }
      volumes = next
      if let j = volumes.firstIndex(where: { !($0 > 0) }) { throw Collapse.flat(j, column: 0) }
      if change <= 1e-15 { break }
    }
    return (volumes, shape)
  }
}
