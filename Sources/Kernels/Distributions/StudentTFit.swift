extension StudentT {
  /// Maximum likelihood of all three parameters. For each ν, location and scale by the EM algorithm for scales of normal
  /// variables, with its working parameter (Kent, Tyler and Vardi): uᵢ = (ν + 1)/(ν + zᵢ²), μ = Σ wᵢuᵢxᵢ / Σ wᵢuᵢ,
  /// σ² = Σ wᵢuᵢ(xᵢ − μ)² / Σ wᵢuᵢ; and ν where the derivative of what is then the likelihood,
  /// ½·(ψ((ν + 1)/2) − ψ(ν/2) − mean log(1 + z²/ν)), is zero. Weights are 1 where there are none.
  ///
  /// The likelihood grows without end as ν and σ go to 0 with μ at a value (C. Fernández, M. F. J. Steel, Multivariate Student-t
  /// regression models: pitfalls and inference, 1999, doi:10.1093/biomet/86.1.153): the fit is the local maximum with the
  /// largest ν, or where infinite ν is one, the next if that is likelier.
  ///
  /// J. T. Kent, D. E. Tyler, Y. Vardi, A curious likelihood identity for the multivariate t-distribution, 1994,
  /// doi:10.1080/03610919408813180.
  ///
  /// Throws `.data` for NaN or infinity and `.degenerate` where ν would be above 10⁶, which is to say the data have no heavier
  /// tails than a normal sample, and where there is no maximum before the scale shrinks to 0.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> StudentT {
    let sample = try WeightedSample(x, weights: weights)
    try sample.requireSpread("sigma")
    let moments = try WeightedMoments(x, weights: weights)
    guard moments.sd > 0 else { throw Failure(.degenerate, "sigma would be 0: the data are too close together") }
    var profile = TProfile(sample: sample, centre: moments.mean, sigma: moments.sd)
    let most = log(1e6)
    let slope = try profile.slope(most)
    let normalIsLikely = slope >= 0
    let failure = Failure(
      .degenerate,
      normalIsLikely
        ? "df would be infinite: the tails are no heavier than those of a normal sample; fit normal"
        : "sigma would be 0: the likelihood grows without end towards one value")
    // Below this ν the scale can shrink to 0 at the heaviest value.
    let share = try sample.heaviest().weight / sample.total
    let least = max(log(0.01), log(share / (1 - share)) + 0.01)
    // Down to where the slope is positive, past the minimum below infinite ν where that is a maximum.
    var (low, high) = ((place: most, slope: slope), (place: most, slope: slope))
    var hasFallen = !normalIsLikely
    while low.slope < 0 || !hasFallen {
      guard low.place > least else { throw failure }
      high = low
      low.place = max(least, low.place - 1)
      low.slope = try profile.slope(low.place)
      hasFallen = hasFallen || low.slope < 0
    }
    let root = try profile.root(from: low.place, to: high.place, (low.slope, high.slope))
    let best = try StudentT(df: exp(root), mu: moments.mean + profile.mu, sigma: profile.sigma)
    if normalIsLikely {
      let normal = try Normal(mu: moments.mean, sigma: moments.sd)
      guard try sample.scalarMean({ best.logpdf($0) }) > sample.scalarMean({ normal.logpdf($0) }) else { throw failure }
    }
    return best
  }
}

/// The best location and scale for each ν; the last ones are where the next search begins.
private struct TProfile {
  let sample: WeightedSample
  let centre: Double
  /// The location, less the centre.
  var mu = 0.0
  var sigma: Double

  init(sample: WeightedSample, centre: Double, sigma: Double) {
    (self.sample, self.centre, self.sigma) = (sample, centre, sigma)
  }

  /// The derivative by log ν of twice the mean log-likelihood at its maximum for ν.
  mutating func slope(_ logDf: Double) throws(Failure) -> Double {
    let df = exp(logDf)
    try maximise(df)
    // Both terms less 1, which for large ν is most of them; here it is the mean of (ν + 1)·z²/(ν + z²).
    let rise = df * digammaDifference(0.5 * df, by: 0.5) - 1
    let excess = try mean { square in
      let v = square / df
      let share = v / (1 + v)
      return df * (log1p(v) - share) - share
    }
    return rise - excess
  }

  /// Where the slope falls through zero; by regula falsi, with the halving of Illinois.
  mutating func root(
    from low: Double, to high: Double, _ slopes: (low: Double, high: Double)
  ) throws(Failure) -> Double {
    var (low, high, slopes) = (low, high, slopes)
    var (middle, side) = (low, 0)
    for _ in 0..<200 {
      let next = high - slopes.high * (high - low) / (slopes.high - slopes.low)
      let isDone = abs(next - middle) <= 1e-13 || high - low <= 1e-13
      middle = next > low && next < high ? next : low / 2 + high / 2
      let found = try slope(middle)
      if found == 0 || isDone { return middle }
      if found > 0 {
        (low, slopes.low) = (middle, found)
        if side == 1 { slopes.high /= 2 }
        side = 1
      } else {
        (high, slopes.high) = (middle, found)
        if side == -1 { slopes.low /= 2 }
        side = -1
      }
    }
    return middle
  }

  private mutating func maximise(_ df: Double) throws(Failure) {
    var (step, rounds) = (Double.infinity, 0)
    while step > 1e-14, rounds < 5000 {
      let share = try mean { 1 / (df + $0) }
      let shift = try deviates { z in z / (df + z * z) } / share
      let ratio = try mean { $0 / (df + $0) } / share - shift * shift
      let growth = ratio.squareRoot()
      (mu, sigma) = (mu + shift * sigma, sigma * growth)
      guard sigma > 0, sigma.isFinite else { throw Failure(.degenerate, "sigma would be 0") }
      step = max(abs(shift), abs(growth - 1))
      rounds += 1
    }
  }

  /// The weighted mean of f(z²).
  @inline(__always)
  private func mean(_ f: (SIMD8<Double>) -> SIMD8<Double>) throws(Failure) -> Double {
    try deviates { z in f(z * z) }
  }

  /// The weighted mean of f(z).
  @inline(__always)
  private func deviates(_ f: (SIMD8<Double>) -> SIMD8<Double>) throws(Failure) -> Double {
    let (centre, mu, sigma) = (centre, mu, sigma)
    return try sample.mean { f(($0 - centre - mu) / sigma) }
  }
}
