import Kernels
import Testing

/// One EM step against the definition, with naive loops in 80-bit arithmetic.
@Suite struct EMSteps {
  /// 1,000 rows, so that a block of 256 is left unfinished.
  private func rows(_ d: Int) throws -> Rows {
    let x = try DataSets.normals(1000 * d, [(0.3, -2, 0.7), (0.7, 1, 1.5)], seed: 11)
    return try Rows(try Matrix(rows: (0..<1000).map { i in (0..<d).map { x[i * d + $0] * Double($0 + 1) } }))
  }

  @Test func normal() throws {
    let rows = try rows(1)
    let (w, mu, sigma): ([Double], [Double], [Double]) = ([0.2, 0.5, 0.3], [-3, 0.5, 2], [0.5, 1, 3])
    let start = try UnivariateMixture(
      weights: w, components: try (0..<3).map { try Normal(mu: mu[$0], sigma: sigma[$0]) })

    var (loglik, n): (Float80, [Float80]) = (0, [0, 0, 0])
    var (first, second): ([Float80], [Float80]) = ([0, 0, 0], [0, 0, 0])
    for i in 0..<1000 {
      let x = Float80(rows.matrix[i, 0])
      let p = (0..<3).map { j in
        let z = (x - Float80(mu[j])) / Float80(sigma[j])
        return Float80(w[j]) * exp80(-z * z / 2) / (Float80(sigma[j]) * (2 * Float80.pi).squareRoot())
      }
      let sum = p[0] + p[1] + p[2]
      loglik += log80(sum)
      for j in 0..<3 {
        n[j] += p[j] / sum
        first[j] += p[j] / sum * x
        second[j] += p[j] / sum * x * x
      }
    }
    let step = try EM.step(rows, try NormalFamily(rows, k: 3), from: start)
    let found = step.next.components.compactMap { $0 as? Normal }
    // A thousand terms, each within some 1e-15.
    #expect(abs(step.loglik - Double(loglik)) < 1e-13 * abs(step.loglik))
    for j in 0..<3 {
      let mean = first[j] / n[j]
      #expect(abs(step.next.weights[j] - Double(n[j] / 1000)) < 1e-14)
      #expect(abs(found[j].mu - Double(mean)) < 1e-13)
      #expect(abs(found[j].sigma - Double((second[j] / n[j] - mean * mean).squareRoot())) < 1e-13)
    }

    let shared = try EM.step(rows, try NormalFamily(rows, k: 3), from: start, fixesWeights: true)
    #expect(shared.next.weights == w)
  }

  @Test func multivariateNormal() throws {
    let rows = try rows(3)
    let w = [0.4, 0.6]
    let means: [[Double]] = [[-1, -2, 0], [0.5, 1, 2]]
    let covs: [[[Double]]] = [
      [[1, 0.3, 0], [0.3, 4, -0.5], [0, -0.5, 9]], [[2, 0, 0.1], [0, 3, 0], [0.1, 0, 5]],
    ]
    let start = try MultivariateMixture(
      weights: w,
      components: try (0..<2).map {
        try MultivariateNormal(mu: try Vector(means[$0]), cov: try Matrix(rows: covs[$0]))
      })

    var (loglik, n): (Float80, [Float80]) = (0, [0, 0])
    var first = [[Float80]](repeating: [0, 0, 0], count: 2)
    var second = [[[Float80]]](repeating: [[Float80]](repeating: [0, 0, 0], count: 3), count: 2)
    for i in 0..<1000 {
      let x = (0..<3).map { Float80(rows.matrix[i, $0]) }
      let p = (0..<2).map { j in
        let (determinant, form) = quadratic(covs[j], (0..<3).map { x[$0] - Float80(means[j][$0]) })
        return Float80(w[j]) * exp80(-form / 2) / (determinant * (2 * Float80.pi) * (2 * .pi) * (2 * .pi)).squareRoot()
      }
      let sum = p[0] + p[1]
      loglik += log80(sum)
      for j in 0..<2 {
        n[j] += p[j] / sum
        for a in 0..<3 {
          first[j][a] += p[j] / sum * x[a]
          for b in 0..<3 { second[j][a][b] += p[j] / sum * x[a] * x[b] }
        }
      }
    }
    let step = try EM.step(rows, try MultivariateNormalFamily<VVV>(rows, k: 2), from: start)
    let found = step.next.components.compactMap { $0 as? MultivariateNormal }
    #expect(abs(step.loglik - Double(loglik)) < 1e-13 * abs(step.loglik))
    for j in 0..<2 {
      #expect(abs(step.next.weights[j] - Double(n[j] / 1000)) < 1e-14)
      for a in 0..<3 {
        #expect(abs(found[j].mean[a] - Double(first[j][a] / n[j])) < 1e-13)
        for b in 0..<3 {
          let covariance = second[j][a][b] / n[j] - first[j][a] / n[j] * (first[j][b] / n[j])
          #expect(abs(found[j].covariance[a, b] - Double(covariance)) < 1e-12)
        }
      }
    }
  }

  /// det C and xᵀ·C⁻¹·x of 3 × 3, by cofactors.
  private func quadratic(_ c: [[Double]], _ x: [Float80]) -> (Float80, Float80) {
    func cofactor(_ i: Int, _ j: Int) -> Float80 {
      func at(_ r: Int, _ s: Int) -> Float80 { Float80(c[(i + r) % 3][(j + s) % 3]) }
      return at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)
    }
    let determinant = (0..<3).reduce(Float80(0)) { $0 + Float80(c[0][$1]) * cofactor(0, $1) }
    var form: Float80 = 0
    for i in 0..<3 { for j in 0..<3 { form += x[i] * cofactor(j, i) / determinant * x[j] } }
    return (determinant, form)
  }
}

/// eˣ: halved until small, Taylor's series, squared back.
private func exp80(_ x: Float80) -> Float80 {
  let halvings = 12
  let y = x / Float80(1 << halvings)
  var (sum, term): (Float80, Float80) = (1, 1)
  for i in 1...16 {
    term *= y / Float80(i)
    sum += term
  }
  return (0..<halvings).reduce(sum) { value, _ in value * value }
}

/// log x: Newton's steps on exp.
private func log80(_ x: Float80) -> Float80 {
  var y = Float80(x.exponent) * 0.693147180559945309417232121458
  for _ in 0..<6 { y += 2 * (x - exp80(y)) / (x + exp80(y)) }
  return y
}
