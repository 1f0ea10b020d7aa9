/// Draws gamma numbers with a given shape and scale 1, exactly for any shape.
///
/// G. Marsaglia, W. W. Tsang, A simple method for generating gamma variables, 2000, doi:10.1145/358407.358414.
struct GammaSampler: Sampler {
  private let shape: Double
  private let d, c: Double

  /// `shape`: positive.
  init(shape: Double) {
    self.shape = shape
    d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
    c = 1 / (9 * d).squareRoot()
  }

  func sample(_ words: inout Words) -> Double { shape < 1 ? exp(logSample(&words)) : atLeastOne(&words) }

  /// The logarithm of a draw: numbers of a small shape can be below the smallest double.
  func logSample(_ words: inout Words) -> Double {
    let draw = log(atLeastOne(&words))
    // A draw of shape + 1, times a uniform number to the power 1/shape.
    return shape < 1 ? draw - words.exponential() / shape : draw
  }

  /// A draw of the shape, or of shape + 1 where that is below 1.
  private func atLeastOne(_ words: inout Words) -> Double {
    while true {
      let x = words.normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let cube = root * root * root
      let u = words.openUniform()
      if u < 1 - 0.0331 * (x * x) * (x * x) { return d * cube }
      if log(u) < 0.5 * x * x + d * (1 - cube + log(cube)) { return d * cube }
    }
  }
}
