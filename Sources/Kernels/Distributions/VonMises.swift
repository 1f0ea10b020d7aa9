/// Von Mises distribution of angles, centre μ, concentration κ ≥ 0: p(x) = exp(κ·cos(x − μ)) / 2πI₀(κ) for μ − π ≤ x ≤ μ + π.
///
/// Mean and mode μ; the variance is that of the angle on this interval, by quadrature; entropy log 2πI₀(κ) − κ·I₁(κ)/I₀(κ).
package struct VonMises: LaneDensity {
  package let mu: Double
  package let kappa: Double
  private let bessel: ScaledBessel
  /// log(2π·e^(−κ)·I₀(κ)).
  private let logScale: Double

  package init(mu: Double, kappa: Double) throws(Failure) {
    try finite(mu, "mu")
    guard kappa >= 0 else { throw Failure(.argument, "kappa must not be negative, got \(kappa.named)") }
    try finite(kappa, "kappa")
    self.mu = mu
    self.kappa = kappa
    bessel = ScaledBessel(kappa)
    logScale = log(2 * .pi * bessel.zeroth)
  }

  package var family: String { "von_mises" }
  package var parameters: [(name: String, value: ParameterValue)] { [("mu", .number(mu)), ("kappa", .number(kappa))] }
  package var support: Support { .interval(mu - .pi, mu + .pi) }
  package var mean: Double { mu }
  package var mode: Double { mu }
  package var entropy: Double { logScale + kappa * (bessel.difference / bessel.zeroth) }

  package var variance: Double {
    2 * integral(from: 0, to: reach(from: 0), tolerance: 1e-14) { t in t * t * exp(logDensity(at: t)) }
  }

  package func cdf(_ x: Double) -> Double { x - mu <= 0 ? tail(mu - x) : 1 - tail(x - mu) }
  package func ccdf(_ x: Double) -> Double { x - mu >= 0 ? tail(x - mu) : 1 - tail(mu - x) }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 || p == 1 { return p == 0 ? mu - .pi : mu + .pi }
    let smaller = min(p, 1 - p)
    if smaller == 0.5 { return mu }
    // Newton's method for the logarithm of the tail.
    let logTail = log(smaller)
    let guess = normalQuantile(smaller) / (1 + kappa).squareRoot()
    let angle = increasingRoot(from: -.pi, to: 0, near: guess, tolerance: 1e-16 / (1 + kappa).squareRoot()) { t in
      let tail = tail(-t)
      return (log(tail) - logTail, exp(logDensity(at: t)) / tail)
    }
    return p < 0.5 ? mu + angle : mu - angle
  }

  /// D. J. Best, N. I. Fisher, Efficient simulation of the von Mises distribution, 1979, doi:10.2307/2346732: rejection from a
  /// wrapped Cauchy distribution, written in the tangent of half the angle, where nothing cancels for large κ.
  package func sample(_ words: inout Words) -> Double {
    let root = (1 + 4 * kappa * kappa).squareRoot()
    let excess = 0.5 * (1 + 1 / (root + 2 * kappa))
    let narrowing = (excess / (excess + 2 * kappa)).squareRoot()
    while true {
      let tangent = narrowing * tanPi(words.openUniform() - 0.5)
      let c = excess + 2 * kappa * (tangent / (1 + tangent * tangent) * tangent)
      if words.uniform() < c * exp(1 - c) { return mu + 2 * atan(tangent) }
    }
  }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let angle = (x - L(repeating: mu)).absolute
    let s = quarterSine(L(repeating: 0.5) * angle)
    return (L(repeating: -2 * kappa) * (s * s) - L(repeating: logScale))
      .replacing(with: L(repeating: -.infinity), where: angle .> .pi)
  }

  /// At an angle from μ, up to π.
  private func logDensity(at angle: Double) -> Double {
    let s = boundedSin(0.5 * angle)
    return -2 * kappa * (s * s) - logScale
  }

  /// P(X − μ > t) for t ≥ 0.
  private func tail(_ t: Double) -> Double {
    guard t < .pi else { return t.isNaN ? .nan : 0 }
    // Over the density at t; cos t − cos(t + s) = 2·sin(t + s/2)·sin(s/2).
    let ratio = integral(from: 0, to: reach(from: t) - t, tolerance: 1e-13) { s in
      exp(-2 * kappa * boundedSin(t + 0.5 * s) * boundedSin(0.5 * s))
    }
    return min(0.5, exp(logDensity(at: t)) * ratio)
  }

  /// The angle where the density has fallen by e⁻⁴⁵ from that at t ≥ 0, at most π.
  private func reach(from t: Double) -> Double {
    let s = boundedSin(0.5 * t)
    let square = (s * s).addingProduct(22.5, 1 / kappa)
    return square < 1 ? min(.pi, 2 * atan((square / (1 - square)).squareRoot())) : .pi
  }
}

/// e^(−κ)·I₀(κ) and e^(−κ)·(I₀(κ) − I₁(κ)), by the power series or, where its smallest term is below 1e-17, the asymptotic series;
/// DLMF 10.25.2 and 10.40.1.
private struct ScaledBessel {
  let zeroth, difference: Double

  init(_ kappa: Double) {
    if kappa < 20 {
      let quarter = 0.25 * kappa * kappa
      var (term, zeroth, first, k) = (1.0, 0.0, 0.0, 1.0)
      while term > 1e-18 * zeroth {
        zeroth += term
        first += term / k
        term *= quarter / (k * k)
        k += 1
      }
      let scale = exp(-kappa)
      (self.zeroth, difference) = (scale * zeroth, scale * (zeroth - 0.5 * kappa * first))
    } else {
      var (term, other, zeroth, difference, k) = (1.0, 1.0, 1.0, 0.0, 1.0)
      while k < 40, abs(term) > 1e-18 {
        let odd = (2 * k - 1) * (2 * k - 1)
        term *= odd / (8 * k * kappa)
        other *= (odd - 4) / (8 * k * kappa)
        zeroth += term
        difference += term - other
        k += 1
      }
      let scale = 1 / (2 * .pi * kappa).squareRoot()
      (self.zeroth, self.difference) = (scale * zeroth, scale * difference)
    }
  }
}

extension VonMises {
  /// Maximum likelihood: μ is the direction of the mean of (cos xᵢ, sin xᵢ), and the length R of that mean is I₁(κ)/I₀(κ).
  /// Weights are 1 where there are none. Data are angles in radians, from −2π to 2π.
  ///
  /// Throws `.data` for other data, and `.degenerate` where all angles with a weight are equal, which do not determine κ, or where
  /// the directions cancel, which do not determine μ.
  ///
  /// With one of the two given: μ is the same, and κ solves the same equation for R = mean cos(x − μ), 0 where that is negative.
  package static func fit(
    _ x: Vector, weights: Vector? = nil, mu given: Double? = nil, kappa: Double? = nil
  ) throws(Failure) -> VonMises {
    let sample = try WeightedSample(x, weights: weights)
    if let i = x.withValues({ $0.firstIndex { abs($0) > 2 * .pi } }) {
      throw Failure(.data, "row \(i + 1) is \(x[i].named); von_mises data are angles from -2 pi to 2 pi")
    }
    let (c, s) = (try sample.scalarMean { boundedCos($0) }, try sample.scalarMean { boundedSin($0) })
    if let given {
      let mu = given.remainder(dividingBy: 2 * .pi)
      let length = c * boundedCos(mu) + s * boundedSin(mu)
      return try VonMises(mu: given, kappa: length > 0 ? concentration(sample, about: mu, length: length) : 0)
    }
    guard kappa != nil || sample.low < sample.high else {
      throw Failure(.degenerate, "kappa is not determined: all values with a weight are \(sample.low.named)")
    }
    let length = (c * c + s * s).squareRoot()
    guard length > 1e-14 else { throw Failure(.degenerate, "mu is not determined: the directions cancel") }
    let mu =
      abs(s) <= abs(c) ? atan(s / c) + (c > 0 ? 0 : s < 0 ? -.pi : .pi) : (s < 0 ? -0.5 : 0.5) * .pi - atan(c / s)
    if let kappa { return try VonMises(mu: mu, kappa: kappa) }
    return try VonMises(mu: mu, kappa: concentration(sample, about: mu, length: length))
  }

  private static func concentration(
    _ sample: WeightedSample, about mu: Double, length: Double
  ) throws(Failure) -> Double {
    // 1 − R, without cancellation.
    let spread = try sample.scalarMean { 2 * boundedSin(0.5 * ($0 - mu)) * boundedSin(0.5 * ($0 - mu)) }
    guard spread > 0 else { throw Failure(.degenerate, "kappa is not determined: the angles are too close together") }
    return concentration(length: length, spread: spread)
  }

  /// κ with I₁(κ)/I₀(κ) = R = 1 − spread: Newton's method for the logarithm of the smaller one against log κ.
  private static func concentration(length: Double, spread: Double) -> Double {
    let logKappa = increasingRoot(from: -40, to: 80, near: log(length / spread), tolerance: 1e-15) { t in
      let kappa = exp(t)
      let bessel = ScaledBessel(kappa)
      let gap = bessel.difference / bessel.zeroth
      let ratio = 1 - gap
      // d(I₁/I₀)/dκ = 1 − ratio/κ − ratio², which for large κ is 1/2κ².
      let slope = kappa > 1e4 ? gap : kappa < 1e-4 ? ratio : kappa * (gap * (2 - gap) - ratio / kappa)
      return length < 0.5 ? (log(ratio / length), slope / ratio) : (log(spread / gap), slope / gap)
    }
    return exp(logKappa)
  }
}

extension Family {
  package static let vonMises = Family(
    name: "von_mises", summary: "Von Mises distribution of angles, in radians.",
    parameters: [
      Parameter(name: "mu", kind: .number, summary: "centre; angles are within pi of it"),
      Parameter(name: "kappa", kind: .number, range: .notNegative, summary: "concentration, 0 is uniform"),
    ],
    facts: Facts(
      density: "p(x) = exp(kappa·cos(x − mu)) / (2π·I₀(kappa))",
      domain: "mu − π ≤ x ≤ mu + π",
      mean: "mu",
      variance: "of the angle within π of mu, by quadrature",
      mode: "mu",
      entropy: "log(2π·I₀(kappa)) − kappa·I₁(kappa)/I₀(kappa)",
      example: "print(dist.von_mises(0, 2):pdf(0))",
      picture: curves("von_mises", ["0, 0.5", "0, 2", "1, 8"], from: -3.14159, to: 3.14159)),
    make: { (values) throws(Failure) in try VonMises(mu: values[0].number, kappa: values[1].number) },
    fit: { (sample) throws(Failure) in try VonMises.fit(try sample.column, weights: sample.weights) },
    fitHolding: { (sample, held) throws(Failure) in
      try VonMises.fit(
        try sample.column, weights: sample.weights, mu: held["mu"]?.number, kappa: held["kappa"]?.number)
    })
}
