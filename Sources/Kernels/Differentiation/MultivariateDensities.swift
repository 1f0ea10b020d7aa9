// Log-densities of rows, as their own files have them, in duals. x: n × d

extension MultivariateNormal: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try -0.5 * (squaredDistances(x, from: p[0], p[1]) + p[1].logDeterminant())
  }
}

extension MultivariateT: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let (df, d) = (p[0], Double(p[1].primal.elementCount))
    let peak = try (0.5 * (df + d)).lgamma() - (0.5 * df).lgamma() - (0.5 * d) * df.log()
    let spread = try 0.5 * p[2].logDeterminant()
    return try peak - spread - 0.5 * (df + d) * (squaredDistances(x, from: p[1], p[2]) / df).log1p()
  }
}

extension Dirichlet: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let powers = try p[0] - 1
    let sizes = try Dual.timesLog(powers.repeated(rows: x.rowCount), x).rowSums()
    return try sizes + p[0].sum().lgamma() - p[0].lgamma().sum()
  }
}

extension Multinomial: DifferentiableDensity {
  static var integers: Set<String> { ["x", "trials"] }
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    try Dual.timesLog(x, p[1].repeated(rows: x.rowCount)).rowSums()
  }
}

extension VonMisesFisher: DifferentiableDensity {
  static func logDensity(_ x: Dual, _ p: [Dual]) throws(Failure) -> Dual {
    let nu = Double(p[0].primal.elementCount) / 2 - 1
    return try p[1] * Dual.matmul(x, p[0]) - p[1].logBessel(order: nu)
  }
}

/// (x − μ)ᵀ·Σ⁻¹·(x − μ) of each row.
private func squaredDistances(_ x: Dual, from mu: Dual, _ scale: Dual) throws(Failure) -> Dual {
  let centred = try (x - mu.repeated(rows: x.rowCount)).transposed()
  return try (centred * Dual.solve(scale, centred)).columnSums()
}

extension Dual {
  fileprivate var rowCount: Int { if case .matrix(let m) = primal { m.rows } else { 1 } }
}
