/// Multivariate normal distribution, mean μ, covariance Σ positive definite:
/// p(x) = exp(−½·(x − μ)ᵀ·Σ⁻¹·(x − μ)) / √((2π)ᵈ·det Σ).
///
/// Mean and mode μ, covariance Σ, entropy ½·log((2πe)ᵈ·det Σ).
package struct MultivariateNormal: MultivariateDistribution {
  /// d numbers.
  package let mu: Vector
  /// d × d.
  package let cov: Matrix
  package let variance: Vector
  /// Σ = L·Lᵀ.
  private let cholesky: Cholesky
  /// ½·log((2π)ᵈ·det Σ).
  private let logScale: Double

  /// mu: d (copied) · cov: d × d (copied)
  package init(mu: Vector, cov: Matrix) throws(Failure) {
    guard mu.count > 0 else { throw Failure(.argument, "mu must have at least one element") }
    if let i = mu.firstNonFinite {
      throw Failure(.argument, "mu must be finite, but its element \(i + 1) is \(mu[i].named)")
    }
    guard cov.rows == mu.count, cov.columns == mu.count else {
      let wanted = "\(mu.count) x \(mu.count)"
      throw Failure(.shape, "cov must be \(wanted) for a mu of \(mu.count), got \(cov.rows) x \(cov.columns)")
    }
    self.mu = try mu.copy()
    self.cov = try cov.copy()
    variance = try cov.diagonal()
    cholesky = try MultivariateNormal.factor(cov)
    logScale = Double(mu.count) * logRootTwoPi + 0.5 * cholesky.logDeterminant
  }

  package var family: String { "mvnormal" }
  package var dimension: Int { mu.count }
  package var parameters: [(name: String, value: ParameterValue)] { [("mu", .vector(mu)), ("cov", .matrix(cov))] }
  package var support: Support { .space(dimension: dimension) }
  package var mean: Vector { mu }
  package var mode: Vector { mu }
  package var covariance: Matrix { cov }
  package var entropy: Double { 0.5 * Double(dimension) + logScale }

  package func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double {
    try normalProbability(below: x, mu: mu, cov: cov)
  }

  package func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>) {
    for j in out.indices { out[j] = words.normal() }
    // x = μ + L·z in place, from the last row up.
    for i in out.indices.reversed() {
      var sum = mu[i]
      for j in 0...i { sum = sum.addingProduct(cholesky.factor[i, j], out[j]) }
      out[i] = sum
    }
  }

  /// The factor of cov, whose errors speak of `cov` instead of a matrix.
  private static func factor(_ cov: Matrix) throws(Failure) -> Cholesky {
    do {
      return try Cholesky(of: cov)
    } catch {
      guard error.message.hasPrefix("the matrix ") else { throw error }
      throw Failure(error.kind, "cov " + error.message.dropFirst("the matrix ".count))
    }
  }
}

extension MultivariateNormal {
  /// rows: n × d (read) · out: n (written). Eight rows at a time.
  package func logpdf(_ rows: Matrix, into out: Vector) throws(Failure) {
    let half = SIMD8<Double>(repeating: -0.5)
    // Some 0.1 ms of work, a multiple of 8.
    let size = max(8, (1 << 20) / (dimension * dimension + 1024) / 8 * 8)
    try Parallel.forEach(rows.rows, chunk: size) { chunk in
      withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: dimension) { z in
        out.withValues { out in
          let out = Octets(out)
          for i in stride(from: chunk.lowerBound, to: chunk.upperBound, by: 8) {
            out[i] = SIMD8(repeating: -logScale).addingProduct(half, squaredLengths(rows, i, z))
          }
        }
      }
    }
  }

  /// ‖L⁻¹·(x − μ)‖² of rows i to i + 7, by forward substitution. z: d (scratch)
  @inline(__always)
  private func squaredLengths(_ rows: Matrix, _ i: Int, _ z: UnsafeMutableBufferPointer<SIMD8<Double>>) -> SIMD8<Double>
  {
    var square = SIMD8<Double>.zero
    for j in 0..<dimension {
      var rest = rows.column(j).withValues { Octets($0)[i] } - mu[j]
      for k in 0..<j { rest.addProduct(SIMD8(repeating: -cholesky.factor[j, k]), z[k]) }
      z[j] = rest / cholesky.factor[j, j]
      square.addProduct(z[j], z[j])
    }
    return any(square .!= square) ? settled(square, rows, i) : square
  }

  /// Where a row leaves the doubles, infinity less infinity is NaN on the way, and its length infinite.
  private func settled(_ square: SIMD8<Double>, _ rows: Matrix, _ i: Int) -> SIMD8<Double> {
    var square = square
    for lane in 0..<min(8, rows.rows - i) where square[lane].isNaN {
      let isNumber = (0..<dimension).allSatisfy { !rows[i + lane, $0].isNaN }
      if isNumber { square[lane] = .infinity }
    }
    return square
  }
}

extension MultivariateNormal {
  /// Maximum likelihood: μ = Σ wᵢ·xᵢ / Σ wᵢ, Σ = Σ wᵢ·(xᵢ − μ)(xᵢ − μ)ᵀ / Σ wᵢ, whichever of them is not given. Weights are 1
  /// where there are none.
  ///
  /// rows: n × d (read). Throws `.data` for NaN or infinity and `.degenerate` where Σ would not be positive definite.
  package static func fit(
    _ rows: Matrix, weights: Vector? = nil, mu: Vector? = nil, cov: Matrix? = nil
  ) throws(Failure) -> MultivariateNormal {
    let (mean, spread) = try weightedCovariance(rows, weights: weights)
    if let cov { return try MultivariateNormal(mu: mean, cov: cov) }
    if let mu {
      guard mu.count == rows.columns else {
        throw Failure(.shape, "mu must have an element for each of \(rows.columns) columns, got \(mu.count)")
      }
      for j in 0..<mu.count { for i in 0..<mu.count { spread[i, j] += (mean[i] - mu[i]) * (mean[j] - mu[j]) } }
    }
    do {
      return try MultivariateNormal(mu: mu ?? mean, cov: spread)
    } catch  where error.kind == .singular {
      throw Failure(.degenerate, "cov would be singular: the rows lie in fewer than \(rows.columns) dimensions")
    }
  }
}

extension Family {
  package static let multivariateNormal = Family(
    name: "mvnormal", summary: "Multivariate normal distribution.",
    parameters: [
      Parameter(name: "mu", kind: .vector, summary: "mean of each column"),
      Parameter(name: "cov", kind: .matrix, range: .positiveDefinite, summary: "covariance"),
    ],
    facts: Facts(
      density: "p(x) = exp(−½·(x − mu)ᵀ·cov⁻¹·(x − mu)) / √((2π)^d·det cov)",
      domain: "rows of d numbers",
      mean: "mu",
      variance: "the diagonal of cov; covariance has all of it",
      mode: "mu",
      entropy: "½·log((2πe)^d·det cov)",
      example: "print(dist.mvnormal({0, 4}, {{3, 0}, {0, 0.5}}):sample(2))"),
    make: { (values) throws(Failure) in try MultivariateNormal(mu: values[0].vector, cov: values[1].matrix) },
    fit: { (sample) throws(Failure) in try MultivariateNormal.fit(sample.rows, weights: sample.weights) },
    fitHolding: { (sample, held) throws(Failure) in
      try MultivariateNormal.fit(
        sample.rows, weights: sample.weights, mu: held["mu"]?.vector, cov: held["cov"]?.matrix)
    })
}
