/// Inverse Wishart distribution over d × d positive definite matrices, ν > d − 1 degrees of freedom, scale Ψ positive definite:
/// that of the inverse of a Wishart matrix with scale Ψ⁻¹.
/// p(X) = det Ψ^(ν/2)·det X^(−(ν + d + 1)/2)·exp(−½·tr ΨX⁻¹) / (2^(νd/2)·Γ_d(ν/2)).
///
/// Mean Ψ/(ν − d − 1) for ν > d + 1, mode Ψ/(ν + d + 1), and with c = ν − d, for c > 3, the covariance of Xᵢⱼ and Xₖₗ
/// (2·Ψᵢⱼ·Ψₖₗ + (c − 1)·(Ψᵢₖ·Ψⱼₗ + Ψᵢₗ·Ψⱼₖ)) / (c·(c − 1)²·(c − 3)).
/// D. von Rosen, Moments for the inverted Wishart distribution, Scand. J. Statist. 15 (1988), 97–109.
package struct InverseWishart: MultivariateDistribution {
  package let df: Double
  /// d × d.
  package let scale: Matrix
  private let cholesky: Cholesky
  private let law: MatrixVariate

  /// scale: d × d (copied)
  package init(df: Double, scale: Matrix) throws(Failure) {
    guard scale.rows > 0 else { throw Failure(.argument, "scale must have at least one row") }
    cholesky = try Cholesky(of: scale, named: "scale")
    law = try MatrixVariate(df: df, order: scale.rows)
    self.df = df
    self.scale = try scale.copy()
  }

  package var family: String { "inverse_wishart" }
  package var order: Int? { scale.rows }
  package var dimension: Int { scale.count }
  package var parameters: [(name: String, value: ParameterValue)] { [("df", .number(df)), ("scale", .matrix(scale))] }
  package var support: Support { .positiveDefinite(order: scale.rows) }
  package var mode: Vector { get throws(Failure) { try scale.multiple(1 / (df + Double(scale.rows + 1))) } }

  package var mean: Vector {
    get throws(Failure) {
      guard excess > 1 else {
        throw hasNo("mean", because: "it needs a df above \(scale.rows + 1), this is \(df.named)")
      }
      return try scale.multiple(1 / (excess - 1))
    }
  }

  package var variance: Vector {
    get throws(Failure) {
      let c = try excessOfVariance("variance")
      return try Vector(
        (0..<dimension).map { k in
          let (i, j) = (k % scale.rows, k / scale.rows)
          return InverseWishart.covariance(
            c, scale[i, j] * scale[i, j], scale[i, i] * scale[j, j], scale[i, j] * scale[i, j])
        })
    }
  }

  /// d² × d², of the elements column after column.
  package var covariance: Matrix {
    get throws(Failure) {
      let c = try excessOfVariance("covariance")
      return try scale.covarianceOfElements { InverseWishart.covariance(c, $0, $1, $2) }
    }
  }

  package var axes: [Axis] { get throws(Failure) { try scale.symmetricAxes(scale: 1 / (df * df.squareRoot())) } }

  /// E log det X = log det Ψ − Σⱼ ψ((ν − j)/2) − d·log 2.
  package var entropy: Double {
    law.entropy(logDeterminant: cholesky.logDeterminant - Double(scale.rows) * log(df) + law.expectedLoss)
  }

  package func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double {
    throw hasNo("cdf", because: "matrices have no order by elements that probabilities are known for")
  }

  /// X = T·Tᵀ with T = L·B⁻¹ for Ψ = L·Lᵀ and Bartlett's factor B of W = BᵀB.
  package func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>) {
    let d = scale.rows
    law.factor(&words, reversed: true, into: out)
    // Row i of T needs the rows of B up to its own: from the last row up, T can take B's place.
    for i in stride(from: d - 1, through: 0, by: -1) {
      for j in stride(from: i, through: 0, by: -1) {
        var rest = cholesky.factor[i, j]
        for k in j + 1..<i + 1 { rest = rest.addingProduct(-out[i + k * d], out[k + j * d]) }
        out[i + j * d] = rest / out[j + j * d]
      }
    }
    out.squareTriangular(d)
  }

  /// rows: n × d² (read) · out: n (written). Eight rows at a time.
  package func logpdf(_ rows: Matrix, into out: Vector) throws(Failure) {
    try MatrixDensity(law: law, scale: scale, isInverse: true)(rows, into: out)
  }

  /// ν − d.
  private var excess: Double { df - Double(scale.rows) }

  private func excessOfVariance(_ verb: String) throws(Failure) -> Double {
    guard excess > 3 else { throw hasNo(verb, because: "it needs a df above \(scale.rows + 3), this is \(df.named)") }
    return excess
  }

  private static func covariance(_ c: Double, _ apart: Double, _ across: Double, _ crossed: Double) -> Double {
    (2 * apart / (c - 1) + (across + crossed)) / c / (c - 1) / (c - 3)
  }
}

extension InverseWishart {
  /// Maximum likelihood: that of the Wishart distribution for the inverses. Weights are 1 where there are none.
  ///
  /// rows: n × d² (read). Throws `.data` for matrices that are not symmetric and positive definite, `.degenerate` where all with
  /// a weight are equal.
  package static func fit(_ rows: Matrix, weights: Vector? = nil) throws(Failure) -> InverseWishart {
    let order = try MatrixVariate.order(of: rows)
    let factors = try MatrixVariate.factors(rows, order: order, family: "inverse_wishart")
    let inverses = try Matrix(uninitializedRows: rows.rows, columns: rows.columns)
    for (i, factor) in factors.enumerated() {
      let inverse = try factor.inverse()
      for k in 0..<rows.columns { inverses[i, k] = inverse.elements[k] }
    }
    let (df, mean) = try MatrixVariate.fit(inverses, order: order, weights: weights)
    let scale = try Cholesky(of: mean).inverse()
    scale.elements.scale(by: df)
    return try InverseWishart(df: df, scale: scale)
  }
}

extension Cholesky {
  /// A⁻¹ = L⁻ᵀ·L⁻¹, symmetric to the last bit.
  fileprivate func inverse() throws(Failure) -> Matrix {
    let (half, result) = (try inverseFactor(), try Matrix(uninitializedRows: count, columns: count))
    for j in 0..<count {
      for i in j..<count {
        let sum = (i..<count).reduce(0.0) { $0.addingProduct(half[$1, i], half[$1, j]) }
        (result[i, j], result[j, i]) = (sum, sum)
      }
    }
    return result
  }
}

extension Family {
  package static let inverseWishart = Family(
    name: "inverse_wishart",
    summary: "Inverses of Wishart matrices, a prior of covariances; positive definite matrices.",
    parameters: [
      Parameter(name: "df", kind: .number, summary: "degrees of freedom, above the rows of scale less 1"),
      Parameter(name: "scale", kind: .matrix, range: .positiveDefinite, summary: "the mean is scale/(df - d - 1)"),
    ],
    facts: Facts(
      density: "p(X) ∝ det X^(−(df + d + 1)/2) · exp(−½·tr(scale·X⁻¹))",
      domain: "positive definite d × d matrices",
      mean: "scale/(df − d − 1), for df > d + 1",
      mode: "scale/(df + d + 1)",
      example: "print(dist.inverse_wishart(6, {{2, 0.5}, {0.5, 1}}):mean())",
      picture: variances("dist.inverse_wishart(6, {{2, 0.5}, {0.5, 1}})", covariance: 0.2)),
    make: { (values) throws(Failure) in try InverseWishart(df: values[0].number, scale: values[1].matrix) },
    fit: { (sample) throws(Failure) in try InverseWishart.fit(sample.rows, weights: sample.weights) },
    takesMatrices: true)
}
