/// Draws counts by adding up their probabilities from 0 until they pass a random word: fast for small means.
///
/// Probabilities are integers, multiples of 2⁻⁶⁴: sums are exact, so that a table of them gives the same draws.
struct CountInversion<Law: CountLaw>: Sampler {
  private let law: Law
  /// P(0) in units of 2⁻⁶⁴.
  private let none: Double

  init(_ law: Law) {
    self.law = law
    // Rounding may make the sum larger than 1, by less than 1e-13: a little more is left over, and drawn again.
    none = min(law.none, 1) * (0x1p64 - 0x1p24)
  }

  func sample(_ words: inout Words) -> Double {
    while true {
      var (left, probability, count) = (words.next(), none, 0.0)
      while probability >= 1 || count < law.mean {
        let part = UInt64(probability)
        if left < part { return count }
        left -= part
        count += 1
        probability *= law.ratio(count)
      }
    }
  }

  /// The words below which the count is 0, at most 1, ….
  var thresholds: [UInt64] {
    var (sum, probability, count, all) = (UInt64(0), none, 0.0, [UInt64]())
    while probability >= 1 || count < law.mean {
      sum &+= UInt64(probability)
      all.append(sum)
      count += 1
      probability *= law.ratio(count)
    }
    return all
  }
}

/// A law of counts by a recurrence of their probabilities, with one mode, a mean of at most
/// `CountTable.largestMean`, and P(x) < 1 for x ≥ 1.
protocol CountLaw: Sendable {
  var mean: Double { get }
  /// P(0).
  var none: Double { get }
  /// P(x) / P(x − 1) for x ≥ 1; 0 beyond the support.
  func ratio(_ x: Double) -> Double
}

/// The same draws as by inversion, looked up: for many draws of one law.
struct CountTable: Sampler {
  /// For larger means rejection is faster where draws are made one by one.
  static let largestMean = 32.0
  /// To make the table takes as long as some hundred draws.
  static let worthwhile = 1000

  private let thresholds: [UInt64]
  /// For each value of a word's upper bits, the smallest count that a word can have which begins with them.
  private let starts: [UInt16]
  private static let bits = 10

  init(_ inversion: CountInversion<some CountLaw>) {
    let thresholds = inversion.thresholds
    var count = 0
    starts = (0..<1 << CountTable.bits).map { top in
      let least = UInt64(top) << (64 - CountTable.bits)
      while count < thresholds.count, least >= thresholds[count] { count += 1 }
      return UInt16(count)
    }
    self.thresholds = thresholds
  }

  func sample(_ words: inout Words) -> Double {
    while true {
      if let count = count(words.next()) { return count }
    }
  }

  @inline(__always)
  func attempt(_ words: FirstWords) -> Double? { count(words[0]) }

  /// nil for what rounding has left over.
  @inline(__always)
  private func count(_ word: UInt64) -> Double? {
    var count = Int(starts[Int(word >> (64 - CountTable.bits))])
    while count < thresholds.count {
      if word < thresholds[count] { return Double(count) }
      count &+= 1
    }
    return nil
  }
}
