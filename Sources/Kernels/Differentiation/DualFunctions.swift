import Glibc

/// A function of one number that can be differentiated as often as anybody likes.
package enum DualFunction: String, CaseIterable, Sendable {
  case abs, acos, asin, atan, ceil, cos, cosh, deg, exp, expm1, floor, lgamma, log, log10, log1p, rad, round, sign, sin
  case sinh, sqrt, tan, tanh

  package func callAsFunction(_ x: Dual) throws(Failure) -> Dual {
    try x.applying(value) { (x, value) throws(Failure) in try derivative(x, value) }
  }

  private func value(_ x: Numeric) throws(Failure) -> Numeric {
    switch self {
    case .abs: try UnaryOperation.abs(x)
    case .acos: try x.mapped { Glibc.acos($0) }
    case .asin: try x.mapped { Glibc.asin($0) }
    case .atan: try x.mapped { Kernels.atan($0) }
    case .ceil: try UnaryOperation.ceil(x)
    case .cos: try x.mapped { Glibc.cos($0) }
    case .cosh: try x.mapped { Glibc.cosh($0) }
    case .deg: try BinaryOperation.multiply(x, .number(180 / .pi))
    case .exp: try UnaryOperation.exp(x)
    case .expm1: try UnaryOperation.expm1(x)
    case .floor: try UnaryOperation.floor(x)
    case .lgamma: try x.mapped { Kernels.logGamma($0) }
    case .log: try UnaryOperation.log(x)
    case .log10: try x.mapped { Glibc.log10($0) }
    case .log1p: try UnaryOperation.log1p(x)
    case .rad: try BinaryOperation.multiply(x, .number(.pi / 180))
    case .round: try UnaryOperation.round(x)
    case .sign: try UnaryOperation.sign(x)
    case .sin: try x.mapped { Glibc.sin($0) }
    case .sinh: try x.mapped { Glibc.sinh($0) }
    case .sqrt: try UnaryOperation.sqrt(x)
    case .tan: try x.mapped { Glibc.tan($0) }
    case .tanh: try x.mapped { Glibc.tanh($0) }
    }
  }

  /// At a step or a kink, that of one side or the mean of both.
  private func derivative(_ x: Dual, _ value: Dual) throws(Failure) -> Dual {
    switch self {
    case .abs: try DualFunction.sign(x)
    case .acos: try -(1 / DualFunction.sqrt((1 - x) * (1 + x)))
    case .asin: try 1 / DualFunction.sqrt((1 - x) * (1 + x))
    case .atan: try 1 / (1 + x * x)
    case .ceil, .floor, .round, .sign: .number(0)
    case .cos: try -DualFunction.sin(x)
    case .cosh: try DualFunction.sinh(x)
    case .deg: .number(180 / .pi)
    case .exp: value
    case .expm1: try DualFunction.exp(x)
    case .lgamma: try Dual.polygamma(0, x)
    case .log: try 1 / x
    case .log10: try 1 / (Glibc.log(10) * x)
    case .log1p: try 1 / (1 + x)
    case .rad: .number(.pi / 180)
    case .sin: try DualFunction.cos(x)
    case .sinh: try DualFunction.cosh(x)
    case .sqrt: try 0.5 / value
    case .tan: try 1 + value * value
    case .tanh: try 1 - value * value
    }
  }
}

extension Dual {
  func log() throws(Failure) -> Dual { try DualFunction.log(self) }
  func log1p() throws(Failure) -> Dual { try DualFunction.log1p(self) }
  func exp() throws(Failure) -> Dual { try DualFunction.exp(self) }
  func lgamma() throws(Failure) -> Dual { try DualFunction.lgamma(self) }
  func squared() throws(Failure) -> Dual { try self * self }

  /// ψ⁽ⁿ⁾(x), the derivative n + 1 of log Γ, for x > 0.
  static func polygamma(_ n: Int, _ x: Dual) throws(Failure) -> Dual {
    try x.applying { (x) throws(Failure) in
      try x.mapped { n == 0 ? digamma($0) : n == 1 ? trigamma($0) : Kernels.polygamma(n, $0) }
    } derivative: { (x, _) throws(Failure) in
      try polygamma(n + 1, x)
    }
  }

  /// x·log y, 0 where x is 0, with the slope x/y by y, 0 where x is 0 too.
  static func timesLog(_ x: Dual, _ y: Dual) throws(Failure) -> Dual {
    try combining(
      x, y,
      { (x, y) throws(Failure) in try x.combined(with: try UnaryOperation.log(y)) { $0 == 0 ? 0 : $0 * $1 } },
      da: { (_, y, _) throws(Failure) in try y.log() }, db: { (x, y, _) throws(Failure) in try quotient(x, y) })
  }

  /// x·log(1 + y), 0 where x is 0.
  static func timesLog1p(_ x: Dual, _ y: Dual) throws(Failure) -> Dual {
    try combining(
      x, y,
      { (x, y) throws(Failure) in try x.combined(with: try UnaryOperation.log1p(y)) { $0 == 0 ? 0 : $0 * $1 } },
      da: { (_, y, _) throws(Failure) in try y.log1p() }, db: { (x, y, _) throws(Failure) in try quotient(x, 1 + y) })
  }

  /// x/y, 0 where x is 0.
  private static func quotient(_ x: Dual, _ y: Dual) throws(Failure) -> Dual {
    try combining(
      x, y, { (x, y) throws(Failure) in try x.combined(with: y) { $0 == 0 ? 0 : $0 / $1 } },
      da: { (_, y, _) throws(Failure) in try 1 / y },
      db: { (x, y, _) throws(Failure) in try -quotient(quotient(x, y), y) })
  }

  /// log(1 + eˣ), whose slope is `sigmoid`.
  func softplus() throws(Failure) -> Dual {
    try applying { (x) throws(Failure) in
      try x.mapped { max($0, 0) + Kernels.log1p(Kernels.exp(-Swift.abs($0))) }
    } derivative: { (x, _) throws(Failure) in
      try x.sigmoid()
    }
  }

  private func sigmoid() throws(Failure) -> Dual {
    try applying { (x) throws(Failure) in
      try x.mapped { x in
        let e = Kernels.exp(-Swift.abs(x))
        return (x < 0 ? e : 1) / (1 + e)
      }
    } derivative: { (_, value) throws(Failure) in
      try value * (1 - value)
    }
  }

  /// log P(Z ≤ z) of a standard normal Z, whose slope h = φ/Φ has the slope −h·(z + h).
  func logNormalProbability() throws(Failure) -> Dual {
    try applying { (z) throws(Failure) in
      try z.mapped { logNormalTail(-$0) }
    } derivative: { (z, _) throws(Failure) in
      try z.hazard()
    }
  }

  /// φ(z)/Φ(z). Where −z is large it is near −z, and h + z is known to few digits; its slope is then near −1.
  private func hazard() throws(Failure) -> Dual {
    try applying { (z) throws(Failure) in
      try z.mapped { z in Kernels.exp(-0.5 * z * z - logRootTwoPi - logNormalTail(-z)) }
    } derivative: { (z, value) throws(Failure) in
      try -(value * (z + value))
    }
  }

  /// log(κ^(−ν)·I_ν(κ)) for κ ≥ 0, whose slope is the ratio A = I_ν₊₁(κ)/I_ν(κ).
  func logBessel(order nu: Double) throws(Failure) -> Dual {
    try applying { (x) throws(Failure) in
      try x.mapped { ModifiedBessel(order: nu, $0).logScaled + $0 }
    } derivative: { (x, _) throws(Failure) in
      try x.besselRatio(order: nu)
    }
  }

  private func besselRatio(order nu: Double) throws(Failure) -> Dual {
    try applying { (x) throws(Failure) in
      try x.mapped { ModifiedBessel(order: nu, $0).ratio }
    } derivative: { (x, value) throws(Failure) in
      // A′ = 1 − A² − (2ν + 1)·A/κ, of which only higher slopes are taken: its value cancels for large κ.
      let formula = try 1 - value * value - (2 * nu + 1) * value / x
      return formula.at(try x.primal.mapped { ModifiedBessel(order: nu, $0).slope })
    }
  }

  /// atan2 of Lua's `math.atan(y, x)`.
  package static func atan2(_ y: Dual, _ x: Dual) throws(Failure) -> Dual {
    try combining(
      y, x, { (y, x) throws(Failure) in try y.combined(with: x) { Glibc.atan2($0, $1) } },
      da: { (y, x, _) throws(Failure) in try x / (x * x + y * y) },
      db: { (y, x, _) throws(Failure) in try -(y / (x * x + y * y)) })
  }

  /// The remainder of a/b with the sign of a, as Lua's `math.fmod`.
  package static func fmod(_ a: Dual, _ b: Dual) throws(Failure) -> Dual {
    try combining(
      a, b, { (a, b) throws(Failure) in try a.combined(with: b) { $0.truncatingRemainder(dividingBy: $1) } },
      da: { (_, _, _) throws(Failure) in .number(1) },
      db: { (a, b, _) throws(Failure) in
        .constant(try a.primal.combined(with: b.primal) { -($0 / $1).rounded(.towardZero) })
      })
  }

  /// log Σⱼ exp lⱼ, element by element.
  static func logSumExp(_ terms: [Dual]) throws(Failure) -> Dual {
    var largest = terms[0].primal
    for term in terms.dropFirst() { largest = try BinaryOperation.maximum(largest, term.primal) }
    let peak = Dual.constant(try largest.mapped { $0.isFinite ? $0 : 0 })
    var sum = Dual.number(0)
    for term in terms {
      // A term that is −∞ is no part of the sum, and has no slopes.
      let isPossible = try term.primal.mapped { $0 == -.infinity ? 0 : 1 }
      sum = try sum + (term - peak).exp().kept(where: isPossible)
    }
    return try peak + sum.log()
  }
}

/// ψ⁽ⁿ⁾(x) for n ≥ 2 and x > 0, by the recurrence ψ⁽ⁿ⁾(x) = ψ⁽ⁿ⁾(x + 1) + (−1)ⁿ⁺¹·n!/xⁿ⁺¹ up to x ≥ 16 + n and the asymptotic
/// series, DLMF 5.15.5 and 5.15.8.
package func polygamma(_ n: Int, _ x: Double) -> Double {
  guard x > 0 else { return .nan }
  // All in units of (−1)ⁿ⁺¹·(n − 1)!, in which terms are positive until the series begins.
  let order = Double(n)
  var (y, sum) = (x, 0.0)
  while y < 16 + order {
    sum += order * Glibc.pow(y, -order - 1)
    y += 1
  }
  var term = Glibc.pow(y, -order)
  sum += term
  sum += term * order / (2 * y)
  // B₂ₖ·(2k + n − 1)!/((2k)!·(n − 1)!·y²ᵏ)
  term *= order * (order + 1) / 2 / (y * y)
  for (k, bernoulli) in bernoulliNumbers.enumerated() {
    sum += bernoulli * term
    let m = 2 * Double(k + 1)
    let growth = (m + order) * (m + order + 1)
    term *= growth / ((m + 1) * (m + 2) * y * y)
  }
  return sum * Glibc.tgamma(order) * (n % 2 == 0 ? -1 : 1)
}

/// B₂, B₄, … B₁₆.
private let bernoulliNumbers: [Double] = [
  1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
]
