/// Multivariate normal distribution, mean μ, covariance Σ positive definite:
/// p(x) = exp(−½·(x − μ)ᵀ·Σ⁻¹·(x − μ)) / √((2π)ᵈ·det Σ).
///
/// Mean and mode μ, covariance Σ, entropy ½·log((2πe)ᵈ·det Σ).
package struct MultivariateNormal: MultivariateDistribution {
  package let variance: Vector
  private let metric: Mahalanobis
  /// ½·log((2π)ᵈ·det Σ).
  private let logScale: Double

  /// mu: d (copied) · cov: d × d (copied)
  package init(mu: Vector, cov: Matrix) throws(Failure) {
    metric = try Mahalanobis(centre: mu, matrix: cov, named: "cov")
    variance = try cov.diagonal()
    logScale = Double(mu.count) * logRootTwoPi + 0.5 * metric.cholesky.logDeterminant
  }

  /// d numbers.
  package var mu: Vector { metric.centre }
  /// d × d.
  package var cov: Matrix { metric.matrix }
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
    metric.place(out)
  }

  /// rows: n × d (read) · out: n (written). Eight rows at a time.
  package func logpdf(_ rows: Matrix, into out: Vector) throws(Failure) {
    let (half, peak) = (SIMD8<Double>(repeating: -0.5), SIMD8(repeating: -logScale))
    try metric.map(rows, into: out) { peak.addingProduct(half, $0) }
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
      example: "print(dist.mvnormal({0, 4}, {{3, 0}, {0, 0.5}}):sample(2))",
      picture: """
        local fig = plot.figure{xlabel = "x1", ylabel = "x2", aspect = "equal"}
        fig:contour(dist.mvnormal({0, 0}, {{2, 0.8}, {0.8, 1}}))
        """),
    make: { (values) throws(Failure) in try MultivariateNormal(mu: values[0].vector, cov: values[1].matrix) },
    fit: { (sample) throws(Failure) in try MultivariateNormal.fit(sample.rows, weights: sample.weights) },
    fitHolding: { (sample, held) throws(Failure) in
      try MultivariateNormal.fit(
        sample.rows, weights: sample.weights, mu: held["mu"]?.vector, cov: held["cov"]?.matrix)
    })
}
