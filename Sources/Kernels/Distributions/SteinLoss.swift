/// Stein's loss D(A, B) = Σ (λ − 1 − log λ) over the eigenvalues λ of B⁻¹·A, of eight pairs of symmetric matrices side by side:
/// 0 where A = B, infinite where one is not positive definite.
///
/// With B = L·Lᵀ, L⁻¹·A·L⁻ᵀ is factored as M·P·Mᵀ, M with ones on its diagonal: D = Σⱼ (pⱼ − 1 − log pⱼ) + Σ_k<j mⱼₖ²·pₖ, whose
/// terms are not negative. Near B that is done for A − B, so that D keeps its digits.
struct SteinLoss {
  private let order: Int
  private let storage: Storage
  /// L, M and P in one: d × d octets each, column after column.
  private let factor, middle: UnsafeMutableBufferPointer<SIMD8<Double>>

  init(order: Int) throws(Failure) {
    self.order = order
    let size = try Matrix.count(order, order)
    storage = try Storage(uninitialized: try Matrix.count(size, 16))
    let octets = UnsafeMutableRawPointer(storage.base).bindMemory(to: SIMD8<Double>.self, capacity: 2 * size)
    factor = UnsafeMutableBufferPointer(start: octets, count: size)
    middle = UnsafeMutableBufferPointer(start: octets + size, count: size)
  }

  /// a, b: element (i, j) for j ≤ i → D, and log det A and log det B where they are positive definite.
  @inline(__always)
  func evaluate(
    _ a: (Int, Int) -> SIMD8<Double>, _ b: (Int, Int) -> SIMD8<Double>
  ) -> (loss: SIMD8<Double>, logDetA: SIMD8<Double>, logDetB: SIMD8<Double>) {
    defer { withExtendedLifetime(storage) {} }
    let one = SIMD8<Double>(repeating: 1)
    for j in 0..<order { for i in j..<order { factor[i + j * order] = b(i, j) } }
    var (isWrong, logDetB) = (SIMDMask<SIMD8<Int64>>(repeating: false), SIMD8<Double>.zero)
    factorise(&isWrong, &logDetB)

    var isNear = SIMDMask<SIMD8<Int64>>(repeating: true)
    for j in 0..<order {
      let difference = a(j, j) - b(j, j)
      isNear .&= (difference.absolute .< 0.25 * b(j, j))
    }
    for j in 0..<order {
      for i in j..<order {
        let x = a(i, j)
        let value = x.replacing(with: x - b(i, j), where: isNear)
        (middle[i + j * order], middle[j + i * order]) = (value, value)
      }
    }
    whiten()
    let unit = one.replacing(with: 0, where: isNear)
    var (loss, logDetA) = (SIMD8<Double>.zero, logDetB)
    for j in 0..<order {
      var (excess, squares) = (middle[j + j * order] - unit, SIMD8<Double>.zero)
      for k in 0..<j {
        let m = middle[j + k * order]
        squares.addProduct(m * middle[k + k * order], m)
      }
      // pⱼ − 1.
      excess -= squares
      let pivot = one + excess
      isWrong .|= .!(pivot .> 0)
      middle[j + j * order] = pivot
      let v = -excess / (one + pivot)
      let logPivot = log(pivot)
      logDetA += logPivot
      let far = excess - logPivot
      let near = nearDeviance(one, mean: pivot, difference: -excess)
      loss += near.replacing(with: far, where: v.absolute .> 1.0 / 3) + squares
      for i in j + 1..<order {
        var rest = middle[i + j * order]
        for k in 0..<j { rest.addProduct(-middle[i + k * order] * middle[k + k * order], middle[j + k * order]) }
        middle[i + j * order] = rest / pivot
      }
    }
    return (loss.replacing(with: SIMD8(repeating: .infinity), where: isWrong), logDetA, logDetB)
  }

  /// `factor` ← L; wrong where a pivot is not positive, or all rounding error.
  @inline(__always)
  private func factorise(_ isWrong: inout SIMDMask<SIMD8<Int64>>, _ logDeterminant: inout SIMD8<Double>) {
    for j in 0..<order {
      let floor = (Double(j + 1) * (Double.ulpOfOne / 2)) * factor[j + j * order]
      for k in 0..<j {
        let s = -factor[j + k * order]
        for i in j..<order { factor[i + j * order].addProduct(s, factor[i + k * order]) }
      }
      let pivot = factor[j + j * order]
      isWrong .|= .!(pivot .> floor)
      logDeterminant += log(pivot)
      let root = pivot.squareRoot()
      factor[j + j * order] = root
      for i in j + 1..<order { factor[i + j * order] /= root }
    }
  }

  /// `middle` ← L⁻¹·middle·L⁻ᵀ: forward substitution in every column, then in every row.
  @inline(__always)
  private func whiten() {
    for j in 0..<order {
      for k in 0..<order {
        middle[k + j * order] /= factor[k + k * order]
        let x = -middle[k + j * order]
        for i in k + 1..<order { middle[i + j * order].addProduct(x, factor[i + k * order]) }
      }
    }
    for k in 0..<order {
      for i in 0..<order { middle[i + k * order] /= factor[k + k * order] }
      for j in k + 1..<order {
        let l = -factor[j + k * order]
        for i in 0..<order { middle[i + j * order].addProduct(l, middle[i + k * order]) }
      }
    }
  }
}

/// log-densities of rows of matrices: c − (d + 1)/2·log det X − ν/2·D(A, B), for a pair (A, B) of which one is X and the other
/// fixed up to a factor.
///
/// rows: n × d² (read) · out: n (written), eight rows at a time. −infinity where X is not symmetric and positive definite.
struct MatrixDensity: Sendable {
  let law: MatrixVariate
  let scale: Matrix
  /// Whether X is B, beside scale/ν; else it is A, beside ν·scale.
  let isInverse: Bool

  func callAsFunction(_ rows: Matrix, into out: Vector) throws(Failure) {
    let d = law.order
    let size = max(8, (1 << 19) / (d * d * d + 256) / 8 * 8)
    try Parallel.forEach(rows.rows, chunk: size) { chunk throws(Failure) in
      let stein = try SteinLoss(order: d)
      out.withValues { out in
        let out = Octets(out)
        for i in stride(from: chunk.lowerBound, to: chunk.upperBound, by: 8) { out[i] = logDensities(rows, i, stein) }
      }
    }
  }

  private func logDensities(_ rows: Matrix, _ i: Int, _ stein: SteinLoss) -> SIMD8<Double> {
    let d = law.order
    func x(_ r: Int, _ c: Int) -> SIMD8<Double> { rows.column(r + c * d).withValues { Octets($0)[i] } }
    let factor = isInverse ? 1 / law.df : law.df
    func fixed(_ r: Int, _ c: Int) -> SIMD8<Double> { SIMD8(repeating: factor * scale[r, c]) }
    let (loss, logDetA, logDetB) = isInverse ? stein.evaluate(fixed, x) : stein.evaluate(x, fixed)
    let logDeterminant = isInverse ? logDetB : logDetA
    let value = SIMD8(repeating: law.logConstant) - (0.5 * Double(d + 1)) * logDeterminant - (0.5 * law.df) * loss
    let (isAsymmetric, isNumber) = symmetry(x)
    let none = SIMD8(repeating: -Double.infinity)
    // An infinite element, too, leaves no number.
    return value.replacing(with: none, where: (loss .== .infinity) .| isAsymmetric .| (value .!= value))
      .replacing(with: SIMD8(repeating: .nan), where: .!isNumber)
  }

  /// Whether elements above and below the diagonal differ by more than rounding, as `Matrix.checkSymmetric` has it, and whether
  /// none is NaN.
  private func symmetry(
    _ x: (Int, Int) -> SIMD8<Double>
  ) -> (isAsymmetric: SIMDMask<SIMD8<Int64>>, isNumber: SIMDMask<SIMD8<Int64>>) {
    var isAsymmetric = SIMDMask<SIMD8<Int64>>(repeating: false)
    var isNumber = SIMDMask<SIMD8<Int64>>(repeating: true)
    for c in 0..<law.order {
      isNumber .&= (x(c, c) .== x(c, c))
      for r in c + 1..<law.order {
        let (above, below) = (x(c, r), x(r, c))
        let unit = (x(r, r) * x(c, c)).squareRoot()
        isAsymmetric .|= ((above - below).absolute .> 1e-12 * unit)
        isNumber .&= (above .== above) .& (below .== below)
      }
    }
    return (isAsymmetric, isNumber)
  }
}
