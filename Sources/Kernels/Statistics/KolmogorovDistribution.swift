/// The largest distance Dₙ between the distribution function of n continuous numbers and that of their sample.
///
/// G. Marsaglia, W. W. Tsang, J. Wang, Evaluating Kolmogorov's distribution, J. Stat. Softw. 8 (2003), doi:10.18637/jss.v008.i18;
/// R. Simard, P. L'Ecuyer, Computing the two-sided Kolmogorov–Smirnov distribution, J. Stat. Softw. 39 (2011),
/// doi:10.18637/jss.v039.i11, for the choice between the ways.
package struct KolmogorovDistribution: Sendable {
  let n: Int

  package init(n: Int) { self.n = n }

  /// P(Dₙ ≥ d), within 1e-9 relative for n up to 3000, and within 1e-7 above.
  package func tail(_ d: Double) throws(Failure) -> Double {
    let reach = Double(n) * d
    if d >= 1 { return 0 }
    if reach <= 0.5 { return 1 }
    // Both sides exceed d together with a probability that is 0, or below 1e-10 of that of one.
    if d >= 0.5 || reach * d >= 4 { return min(1, 2 * (try oneSidedTail(d))) }
    return max(0, min(1, 1 - (n <= 3000 ? try matrixPower(reach) : pelzGood(d))))
  }

  /// P(Dₙ⁺ ≥ d) of the distance to one side: a sum of positive terms.
  ///
  /// N. V. Smirnov 1944; Z. W. Birnbaum, F. H. Tingey, Ann. Math. Stat. 22 (1951), 592–596.
  package func oneSidedTail(_ d: Double) throws(Failure) -> Double {
    if d <= 0 { return 1 }
    if d >= 1 { return 0 }
    let count = Double(n)
    let last = Int((count * (1 - d)).rounded(.down))
    var sum = CompensatedSum<Double>()
    var binomial = 0.0  // log C(n, j)
    for j in 0...last {
      if j & 0xffff == 0 { try Interruption.check() }
      let share = Double(j) / count
      let rest = max(0, 1 - d - share)
      let power = j == n ? 0 : Double(n - j) * log(rest)
      sum.add(exp(binomial + power + Double(j - 1) * log(d + share)))
      binomial += log((count - Double(j)) / Double(j + 1))
    }
    return min(1, d * sum.value)
  }

  /// P(Dₙ < d) as an element of the n-th power of a matrix of 2·⌈n·d⌉ − 1 rows.
  private func matrixPower(_ reach: Double) throws(Failure) -> Double {
    let k = Int(reach.rounded(.down)) + 1
    let m = 2 * k - 1
    let h = Double(k) - reach
    var step = SquareMatrix(m) { i, j in i - j + 1 < 0 ? 0 : 1 }
    for i in 0..<m {
      step[i, 0] -= power(h, i + 1)
      step[m - 1, i] -= power(h, m - i)
    }
    step[m - 1, 0] += 2 * h - 1 > 0 ? power(2 * h - 1, m) : 0
    for i in 0..<m { for j in 0..<m where i - j + 1 > 0 { for g in 1...(i - j + 1) { step[i, j] /= Double(g) } } }
    let raised = try step.power(n)
    var (value, exponent) = (raised[k - 1, k - 1], raised.exponent)
    for i in 1...n {
      value *= Double(i) / Double(n)
      if value < 1e-140 { (value, exponent) = (value * 0x1p500, exponent - 500) }
    }
    return Double(sign: .plus, exponent: exponent, significand: value)
  }

  private func power(_ x: Double, _ n: Int) -> Double { (0..<n).reduce(1.0) { product, _ in product * x } }

  /// P(Dₙ < d) by the first four terms of its expansion in 1/√n.
  ///
  /// W. Pelz, I. J. Good, Approximating the lower tail-areas of the Kolmogorov–Smirnov one-sample statistic,
  /// J. R. Stat. Soc. B 38 (1976), 152–156.
  private func pelzGood(_ d: Double) -> Double {
    let root = Double(n).squareRoot()
    let z = root * d
    let (z2, z4) = (z * z, z * z * z * z)
    let z6 = z4 * z2
    let (pi2, pi4) = (Double.pi * .pi, Double.pi * .pi * .pi * .pi)
    let pi6 = pi4 * pi2
    let scale = (Double.pi / 2).squareRoot()
    var (k0, k1, k2, k3) = (0.0, 0.0, 0.0, 0.0)
    for i in 0..<20 {
      let k = Double(i) + 0.5
      let (a, b) = (k * k, k * k * k * k)
      let e = exp(-a * pi2 / (2 * z2))
      k0 += e
      k1 += (pi2 * a - z2) * e
      k2 += (6 * z6 + 2 * z4 + pi2 * (2 * z4 - 5 * z2) * a + pi4 * (1 - 2 * z2) * b) * e
      let low = -30 * z6 - 90 * z6 * z2 + pi2 * (135 * z4 - 96 * z6) * a
      k3 += (low + pi4 * (212 * z4 - 60 * z2) * b + pi6 * a * b * (5 - 30 * z2)) * e
    }
    var (s2, s3) = (0.0, 0.0)
    for i in 1..<20 {
      let a = Double(i) * Double(i)
      let e = exp(-a * pi2 / (2 * z2))
      s2 += pi2 * a * e
      s3 += (3 * pi2 * a * z2 - pi4 * a * a) * e
    }
    k0 *= 2 * scale / z
    k1 *= scale / (3 * z4)
    k2 = k2 * scale / (36 * z6 * z) - s2 * scale / (18 * z2 * z)
    k3 = k3 * scale / (3240 * z6 * z4) + s3 * scale / (108 * z6)
    return k0 + (k1 + (k2 + k3 / root) / root) / root
  }
}

/// A square matrix with a power of two before it, so that its powers stay within the doubles. Sums are in a fixed order, for the
/// same bits on any CPU.
private struct SquareMatrix {
  let count: Int
  private var elements: [Double]
  var exponent = 0

  init(_ count: Int, _ element: (Int, Int) -> Double) {
    self.count = count
    elements = (0..<count * count).map { element($0 / count, $0 % count) }
  }

  subscript(i: Int, j: Int) -> Double {
    get { elements[i * count + j] }
    set { elements[i * count + j] = newValue }
  }

  func power(_ n: Int) throws(Failure) -> SquareMatrix {
    if n == 1 { return self }
    let half = try power(n / 2)
    let square = try half.times(half)
    return n % 2 == 0 ? square : try square.times(self)
  }

  private func times(_ other: SquareMatrix) throws(Failure) -> SquareMatrix {
    try Interruption.check()
    var product = SquareMatrix(count) { _, _ in 0 }
    product.elements.withUnsafeMutableBufferPointer { out in
      for i in 0..<count {
        for k in 0..<count {
          let factor = self[i, k]
          if factor == 0 { continue }
          for j in 0..<count { out[i * count + j] = out[i * count + j].addingProduct(factor, other[k, j]) }
        }
      }
    }
    product.exponent = exponent + other.exponent
    let middle = product[count / 2, count / 2]
    if middle > 1e140 {
      for i in product.elements.indices { product.elements[i] *= 0x1p-500 }
      product.exponent += 500
    }
    return product
  }
}

/// The limit of √n·Dₙ: P(K ≥ t) = 2·Σ (−1)ʲ⁻¹·exp(−2j²t²), or for small t by the transformed series.
package func kolmogorovTail(_ t: Double) -> Double {
  if t <= 0 { return 1 }
  if t < 1 {
    let terms = (0..<20).map { i in
      let odd = Double(2 * i + 1)
      return exp(-odd * odd * Double.pi * .pi / (8 * t * t))
    }
    return 1 - (2 * Double.pi).squareRoot() / t * terms.reduce(0, +)
  }
  var (sum, sign) = (0.0, 1.0)
  for j in 1...20 {
    sum += sign * exp(-2 * Double(j * j) * t * t)
    sign = -sign
  }
  return 2 * sum
}
