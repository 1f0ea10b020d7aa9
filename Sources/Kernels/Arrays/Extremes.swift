// Extremes and truth. Where there is a NaN, it is the smallest and the largest.
extension Vector {
  /// Throws `.data` for an empty vector.
  package func min() throws(Failure) -> Double { try extreme("minimum", lesser) }

  /// Throws `.data` for an empty vector.
  package func max() throws(Failure) -> Double { try extreme("maximum", greater) }

  /// The first index, from 0, of the minimum.
  package func argmin() throws(Failure) -> Int { first(try min()) }

  /// The first index, from 0, of the maximum.
  package func argmax() throws(Failure) -> Int { first(try max()) }

  /// How many elements are not 0.
  package func nonzeros() throws(Failure) -> Int {
    let lanes = try withOctets { x throws(Failure) in
      try Vector.reduce(count, from: SIMD8<Int64>(repeating: 0)) {
        $0 = $0.replacing(with: $0 &+ 1, where: x[$1] .!= 0)
      } merge: {
        $0 &+= $1
      }
    }
    return Int(lanes.wrappedSum())
  }

  @inline(__always)
  private func extreme(
    _ name: String, _ further: (SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>
  ) throws(Failure) -> Double {
    guard count > 0 else { throw Failure(.data, "an empty vector has no \(name)") }
    let start = self[0]
    let lanes = try withOctets(filler: start) { x throws(Failure) in
      try Vector.reduce(count, from: SIMD8(repeating: start)) {
        $0 = further($0, x[$1])
      } merge: {
        $0 = further($0, $1)
      }
    }
    return (0..<8).reduce(start) { further(SIMD8(repeating: $0), SIMD8(repeating: lanes[$1]))[0] }
  }

  private func first(_ value: Double) -> Int {
    withValues { x in x.firstIndex { $0 == value || $0.isNaN } } ?? 0
  }
}
