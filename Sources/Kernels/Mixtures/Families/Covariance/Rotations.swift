/// Symmetric matrices seen along common axes that turn, plane by plane (C. G. J. Jacobi, 1846; G. H. Golub, C. F. Van Loan,
/// Matrix Computations, 4th ed., 2013, section 8.5). Every element is made in a fixed order, the same bits on any CPU, which
/// LAPACK does not promise.
struct Rotations {
  let d: Int
  /// Dᵀ·S·D of each matrix S: k of d × d.
  private(set) var seen: [[Double]]
  /// D: d × d, an axis a column.
  private(set) var axes: [Double]

  /// Along the columns.
  init(_ matrices: [[Double]]) {
    (d, seen) = (Kernels.squareRoot(matrices[0].count), matrices)
    axes = AxisShape.matrix(Array(repeating: 1, count: d), d)
  }

  /// Along the axes of another.
  init(_ matrices: [[Double]], along other: Rotations) {
    (d, axes) = (other.d, other.axes)
    seen = matrices.map { other.turned($0) }
  }

  /// The principal axes of one matrix, in descending order of its variances along them.
  static func axes(of matrix: [Double]) -> Rotations {
    var rotations = Rotations([matrix])
    // Fewer than ten in practice, since each squares what is left.
    var sweeps = 0
    while rotations.diagonalise(), sweeps < 50 { sweeps += 1 }
    return rotations.descending
  }

  /// Variances along the axes: k of d.
  var variances: [[Double]] { seen.map { own in (0..<d).map { own[$0 * (d + 1)] } } }

  /// D·diag(variances)·Dᵀ: d × d.
  func covariance(_ variances: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: d * d)
    for b in 0..<d {
      for c in 0...b {
        var sum = 0.0
        for a in 0..<d { sum = sum.addingProduct(variances[a] * axes[b + a * d], axes[c + a * d]) }
        (result[b + c * d], result[c + b * d]) = (sum, sum)
      }
    }
    return result
  }

  /// Axes l and m turn into cos·l + sin·m and cos·m − sin·l.
  mutating func turn(_ l: Int, _ m: Int, cos: Double, sin: Double) {
    for j in seen.indices {
      Rotations.turnColumns(&seen[j], d, l, m, cos, sin)
      Rotations.turnRows(&seen[j], d, l, m, cos, sin)
    }
    Rotations.turnColumns(&axes, d, l, m, cos, sin)
  }

  private static func turnColumns(_ x: inout [Double], _ d: Int, _ l: Int, _ m: Int, _ cos: Double, _ sin: Double) {
    for i in 0..<d {
      let (a, b) = (x[i + l * d], x[i + m * d])
      x[i + l * d] = (cos * a).addingProduct(sin, b)
      x[i + m * d] = (cos * b).addingProduct(-sin, a)
    }
  }

  private static func turnRows(_ x: inout [Double], _ d: Int, _ l: Int, _ m: Int, _ cos: Double, _ sin: Double) {
    for i in 0..<d {
      let (a, b) = (x[l + i * d], x[m + i * d])
      x[l + i * d] = (cos * a).addingProduct(sin, b)
      x[m + i * d] = (cos * b).addingProduct(-sin, a)
    }
  }

  /// Turns every plane so that the first matrix has no covariance in it. → whether it had any
  private mutating func diagonalise() -> Bool {
    var hasTurned = false
    for l in 0..<d {
      for m in l + 1..<max(d, l + 1) {
        let (a, b, c) = (seen[0][l * (d + 1)], seen[0][m * (d + 1)], seen[0][l + m * d])
        guard abs(c) > 1e-17 * (abs(a).squareRoot() * abs(b).squareRoot()), let (cos, sin) = halfAngle(a - b, 2 * c)
        else { continue }
        turn(l, m, cos: cos, sin: sin)
        (seen[0][l + m * d], seen[0][m + l * d]) = (0, 0)
        hasTurned = true
      }
    }
    return hasTurned
  }

  private var descending: Rotations {
    let order = (0..<d).sorted { (seen[0][$0 * (d + 1)], $1) > (seen[0][$1 * (d + 1)], $0) }
    var result = self
    for (to, from) in order.enumerated() {
      for i in 0..<d { result.axes[i + to * d] = axes[i + from * d] }
    }
    result.seen = seen.map { own in order.flatMap { c in order.map { own[$0 + c * d] } } }
    return result
  }

  private func turned(_ matrix: [Double]) -> [Double] {
    var half = [Double](repeating: 0, count: d * d)
    for a in 0..<d {
      for i in 0..<d {
        half[i + a * d] = (0..<d).reduce(0) { $0.addingProduct(matrix[i + $1 * d], axes[$1 + a * d]) }
      }
    }
    var result = half
    for a in 0..<d {
      for b in 0...a {
        let sum = (0..<d).reduce(0) { $0.addingProduct(axes[$1 + b * d], half[$1 + a * d]) }
        (result[b + a * d], result[a + b * d]) = (sum, sum)
      }
    }
    return result
  }
}

/// cos θ ≥ 0 and sin θ for a 2θ in the direction (x, y), |x| taken: the smaller of the two angles that clear a plane. Nil where
/// there is no direction.
func halfAngle(_ x: Double, _ y: Double) -> (cos: Double, sin: Double)? {
  let scale = max(abs(x), abs(y))
  guard scale > 0, scale < .infinity else { return nil }
  let (u, v) = (x / scale, y / scale)
  let length = (u * u + v * v).squareRoot()
  let cos = (0.5 + 0.5 * (abs(u) / length)).squareRoot()
  return (cos, (u < 0 ? -v : v) / (2 * cos * length))
}

/// Of the number of elements of a square matrix.
func squareRoot(_ count: Int) -> Int { Int(Double(count).squareRoot()) }
