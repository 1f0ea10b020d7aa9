// Logarithms of the probabilities of counts, as their own files have them, in duals. Counts have no derivatives.

extension Bernoulli: DifferentiableDensity {
  static var integers: Set<String> { ["x"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try Dual.timesLog(x, p[0]) + Dual.timesLog1p(1 - x, -p[0])
  }
}

extension Binomial: DifferentiableDensity {
  static var integers: Set<String> { ["x", "trials"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try Dual.timesLog(x, p[1]) + Dual.timesLog1p(p[0] - x, -p[1])
  }
}

extension Poisson: DifferentiableDensity {
  static var integers: Set<String> { ["x"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual { try Dual.timesLog(x, p[0]) - p[0] }
}

extension Geometric: DifferentiableDensity {
  static var integers: Set<String> { ["x"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try p[0].log() + Dual.timesLog1p(x, -p[0])
  }
}

extension NegativeBinomial: DifferentiableDensity {
  static var integers: Set<String> { ["x"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let (size, p) = (p[0], p[1])
    return try (x + size).lgamma() - size.lgamma() + size * p.log() + Dual.timesLog1p(x, -p)
  }
}

extension BetaBinomial: DifferentiableDensity {
  static var integers: Set<String> { ["x", "trials"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try logBeta(x + p[1], p[0] - x + p[2]) - logBeta(p[1], p[2])
  }
}

extension Categorical: DifferentiableDensity {
  static var integers: Set<String> { ["x"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try p[0].elements(at: try BinaryOperation.subtract(x.primal, .number(1))).log()
  }
}

extension DiscreteUniform: DifferentiableDensity {
  static var integers: Set<String> { ["x", "a", "b"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual { .number(0) }
}

extension Hypergeometric: DifferentiableDensity {
  static var integers: Set<String> { ["x", "population", "successes", "draws"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual { .number(0) }
}

extension Point: DifferentiableDensity {
  static var integers: Set<String> { ["x", "value"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual { .number(0) }
}
