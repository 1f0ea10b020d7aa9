import CBoost

/// A gamma variable Y of rate 1, the core of the gamma family and its kin. Densities are those of log Y, which are the same for
/// a multiple of Y and for its inverse; numbers y come with what their rounding has lost and with their logarithm, which is
/// right where y itself leaves the doubles.
struct StandardGamma: Sendable {
  let shape: Double
  let sampler: GammaSampler
  private let logShape: Double
  /// log Γ(shape), and log Γ(shape + 1).
  private let logGammas: (Double, Double)
  /// The log-density of log Y at its maximum, y = shape; used where shape ≥ 1.
  private let peak: Double

  init(shape: Double) {
    self.shape = shape
    sampler = GammaSampler(shape: shape)
    logShape = log(shape)
    logGammas = (logGamma(shape), shape < 1 ? logGammaOnePlus(shape) : logGamma(shape) + log(shape))
    peak = shape < 1 ? 0 : 0.5 * logShape - logRootTwoPi - stirlingRemainder(shape)
  }

  /// The mean of log Y.
  var meanLog: Double { digamma(shape) }

  /// The entropy of log Y, a + log Γ(a) − a·ψ(a); for large a, with what cancels left out.
  var logEntropy: Double {
    shape < 1 ? shape + logGammas.0 - shape * digamma(shape) : shape * logMinusDigamma(shape) - peak
  }

  /// log(yᵃ·e⁻ʸ/Γ(a)), the log-density of log Y. In C. Loader's form its terms do not cancel for large shapes a.
  @inline(__always)
  func logDensity<L: Lanes>(_ y: L, lost: L, logY: L) -> L {
    let a = L(repeating: shape)
    let value: L
    if shape < 1 {
      value = (-y - L(repeating: logGammas.0)).addingProduct(a, logY)
    } else {
      let difference = (a - y) - lost
      let v = difference / (a + y)
      let far = (-difference).addingProduct(a, L(repeating: logShape) - logY)
      let deviance = nearDeviance(a, mean: y, difference: difference)
        .replacing(with: far, where: v .> 1.0 / 3).replacing(with: far, where: v .< -1.0 / 3)
      value = L(repeating: peak) - deviance
    }
    return value.replacing(with: L(repeating: -.infinity), where: y .> .greatestFiniteMagnitude)
  }

  /// Whether P(Y ≤ y) is found by its series, in any number of lanes; else it takes Boost or an expansion.
  var hasSeries: Bool { shape <= 500 }

  /// P(Y ≤ y) = yᵃ·e⁻ʸ/Γ(a + 1)·(1 + y/(a + 1) + y²/((a + 1)·(a + 2)) + …), whose terms are positive. A&S 6.5.29.
  @inline(__always)
  func series<L: Lanes>(_ y: L, lost: L, logY: L) -> L {
    // Beyond `end`, P(Y > y) is below 1e-17.
    let end = shape + 12 * shape.squareRoot() + 60
    let factor = y.replacing(with: L(repeating: 0), where: y .> end)
    var (term, sum, n) = (L(repeating: 1), L(repeating: 1), shape)
    // Four terms between two looks at what is left; what is added in vain changes no bit.
    repeat {
      for _ in 0..<4 {
        n += 1
        term = term * (factor * L(repeating: 1 / n))
        sum = sum + term
      }
    } while L.any(term - sum * L(repeating: 0x1p-55) .> 0)
    let tail = exponential(logDensity(y, lost: lost, logY: logY)) * (sum / L(repeating: shape))
    return tail.replacing(with: L(repeating: 1), where: tail .> 1).replacing(with: L(repeating: 1), where: y .> end)
  }

  /// P(Y ≤ y).
  func lower(_ y: Double, lost: Double, logY: Double) -> Double {
    if hasSeries { return series(y, lost: lost, logY: logY) }
    if y == .infinity { return 1 }
    if y < tiny { return exp(shape * logY - logGammas.1) }
    if shape >= manyEvents { return uniformGamma(shape, y, lost: lost).lower }
    return boost_gamma_p(shape, y) + lost / y * exp(logDensity(y, lost: 0, logY: logY))
  }

  /// P(Y > y).
  func upper(_ y: Double, lost: Double, logY: Double) -> Double {
    if y == .infinity { return 0 }
    if y < tiny { return -expm1(shape * logY - logGammas.1) }
    if shape >= manyEvents { return uniformGamma(shape, y, lost: lost).upper }
    return boost_gamma_q(shape, y) - lost / y * exp(logDensity(y, lost: 0, logY: logY))
  }

  /// y with P(Y ≤ y) = p, and its logarithm.
  func quantile(_ p: Double) -> (y: Double, log: Double) {
    solution(logP: log(p)) { inverseIncompleteGamma(shape, lower: p, upper: 1 - p) }
  }

  /// y with P(Y > y) = q, and its logarithm.
  func upperQuantile(_ q: Double) -> (y: Double, log: Double) {
    solution(logP: log1p(-q)) { inverseIncompleteGamma(shape, lower: 1 - q, upper: q) }
  }

  /// By P(Y ≤ y) = yᵃ/Γ(a + 1)·(1 − a·y/(a + 1) + …) where y is small.
  private func solution(logP: Double, otherwise: () -> Double) -> (y: Double, log: Double) {
    let logY = (logP + logGammas.1) / shape
    let y = exp(logY)
    if y < 1e-9 { return (y * (1 + y / (shape + 1)), logY + y / (shape + 1)) }
    let other = otherwise()
    return (other, log(other))
  }
}

/// Below this the first term of the series of P(Y ≤ y) is exact, and y may have lost digits.
private let tiny = 1e-290
