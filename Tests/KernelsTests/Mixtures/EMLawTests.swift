import Kernels
import Testing

/// What holds for every fit, whatever the data.
@Suite struct EMLaws {
  static let parts = [(weight: 0.2, mu: -3.0, sigma: 0.5), (0.5, 0.0, 1.0), (0.3, 2.5, 1.5)]

  @Test func sameBitsOnAnyNumberOfThreads() throws {
    let x = try DataSets.normals(60_000, Self.parts, seed: 5)
    let (line, plane) = (try DataSets.rows(x), try Rows(Matrix(try Vector(x).storage, rows: 20_000, columns: 3)))
    defer { Parallel.threads = 2 }
    var seen: Set<[UInt64]> = []
    for threads in [1, 2, 3, 7] {
      Parallel.threads = threads
      var options = EMOptions(seed: 3)
      (options.restarts, options.maxIterations) = (2, 40)
      let a = try EM.fit(line, try NormalFamily(line, k: 3), options)
      let b = try EM.fit(plane, try MultivariateNormalFamily<VVV>(plane, k: 2), options)
      let numbers =
        a.trace + a.model.weights + a.normals.flatMap { [$0.mu, $0.sigma] } + b.trace + b.model.weights
        + b.model.components.compactMap { $0 as? MultivariateNormal }.flatMap {
          $0.mean.array + $0.covariance.elements.array
        }
      seen.insert(numbers.map(\.bitPattern))
    }
    #expect(seen.count == 1)
  }

  @Test(arguments: [true, false])
  func likelihoodNeverFallsAndMeanIsThatOfTheData(accelerates: Bool) throws {
    for seed in UInt64(0)..<20 {
      let rows = try DataSets.rows(try DataSets.normals(500, Self.parts, seed: seed))
      var options = EMOptions(seed: seed, accelerates: accelerates)
      (options.restarts, options.maxIterations) = (3, 2000)
      let fit = try EM.fit(rows, try NormalFamily(rows, k: 3), options)
      for (a, b) in zip(fit.trace, fit.trace.dropFirst()) { #expect(b >= a - 1e-11 * abs(a)) }
      guard let mixture = fit.model as? UnivariateMixture else { continue }
      // The last model is one step's result but for what the steps still move.
      #expect(abs(mixture.mean - rows.columns[0].mean) < 1e-6)
    }
  }

  /// The mean of a mixture after a step is the mean of the data, whatever came before.
  @Test func meanAfterAStep() throws {
    let rows = try DataSets.rows(try DataSets.normals(500, Self.parts, seed: 1))
    let start = try UnivariateMixture(
      weights: [0.5, 0.5], components: [try Normal(mu: 10, sigma: 1), try Normal(mu: -1, sigma: 0.2)])
    let next = try EM.step(rows, try NormalFamily(rows, k: 2), from: start).next
    let mixture = try #require(next as? UnivariateMixture)
    #expect(abs(mixture.mean - rows.columns[0].mean) < 1e-14)
    let column = rows.columns[0]
    #expect(abs(mixture.variance - column.sd * column.sd) < 1e-13 * mixture.variance)
  }

  /// A thousand problems, easy and slow: where a fit claims to have converged, 100,000 more steps of plain EM, or as many as
  /// there are before a step is nothing in doubles, gain no more than 1e-6.
  @Test(arguments: 0..<20)
  func convergedMeansConverged(batch: Int) throws {
    var converged = 0
    for seed in UInt64(50 * batch)..<UInt64(50 * batch + 50) {
      let (n, apart) = (60 + Int(seed * 37 % 240), 1 + Double(seed % 7) / 2)
      let x = try DataSets.normals(
        n, [(0.4, 0, 1), (0.35, apart, 1), (0.25, 2.5 * apart, seed % 2 == 0 ? 1 : 2)], seed: 100 + seed)
      let rows = try DataSets.rows(x)
      let family = try NormalFamily(rows, k: seed % 3 == 0 ? 3 : 2, equalSigma: seed % 5 < 2)
      var options = EMOptions(seed: seed)
      options.restarts = 4
      let fit = try EM.fit(rows, family, options)
      guard fit.status == .converged else { continue }
      converged += 1
      var further = EMOptions(seed: seed, accelerates: false)
      (further.tolerance, further.maxIterations) = (0, 100_000)
      let end = try EM.fit(rows, family, start: .mixture(fit.model), further)
      #expect(end.loglik - fit.loglik < 1e-6, "seed \(seed)")
    }
    // It is no way out to claim nothing.
    #expect(converged >= 45)
  }

  /// Two normals one sigma apart: the same end as that of plain EM, which takes ten times as many passes, or more.
  @Test func slowProblem() throws {
    let x = try DataSets.normals(100_000, [(0.5, 0, 1), (0.5, 1, 1)], seed: 7)
    let rows = try DataSets.rows(x)
    let start = try UnivariateMixture(
      weights: [0.4, 0.6], components: [try Normal(mu: -0.5, sigma: 1), try Normal(mu: 1.5, sigma: 1)])
    let family = try NormalFamily(rows, k: 2, equalSigma: true)
    var options = EMOptions(seed: 1)
    options.maxIterations = 20_000
    let fast = try EM.fit(rows, family, start: .mixture(start), options)
    options.accelerates = false
    let plain = try EM.fit(rows, family, start: .mixture(start), options)
    #expect(fast.status == .converged && plain.status == .converged)
    // Each promises to be within 1e-5 of the top.
    #expect(abs(fast.loglik - plain.loglik) < 1e-5)
    #expect(10 * fast.evaluations <= plain.evaluations, "\(fast.evaluations) and \(plain.evaluations)")
  }

  /// With a sigma each, steps shrink by 3e-5 of their length: right after extrapolations they look as if the end were near.
  @Test func verySlowProblem() throws {
    let x = try DataSets.normals(100_000, [(0.5, 0, 1), (0.5, 1, 1)], seed: 7)
    let rows = try DataSets.rows(x)
    let start = try UnivariateMixture(
      weights: [0.4, 0.6], components: [try Normal(mu: -0.5, sigma: 1), try Normal(mu: 1.5, sigma: 1)])
    let family = try NormalFamily(rows, k: 2)
    var options = EMOptions(seed: 1)
    options.maxIterations = 5000
    let fit = try EM.fit(rows, family, start: .mixture(start), options)
    #expect(fit.status == .converged && fit.certificate.rate > 0.999)
    // EM from an end to which more is asked of does not gain more than was said.
    options.tolerance = 1e-14
    let end = try EM.fit(rows, family, start: .mixture(fit.model), options)
    #expect(end.loglik - fit.loglik < 1e-5)
  }

  /// The score by differences of the log-likelihood, and the information of complete data: n/(w₁w₂) of a weight, nwⱼ/σⱼ² of
  /// a mean, 2nwⱼ/σⱼ² of a sigma.
  @Test func normOfTheScore() throws {
    let rows = try DataSets.rows(try DataSets.normals(2000, [(0.4, 0, 1), (0.6, 3, 0.7)], seed: 5))
    let start = try UnivariateMixture(
      weights: [0.5, 0.5], components: [try Normal(mu: -0.5, sigma: 1), try Normal(mu: 2, sigma: 1)])
    var options = EMOptions(seed: 1, accelerates: false)
    (options.maxIterations, options.tolerance) = (25, 0)
    let fit = try EM.fit(rows, try NormalFamily(rows, k: 2), start: .mixture(start), options)
    let (w, normals) = (fit.model.weights, fit.normals)
    let at = [w[0], normals[0].mu, normals[1].mu, normals[0].sigma, normals[1].sigma]
    func loglik(_ p: [Double]) throws -> Double {
      let parts = [try Normal(mu: p[1], sigma: p[3]), try Normal(mu: p[2], sigma: p[4])]
      let mixture = try UnivariateMixture(weights: [p[0], 1 - p[0]], components: parts)
      return (0..<rows.count).reduce(0) { $0 + mixture.logpdf(rows.matrix[$1, 0]) }
    }
    let n = 2000.0
    let perMu: [Double] = (0..<2).map { j in n * w[j] / (at[3 + j] * at[3 + j]) }
    let information: [Double] = [n / (w[0] * w[1])] + perMu + perMu.map { 2 * $0 }
    var square = 0.0
    for i in at.indices {
      var (up, down) = (at, at)
      up[i] += 1e-5
      down[i] -= 1e-5
      let score = (try loglik(up) - loglik(down)) / 2e-5
      square += score * score / information[i]
    }
    // The projection is of first order, and takes the whole information from the steps of late.
    #expect(abs(fit.certificate.score / square.squareRoot() - 1) < 0.1)
  }

  @Test func shiftAndScale() throws {
    let x = try DataSets.normals(400, [(0.4, 0, 1), (0.6, 3, 0.5)], seed: 9)
    let fit = try { (rows: Rows) in try EM.fit(rows, try NormalFamily(rows, k: 2), EMOptions(seed: 2)) }(
      DataSets.rows(x))
    for (shift, scale) in [(0, 1e-12), (0, 1e12), (1e4, 1), (-5, 1e-200), (0, 3e200)] {
      let rows = try DataSets.rows(x.map { ($0 + shift) * scale })
      let moved = try EM.fit(rows, try NormalFamily(rows, k: 2), EMOptions(seed: 2))
      for (a, b) in zip(fit.normals, moved.normals) {
        #expect(abs(b.mu / scale - shift - a.mu) < 1e-9 * max(1, abs(shift)))
        #expect(abs(b.sigma / scale - a.sigma) < 1e-9)
      }
      #expect(zip(fit.model.weights, moved.model.weights).allSatisfy { abs($0 - $1) < 1e-9 })
    }
  }

  @Test func orderOfComponents() throws {
    let rows = try DataSets.waiting()
    let start = try UnivariateMixture(
      weights: [0.5, 0.5], components: [try Normal(mu: 80, sigma: 5), try Normal(mu: 55, sigma: 5)])
    let given = try EM.fit(rows, try NormalFamily(rows, k: 2), start: .mixture(start))
    #expect(given.normals[0].mu > given.normals[1].mu && given.starts == 1)
    let own = try EM.fit(rows, try NormalFamily(rows, k: 2))
    #expect(own.normals[0].mu < own.normals[1].mu)
    #expect(abs(own.loglik - given.loglik) < 1e-6)
  }
}
