/// The axes along which the scatters Sⱼ of all components are as nearly diagonal as can be: they minimise Σⱼ wⱼ·Σ_c log qⱼ_c for
/// the variances q along them, or Σⱼ wⱼ·(∏_c qⱼ_c)^(1/d) where components are to have the same volume.
///
/// The logarithm lies below its tangents, and the geometric mean below weighted arithmetic ones; so with uⱼ = wⱼ, or wⱼ times
/// the geometric mean, Σⱼ uⱼ·Σ_c qⱼ_c/(qⱼ_c now) majorises either (R. P. Browne, P. D. McNicholas, Adv. Data Anal. Classif. 8
/// (2014), 217–226, doi:10.1007/s11634-013-0139-1). In one plane its minimum has a closed form, as in the algorithm of B. N. Flury
/// and W. Gautschi, SIAM J. Sci. Stat. Comput. 7 (1986), 169–184, doi:10.1137/0907013: no turn raises what is minimised.
struct CommonAxes {
  private var rotations: Rotations
  private var weights: [Double]
  private let hasEqualVolumes: Bool

  /// scatters: k of d × d · previous: k matrices with common axes, from which the search starts
  init(
    _ scatters: [[Double]], shares: [Double], hasEqualVolumes: Bool, from previous: [[Double]]
  ) throws(Collapse) {
    let scaled = previous.map { own in own.map { $0 / own.reduce(0) { max($0, abs($1)) } } }
    let start = Rotations.axes(of: Pooling.mean(of: scaled, shares: shares))
    self.init(Rotations(scaled, along: start), shares, hasEqualVolumes: false)
    // Variances that are equal in the mean have axes of their own in the parts.
    try minimise()
    self.init(Rotations(scatters, along: rotations), shares, hasEqualVolumes: hasEqualVolumes)
    try minimise()
  }

  private init(_ rotations: Rotations, _ weights: [Double], hasEqualVolumes: Bool) {
    (self.rotations, self.weights, self.hasEqualVolumes) = (rotations, weights, hasEqualVolumes)
  }

  /// Of each component along the axes: k of d.
  var variances: [[Double]] { rotations.variances }
  func covariance(_ variances: [Double]) -> [Double] { rotations.covariance(variances) }

  private mutating func minimise() throws(Collapse) {
    for (j, own) in variances.enumerated() {
      let mean = try Pooling.geometricMean(own, of: j)
      if hasEqualVolumes { weights[j] *= mean }
    }
    var sweeps = 0
    while sweep(), sweeps < 10_000 { sweeps += 1 }
  }

  /// Turns every plane. → whether any could be turned
  private mutating func sweep() -> Bool {
    var hasTurned = false
    for l in 0..<rotations.d {
      for m in l + 1..<max(rotations.d, l + 1) where turn(l, m) { hasTurned = true }
    }
    return hasTurned
  }

  /// The majoriser is a constant and x·cos 2θ + y·sin 2θ, x ≤ 0.
  private mutating func turn(_ l: Int, _ m: Int) -> Bool {
    let d = rotations.d
    var (x, y, rounding) = (0.0, 0.0, 0.0)
    for (own, weight) in zip(rotations.seen, weights) {
      let (a, b, c) = (own[l * (d + 1)], own[m * (d + 1)], own[l + m * d])
      x -= weight * ((a - b) / a * ((a - b) / b)) / 2
      y -= weight * ((a - b) / a * (c / b))
      rounding += weight * (abs(a - b) / min(a, b)) * 0x1p-51
    }
    guard abs(y) > rounding, let (cos, sin) = halfAngle(-x, -y) else { return false }
    let before = rotations.seen.map { ($0[l * (d + 1)], $0[m * (d + 1)]) }
    rotations.turn(l, m, cos: cos, sin: sin)
    if hasEqualVolumes {
      for (j, own) in rotations.seen.enumerated() {
        let ratio = own[l * (d + 1)] / before[j].0 * (own[m * (d + 1)] / before[j].1)
        weights[j] *= exp(log(ratio) / Double(d))
      }
    }
    return true
  }
}
