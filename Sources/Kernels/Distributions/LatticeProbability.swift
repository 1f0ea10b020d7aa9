/// P(X₁ ≤ b₁, …, X_d ≤ b_d) of standard normal variables with given correlations, d ≥ 2.
///
/// Conditioning on one variable after the other makes it an integral over the unit cube of d − 1 dimensions, taken as the mean
/// over the points of a shifted Richtmyer lattice, which grows until the spread of eight shifts puts the error below 1e-6 of
/// the result or there are 2¹⁸ points, where it is some 1e-5 at most. Shifts are fixed: the result is always the same.
///
/// A. Genz, Numerical computation of multivariate normal probabilities, 1992, doi:10.1080/10618600.1992.10477010; the order of
/// the variables after G. J. Gibson, C. A. Glasbey, D. A. Elston, 1994.
///
/// Where there is a `scale`, limits are multiplied with a random number, whose quantile function it is: one more dimension.
/// limits: d · correlations: d × d, positive definite
func latticeProbability(
  _ limits: [Double], _ correlations: Matrix, scale: (@Sendable (Double) -> Double)? = nil
) throws(Failure) -> Double {
  let integrand = try ConditionedNormal(limits, correlations, scale: scale)
  let (shifts, flag) = (8, Interruption.flag)
  var count = 256
  while true {
    let means = try Parallel.map(shifts, chunk: 1) { shift throws(Failure) in
      try integrand.mean(points: count, shift: shift.lowerBound, flag)
    }
    let mean = means.reduce(0, +) / Double(shifts)
    let variance = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shifts * (shifts - 1))
    // Student's t with 7 degrees of freedom: 3.5 standard errors hold in 99 cases of 100.
    if 3.5 * variance.squareRoot() <= 1e-6 * mean || count >= 1 << 15 { return min(1, mean) }
    count *= 2
  }
}

private struct ConditionedNormal: Sendable {
  private let limits: [Double]
  /// The Cholesky factor, row after row.
  private let rows: [[Double]]
  private let steps: [Double]
  private let scale: (@Sendable (Double) -> Double)?

  /// Takes the least likely condition first, given the expected values of those before, so that the integrand varies little.
  init(
    _ limits: [Double], _ correlations: Matrix, scale: (@Sendable (Double) -> Double)?
  ) throws(Failure) {
    let d = limits.count
    self.scale = scale
    var (limits, order, rows, expected) = (limits, Array(0..<d), [[Double]](), [Double]())
    var factors = Array(repeating: [Double](), count: d)
    for i in 0..<d {
      try Interruption.check()
      func condition(_ j: Int) -> (limit: Double, sd: Double) {
        let known = zip(factors[j], expected).reduce(0) { $0.addingProduct($1.0, $1.1) }
        let rest = factors[j].reduce(1) { $0.addingProduct(-$1, $1) }
        let sd = max(rest, 0x1p-104).squareRoot()
        return ((limits[j] - known) / sd, sd)
      }
      let least = (i..<d).min { condition($0).limit < condition($1).limit } ?? i
      limits.swapAt(i, least)
      order.swapAt(i, least)
      factors.swapAt(i, least)
      let (limit, sd) = condition(i)
      for j in i + 1..<d {
        let shared = zip(factors[i], factors[j]).reduce(correlations[order[j], order[i]]) {
          $0.addingProduct(-$1.0, $1.1)
        }
        factors[j].append(shared / sd)
      }
      factors[i].append(sd)
      rows.append(factors[i])
      // E[Z | Z ≤ limit] = −φ(limit) / Φ(limit).
      expected.append(-exp(-0.5 * limit * limit - logRootTwoPi - logNormalTail(-limit)))
    }
    self.limits = limits
    self.rows = rows
    steps = primes(d + 1).map { $0.squareRoot() }
  }

  /// The mean of the integrand over `points` points and their mirror images.
  func mean(points: Int, shift: Int, _ flag: Interruption.Flag?) throws(Failure) -> Double {
    var words = Words(key: .zero, draw: UInt64(shift))
    let shifts = steps.map { _ in words.uniform() }
    var (sum, z) = (0.0, [Double](repeating: 0, count: limits.count))
    for n in 1...points {
      if Interruption.isRequested(flag) { throw Failure(.interrupted, "interrupted") }
      for mirrored in [false, true] {
        sum += value(at: &z) { j in
          let x = Double(n) * steps[j] + shifts[j]
          // The tent makes the integrand periodic, which lattices want.
          let u = abs(2 * (x - x.rounded(.down)) - 1)
          return mirrored ? 1 - u : u
        }
      }
    }
    return sum / Double(2 * points)
  }

  /// Π P(Zᵢ ≤ its limit, given those before). z: d (scratch)
  @inline(__always)
  private func value(at z: inout [Double], _ u: (Int) -> Double) -> Double {
    var product = 1.0
    let scale = scale.map { $0(u(limits.count)) } ?? 1
    for i in limits.indices {
      let row = rows[i]
      var rest = scale * limits[i]
      for j in 0..<i { rest = rest.addingProduct(-row[j], z[j]) }
      let probability = normalTail(-rest / row[i])
      product *= probability
      if product == 0 { return 0 }
      z[i] = normalQuantile(max(u(i) * probability, 0x1p-1074))
    }
    return product
  }
}

/// The first `count` prime numbers.
private func primes(_ count: Int) -> [Double] {
  var found: [Int] = []
  var candidate = 2
  while found.count < count {
    if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
    candidate += 1
  }
  return found.map(Double.init)
}
