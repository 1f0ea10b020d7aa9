import Glibc

/// A density estimated from a sample: normal densities of one width about its numbers, each with its weight.
///
/// B. W. Silverman, Density Estimation, 1986.
package struct KernelDensity: Sendable {
  package let x: Vector
  package let bandwidth: Double
  /// Shares of the numbers; nil where they are equal.
  private let weights: Vector?

  /// Rules for the bandwidth.
  package enum Rule: String, CaseIterable, Sendable {
    /// 0.9·min(sd, IQR/1.34)·n^(−1/5), R's `nrd0`.
    case silverman
    /// 1.06·min(sd, IQR/1.34)·n^(−1/5), R's `nrd`.
    case scott
  }

  /// x, weights: n (read). Throws `.data` for numbers that are not finite, `.argument` for a bandwidth that is not positive.
  package init(_ x: Vector, bandwidth: Double, weights: Vector? = nil) throws(Failure) {
    guard x.count > 0 else { throw Failure(.data, "a sample must have at least one number") }
    if let i = x.firstNonFinite { throw Failure(.data, "row \(i + 1) is \(x[i].named)") }
    guard bandwidth > 0, bandwidth.isFinite else {
      throw Failure(.argument, "bandwidth must be positive, got \(bandwidth.named)")
    }
    self.x = x
    self.bandwidth = bandwidth
    if let weights {
      let (checked, total) = try checkedWeights(weights, rows: x.count)
      self.weights = try Vector(checked.array.map { $0 / total })
    } else {
      self.weights = nil
    }
  }

  /// Throws `.degenerate` where all numbers are equal.
  package static func bandwidth(of x: Vector, _ rule: Rule) throws(Failure) -> Double {
    guard x.count > 1 else { throw Failure(.degenerate, "one number has no spread: give the bandwidth") }
    if let i = x.firstNonFinite { throw Failure(.data, "row \(i + 1) is \(x[i].named)") }
    let quartiles = try x.quantiles(try Vector([0.25, 0.75]))
    let sd = try x.standardDeviation()
    let iqr = (quartiles[1] - quartiles[0]) / 1.34
    let spread = iqr > 0 ? Swift.min(sd, iqr) : sd
    guard spread > 0 else { throw Failure(.degenerate, "all numbers are \(x[0].named): give the bandwidth") }
    return (rule == .silverman ? 0.9 : 1.06) * spread * Glibc.pow(Double(x.count), -0.2)
  }

  /// places: m (read) → the density at each, in the order of n·m.
  package func density(at places: Vector) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: places.count)
    let n = x.count
    let scale = weights == nil ? 1 / Double(n) : 1
    let peak = scale / (bandwidth * (2 * Double.pi).squareRoot())
    // As many places to a piece of work as keep it short.
    try Parallel.forEach(places.count, chunk: max(1, min(256, (1 << 20) / n))) { range in
      for i in range {
        result[i] = peak * sum(about: places[i])
        if Interruption.isRequested(Interruption.flag) { return }
      }
    }
    try Interruption.check()
    return result
  }

  /// Σ wⱼ·exp(−½·((x − xⱼ)/h)²), eight at a time.
  private func sum(about place: Double) -> Double {
    var sum = SIMD8<Double>(repeating: 0)
    let (centre, width) = (SIMD8(repeating: place), SIMD8(repeating: 1 / bandwidth))
    let whole = x.count / 8 * 8
    for j in stride(from: 0, to: whole, by: 8) {
      let octet = x.octet(j)
      let z = (octet - centre) * width
      let kernel = exp(-0.5 * z * z)
      sum += weights.map { $0.octet(j) * kernel } ?? kernel
    }
    var rest = 0.0
    for j in whole..<x.count {
      let z = (x[j] - place) / bandwidth
      rest += (weights?[j] ?? 1) * exp(-0.5 * z * z)
    }
    return sum.sum() + rest
  }
}

extension Vector {
  @inline(__always)
  fileprivate func octet(_ j: Int) -> SIMD8<Double> {
    UnsafeRawPointer(storage.base + offset + j).loadUnaligned(as: SIMD8<Double>.self)
  }
}
