// Families that are written in lanes: one formula makes the value of a number and those of many, with the same bits.

protocol LaneDensity: UnivariateDistribution {
  func logDensity<L: Lanes>(_ x: L) -> L
  /// By default the exponential of its logarithm.
  func density<L: Lanes>(_ x: L) -> L
}

extension LaneDensity {
  @inline(__always)
  func density<L: Lanes>(_ x: L) -> L { exponential(logDensity(x)) }

  package func logpdf(_ x: Double) -> Double { logDensity(x) }
  package func pdf(_ x: Double) -> Double { density(x) }

  package func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { logDensity($0) }
  }

  package func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { density($0) }
  }
}

protocol LaneTails: UnivariateDistribution {
  /// P(X ≤ x).
  func lower<L: Lanes>(_ x: L) -> L
  /// P(X > x).
  func upper<L: Lanes>(_ x: L) -> L
}

extension LaneTails {
  package func cdf(_ x: Double) -> Double { lower(x) }
  package func ccdf(_ x: Double) -> Double { upper(x) }

  package func cdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { lower($0) }
  }

  package func ccdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.map(into: out) { upper($0) }
  }
}
