extension RandomStream {
  /// The next `count` draws, uniform on the multiples of 2⁻⁵³ in [0, 1).
  package mutating func uniform(_ count: Int) throws(Failure) -> Vector { try sample(count, UniformSampler()) }
}

/// Uniform on the multiples of 2⁻⁵³ in [0, 1).
struct UniformSampler: Sampler {
  @inline(__always)
  func attempt(_ words: FirstWords) -> Double? { words.uniform(0) }
  func sample(_ words: inout Words) -> Double { words.uniform() }

  func fill(_ out: UnsafeMutableBufferPointer<Double>, from start: UInt64, key: SIMD2<UInt32>) {
    // 52 bits, and the one below them.
    WordsAhead.fill(out, from: start, key: key) { ($0 &>> 12).fraction + ($0 &>> 11 & 1).fraction * 0.5 }
  }
}

extension SIMD8<UInt64> {
  /// 2⁻⁵² times each, for integers below 2⁵², exactly: as the last bits of a number from 1 to 2, whose conversion is none.
  @inline(__always)
  fileprivate var fraction: SIMD8<Double> { SIMD8<Double>(bits: self | 0x3FF0_0000_0000_0000) - 1 }
}

/// Uniform on the odd multiples of 2⁻⁵³ in (0, 1).
struct OpenUniformSampler: Sampler {
  @inline(__always)
  func attempt(_ words: FirstWords) -> Double? { words.openUniform(0) }
  func sample(_ words: inout Words) -> Double { words.openUniform() }

  func fill(_ out: UnsafeMutableBufferPointer<Double>, from start: UInt64, key: SIMD2<UInt32>) {
    WordsAhead.fill(out, from: start, key: key) { ($0 &>> 12).fraction + 0x1p-53 }
  }
}

/// Uniform on the integers from 0 to `bound` − 1; `bound` > 0.
struct IntegerSampler: Sampler {
  let bound: UInt64
  func sample(_ words: inout Words) -> Double { Double(words.integer(below: bound)) }

  @inline(__always)
  func attempt(_ words: FirstWords) -> Double? { words.place(below: bound).map { Double($0.integer) } }
}

extension Words {
  /// Uniform on the multiples of 2⁻⁵³ in [0, 1).
  @inline(__always)
  package mutating func uniform() -> Double { Words.uniform(next()) }

  /// Uniform on the odd multiples of 2⁻⁵³ in (0, 1): neither end can occur.
  @inline(__always)
  package mutating func openUniform() -> Double { Words.openUniform(next()) }

  @inline(__always)
  static func uniform(_ word: UInt64) -> Double { Double(word >> 11) * 0x1p-53 }

  @inline(__always)
  static func openUniform(_ word: UInt64) -> Double { (Double(word >> 12) + 0.5) * 0x1p-52 }

  /// Uniform on the integers from 0 to `bound` − 1; `bound` > 0.
  package mutating func integer(below bound: UInt64) -> UInt64 { place(below: bound).integer }

  /// The same, and a place after the integer: a multiple of 2⁻⁶⁴, uniform to within `bound`·2⁻⁶⁴.
  ///
  /// D. Lemire, Fast random integer generation in an interval, 2019, doi:10.1145/3230636.
  mutating func place(below bound: UInt64) -> (integer: UInt64, fraction: UInt64) {
    var product = bound.multipliedFullWidth(by: next())
    if product.low < bound {
      // The 2⁶⁴ mod bound words that would favour some results are drawn again.
      let excess = (0 &- bound) % bound
      while product.low < excess { product = bound.multipliedFullWidth(by: next()) }
    }
    return (product.high, product.low)
  }
}
