// Sums are compensated: they come as if computed in twice the precision and rounded. NaN and infinity propagate.
extension Vector {
  /// Σ xᵢ; 0 of nothing.
  package func sum() throws(Failure) -> Double { try total { $0.add($1) } }

  /// Π xᵢ; 1 of nothing.
  package func product() throws(Failure) -> Double {
    let lanes = try withOctets(filler: 1) { x throws(Failure) in
      try Vector.reduce(count, from: SIMD8<Double>(repeating: 1)) {
        $0 *= x[$1]
      } merge: {
        $0 *= $1
      }
    }
    return (0..<8).reduce(1) { $0 * lanes[$1] }
  }

  /// Σ xᵢ / n; NaN of nothing.
  package func mean() throws(Failure) -> Double {
    let mean = try sum() / Double(count)
    // The sum of finite numbers may leave the doubles, where their mean does not.
    return mean.isInfinite ? try total { $0.add($1 * 0x1p-64) } / Double(count) * 0x1p64 : mean
  }

  /// Σ (xᵢ − mean)² / (n − ddof), about the mean in a second pass; NaN where n ≤ ddof.
  ///
  /// T. F. Chan, G. H. Golub, R. J. LeVeque, Algorithms for computing the sample variance, Am. Stat. 37 (1983),
  /// doi:10.1080/00031305.1983.10483115, equation 1.7.
  package func variance(ddof: Int = 1) throws(Failure) -> Double {
    guard count > ddof else { return .nan }
    let centre = try mean()
    var (squares, sum) = (CompensatedSum<SIMD8<Double>>(), CompensatedSum<SIMD8<Double>>())
    (squares, sum) = try withOctets(filler: centre) { x throws(Failure) in
      try Vector.reduce(count, from: (squares, sum)) {
        let d = x[$1] - centre
        $0.0.add(d, times: d)
        $0.1.add(d)
      } merge: {
        $0.0.add($1.0)
        $0.1.add($1.1)
      }
    }
    // The second term undoes the rounding of the centre; where the squares overflow, it would only add a NaN.
    let excess = squares.value.isFinite ? sum.value * sum.value / Double(count) : 0
    let sumOfSquares = squares.value < excess ? 0 : squares.value - excess
    return sumOfSquares / Double(count - ddof)
  }

  /// The root of the variance, also where that leaves the doubles.
  package func standardDeviation(ddof: Int = 1) throws(Failure) -> Double {
    try root(of: try variance(ddof: ddof)) { scaled throws(Failure) in try scaled.variance(ddof: ddof) }
  }

  /// √Σ xᵢ², also where the squares leave the doubles.
  package func norm() throws(Failure) -> Double {
    try root(of: try dot(self)) { scaled throws(Failure) in try scaled.dot(scaled) }
  }

  /// Σ xᵢ·yᵢ. Throws `.shape` for vectors of different length.
  package func dot(_ other: Vector) throws(Failure) -> Double {
    _ = try Numeric.vector(self).joined(with: .vector(other))
    return try withOctets { x throws(Failure) in
      try other.withOctets { y throws(Failure) in
        try Vector.reduce(count, from: CompensatedSum()) {
          $0.add(x[$1], times: y[$1])
        } merge: {
          $0.add($1)
        }.value
      }
    }
  }

  /// x₁, x₁ + x₂, x₁ + x₂ + x₃, …
  package func cumulativeSum() throws(Failure) -> Vector {
    let result = try copy()
    var sum = CompensatedSum<Double>()
    try result.withValues { values throws(Failure) in
      try Vector.eachChunk(count) { chunk in
        for i in chunk {
          sum.add(values[i])
          values[i] = sum.value
        }
      }
    }
    return result
  }

  /// The compensated sum that `add` makes of all octets; those behind the end are zeros.
  @inline(__always)
  private func total(_ add: (inout CompensatedSum<SIMD8<Double>>, SIMD8<Double>) -> Void) throws(Failure) -> Double {
    try withOctets { x throws(Failure) in
      try Vector.reduce(count, from: CompensatedSum()) {
        add(&$0, x[$1])
      } merge: {
        $0.add($1)
      }.value
    }
  }

  /// √square; where the square came too large or too small to be exact, that of the elements over a power of two near the
  /// largest, times that power.
  private func root(of square: Double, _ squareOf: (Vector) throws(Failure) -> Double) throws(Failure) -> Double {
    if square >= 0x1p-900 && square < .infinity || count == 0 { return square.squareRoot() }
    let largest = Swift.max(abs(try min()), abs(try max()))
    guard largest > 0, largest < .infinity else { return square.squareRoot() }
    let unit = Swift.max(largest.binade, 0x1p-1000)
    guard case .vector(let scaled) = try BinaryOperation.divide(.vector(self), .number(unit)) else { return square }
    return try squareOf(scaled).squareRoot() * unit
  }
}
