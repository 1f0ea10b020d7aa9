import CBoost

/// Skew-normal distribution, location ξ, scale ω > 0, shape α: p(x) = 2·φ(z)·Φ(α·z)/ω, z = (x − ξ)/ω.
///
/// With δ = α/√(1 + α²): mean ξ + ω·δ·√(2/π), variance ω²·(1 − 2δ²/π); mode and entropy have no closed form and are found by
/// Newton's method and by quadrature.
///
/// A. Azzalini, A class of distributions which includes the normal ones, 1985.
package struct SkewNormal: UnivariateDistribution {
  package let location: Double
  package let scale: Double
  package let shape: Double
  /// δ, and √(1 − δ²) = 1/√(1 + α²).
  private let delta, rest: Double
  /// log 2/(ω·√2π).
  private let logHeight: Double

  package init(location: Double, scale: Double, shape: Double) throws(Failure) {
    try finite(location, "location")
    try positive(scale, "scale")
    try finite(shape, "shape")
    self.location = location
    self.scale = scale
    self.shape = shape
    // From here on 1 + α² rounds to α².
    let isLarge = abs(shape) > 1e9
    rest = isLarge ? 1 / abs(shape) : 1 / (1 + shape * shape).squareRoot()
    delta = isLarge ? (shape < 0 ? -1 : 1) : shape * rest
    logHeight = ln2 - logRootTwoPi - log(scale)
  }

  package var family: String { "skew_normal" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("location", .number(location)), ("scale", .number(scale)), ("shape", .number(shape))]
  }
  package var support: Support { .interval(-.infinity, .infinity) }
  package var mean: Double { location.addingProduct(scale, delta * (2 / .pi).squareRoot()) }
  package var variance: Double { sd * sd }
  package var sd: Double { scale * (1 - 2 / .pi * delta * delta).squareRoot() }

  /// Where z = α·φ(α·z)/Φ(α·z).
  package var mode: Double {
    if shape == 0 { return location }
    let logSquare = 2 * log(abs(shape))
    let t = increasingRoot(from: -1500, to: 4, near: min(logSquare - 0.25, 0), tolerance: 1e-16) { t in
      let v = exp(t)
      let logRatio = -0.5 * v * v - logRootTwoPi - logNormalTail(-v)
      return (t - logSquare - logRatio, 1 + v * (v + exp(logRatio)))
    }
    return location.addingProduct(scale, exp(t) / shape)
  }

  package var entropy: Double {
    // The mean of log 2Φ(αz): z and −z together, so that the integrand is 2·φ(z)·(log 2 + …) at most.
    let steepness = abs(shape)
    let f = { (z: Double) -> Double in
      let v = steepness * z
      let (logP, logQ) = (ln2 + logNormalTail(-v), ln2 + logNormalTail(v))
      let gain = exp(logP) * logP + (logQ > -700 ? exp(logQ) * logQ : 0)
      return exp(-0.5 * z * z - logRootTwoPi) * gain
    }
    let ends = [0, min(2, 2 / steepness), min(8, 9 / steepness), 9].sorted()
    let gain = zip(ends, ends.dropFirst()).reduce(0) { $0 + integral(from: $1.0, to: $1.1, tolerance: 1e-14, f) }
    return 0.5 + ln2 - logHeight - gain
  }

  package func logpdf(_ x: Double) -> Double { logDensity(x) }
  package func pdf(_ x: Double) -> Double { exp(logDensity(x)) }

  package func cdf(_ x: Double) -> Double {
    let z = standardised(x)
    return shape < 0 ? tails(-z).upper : tails(z).lower
  }

  package func ccdf(_ x: Double) -> Double {
    let z = standardised(x)
    return shape < 0 ? tails(-z).lower : tails(z).upper
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 || p == 1 { return p == 0 ? -.infinity : .infinity }
    let z = shape < 0 ? -quantile(lower: 1 - p, upper: p) : quantile(lower: p, upper: 1 - p)
    return location.addingProduct(scale, z)
  }

  package func sample(_ words: inout Words) -> Double {
    let z = delta * abs(words.normal())
    return location.addingProduct(scale, z.addingProduct(rest, words.normal()))
  }

  @inline(__always)
  private func standardised<L: Lanes>(_ x: L) -> L { (x - L(repeating: location)) / L(repeating: scale) }

  @inline(__always)
  private func logDensity<L: Lanes>(_ x: L) -> L {
    let z = standardised(x)
    let height = L(repeating: logHeight).addingProduct(L(repeating: -0.5) * z, z)
    return (height + logarithmOfTail(L(repeating: -shape) * z))
      .replacing(with: L(repeating: -.infinity), where: z.absolute .> .greatestFiniteMagnitude)
  }
}

// For shapes α ≥ 0, to which the others are mirrored.
extension SkewNormal {
  /// P(Z ≤ z) and P(Z > z) for ξ = 0, ω = 1 and |α|.
  private func tails(_ z: Double) -> (lower: Double, upper: Double) {
    if z.isNaN { return (z, z) }
    if z <= 0 {
      let lower = thinTail(-z)
      return (lower, 1 - lower)
    }
    let opposite = thinTail(z)
    let upper = 2 * normalTail(z) - opposite
    return (z < 1 ? boost_erf(z * 0.5.squareRoot()) + opposite : 1 - upper, upper)
  }

  /// P(Z < −h) for h ≥ 0: P(N > h) − 2·T(h, α), where that does not cancel, else Owen's integral,
  /// ∫ exp(−h²·(1 + s²)/2)/(1 + s²) ds/π from α on.
  ///
  /// D. B. Owen, Tables for computing bivariate normal probabilities, 1956, doi:10.1214/aoms/1177728074.
  private func thinTail(_ h: Double) -> Double {
    let (alpha, normal) = (abs(shape), normalTail(h))
    let difference = normal - 2 * boost_owens_t(h, alpha)
    if difference > 1e-3 * normal { return difference }
    let product = alpha * h
    let (square, other) = (0.5 * h * h, 0.5 * product * product)
    guard square + other < 760 else { return 0 }
    var area = 0.0
    if alpha >= 1 {
      // s = α/w, as far as the integrand is above e⁻⁴⁵ of its end; where h is small it falls to 0 in a narrow strip, towards
      // which the panels shrink.
      let least = max(1e-18, 1 / (1 + 45 / other).squareRoot())
      var top = 1.0
      while top > least {
        let bottom = max(least, top / 8)
        area += integral(from: bottom, to: top, tolerance: 1e-14) { w in
          exp(-other * ((1 - w) * (1 + w) / (w * w))) / (1 + w / alpha * (w / alpha))
        }
        top = bottom
      }
      area /= alpha
    } else {
      // s = α + u.
      let width = 45 / square / (alpha + (alpha * alpha + 45 / square).squareRoot())
      area = integral(from: 0, to: width, tolerance: 1e-14) { u in
        exp(-2 * square * u * (alpha + 0.5 * u)) / (1 + (alpha + u) * (alpha + u))
      }
    }
    return exp(-square - other) * area / .pi
  }

  /// z with P(Z ≤ z) = `lower` = 1 − `upper`, for ξ = 0, ω = 1 and |α|.
  private func quantile(lower: Double, upper: Double) -> Double {
    let atZero = atan(rest / abs(delta)) / .pi
    // As normal in the thin tail, half-normal in the other.
    let guess =
      lower < atZero
      ? rest * normalQuantile(0.5 * lower / atZero) : -normalQuantile(0.5 * min(1, upper / (1 - atZero)))
    let isLower = lower < upper
    let logTail = log(isLower ? lower : upper)
    // After a step of this size the next, which would be about its square, is below rounding.
    let tolerance = 1e-13 * max(abs(guess), rest)
    return increasingRoot(from: -40, to: 40, near: guess, tolerance: tolerance) { z in
      let found = log(isLower ? tails(z).lower : tails(z).upper)
      let height = -0.5 * z * z + ln2 - logRootTwoPi + logNormalTail(-abs(shape) * z)
      let slope = exp(height - found)
      return isLower ? (found - logTail, slope) : (logTail - found, slope)
    }
  }
}

extension SkewNormal {
  package func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { logDensity($0) }
  }

  package func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { exp(logDensity($0)) }
  }
}

extension Family {
  package static let skewNormal = Family(
    name: "skew_normal", summary: "Normal distribution with one tail heavier than the other.",
    parameters: [
      Parameter(name: "location", kind: .number, summary: "the mean is on the side of the heavier tail"),
      Parameter(name: "scale", kind: .number, range: .positive, summary: "the standard deviation is smaller"),
      Parameter(name: "shape", kind: .number, summary: "positive for a heavier right tail, 0 for normal"),
    ],
    facts: Facts(
      density: "p(x) = 2·φ(z)·Φ(shape·z)/scale, z = (x − location)/scale",
      domain: "all x",
      mean: "location + scale·δ·√(2/π), δ = shape/√(1 + shape²)",
      variance: "scale²·(1 − 2δ²/π)",
      mode: "by Newton's method",
      entropy: "by quadrature",
      example: "print(dist.skew_normal(0, 1, 4):mean())",
      picture: curves("skew_normal", ["0, 1, 0", "0, 1, 4", "0, 1, -2"], from: -4, to: 4)),
    make: { (values) throws(Failure) in
      try SkewNormal(location: values[0].number, scale: values[1].number, shape: values[2].number)
    },
    fit: { (sample) throws(Failure) in try SkewNormal.fit(try sample.column, weights: sample.weights) })
}
