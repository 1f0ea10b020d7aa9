// Log-densities of distributions on the line, as their own files have them, in duals.

extension Normal: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try -0.5 * ((x - p[0]) / p[1]).squared() - p[1].log()
  }
}

extension LogNormal: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let logX = try x.log()
    return try -0.5 * ((logX - p[0]) / p[1]).squared() - p[1].log() - logX
  }
}

extension HalfNormal: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try -0.5 * (x / p[0]).squared() - p[0].log()
  }
}

extension SkewNormal: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let z = try (x - p[0]) / p[1]
    return try -0.5 * z.squared() - p[1].log() + (p[2] * z).logNormalProbability()
  }
}

extension StudentT: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let (df, z) = (p[0], try (x - p[1]) / p[2])
    let peak = try (0.5 * (df + 1)).lgamma() - (0.5 * df).lgamma() - 0.5 * df.log() - p[2].log()
    return try peak - 0.5 * (df + 1) * (z.squared() / df).log1p()
  }
}

extension Cauchy: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try -((x - p[0]) / p[1]).squared().log1p() - p[1].log()
  }
}

extension Laplace: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try -(DualFunction.abs(x - p[0]) / p[1]) - p[1].log()
  }
}

extension Logistic: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let z = try (x - p[0]) / p[1]
    return try -z - p[1].log() - 2 * (-z).softplus()
  }
}

extension Gumbel: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let z = try (x - p[0]) / p[1]
    return try -z - (-z).exp() - p[1].log()
  }
}

extension VonMises: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try p[1] * DualFunction.cos(x - p[0]) - p[1].logBessel(order: 0)
  }
}

// On a half-line.

extension Exponential: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual { try p[0].log() - p[0] * x }
}

extension Gamma: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let (shape, rate) = (p[0], p[1])
    return try shape * rate.log() + Dual.timesLog(shape - 1, x) - rate * x - shape.lgamma()
  }
}

extension InverseGamma: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let (shape, scale) = (p[0], p[1])
    return try shape * scale.log() - (shape + 1) * x.log() - scale / x - shape.lgamma()
  }
}

extension ChiSquared: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let half = try 0.5 * p[0]
    return try Dual.timesLog(half - 1, x) - 0.5 * x - ln2 * half - half.lgamma()
  }
}

extension FDistribution: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let (a, b, q) = (try 0.5 * p[0], try 0.5 * p[1], try p[0] / p[1])
    let power = try a * q.log() + Dual.timesLog(a - 1, x)
    return try power - (a + b) * (q * x).log1p() - logBeta(a, b)
  }
}

extension Weibull: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let (shape, scale) = (p[0], p[1])
    let z = try x / scale
    return try shape.log() + Dual.timesLog(shape - 1, z) - scale.log() - Dual.power(z, shape)
  }
}

extension Pareto: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try p[0].log() + p[0] * p[1].log() - (p[0] + 1) * x.log()
  }
}

extension InverseGaussian: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let (mu, lambda) = (p[0], p[1])
    return try 0.5 * lambda.log() - 1.5 * x.log() - 0.5 * lambda * ((x - mu) / mu).squared() / x
  }
}

// Between two ends.

extension Uniform: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try (-(p[1] - p[0]).log()).spread(like: x.primal)
  }
}

extension Triangular: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let (a, b, c) = (p[0], p[1], p[2])
    let left = try (x - a).log() - (c - a).log()
    let right = try (b - x).log() - (b - c).log()
    return try Dual.select(try BinaryOperation.lt(x.primal, c.primal), left, right) - (b - a).log()
  }
}

extension Beta: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try Dual.timesLog(p[0] - 1, x) + Dual.timesLog1p(p[1] - 1, -x) - logBeta(p[0], p[1])
  }
}

/// log B(a, b).
func logBeta(_ a: Dual, _ b: Dual) throws(Failure) -> Dual { try a.lgamma() + b.lgamma() - (a + b).lgamma() }
