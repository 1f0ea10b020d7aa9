/// Of a step along a direction, in units: large beside the rounding of sums, small beside the curvature of the map.
private let difference = 1e-7

/// EM near a model, to first order: M(θ + δ) ≈ M(θ) + J·δ, seen where the slow directions are. Its fixed point is where EM would
/// be after steps without end, and the largest eigenvalue of J, the fraction of missing information, is the rate of the last of
/// those.
///
/// J is looked at by differences in the Krylov space of the step (W. E. Arnoldi, The principle of minimized iterations in the
/// solution of the matrix eigenvalue problem, 1951, doi:10.1090/qam/42792); with as many directions as parameters, the way is
/// Newton's. X.-L. Meng, D. B. Rubin, Using EM to obtain asymptotic variance-covariance matrices: the SEM algorithm, 1991,
/// doi:10.1080/01621459.1991.10475130.
struct Linearisation {
  /// (I − J)⁻¹·step, on the directions looked at.
  let way: [Double]
  let rate: Double

  /// Directions looked at, each a pass over the data.
  private static let most = 8

  /// What it takes to follow the map, and to see whether its fixed point is better.
  static func passes(parameters: Int) -> Int { min(most, parameters) + 1 }

  /// step: M(θ) − θ, not 0 · units: lengths are in these · image: M(θ + δ) − M(θ) for a small δ, nil where it has none. Nil where
  /// the map cannot be followed, or has no fixed point to first order.
  init?(
    _ step: [Double], units: [Double], image: ([Double]) throws(Failure) -> [Double]?
  ) throws(Failure) {
    let length = norm(step, units)
    let most = min(Linearisation.most, step.count)
    var basis = [zip(step, units).map { $0 / $1 / length }]
    let projected = try Matrix.zeros(most, most)
    var size = most
    for i in 0..<most {
      guard let moved = try image(zip(basis[i], units).map { difference * $0 * $1 }) else { return nil }
      var rest = zip(moved, units).map { $0 / $1 / difference }
      // Twice is enough, where once leaves what rounding lost.
      for _ in 0..<2 {
        for (b, direction) in basis.enumerated() {
          let part = zip(rest, direction).reduce(0) { $0.addingProduct($1.0, $1.1) }
          projected[b, i] += part
          for c in rest.indices { rest[c] -= part * direction[c] }
        }
      }
      let left = rest.reduce(0) { $0.addingProduct($1, $1) }.squareRoot()
      guard left.isFinite else { return nil }
      if i + 1 == most { break }
      // What is left is the error of the difference: all directions have been seen.
      if left < 1e-6 {
        size = i + 1
        break
      }
      projected[i + 1, i] = left
      basis.append(rest.map { $0 / left })
    }
    guard let coordinates = Linearisation.fixedPoint(projected, size, length) else { return nil }
    var way = [Double](repeating: 0, count: step.count)
    for (direction, coordinate) in zip(basis, coordinates) {
      for c in way.indices { way[c] += coordinate * direction[c] * units[c] }
    }
    self.way = way
    rate = Linearisation.largestEigenvalue(projected, size)
  }

  /// y with (I − H)·y = length·e₁, H the first `size` rows and columns.
  private static func fixedPoint(_ h: Matrix, _ size: Int, _ length: Double) -> [Double]? {
    do {
      let system = try Matrix.zeros(size, size)
      let right = try Matrix.zeros(size, 1)
      right[0, 0] = length
      for i in 0..<size { for j in 0..<size { system[i, j] = (i == j ? 1 : 0) - h[i, j] } }
      return try LU(of: system).solve(right).elements.array
    } catch { return nil }
  }

  /// By powers of H, which is similar to a symmetric matrix without negative eigenvalues, but for the error of differences.
  private static func largestEigenvalue(_ h: Matrix, _ size: Int) -> Double {
    var vector = (0..<size).map { $0 == 0 ? 1.0 : 1e-3 }
    var value = 0.0
    for _ in 0..<1000 {
      let next = (0..<size).map { i in (0..<size).reduce(0) { $0.addingProduct(h[i, $1], vector[$1]) } }
      value = next.reduce(0) { $0.addingProduct($1, $1) }.squareRoot()
      guard value > 0 else { return 0 }
      vector = next.map { $0 / value }
    }
    return value
  }
}
