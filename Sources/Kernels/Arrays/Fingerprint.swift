extension Matrix {
  /// A hash of the shape and of the bits of all numbers: other data have another one, all but certainly.
  ///
  /// Eight sums side by side, each by the steps of G. Fowler, L. C. Noll and K.-P. Vo's FNV-1a on words of 64 bits, mixed in the
  /// end by the finaliser of SplitMix64 (doi:10.1145/2714064.2660195).
  package var fingerprint: UInt64 {
    let prime = SIMD8<UInt64>(repeating: 0x9E37_79B9_7F4A_7C15)
    var sums = SIMD8<UInt64>(0, 1, 2, 3, 4, 5, 6, 7) &* prime
    elements.withValues { values in
      let octets = Octets(values)
      for i in stride(from: 0, to: values.count, by: 8) {
        sums = (sums ^ octets[i].bits) &* prime
        sums ^= sums &>> 32
      }
    }
    var hash = mixed(UInt64(rows) ^ mixed(UInt64(columns)))
    for lane in 0..<8 { hash = mixed(hash ^ sums[lane]) }
    return hash
  }
}

private func mixed(_ x: UInt64) -> UInt64 {
  var z = x &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
