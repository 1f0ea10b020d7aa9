/// What the Wishart distribution and that of its inverses have in common: of W with ν > d − 1 degrees of freedom and scale 1, the
/// eigenvalues λ of W/ν have the same law in both, and densities depend on D = Σ (λ − 1 − log λ) ≥ 0, Stein's loss.
///
/// Densities are those over the elements on and below the diagonal.
struct MatrixVariate: Sendable {
  let df: Double
  let order: Int
  /// d·(a·log a − a) − log Γ_d(a) with a = ν/2 and Γ_d the multivariate gamma function.
  let logConstant: Double
  /// Of the squares of the diagonal of Bartlett's factor, χ² with ν, ν − 1, … degrees of freedom, halved.
  private let diagonal: [GammaSampler]

  /// df: above order − 1.
  init(df: Double, order: Int) throws(Failure) {
    guard df > Double(order - 1), df < .infinity else {
      let wanted = "df must be finite and above \(order - 1) for a scale of \(order) x \(order)"
      throw Failure(.argument, "\(wanted), got \(df.named)")
    }
    self.df = df
    self.order = order
    let (a, d) = (0.5 * df, Double(order))
    var sum = -0.25 * d * (d - 1) * log(.pi)
    for j in 0..<order {
      let h = 0.5 * Double(j)
      // a·log a − a − log Γ(a − h).
      sum += a - h < 1 ? a * log(a) - a - logGamma(a - h) : h * log(a) - deviance(a - h, mean: a, difference: -h)
      if a - h >= 1 { sum -= logGammaResidue(a - h) }
    }
    logConstant = sum
    diagonal = (0..<order).map { GammaSampler(shape: 0.5 * (df - Double($0))) }
  }

  /// E D, which is −E log det(W/ν).
  var expectedLoss: Double {
    let a = 0.5 * df
    return (0..<order).reduce(0.0) { sum, j in
      let h = 0.5 * Double(j)
      return sum + (digammaLag(a - h) - log1p(-h / a))
    }
  }

  /// The entropy, where E log det of a value is known.
  func entropy(logDeterminant: Double) -> Double {
    0.5 * Double(order + 1) * logDeterminant + 0.5 * df * expectedLoss - logConstant
  }

  /// Bartlett's factor of W, lower triangular: normal numbers below the diagonal, roots of χ² numbers on it, with ν degrees of
  /// freedom in the first row, or where it is `reversed` in the last, for a W that is BᵀB instead of BBᵀ. b: d × d (written)
  func factor(_ words: inout Words, reversed: Bool, into b: UnsafeMutableBufferPointer<Double>) {
    for j in 0..<order {
      for i in 0..<j { b[i + j * order] = 0 }
      let sampler = diagonal[reversed ? order - 1 - j : j]
      b[j + j * order] = exp(0.5 * (sampler.logSample(&words) + ln2))
      for i in j + 1..<order { b[i + j * order] = words.normal() }
    }
  }
}

extension UnsafeMutableBufferPointer<Double> {
  /// T·Tᵀ for a lower triangular T, in its place. self: d × d, column after column (read and written)
  func squareTriangular(_ d: Int) {
    // From the last element to the first, each needs only rows that still stand.
    for j in stride(from: d - 1, through: 0, by: -1) {
      for i in stride(from: d - 1, through: j, by: -1) {
        var sum = 0.0
        for k in 0...j { sum = sum.addingProduct(self[i + k * d], self[j + k * d]) }
        self[i + j * d] = sum
      }
    }
    for j in 0..<d { for i in 0..<j { self[i + j * d] = self[j + i * d] } }
  }
}

extension Matrix {
  /// The matrices, each a row of its elements, column after column: n × d². Throws `.shape` where one is not d × d.
  package static func rows(of matrices: [Matrix], order: Int) throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: matrices.count, columns: try Matrix.count(order, order))
    for (i, matrix) in matrices.enumerated() {
      guard matrix.rows == order, matrix.columns == order else {
        throw Failure(.shape, "matrices of \(order) x \(order) are wanted, but matrix \(i + 1) is \(matrix.named)")
      }
      if i % 256 == 0 { try Interruption.check() }
      for k in 0..<result.columns { result[i, k] = matrix.elements[k] }
    }
    return result
  }

  /// The square matrix whose elements, column after column, are row i.
  package func matrix(inRow i: Int, order: Int) throws(Failure) -> Matrix {
    let row = try row(i)
    precondition(order * order == columns)
    return Matrix(row.storage, rows: order, columns: order)
  }
}
