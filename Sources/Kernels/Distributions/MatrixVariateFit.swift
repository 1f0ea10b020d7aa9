extension MatrixVariate {
  /// Rows of the matrices whose elements are the rows of a sample.
  static func order(of rows: Matrix) throws(Failure) -> Int {
    let order = Int(Double(rows.columns).squareRoot().rounded())
    guard order > 0, order * order == rows.columns else {
      throw Failure(.data, "square matrices are wanted, got rows of \(rows.columns) elements")
    }
    return order
  }

  /// The factor of every row. Throws `.data` where one is not symmetric and positive definite.
  static func factors(_ rows: Matrix, order: Int, family: String) throws(Failure) -> [Cholesky] {
    try Parallel.map(rows.rows, chunk: 1) { row throws(Failure) in
      let i = row.lowerBound
      do throws(Failure) {
        return try Cholesky(of: try rows.matrix(inRow: i, order: order), named: "matrix \(i + 1)")
      } catch  where error.kind != .memory {
        throw Failure(.data, error.message.replacingMustBe(family))
      }
    }
  }

  /// ν, and the mean M of matrices Xᵢ: Σⱼ (log a − ψ(a − j/2)) with a = ν/2 is the mean of Stein's loss of Xᵢ and M, which does
  /// not cancel where matrices are nearly equal.
  static func fit(_ rows: Matrix, order: Int, weights: Vector?) throws(Failure) -> (df: Double, mean: Matrix) {
    let (weights, total) = try checkedWeights(weights, rows: rows.rows)
    let mean = try Matrix(uninitializedRows: order, columns: order)
    for j in 0..<order {
      for i in j..<order {
        let sum = try weightedSum(rows.column(i + j * order), weights) { x, w in (w / total) * x }
        (mean[i, j], mean[j, i]) = (sum, sum)
      }
    }
    let losses = try Vector.zeros(rows.rows)
    let stein = try SteinLoss(order: order)
    try losses.withValues { out throws(Failure) in
      let out = Octets(out)
      for i in stride(from: 0, to: rows.rows, by: 8) {
        try Interruption.check()
        out[i] =
          stein.evaluate(
            { r, c in rows.column(r + c * order).withValues { Octets($0)[i] } },
            { r, c in SIMD8(repeating: mean[r, c]) }
          ).loss
      }
    }
    let loss = try weightedSum(losses, weights) { loss, w in (w / total) * loss }
    // The rounding of the mean alone makes a loss of this size.
    guard loss > 0x1p-100 else {
      throw Failure(.degenerate, "df would be infinite: all matrices with a weight are equal")
    }
    guard loss < .infinity else { throw Failure(.data, "the matrices span more than doubles can hold") }
    return (degreesOfFreedom(loss: loss, order: order), mean)
  }

  /// ν with E D = loss, by Newton's method for the logarithm of E D against that of ν − d + 1.
  private static func degreesOfFreedom(loss: Double, order: Int) -> Double {
    let least = Double(order - 1)
    // E D is about d·(d + 1)/2ν for large ν, and 2/(ν − d + 1) close to its lower end.
    let guess = log(0.5 * Double(order * (order + 1)) / loss)
    let logExcess = increasingRoot(from: -60, to: 85, near: guess, tolerance: 1e-15) { t in
      let (excess, a) = (exp(t), 0.5 * (least + exp(t)))
      var (value, slope) = (0.0, 0.0)
      for j in 0..<order {
        // a − h, without the rounding of ν.
        let (h, b) = (0.5 * Double(j), 0.5 * (excess + Double(order - 1 - j)))
        value += digammaLag(b) - log1p(-h / a)
        slope += trigamma(b) - 1 / a
      }
      return (log(loss / value), 0.5 * excess * slope / value)
    }
    return least + exp(logExcess)
  }
}

extension String {
  /// `matrix 2 must be …` as a message about data says it.
  fileprivate func replacingMustBe(_ family: String) -> String {
    "\(self); \(family) data are positive definite matrices"
  }
}
