/// Multivariate t distribution, ν > 0 degrees of freedom, location μ, scale Σ positive definite:
/// p(x) = Γ((ν + d)/2) / (Γ(ν/2)·√((νπ)ᵈ·det Σ)) · (1 + (x − μ)ᵀ·Σ⁻¹·(x − μ)/ν)^(−(ν + d)/2).
///
/// Mean μ for ν > 1, covariance Σ·ν/(ν − 2) for ν > 2, mode μ,
/// entropy log(Γ(ν/2)·√((νπ)ᵈ·det Σ)/Γ((ν + d)/2)) + (ν + d)/2·(ψ((ν + d)/2) − ψ(ν/2)).
package struct MultivariateT: MultivariateDistribution {
  package let df: Double
  private let metric: Mahalanobis
  /// log(Γ((ν + d)/2)/(Γ(ν/2)·√((νπ)ᵈ·det Σ))).
  private let peak: Double
  private let mixing: GammaSampler

  /// mu: d (copied) · scale: d × d (copied)
  package init(df: Double, mu: Vector, scale: Matrix) throws(Failure) {
    self.df = try positive(df, "df")
    metric = try Mahalanobis(centre: mu, matrix: scale, named: "scale")
    let half = max(0.5 * df, .leastNonzeroMagnitude)
    mixing = GammaSampler(shape: half)
    // With νπ = 2π·(ν/2).
    let h = 0.5 * Double(mu.count)
    peak = logGammaRise(half, h) - 2 * h * logRootTwoPi - 0.5 * metric.cholesky.logDeterminant
  }

  /// d numbers.
  package var mu: Vector { metric.centre }
  /// d × d.
  package var scale: Matrix { metric.matrix }

  package var family: String { "mvt" }
  package var dimension: Int { mu.count }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("df", .number(df)), ("mu", .vector(mu)), ("scale", .matrix(scale))]
  }
  package var support: Support { .space(dimension: dimension) }
  package var mode: Vector { mu }
  package var axes: [Axis] { Axis.columns(of: metric.cholesky.factor) }

  package var mean: Vector {
    get throws(Failure) {
      guard df > 1 else { throw hasNo("mean", because: "it needs a df above 1, this is \(df.named)") }
      return mu
    }
  }

  /// Infinite for ν ≤ 2.
  package var variance: Vector {
    get throws(Failure) {
      guard df > 1 else { throw hasNo("variance", because: "it needs a df above 1, this is \(df.named)") }
      return try Vector((0..<dimension).map { df > 2 ? df / (df - 2) * scale[$0, $0] : .infinity })
    }
  }

  package var covariance: Matrix {
    get throws(Failure) {
      guard df > 2 else { throw hasNo("covariance", because: "it needs a df above 2, this is \(df.named)") }
      let result = try scale.copy()
      result.elements.scale(by: df / (df - 2))
      return result
    }
  }

  package var entropy: Double {
    let h = 0.5 * Double(dimension)
    return (0.5 * df + h) * digammaRise(max(0.5 * df, .leastNonzeroMagnitude), h) - peak
  }

  package func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double {
    try studentProbability(below: x, df: df, mu: mu, scale: scale)
  }

  /// A normal row over the root of a gamma number of mean 1.
  package func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>) {
    // By its logarithm: for small ν it can be below the smallest double.
    let logMixing = mixing.logSample(&words) - log(0.5 * df)
    for j in out.indices { out[j] = words.normal() }
    metric.place(out, scale: exp(-0.5 * logMixing))
  }

  /// rows: n × d (read) · out: n (written). Eight rows at a time.
  package func logpdf(_ rows: Matrix, into out: Vector) throws(Failure) {
    let (power, top) = (SIMD8<Double>(repeating: -0.5 * (df + Double(dimension))), SIMD8(repeating: peak))
    try metric.map(rows, into: out) { top.addingProduct(power, log1p($0 / df)) }
    for i in 0..<rows.rows where out[i] == -.infinity { out[i] = farLogDensity(rows, i) }
  }

  /// Of a row whose squared length leaves the doubles.
  private func farLogDensity(_ rows: Matrix, _ i: Int) -> Double {
    let square = metric.squaredLength(rows, i, scale: 0x1p-600)
    // The length is infinite where the row is.
    guard square < .infinity else { return -.infinity }
    return peak - 0.5 * (df + Double(dimension)) * (log(square) - log(df) + 1200 * ln2)
  }
}

extension Family {
  package static let multivariateT = Family(
    name: "mvt", summary: "Multivariate t distribution: as the normal, with heavier tails.",
    parameters: [
      Parameter(name: "df", kind: .number, range: .positive, summary: "degrees of freedom"),
      Parameter(name: "mu", kind: .vector, summary: "centre of each column"),
      Parameter(name: "scale", kind: .matrix, range: .positiveDefinite, summary: "cov is scale * df/(df - 2)"),
    ],
    facts: Facts(
      density: "p(x) = c·(1 + (x − mu)ᵀ·scale⁻¹·(x − mu)/df)^(−(df + d)/2)",
      domain: "rows of d numbers",
      mean: "mu, for df > 1",
      variance: "the diagonal of scale·df/(df − 2), for df > 2",
      mode: "mu",
      entropy: "log(1/c) + (df + d)/2·(ψ((df + d)/2) − ψ(df/2))",
      example: "print(dist.mvt(5, {0, 4}, {{3, 0}, {0, 0.5}}):sample(2))",
      picture: """
        local fig = plot.figure{xlabel = "x1", ylabel = "x2", aspect = "equal"}
        fig:contour(dist.mvt(3, {0, 0}, {{2, 0.8}, {0.8, 1}}))
        """),
    make: { (values) throws(Failure) in
      try MultivariateT(df: values[0].number, mu: values[1].vector, scale: values[2].matrix)
    },
    fit: { (sample) throws(Failure) in try MultivariateT.fit(sample.rows, weights: sample.weights) },
    fitHolding: { (sample, held) throws(Failure) in
      guard held.count == 1, case .number(let df)? = held["df"] else {
        throw Failure(.argument, "fix: of mvt only df can be known")
      }
      return try MultivariateT.fit(sample.rows, weights: sample.weights, df: df)
    })
}
