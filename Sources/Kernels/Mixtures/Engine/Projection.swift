/// What consecutive plain EM steps say of the log-likelihood still to be gained.
///
/// Near an optimum each step is λ times as long as the one before, and gains κ times its squared length; what is left is the
/// geometric series κ·s²/(1 − λ²) (A. C. Aitken's δ² process, as in D. Böhning et al., Ann. Inst. Stat. Math. 46 (1994),
/// 373–388, doi:10.1007/BF01720593). Lengths are exact where gains have long drowned in the rounding of the
/// log-likelihood, so λ is taken from them, and κ from the steps whose gain still stood out.
struct Projection: Codable, Sendable {
  /// Lengths of steps without an extrapolation in between, the last few.
  private var lengths: [Double] = []
  /// κ of recent steps.
  private var curvatures: [Double] = []
  /// The λ that recent extrapolations went by: slow directions that they have just shortened still exist.
  private var extrapolated: [Double] = []

  /// gain: of the step before this one, nil where that was an extrapolation. noise: the rounding error of a gain.
  mutating func observe(length: Double, gain: Double?, noise: Double) {
    if let gain, let last = lengths.last, last > 0 {
      let doubtful = 100 * noise
      if gain > doubtful || curvatures.isEmpty { keep(max(gain, doubtful) / (last * last), in: &curvatures, most: 8) }
    }
    keep(length, in: &lengths, most: 4)
  }

  mutating func extrapolate(by factor: Double) {
    lengths.removeAll()
    keep(1 - 1 / factor, in: &extrapolated, most: 3)
  }

  private func keep(_ x: Double, in list: inout [Double], most: Int) {
    if list.count == most { list.removeFirst() }
    list.append(x)
  }

  private var rates: [Double] { zip(lengths, lengths.dropFirst()).map { $1 / $0 } }

  /// λ of the last step; NaN after fewer than two.
  var rate: Double { rates.last ?? .nan }

  /// √(gᵀ·I⁻¹·g) for the score g and the information I of the complete data, to first order: a step s gains (1 + λ)·sᵀ·I·s/2, and
  /// g = I·s.
  var score: Double {
    guard let length = lengths.last, let curvature = curvatures.max(), rate < 1 else { return .nan }
    return (2 * curvature * length * length / (1 + rate)).squareRoot()
  }

  /// The projection, where the last `steps` rates agree to a tenth of what they lack to 1; nil where they do not.
  func gap(steps: Int) -> Double? {
    let recent = rates.suffix(steps)
    guard recent.count == steps, let least = recent.min(), let most = recent.max(), most < 1,
      most - least <= 0.1 * (1 - most), let length = lengths.last, let curvature = curvatures.max()
    else { return nil }
    let slowest = max(most, extrapolated.max() ?? 0)
    return curvature * length * length / (1 - slowest * slowest)
  }
}
