/// Draws a beta variable B as a pair of numbers X and Y whose quotient is its odds B / (1 − B), exactly for any shapes.
///
/// X and Y are gamma numbers of the two shapes. Both at most 1: M. D. Jöhnk, Erzeugung von betaverteilten und gammaverteilten
/// Zufallszahlen, 1964, doi:10.1007/BF02613706, in logarithms, which are right where B itself is 0 or 1 in doubles.
struct BetaSampler: Sendable {
  static var blocksAhead: Int { 2 }

  private let a, b: Double
  private let gammas: (GammaSampler, GammaSampler)

  /// Shapes: positive.
  init(a: Double, b: Double) {
    (self.a, self.b) = (a, b)
    gammas = (GammaSampler(shape: a), GammaSampler(shape: b))
  }

  /// Whether X and Y themselves are far from the ends of the doubles.
  var isLarge: Bool { a >= 1 && b >= 1 }

  /// X and Y; for shapes of at least 1.
  func sample(_ words: inout Words) -> (x: Double, y: Double) {
    (gammas.0.sample(&words), gammas.1.sample(&words))
  }

  /// The same by the first words alone.
  @inline(__always)
  func attempt(_ words: FirstWords) -> (x: Double, y: Double)? {
    guard isLarge, let x = gammas.0.attempt(words, from: 0), let y = gammas.1.attempt(words, from: 2) else {
      return nil
    }
    return (x, y)
  }

  /// log(X/Y), for any shapes.
  func sampleLogOdds(_ words: inout Words) -> Double {
    if a <= 1, b <= 1 { return johnk(&words) }
    return gammas.0.logSample(&words) - gammas.1.logSample(&words)
  }

  private func johnk(_ words: inout Words) -> Double {
    while true {
      let (logX, logY) = (-words.exponential() / a, -words.exponential() / b)
      if exp(logX) + exp(logY) <= 1 { return logX - logY }
    }
  }
}
