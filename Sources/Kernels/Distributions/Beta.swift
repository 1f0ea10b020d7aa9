/// Beta distribution, shapes a, b > 0: p(x) = xᵃ⁻¹·(1 − x)ᵇ⁻¹ / B(a, b) for 0 < x < 1.
///
/// Mean a/(a + b), variance ab/((a + b)²·(a + b + 1)), mode (a − 1)/(a + b − 2), or where a shape is below 1 the end of the smaller
/// one, entropy log B(a, b) − (a − 1)·ψ(a) − (b − 1)·ψ(b) + (a + b − 2)·ψ(a + b).
package struct Beta: LaneTails {
  package let a: Double
  package let b: Double
  private let standard: StandardBeta
  /// Shapes so small that the terms of the log-density may be added as they stand: nothing cancels that counts.
  private let isPlain: Bool
  private let sampler: BetaSampler
  /// (a + b)/a and (a + b)/b, what their rounding lost, and their logarithms.
  private let scales: (x: Double, y: Double), lost: (x: Double, y: Double), logScales: (x: Double, y: Double)

  package init(a: Double, b: Double) throws(Failure) {
    for (name, shape) in [("a", a), ("b", b)] where !(shape >= 1e-100 && shape <= 1e100) {
      throw Failure(.argument, "\(name) must be from 1e-100 to 1e100, got \(shape.named)")
    }
    self.a = a
    self.b = b
    standard = StandardBeta(a: a, b: b)
    isPlain = standard.isSmall || max(a, b) <= 16
    sampler = BetaSampler(a: a, b: b)
    scales = (standard.sum / a, standard.sum / b)
    // a + b = sum + error, by Knuth's two-sum.
    let back = standard.sum - a
    let error = (a - (standard.sum - back)) + (b - back)
    lost = (
      (standard.sum.addingProduct(-scales.x, a) + error) / a, (standard.sum.addingProduct(-scales.y, b) + error) / b
    )
    logScales = (log1p(b / a), log1p(a / b))
  }

  package var family: String { "beta" }
  package var parameters: [(name: String, value: ParameterValue)] { [("a", .number(a)), ("b", .number(b))] }
  package var support: Support { .interval(0, 1) }
  package var mean: Double { a / (a + b) }
  package var variance: Double { a / (a + b) * (b / (a + b)) / (a + b + 1) }

  package var mode: Double {
    guard a >= 1, b >= 1 else { return a <= b ? 0 : 1 }
    return a + b > 2 ? (a - 1) / (a + b - 2) : 0.5
  }

  package var entropy: Double { standard.logOddsEntropy + standard.meanLog + standard.meanLogRest }

  package func logpdf(_ x: Double) -> Double { logDensity(x) }
  package func pdf(_ x: Double) -> Double { exp(logDensity(x)) }

  @inline(__always)
  func lower<L: Lanes>(_ x: L) -> L { within(x, tails(x).lower, 0, 1) }
  @inline(__always)
  func upper<L: Lanes>(_ x: L) -> L { within(x, tails(x).upper, 1, 0) }

  /// `value`, or what it is at and beyond the ends of the support.
  @inline(__always)
  private func within<L: Lanes>(_ x: L, _ value: L, _ low: Double, _ high: Double) -> L {
    value.replacing(with: L(repeating: low), where: x .< Double.leastNonzeroMagnitude)
      .replacing(with: L(repeating: high), where: x .> 1.0.nextDown)
      .replacing(with: x, where: x .!= x)
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    let u = standard.logOdds(lower: p, upper: 1 - p)
    return u < 0 ? exp(u) / (1 + exp(u)) : 1 / (1 + exp(-u))
  }

  package func sample(_ words: inout Words) -> Double {
    if sampler.isLarge {
      let (x, y) = sampler.sample(&words)
      return x / (x + y)
    }
    let u = sampler.sampleLogOdds(&words)
    let e = exp(-abs(u))
    return (u < 0 ? e : 1) / (1 + e)
  }

  @inline(__always)
  package func attempt(_ words: FirstWords) -> Double? { sampler.attempt(words).map { $0 / ($0 + $1) } }
  package static var blocksAhead: Int { BetaSampler.blocksAhead }

  @inline(__always)
  private func tails<L: Lanes>(_ x: L) -> (lower: L, upper: L) {
    let one = L(repeating: 1)
    let y = one - x
    return standard.tails(
      standard.place(x: x, y: y, logX: logarithm(x), logY: logarithmOnePlus(-x), lost: (one - y) - x))
  }

  @inline(__always)
  private func logDensity<L: Lanes>(_ x: L) -> L {
    (isPlain
      ? standard.logDensity(logX: logarithm(x), logY: logarithmOnePlus(-x), less: 1, 1) : inLoadersForm(x))
      .replacing(with: L(repeating: atEnd(a, b)), where: x .== 0)
      .replacing(with: L(repeating: atEnd(b, a)), where: x .== 1)
      .replacing(with: L(repeating: -.infinity), where: x .< 0)
      .replacing(with: L(repeating: -.infinity), where: x .> 1)
  }

  @inline(__always)
  private func inLoadersForm<L: Lanes>(_ x: L) -> L {
    let y = L(repeating: 1) - x
    let yLost = (L(repeating: 1) - y) - x
    let (first, second) = (L(repeating: a) * y, L(repeating: b) * x)
    let firstLost = (-first).addingProduct(L(repeating: a), y).addingProduct(L(repeating: a), yLost)
    let secondLost = (-second).addingProduct(L(repeating: b), x)
    let gap = (first - second) + (firstLost - secondLost)
    let (r, logR) = scaled(x, lost: L(repeating: 0), scales.x, lost.x, logScales.x)
    let (s, logS) = scaled(y, lost: yLost, scales.y, lost.y, logScales.y)
    return standard.logDensity(r: r, s: s, logR: logR, logS: logS, gap: gap, less: 1, 1)
      + L(repeating: logScales.x + logScales.y)
  }

  /// x·scale and its logarithm, to which what both have lost is put back.
  @inline(__always)
  private func scaled<L: Lanes>(
    _ x: L, lost: L, _ scale: Double, _ scaleLost: Double, _ logScale: Double
  ) -> (r: L, logR: L) {
    let r = L(repeating: scale) * x
    let rounding = (-r).addingProduct(L(repeating: scale), x)
    let rLost = rounding.addingProduct(L(repeating: scaleLost), x).addingProduct(L(repeating: scale), lost)
    let logR = logarithm(r) + rLost / r
    // There r has lost digits that no correction holds.
    return (r, logR.replacing(with: logarithm(x) + L(repeating: logScale), where: r .< 1e-290))
  }

  /// The log-density at the end where the variable of `shape` is 0.
  private func atEnd(_ shape: Double, _ other: Double) -> Double {
    shape == 1 ? log(other) : shape < 1 ? .infinity : -.infinity
  }
}

extension Beta {
  package func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { logDensity($0) }
  }

  package func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { exp(logDensity($0)) }
  }
}

extension Beta {
  /// Maximum likelihood: ψ(a) − ψ(a + b) = mean log x and ψ(b) − ψ(a + b) = mean log(1 − x), by Newton's method. Weights are 1
  /// where there are none.
  ///
  /// Throws `.data` for values that are not between 0 and 1 and `.degenerate` where the shapes would be infinite.
  package static func fit(_ x: Vector, weights: Vector? = nil) throws(Failure) -> Beta {
    try x.require("beta data are between 0 and 1, without the ends") { $0 > 0 && $0 < 1 }
    let sample = try WeightedSample(x, weights: weights)
    let mean = try WeightedMoments(x, weights: weights).mean
    let rest = try sample.mean { 1 - $0 }
    guard sample.low < sample.high, mean > 0, rest > 0 else {
      throw Failure(.degenerate, "a and b would be infinite: all values with a weight are \(sample.low.named)")
    }
    // log m − mean log x for x and for 1 − x: sums of positive terms.
    let gaps = (
      try sample.mean { deviance($0 / mean, excess: ($0 - mean) / mean) },
      try sample.mean { deviance((1 - $0) / rest, excess: (mean - $0) / rest) }
    )
    let roots = BetaEquations(mean: mean, rest: rest, gaps: gaps).solution()
    return try Beta(a: roots.a, b: roots.b)
  }

  /// u − 1 − log u, for an excess u − 1 that is known better than from u.
  @inline(__always)
  private static func deviance(_ u: SIMD8<Double>, excess: SIMD8<Double>) -> SIMD8<Double> {
    let v = -excess / (2 + excess)
    let far = excess - log(u)
    return nearDeviance(SIMD8(repeating: 1), mean: u, difference: -excess).replacing(with: far, where: v .> 1.0 / 3)
      .replacing(with: far, where: v .< -1.0 / 3)
  }
}

/// The equations of the fit in n = a + b and τ = log(a/(n·mean)), in which nothing cancels however large the shapes.
private struct BetaEquations {
  let mean, rest: Double
  let gaps: (Double, Double)

  func solution() -> (a: Double, b: Double) {
    // For large shapes the mean of the gaps, weighted so, is 1/2n.
    var (logSum, tau) = (-log(2 * (mean * gaps.0 + rest * gaps.1)), 0.0)
    var last = residuals(logSum, tau)
    for _ in 0..<200 {
      let (first, second) = step(logSum, tau, last)
      var size = 1.0
      while true {
        let next = (logSum + size * first, tau + size * second)
        let found = residuals(next.0, next.1)
        // Where halving gains nothing more, rounding is all that is left.
        if norm(found) < norm(last) || size < 0x1p-30 {
          if norm(found) < norm(last) { (logSum, tau, last) = (next.0, next.1, found) }
          break
        }
        size /= 2
      }
      if size < 0x1p-30 || abs(size * first) + abs(size * second) < 1e-15 { break }
    }
    return shapes(logSum, tau)
  }

  private func shapes(_ logSum: Double, _ tau: Double) -> (a: Double, b: Double) {
    let n = exp(logSum)
    let excess = mean * expm1(tau)
    return (n * (mean + excess), n * (rest - excess))
  }

  /// What is left of both equations.
  private func residuals(_ logSum: Double, _ tau: Double) -> (Double, Double) {
    let (a, b) = shapes(logSum, tau)
    guard b > 0 else { return (.infinity, .infinity) }
    let lag = digammaLag(a + b)
    return (
      tau - (digammaLag(a) - lag) + gaps.0, log1p(-mean / rest * expm1(tau)) - (digammaLag(b) - lag) + gaps.1
    )
  }

  private func norm(_ r: (Double, Double)) -> Double {
    let norm = abs(r.0) + abs(r.1)
    return norm.isNaN ? .infinity : norm
  }

  /// Newton's.
  private func step(_ logSum: Double, _ tau: Double, _ r: (Double, Double)) -> (Double, Double) {
    let (a, b) = shapes(logSum, tau)
    let common = (a + b) * digammaLagSlope(a + b)
    let (ofA, ofB) = (digammaLagSlope(a), digammaLagSlope(b))
    let (aSum, bSum) = (common - a * ofA, common - b * ofB)
    let (aTau, bTau) = (1 - a * ofA, a * ofB - a / b)
    let determinant = aSum * bTau - aTau * bSum
    return ((aTau * r.1 - bTau * r.0) / determinant, (bSum * r.0 - aSum * r.1) / determinant)
  }
}

extension Family {
  package static let beta = Family(
    name: "beta", summary: "Beta distribution; proportions.",
    parameters: [
      Parameter(name: "a", kind: .number, range: .positive, summary: "shape at 0"),
      Parameter(name: "b", kind: .number, range: .positive, summary: "shape at 1"),
    ],
    facts: Facts(
      density: "p(x) = x^(a − 1) · (1 − x)^(b − 1) / B(a, b)",
      domain: "0 < x < 1",
      mean: "a/(a + b)",
      variance: "a·b/((a + b)²·(a + b + 1))",
      mode: "(a − 1)/(a + b − 2); an end where a shape is below 1",
      entropy: "log B(a, b) − (a−1)·ψ(a) − (b−1)·ψ(b) + (a+b−2)·ψ(a+b)",
      example: "print(dist.beta(2, 3):mean())  --> 0.4",
      picture: curves("beta", ["2, 5", "5, 2", "2, 2", "1, 3"], from: 0, to: 1)),
    make: { (values) throws(Failure) in try Beta(a: values[0].number, b: values[1].number) },
    fit: { (sample) throws(Failure) in try Beta.fit(try sample.column, weights: sample.weights) })
}
