/// Wishart distribution over d × d positive definite matrices, ν > d − 1 degrees of freedom, scale V positive definite: for a
/// whole ν, that of Σ zᵢ·zᵢᵀ over ν normal rows zᵢ with mean 0 and covariance V.
/// p(X) = det X^((ν − d − 1)/2)·exp(−½·tr V⁻¹X) / (2^(νd/2)·det V^(ν/2)·Γ_d(ν/2)).
///
/// Mean ν·V, covariance of Xᵢⱼ and Xₖₗ ν·(Vᵢₖ·Vⱼₗ + Vᵢₗ·Vⱼₖ), mode (ν − d − 1)·V, or 0 where ν < d + 1.
package struct Wishart: MultivariateDistribution {
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

  package var family: String { "wishart" }
  package var order: Int? { scale.rows }
  package var dimension: Int { scale.count }
  package var parameters: [(name: String, value: ParameterValue)] { [("df", .number(df)), ("scale", .matrix(scale))] }
  package var support: Support { .positiveDefinite(order: scale.rows) }
  package var mean: Vector { get throws(Failure) { try scale.multiple(df) } }
  package var mode: Vector { get throws(Failure) { try scale.multiple(max(0, df - Double(scale.rows + 1))) } }

  package var variance: Vector {
    get throws(Failure) {
      try Vector(
        (0..<dimension).map { k in
          let (i, j) = (k % scale.rows, k / scale.rows)
          return df * (scale[i, j] * scale[i, j] + scale[i, i] * scale[j, j])
        })
    }
  }

  /// d² × d², of the elements column after column.
  package var covariance: Matrix {
    get throws(Failure) { try scale.covarianceOfElements { df * ($1 + $2) } }
  }

  package var axes: [Axis] { get throws(Failure) { try scale.symmetricAxes(scale: df.squareRoot()) } }

  /// E log det X = Σⱼ ψ((ν − j)/2) + d·log 2 + log det V.
  package var entropy: Double {
    law.entropy(logDeterminant: cholesky.logDeterminant + Double(scale.rows) * log(df) - law.expectedLoss)
  }

  package func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double {
    throw hasNo("cdf", because: "matrices have no order by elements that probabilities are known for")
  }

  /// By Bartlett's decomposition: X = (L·B)(L·B)ᵀ.
  package func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>) {
    let d = scale.rows
    law.factor(&words, reversed: false, into: out)
    for j in 0..<d {
      for i in stride(from: d - 1, through: j, by: -1) {
        var sum = 0.0
        for k in j...i { sum = sum.addingProduct(cholesky.factor[i, k], out[k + j * d]) }
        out[i + j * d] = sum
      }
    }
    out.squareTriangular(d)
  }

  /// rows: n × d² (read) · out: n (written). Eight rows at a time.
  package func logpdf(_ rows: Matrix, into out: Vector) throws(Failure) {
    try MatrixDensity(law: law, scale: scale, isInverse: false)(rows, into: out)
  }
}

extension Wishart {
  /// Maximum likelihood: V = mean X / ν, and Σⱼ ψ((ν − j)/2) − d·log(ν/2) = mean log det X − log det mean X, by Newton's method.
  /// Weights are 1 where there are none.
  ///
  /// rows: n × d² (read). Throws `.data` for matrices that are not symmetric and positive definite, `.degenerate` where all with
  /// a weight are equal.
  package static func fit(_ rows: Matrix, weights: Vector? = nil) throws(Failure) -> Wishart {
    let order = try MatrixVariate.order(of: rows)
    _ = try MatrixVariate.factors(rows, order: order, family: "wishart")
    let (df, mean) = try MatrixVariate.fit(rows, order: order, weights: weights)
    mean.elements.scale(by: 1 / df)
    return try Wishart(df: df, scale: mean)
  }
}

extension Matrix {
  /// The elements, column after column, times a number.
  func multiple(_ factor: Double) throws(Failure) -> Vector {
    let result = try elements.copy()
    result.scale(by: factor)
    return result
  }

  /// f(vᵢⱼ·vₖₗ, vᵢₖ·vⱼₗ, vᵢₗ·vⱼₖ) for elements (i, j) and (k, l): d² × d². self: d × d
  func covarianceOfElements(_ f: (Double, Double, Double) -> Double) throws(Failure) -> Matrix {
    let d = rows
    let result = try Matrix(uninitializedRows: count, columns: count)
    for column in 0..<count {
      try Interruption.check()
      let (k, l) = (column % d, column / d)
      for row in 0..<count {
        let (i, j) = (row % d, row / d)
        result[row, column] = f(self[i, j] * self[k, l], self[i, k] * self[j, l], self[i, l] * self[j, k])
      }
    }
    return result
  }

  /// Steps of √(vᵢᵢ·vⱼⱼ) times a number in an element and in its mirror image.
  func symmetricAxes(scale: Double) throws(Failure) -> [Axis] {
    guard rows <= 1024 else { throw Failure(.memory, "not enough memory for the moves of \(count) elements") }
    return (0..<rows).flatMap { j in
      (j..<rows).map { i in
        let size = scale * self[i, i].squareRoot() * self[j, j].squareRoot()
        return Axis(steps: i == j ? [(i + j * rows, size)] : [(i + j * rows, size), (j + i * rows, size)])
      }
    }
  }
}

extension Family {
  package static let wishart = Family(
    name: "wishart", summary: "Sums of squares and products of normal rows; positive definite matrices.",
    parameters: [
      Parameter(name: "df", kind: .number, summary: "degrees of freedom, above the rows of scale less 1"),
      Parameter(name: "scale", kind: .matrix, range: .positiveDefinite, summary: "the mean is df * scale"),
    ],
    facts: Facts(
      density: "p(X) ∝ det X^((df − d − 1)/2) · exp(−½·tr(scale⁻¹·X))",
      domain: "positive definite d × d matrices",
      mean: "df·scale",
      variance: "df·(scaleᵢⱼ² + scaleᵢᵢ·scaleⱼⱼ)",
      mode: "(df − d − 1)·scale, or 0 where df < d + 1",
      example: "print(dist.wishart(4, {{2, 0.5}, {0.5, 1}}):sample())",
      picture: variances("dist.wishart(5, {{1, 0.3}, {0.3, 1}})", covariance: 2)),
    make: { (values) throws(Failure) in try Wishart(df: values[0].number, scale: values[1].matrix) },
    fit: { (sample) throws(Failure) in try Wishart.fit(sample.rows, weights: sample.weights) },
    takesMatrices: true)
}
