/// Lengths ‖L⁻¹·(x − μ)‖ of rows x, in the metric of a positive definite matrix Σ = L·Lᵀ about a centre μ.
struct Mahalanobis: Sendable {
  /// d numbers.
  let centre: Vector
  /// d × d.
  let matrix: Matrix
  let cholesky: Cholesky

  var dimension: Int { centre.count }

  /// centre: d (copied) · matrix: d × d (copied), which errors call by `name`.
  init(centre: Vector, matrix: Matrix, named name: String) throws(Failure) {
    guard centre.count > 0 else { throw Failure(.argument, "mu must have at least one element") }
    if let i = centre.firstNonFinite {
      throw Failure(.argument, "mu must be finite, but its element \(i + 1) is \(centre[i].named)")
    }
    guard matrix.rows == centre.count, matrix.columns == centre.count else {
      let wanted = "\(centre.count) x \(centre.count)"
      throw Failure(.shape, "\(name) must be \(wanted) for a mu of \(centre.count), got \(matrix.named)")
    }
    cholesky = try Cholesky(of: matrix, named: name)
    self.centre = try centre.copy()
    self.matrix = try matrix.copy()
  }

  /// out: n (written) ← f(‖L⁻¹·(x − μ)‖²) of rows x: n × d (read), eight at a time.
  @inline(__always)
  func map(_ rows: Matrix, into out: Vector, _ f: (SIMD8<Double>) -> SIMD8<Double>) throws(Failure) {
    // Some 0.1 ms of work, a multiple of 8.
    let size = max(8, (1 << 20) / (dimension * dimension + 1024) / 8 * 8)
    try Parallel.forEach(rows.rows, chunk: size) { chunk in
      withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: dimension) { z in
        out.withValues { out in
          let out = Octets(out)
          for i in stride(from: chunk.lowerBound, to: chunk.upperBound, by: 8) {
            out[i] = f(squaredLengths(rows, i, z))
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
      var rest = rows.column(j).withValues { Octets($0)[i] } - centre[j]
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

  /// ‖L⁻¹·(s·x − s·μ)‖² of row i, for a scale s at which it does not leave the doubles.
  func squaredLength(_ rows: Matrix, _ i: Int, scale: Double) -> Double {
    var (square, z) = (0.0, [Double](repeating: 0, count: dimension))
    for j in 0..<dimension {
      var rest = scale * rows[i, j] - scale * centre[j]
      for k in 0..<j { rest = rest.addingProduct(-cholesky.factor[j, k], z[k]) }
      z[j] = rest / cholesky.factor[j, j]
      square = square.addingProduct(z[j], z[j])
    }
    return square
  }

  /// μ + s·L·z for z of independent standard normal numbers. z: d (read, the result written)
  func place(_ z: UnsafeMutableBufferPointer<Double>, scale: Double = 1) {
    // In place, from the last row up.
    for i in z.indices.reversed() {
      var sum = scale == 1 ? centre[i] : 0
      for j in 0...i { sum = sum.addingProduct(cholesky.factor[i, j], z[j]) }
      z[i] = scale == 1 ? sum : centre[i].addingProduct(scale, sum)
    }
  }
}

extension Cholesky {
  /// The factor of a parameter, whose errors speak of its name instead of a matrix.
  init(of matrix: Matrix, named name: String) throws(Failure) {
    do {
      try self.init(of: matrix)
    } catch {
      guard error.message.hasPrefix("the matrix ") else { throw error }
      throw Failure(error.kind, name + " " + error.message.dropFirst("the matrix ".count))
    }
  }
}
