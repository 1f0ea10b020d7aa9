/// Weibull distribution, shape k > 0, scale λ > 0: p(x) = (k/λ)·(x/λ)ᵏ⁻¹·exp(−(x/λ)ᵏ) for x ≥ 0.
///
/// Mean λ·Γ(1 + 1/k), variance λ²·(Γ(1 + 2/k) − Γ(1 + 1/k)²), mode λ·(1 − 1/k)^(1/k), or 0 where k ≤ 1, entropy
/// γ·(1 − 1/k) + log(λ/k) + 1.
package struct Weibull: LaneDensity, LaneTails, LaneSampler {
  package let shape: Double
  package let scale: Double
  private let logScale: Double
  /// log(k/λ).
  private let logRatio: Double

  package init(shape: Double, scale: Double) throws(Failure) {
    self.shape = try positive(shape, "shape")
    self.scale = try positive(scale, "scale")
    logScale = log(scale)
    logRatio = log(shape) - logScale
  }

  package var family: String { "weibull" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("shape", .number(shape)), ("scale", .number(scale))]
  }
  package var support: Support { .interval(0, .infinity) }
  package var mean: Double { scale * exp(logGamma(1 + 1 / shape)) }
  package var variance: Double { sd * sd }
  package var mode: Double { shape > 1 ? scale * exp(log1p(-1 / shape) / shape) : 0 }
  package var entropy: Double { eulerGamma * (1 - 1 / shape) - logRatio + 1 }

  package var sd: Double {
    let e = 1 / shape
    // log Γ(1 + 2e) − 2·log Γ(1 + e), for small e by its series Σ (−1)ⁿ·ζ(n)·(2ⁿ − 2)/n·eⁿ.
    let excess =
      e < 0.02
      ? e * e
        * e.polynomial([
          1.6449340668482264, -2.4041138063191886, 3.7881313179889834, -6.221566530860022, 10.512544973839308,
          -18.150286798914585, 31.879456059284735, -56.78047559347799, 102.30164557806299, -186.0919190803662,
        ])
      : logGamma(1 + 2 * e) - 2 * logGamma(1 + e)
    return mean * expm1(excess).squareRoot()
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
    return times(-log1p(-p))
  }

  var base: StandardExponentialSampler { StandardExponentialSampler() }

  @inline(__always)
  func image<L: Lanes>(of draw: L) -> L {
    let t = logarithm(draw) / L(repeating: shape)
    let plain = L(repeating: scale) * exponential(t)
    // Beyond the doubles, the scale may bring it back.
    let isFar = t.absolute .> 667
    return L.any(isFar) ? plain.replacing(with: exponential(t + L(repeating: logScale)), where: isFar) : plain
  }

  /// λ·t^(1/k).
  private func times(_ t: Double) -> Double {
    let power = pow(t, 1 / shape)
    // Beyond the doubles, the scale may bring it back.
    return power > 1e-290 && power < .infinity ? scale * power : exp(log(t) / shape + logScale)
  }

  @inline(__always)
  func logDensity<L: Lanes>(_ x: L) -> L {
    let z = logOfRatio(x)
    let value = L(repeating: logRatio) + L(repeating: shape - 1) * z - exponential(L(repeating: shape) * z)
    return value.replacing(with: L(repeating: atZero), where: x .== 0)
      .replacing(with: L(repeating: -.infinity), where: x .< 0)
      .replacing(with: L(repeating: -.infinity), where: x .> .greatestFiniteMagnitude)
  }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L {
    (-exponentialMinusOne(-hazard(x))).replacing(with: L(repeating: 0), where: x .< 0x1p-1074)
  }

  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L {
    exponential(-hazard(x)).replacing(with: L(repeating: 1), where: x .< 0x1p-1074)
  }

  /// (x/λ)ᵏ.
  @inline(__always)
  private func hazard<L: Lanes>(_ x: L) -> L { exponential(L(repeating: shape) * logOfRatio(x)) }

  /// log(x/λ), also near λ and where the ratio leaves the doubles.
  @inline(__always)
  private func logOfRatio<L: Lanes>(_ x: L) -> L {
    let ratio = x / L(repeating: scale)
    let whole = ratio.replacing(with: x, where: ratio .< 1e-290).replacing(
      with: x, where: ratio .> .greatestFiniteMagnitude)
    let missing = L(repeating: 0).replacing(with: L(repeating: logScale), where: ratio .< 1e-290)
      .replacing(with: L(repeating: logScale), where: ratio .> .greatestFiniteMagnitude)
    let far = logarithm(whole) - missing
    let near = logarithmOnePlus((x - L(repeating: scale)) / L(repeating: scale))
    return near.replacing(with: far, where: ratio .< 0.5).replacing(with: far, where: ratio .> 2)
  }

  private var atZero: Double { shape == 1 ? logRatio : shape < 1 ? .infinity : -.infinity }
}

extension Weibull {
  /// Maximum likelihood: Σ wᵢxᵢᵏ·log xᵢ / Σ wᵢxᵢᵏ − 1/k = Σ wᵢ·log xᵢ / Σ wᵢ, by Newton's method, and λᵏ = Σ wᵢxᵢᵏ / Σ wᵢ.
  /// Weights are 1 where there are none.
  ///
  /// Throws `.data` for values that are not positive and finite and `.degenerate` where the shape would be infinite.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Weibull {
    let logs = try x.logarithms(of: "weibull")
    let moments = try WeightedMoments(logs, weights: weights)
    guard moments.sd > 0 else {
      throw Failure(.degenerate, "shape would be infinite: all values with a weight are \(exp(moments.mean).named)")
    }
    let (weights, total) = try checkedWeights(weights, rows: x.count)
    // About the largest that counts, so that powers of x cannot overflow.
    let top = logs.withValues { l in
      weights.withValues { w in l.indices.reduce(-.infinity) { w[$1] > 0 ? max($0, l[$1]) : $0 } }
    }
    func sum(_ k: Double, _ power: Int) throws(Failure) -> Double {
      try weightedSum(logs, weights) { l, w in
        let z = (l - top).replacing(with: 0, where: w .== 0)
        let term = (w / total) * exp(k * z)
        return power == 0 ? term : power == 1 ? term * z : term * z * z
      }
    }
    // Of the extreme value distribution of the logarithms: sd π/(√6·k).
    var k = 1.2825498301618641 / moments.sd
    for _ in 0..<100 {
      let (a, b, c) = (try sum(k, 0), try sum(k, 1), try sum(k, 2))
      let excess = b / a - 1 / k - (moments.mean - top)
      let slope = c / a - (b / a) * (b / a) + 1 / (k * k)
      // It rises with k: no step leaves the octave.
      let next = min(2 * k, max(0.5 * k, k - excess / slope))
      if abs(next - k) <= 1e-14 * k { break }
      k = next
    }
    return try Weibull(shape: k, scale: exp(top + log(try sum(k, 0)) / k))
  }
}

extension Family {
  package static let weibull = Family(
    name: "weibull", summary: "Lifetimes whose hazard is a power of time.",
    parameters: [
      Parameter(name: "shape", kind: .number, range: .positive, summary: "1 for a constant hazard"),
      Parameter(name: "scale", kind: .number, range: .positive, summary: "unit of the values"),
    ],
    facts: Facts(
      density: "p(x) = k·z^(k − 1)·exp(−z^k) / scale, k = shape, z = x/scale",
      domain: "x ≥ 0",
      mean: "scale·Γ(1 + 1/shape)",
      variance: "scale²·Γ(1 + 2/shape) − mean²",
      mode: "scale·(1 − 1/shape)^(1/shape), or 0 where shape ≤ 1",
      entropy: "γ·(1 − 1/shape) + log(scale/shape) + 1",
      example: "print(dist.weibull(1.5, 2):cdf(2))",
      picture: curves("weibull", ["1, 1", "1.5, 1", "3, 1", "5, 1"], from: 0, to: 2.5)),
    make: { (values) throws(Failure) in try Weibull(shape: values[0].number, scale: values[1].number) },
    fit: { (sample) throws(Failure) in try Weibull.fit(try sample.column, weights: sample.weights) })
}
