/// P(X₁ ≤ x₁, …, X_d ≤ x_d) of a normal vector.
///
/// One dimension by the tail function, two by quadrature to 1e-12 relative, more by `latticeProbability`, whose error is below
/// 1e-5 relative. x: d (read) · mu: d · cov: d × d, positive definite
func normalProbability(below x: UnsafeBufferPointer<Double>, mu: Vector, cov: Matrix) throws(Failure) -> Double {
  if x.contains(where: \.isNaN) { return .nan }
  if x.contains(-.infinity) { return 0 }
  let orthant = try Orthant(below: x, mu: mu, scale: cov)
  let limits = orthant.limits
  switch limits.count {
  case 0: return 1
  case 1: return normalTail(-limits[0])
  case 2: return bivariateProbability(limits[0], limits[1], r: orthant.pair.r, s: orthant.pair.s)
  default: return try latticeProbability(limits, orthant.correlations)
  }
}

/// The limits of those variables that have one, in units of their scales.
struct Orthant {
  let limits: [Double]
  /// Of the variables with a limit.
  let correlations: Matrix
  /// Of two variables: the correlation r and √(1 − r²) > 0.
  let pair: (r: Double, s: Double)

  /// x: d (read) · mu: d · scale: d × d, positive definite
  init(below x: UnsafeBufferPointer<Double>, mu: Vector, scale: Matrix) throws(Failure) {
    // A variable without a limit drops out.
    let kept = x.indices.filter { x[$0] < .infinity }
    limits = kept.map { (x[$0] - mu[$0]) / scale[$0, $0].squareRoot() }
    correlations = try Matrix(uninitializedRows: kept.count, columns: kept.count)
    for (j, b) in kept.enumerated() {
      for (i, a) in kept.enumerated() {
        correlations[i, j] = scale[a, b] / (scale[a, a].squareRoot() * scale[b, b].squareRoot())
      }
    }
    guard kept.count == 2 else {
      pair = (0, 1)
      return
    }
    let (a, b, c) = (scale[kept[0], kept[0]], scale[kept[1], kept[1]], scale[kept[0], kept[1]])
    // a·b − c², exact to an ulp by Kahan's trick.
    let square = c * c
    let determinant = max((-square).addingProduct(a, b) - (-square).addingProduct(c, c), 0x1p-104 * a * b)
    let root = (a * b).squareRoot()
    pair = (c / root, determinant.squareRoot() / root)
  }
}

/// P(X ≤ h, Y ≤ k) for standard normal X and Y with correlation r, s = √(1 − r²) > 0.
///
/// ∫ φ(x)·Φ((k − r·x)/s) dx up to h. The integrand is log-concave: from its maximum it falls on both sides, and ends count for
/// nothing where it is below e⁻⁴⁰ of it; so the error is relative, in the tails too.
func bivariateProbability(_ h: Double, _ k: Double, r: Double, s: Double) -> Double {
  if min(h, k) < -40 { return 0 }
  // Above 40 there is nothing left that a double could hold.
  let (h, k) = (min(h, 40), min(k, 40))
  func log(_ x: Double) -> Double { -0.5 * x * x + logNormalTail((r * x - k) / s) }
  func slope(_ x: Double) -> Double {
    let u = (r * x - k) / s
    return -x - r / s * exp(-0.5 * u * u - logRootTwoPi - logNormalTail(u))
  }
  let top = maximum(below: h, slope)
  let height = log(top)
  guard height > -.infinity else { return 0 }
  func reach(_ direction: Double) -> Double {
    var step = 0x1p-30
    while height - log(top + direction * step) < 40 { step *= 2 }
    return step
  }
  let (low, high) = (top - reach(-1), min(h, top + reach(1)))
  func relative(_ x: Double) -> Double { exp(log(x) - height) }
  // For r near ±1 the probability given x jumps at k/r, over a width that a rule of few points could step over.
  let (jump, width) = (k / r, 8 * s / abs(r))
  let ends = ([low, high] + [top, jump - width, jump, jump + width].filter { $0 > low && $0 < high }).sorted()
  let panels = zip(ends, ends.dropFirst())
  let area = panels.reduce(0) { $0 + integral(from: $1.0, to: $1.1, tolerance: 1e-13, relative) }
  return min(1, area * exp(height - logRootTwoPi))
}

/// Where a decreasing slope crosses zero, or `end` where that is beyond.
private func maximum(below end: Double, _ slope: (Double) -> Double) -> Double {
  if slope(end) >= 0 { return end }
  var (low, high, step) = (end - 1, end, 1.0)
  while slope(low) < 0 {
    high = low
    step *= 2
    low -= step
  }
  while true {
    let middle = low + (high - low) / 2
    // The maximum is needed no better than this: it only divides the interval.
    if middle <= low || middle >= high || high - low < 1e-6 * (1 + abs(middle)) { return middle }
    if slope(middle) < 0 { high = middle } else { low = middle }
  }
}
