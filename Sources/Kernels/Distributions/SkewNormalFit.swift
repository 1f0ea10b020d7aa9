extension SkewNormal {
  /// Maximum likelihood. In η = α/ω the best scale for a location ξ is ω² = mean (x − ξ)², whatever η, and log Φ(η·(x − ξ)) is
  /// concave in η, so that the likelihood is searched over ξ alone, on both sides of the mean: there η = 0, a point of
  /// inflection, where the information of the three parameters is singular. Where nothing is better than that point, the fit
  /// is normal, with shape 0. Weights are 1 where there are none.
  ///
  /// Throws `.data` for NaN or infinity and `.degenerate` where all values with a weight are equal, or where the likelihood
  /// grows with |α| towards that of a half-normal distribution from the smallest or the largest value.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> SkewNormal {
    let sample = try WeightedSample(x, weights: weights)
    try sample.requireSpread("scale")
    let moments = try WeightedMoments(x, weights: weights)
    guard moments.sd > 0 else { throw Failure(.degenerate, "scale would be 0: the data are too close together") }
    let right = SkewProfile(sample: sample, centre: moments.mean, unit: moments.sd)
    let left = SkewProfile(sample: sample, centre: moments.mean, unit: -moments.sd)
    let (first, second) = (try right.maximum(), try left.maximum())
    let (best, unit) = second.value > first.value ? (second, -moments.sd) : (first, moments.sd)
    for (profile, name, end) in [(right, "smallest", sample.low), (left, "largest", sample.high)] {
      guard best.value > profile.limit else {
        throw Failure(
          .degenerate,
          "shape would be infinite: no finite one is likelier than half_normal of the distances from the \(name) value "
            + "\(end.named); fit half_normal to those")
      }
    }
    let omega = (1 + best.distance * best.distance).squareRoot()
    let alpha = best.eta * omega
    return try SkewNormal(
      location: moments.mean - best.distance * unit, scale: omega * abs(unit), shape: unit < 0 ? -alpha : alpha)
  }
}

/// The mean log-likelihood, for data y of mean 0 and variance 1, as a function of the distance s ≥ 0 of ξ below the mean, less
/// what all skew-normal distributions have in common: −½·log(1 + s²) + max mean log Φ(η·(y + s)) over η ≥ 0.
private struct SkewProfile {
  let sample: WeightedSample
  let centre: Double
  /// Negative, to look at the data from the other side.
  let unit: Double

  struct Point {
    var distance, eta, value, slope: Double
  }

  /// The distance of the end of the data, beyond which η would be infinite.
  private var end: Double { unit > 0 ? (centre - sample.low) / unit : (centre - sample.high) / unit }

  /// The value for ξ at the end of the data and η infinite.
  var limit: Double { -0.5 * log1p(end * end) }

  /// The maximum within the data; η = 0 at s = 0 where nothing is better.
  func maximum() throws(Failure) -> Point {
    let normal = Point(distance: 0, eta: 0, value: -ln2, slope: 0)
    var points = [normal]
    // Far from its mean a skew-normal distribution has no location: the largest distance is 1.32 for α infinite.
    let last = min(2.5, (1 - 1e-9) * end)
    for k in 1...25 where 0.1 * Double(k) < last { points.append(try point(0.1 * Double(k), eta: points[k - 1].eta)) }
    points.append(try point(last, eta: points[points.count - 1].eta))
    guard let top = points.indices.max(by: { points[$0].value < points[$1].value }) else { return normal }
    var left = top > 0 && points[top].slope > 0 ? points[top] : points[max(0, top - 1)]
    let right = top > 0 && points[top].slope <= 0 ? points[top] : points[min(top + 1, points.count - 1)]
    // At 0 the slope is 0 and says nothing.
    if left.distance == 0 { left = try point(min(1e-3, 0.5 * right.distance), eta: 0) }
    guard left.slope > 0, right.slope < 0 else { return points[top] }
    return try root(left, right)
  }

  /// Where the slope falls through zero; by regula falsi, with the halving of Illinois.
  private func root(_ left: Point, _ right: Point) throws(Failure) -> Point {
    var (left, right, found) = (left, right, left)
    var side = 0
    for _ in 0..<200 {
      let next = right.distance - right.slope * (right.distance - left.distance) / (right.slope - left.slope)
      let isDone = abs(next - found.distance) <= 1e-14 || right.distance - left.distance <= 1e-14
      let isInside = next > left.distance && next < right.distance
      found = try point(isInside ? next : left.distance / 2 + right.distance / 2, eta: found.eta)
      if found.slope == 0 || isDone { break }
      if found.slope > 0 {
        left = found
        if side == 1 { right.slope /= 2 }
        side = 1
      } else {
        right = found
        if side == -1 { left.slope /= 2 }
        side = -1
      }
    }
    return found
  }

  /// The best η for a distance, by Newton's method between bounds, from a guess.
  private func point(_ s: Double, eta guess: Double) throws(Failure) -> Point {
    var (below, above, eta) = (0.0, Double.infinity, max(guess, 1e-3))
    for _ in 0..<100 {
      let slope = try mean(s) { t in t * SkewProfile.ratio(eta * t) }
      let bend = try mean(s) { t in
        let r = SkewProfile.ratio(eta * t)
        return t * t * r * (r + eta * t)
      }
      if slope > 0 { below = eta } else { above = eta }
      var next = eta + slope / bend
      if !(next > below && next < above) { next = above < .infinity ? below / 2 + above / 2 : 4 * eta }
      let step = abs(next - eta)
      eta = next
      if step <= 1e-15 * eta || eta > 1e12 || slope == 0 { break }
    }
    let value = try mean(s) { t in logarithmOfTail(-eta * t) } - 0.5 * log1p(s * s)
    let slope = eta * (try mean(s) { t in SkewProfile.ratio(eta * t) }) - s / (1 + s * s)
    return Point(distance: s, eta: eta, value: value, slope: slope)
  }

  /// φ(0).
  private static let peak = 0.398942280401432677940

  /// φ(v)/Φ(v); for v < 0, Φ(v) is exp(−v²/2)·R(−v) with R the scaled tail.
  @inline(__always)
  private static func ratio(_ v: SIMD8<Double>) -> SIMD8<Double> {
    let scaled = scaledTail(v.absolute)
    let height = exp(-0.5 * v * v)
    return Self.peak / scaled.replacing(with: 1 / height - scaled, where: v .> 0)
  }

  /// The weighted mean of f(y + s).
  @inline(__always)
  private func mean(_ s: Double, _ f: (SIMD8<Double>) -> SIMD8<Double>) throws(Failure) -> Double {
    let (centre, unit) = (centre, unit)
    return try sample.mean { f(($0 - centre) / unit + s) }
  }
}
