import Glibc
import Kernels
import Testing

/// The pass over the rows: its bits on any number of threads, and wide rows, whose far components it leaves aside.
@Suite struct EMPasses {
  /// Rows of k clusters whose centres lie `apart` standard deviations from each other in each column, more or less.
  private func clusters(_ n: Int, _ d: Int, k: Int, apart: Double, seed: UInt64) throws -> Rows {
    let noise = try DataSets.normals(n * d + k * d, [(1, 0, 1)], seed: seed)
    let values = (0..<n).map { (i: Int) -> [Double] in
      let (row, centre) = (k * d + i * d, i % k * d)
      return (0..<d).map { (c: Int) -> Double in noise[row + c] + apart * noise[centre + c] }
    }
    return try Rows(try Matrix(rows: values))
  }

  /// A start with unit covariances, at the first k rows.
  private func start(_ rows: Rows, k: Int) throws -> MultivariateMixture {
    let d = rows.dimension
    let unit = try Matrix.identity(d)
    return try MultivariateMixture(
      weights: Array(repeating: 1 / Double(k), count: k),
      components: try (0..<k).map { try MultivariateNormal(mu: try rows.matrix.row($0), cov: unit) })
  }

  private func bits(_ rows: Rows, _ family: some ComponentFamily) throws -> [UInt64] {
    var options = EMOptions(seed: 3)
    (options.restarts, options.maxIterations) = (2, 12)
    let fit = try EM.fit(rows, family, options)
    let parts = fit.model.components.flatMap { part -> [Double] in
      switch part {
      case let normal as MultivariateNormal: normal.mean.array + normal.covariance.elements.array
      case let counts as Multinomial: counts.p.array
      case let counts as Binomial: [counts.p]
      default: []
      }
    }
    return (fit.trace + fit.model.weights + parts).map(\.bitPattern)
  }

  @Test func sameBitsOnAnyNumberOfThreads() throws {
    let (narrow, wide) = (
      try clusters(6000, 3, k: 3, apart: 2, seed: 1), try clusters(5000, 20, k: 3, apart: 4, seed: 2)
    )
    let heads = try DataSets.rows((0..<9000).map { Double($0 * $0 % 11) })
    let votes = try Rows(
      try Matrix(
        rows: (0..<9000).map { (i: Int) -> [Double] in
          let (yes, draw) = (Double(i % 7), Double(i % 2))
          return [yes, 8 - yes, draw, 1 - draw]
        }))
    defer { Parallel.threads = 2 }
    var seen: Set<[UInt64]> = []
    for threads in [1, 2, 3, 7] {
      Parallel.threads = threads
      var all: [UInt64] = []
      for rows in [narrow, wide] {
        all += try bits(rows, try MultivariateNormalFamily<VVV>(rows, k: 3))
        all += try bits(rows, try MultivariateNormalFamily<EEE>(rows, k: 3))
        all += try bits(rows, try MultivariateNormalFamily<VVI>(rows, k: 3))
        all += try bits(rows, try MultivariateNormalFamily<VII>(rows, k: 3))
      }
      all += try bits(heads, try BinomialFamily(heads, k: 2, trials: 10))
      all += try bits(votes, try MultinomialFamily(votes, k: 2))
      seen.insert(all)
    }
    #expect(seen.count == 1)
  }

  /// One step from unit covariances, against sums over rows in 80-bit arithmetic: the log-density is then that of independent
  /// standard normals. 12 columns are summed side by side; with 20, far components are left aside.
  @Test(arguments: [(7, 0.3), (12, 0.5), (20, 0.2), (20, 1), (20, 6), (33, 3)])
  func stepOfWideRows(d: Int, apart: Double) throws {
    let (n, k) = (700, 4)
    let rows = try clusters(n, d, k: k, apart: apart, seed: UInt64(d))
    let start = try start(rows, k: k)

    var (loglik, totals): (Float80, [Float80]) = (0, Array(repeating: 0, count: k))
    var first = [[Float80]](repeating: Array(repeating: 0, count: d), count: k)
    var second = [[Float80]](repeating: Array(repeating: 0, count: d * d), count: k)
    for i in 0..<n {
      let lengths = (0..<k).map { (j: Int) -> Float80 in
        (0..<d).reduce(Float80(0)) { sum, c in
          let e = Float80(rows.matrix[i, c]) - Float80(rows.matrix[j, c])
          return sum + e * e
        }
      }
      let least = lengths.min() ?? 0
      let terms = lengths.map { Glibc.exp((least - $0) / 2) }
      let sum = terms.reduce(0, +)
      loglik += Glibc.log(sum / Float80(k)) - least / 2
      loglik -= Float80(d) / 2 * Glibc.log(2 * Float80.pi)
      for j in 0..<k {
        let r = terms[j] / sum
        totals[j] += r
        for b in 0..<d {
          let x = Float80(rows.matrix[i, b])
          first[j][b] += r * x
          for c in 0..<d { second[j][b * d + c] += r * x * Float80(rows.matrix[i, c]) }
        }
      }
    }

    let full = try EM.step(rows, try MultivariateNormalFamily<VVV>(rows, k: k), from: start)
    let diagonal = try EM.step(rows, try MultivariateNormalFamily<VVI>(rows, k: k), from: start)
    for (step, isFull) in [(full, true), (diagonal, false)] {
      // Hundreds of terms of some d/2 each, rounded to 1e-16.
      #expect(abs(step.loglik - Double(loglik)) < 1e-12 * abs(step.loglik))
      let found = step.next.components.compactMap { $0 as? MultivariateNormal }
      for j in 0..<k {
        #expect(abs(step.next.weights[j] - Double(totals[j]) / Double(n)) < 1e-13)
        for b in 0..<d {
          let mean = first[j][b] / totals[j]
          #expect(abs(found[j].mean[b] - Double(mean)) < 1e-11)
          for c in 0..<d where isFull || b == c {
            let covariance = second[j][b * d + c] / totals[j] - mean * (first[j][c] / totals[j])
            #expect(abs(found[j].covariance[b, c] - Double(covariance)) < 1e-11)
          }
        }
      }
    }
  }
}
