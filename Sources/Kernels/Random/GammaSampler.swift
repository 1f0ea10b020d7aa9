/// Draws gamma numbers with a given shape and scale 1, exactly for any shape.
///
/// G. Marsaglia, W. W. Tsang, A simple method for generating gamma variables, 2000, doi:10.1145/358407.358414.
struct GammaSampler: Sampler {
  static var blocksAhead: Int { 1 }

  fileprivate let shape: Double
  private let d, c: Double

  /// `shape`: positive.
  init(shape: Double) {
    self.shape = shape
    d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
    c = 1 / (9 * d).squareRoot()
  }

  /// Draws for what is still to be scaled: of a shape below 1, which may be below the smallest double, by their logarithms.
  struct Form: Sampler {
    static var blocksAhead: Int { GammaSampler.blocksAhead }
    private let sampler: GammaSampler

    init(_ sampler: GammaSampler) { self.sampler = sampler }

    @inline(__always)
    func attempt(_ words: FirstWords) -> Double? { sampler.attempt(words) }

    func sample(_ words: inout Words) -> Double {
      sampler.shape < 1 ? sampler.logSample(&words) : sampler.atLeastOne(&words)
    }
  }

  func sample(_ words: inout Words) -> Double { shape < 1 ? exp(logSample(&words)) : atLeastOne(&words) }

  @inline(__always)
  func attempt(_ words: FirstWords) -> Double? { attempt(words, from: 0) }

  /// By the two words from `place` on.
  @inline(__always)
  func attempt(_ words: FirstWords, from place: Int) -> Double? {
    guard shape >= 1, let x = words.normal(place) else { return nil }
    let u = words.openUniform(place &+ 1)
    return squeezed(x, u) ?? compared(x, u)
  }

  /// The logarithm of a draw: numbers of a small shape can be below the smallest double.
  func logSample(_ words: inout Words) -> Double {
    let draw = log(atLeastOne(&words))
    // A draw of shape + 1, times a uniform number to the power 1/shape.
    return shape < 1 ? draw - words.exponential() / shape : draw
  }

  /// A draw of the shape, or of shape + 1 where that is below 1.
  fileprivate func atLeastOne(_ words: inout Words) -> Double {
    while true {
      let x = words.normal()
      guard 1 + c * x > 0 else { continue }
      let u = words.openUniform()
      if let draw = squeezed(x, u) ?? compared(x, u) { return draw }
    }
  }

  /// The draw, if it is accepted.
  @inline(never)
  private func compared(_ x: Double, _ u: Double) -> Double? {
    let root = 1 + c * x
    guard root > 0 else { return nil }
    let cube = root * root * root
    return log(u) < 0.5 * x * x + d * (1 - cube + log(cube)) ? d * cube : nil
  }

  /// The draw where no logarithm is needed to accept it, in 98 of 100 cases for a shape of 2.5.
  ///
  /// With t = c·x, the logarithm of the acceptance probability is −(x²/3t²)·(t⁴/4 − t⁵/5 + t⁶/6 − …). For t > 0 the sum is below
  /// its first term, for t > −¾ below (1 − 2.3·t) times that.
  @inline(__always)
  private func squeezed(_ x: Double, _ u: Double) -> Double? {
    let t = c * x
    // No branch, which would go either way as often: |t| − t is 0 or −2·t.
    let factor = 1 + 1.15 * (abs(t) - t)
    return t > -0.75 && u < 1 - (1.0 / 12) * (x * x) * (t * t) * factor ? d * ((1 + t) * (1 + t) * (1 + t)) : nil
  }
}
