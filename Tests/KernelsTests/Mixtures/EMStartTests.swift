import Kernels
import Testing

/// Where EM begins, if the caller says.
@Suite struct EMStartTests {
  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch let failure as Failure { return failure.message } catch { return "\(error)" }
    return "no error"
  }

  /// The M-step of a partition is each part's own estimate: one pass, and EM has seen it.
  @Test func labels() throws {
    let rows = try DataSets.waiting()
    let family = try NormalFamily(rows, k: 2)
    let x = rows.matrix.column(0).array
    let labels = try Vector(x.map { $0 < 68 ? 2 : 1 })
    var options = EMOptions(seed: 0, accelerates: false)
    options.maxIterations = 1
    let first = try EM.fit(rows, family, start: .labels(labels), options)
    let (long, short) = (x.filter { $0 >= 68 }, x.filter { $0 < 68 })
    for (normal, part) in zip(first.normals, [long, short]) {
      let mean = part.reduce(0, +) / Double(part.count)
      let variance = part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(part.count)
      #expect(abs(normal.mu - mean) < 1e-12 * mean && abs(normal.sigma - variance.squareRoot()) < 1e-12)
    }
    #expect(abs(first.model.weights[0] - Double(long.count) / 272) < 1e-15)
    // The order is that of the labels.
    let fit = try EM.fit(rows, family, start: .labels(labels))
    #expect(fit.normals[0].mu > fit.normals[1].mu && abs(fit.loglik - -1034.00174983) < 1e-6)
  }

  @Test func posterior() throws {
    let rows = try DataSets.waiting()
    let family = try NormalFamily(rows, k: 2)
    let labels = try Vector(rows.matrix.column(0).array.map { $0 < 68 ? 1 : 2 })
    let sure = try Matrix(rows: labels.array.map { $0 == 1 ? [1, 0] : [0, 1] })
    let a = try EM.fit(rows, family, start: .labels(labels))
    let b = try EM.fit(rows, family, start: .posterior(sure))
    #expect(a.trace == b.trace)
    // Rows of unknown components are shared alike.
    let unknown = try Vector(labels.array.enumerated().map { $0.offset % 3 == 0 ? 0 : $0.element })
    let shared = try Matrix(rows: unknown.array.map { $0 == 0 ? [0.5, 0.5] : $0 == 1 ? [1, 0] : [0, 1] })
    #expect(
      try EM.fit(rows, family, start: .labels(unknown)).trace == EM.fit(rows, family, start: .posterior(shared)).trace)
  }

  @Test func startsThatAreNone() throws {
    let rows = try DataSets.rows([1, 2, 4, 8])
    let family = try NormalFamily(rows, k: 2)
    func fit(_ start: EM.Start) -> String { message { _ = try EM.fit(rows, family, start: start) } }
    #expect(fit(.labels(try! Vector([1, 2]))) == "one label per row is wanted, got 2 labels and 4 rows")
    #expect(
      fit(.labels(try! Vector([1, 2, 3, 1]))) == "labels must be integers from 0 to k = 2, but label 3 is 3")
    #expect(fit(.labels(try! Vector([1, 1, .nan, 1]))).hasSuffix("but label 3 is NaN"))
    #expect(fit(.labels(try! Vector([1, 1, 1, 1]))).hasPrefix("component 2 starts without rows"))
    #expect(
      fit(.posterior(try! Matrix(rows: [[1, 0]])))
        == "a posterior of 4 x 2 is wanted for 4 rows and k = 2, got 1 x 2")
    #expect(
      fit(.posterior(try! Matrix(rows: [[1, 0], [0.5, 0.5], [0.4, 0.4], [1, 0]])))
        == "rows of a posterior must sum to 1, but row 3 sums to 0.8")
  }

  /// EM moves equal components as one, to the estimate of a single one: a saddle, where a fit must not end.
  @Test(arguments: [false, true])
  func equalComponentsAreMovedApart(hasEqualSigma: Bool) throws {
    let rows = try DataSets.waiting()
    let family = try NormalFamily(rows, k: 2, equalSigma: hasEqualSigma)
    let same = try Normal(mu: 70, sigma: 10)
    for accelerates in [true, false] {
      let start = try UnivariateMixture(weights: [0.5, 0.5], components: [same, same])
      let fit = try EM.fit(rows, family, start: .mixture(start), EMOptions(seed: 1, accelerates: accelerates))
      #expect(fit.status == .converged)
      #expect(abs(fit.loglik - (hasEqualSigma ? -1034.00176036 : -1034.00174983)) < 1e-6)
      for (a, b) in zip(fit.trace, fit.trace.dropFirst()) { #expect(b >= a - 1e-11 * abs(a)) }
    }
    let unknown = try EM.fit(rows, family, start: .labels(try Vector.zeros(272)))
    #expect(abs(unknown.loglik - -1034.00175) < 1e-4)
  }

  /// Faithful in both columns: the single normal is no optimum of two (oracle: VVV with k = 2).
  @Test func equalComponentsInThePlane() throws {
    let rows = try DataSets.faithful()
    let family = try MultivariateNormalFamily<VVV>(rows, k: 2)
    let same = try MultivariateNormal.fit(rows.matrix)
    let start = try MultivariateMixture(weights: [0.3, 0.7], components: [same, same])
    let fit = try EM.fit(rows, family, start: .mixture(start))
    #expect(fit.status == .converged && abs(fit.loglik - -1130.26396) < 1e-5)
  }

  /// Where one component is all there is, two that are equal are the best: the fit says so, and ends.
  @Test func oneComponentIsEnough() throws {
    let x = (1..<200).map { normalQuantile(Double($0) / 200) }
    let rows = try DataSets.rows(x)
    let same = try Normal.fit(try Vector(x))
    let start = try UnivariateMixture(weights: [0.5, 0.5], components: [same, same])
    let one = x.reduce(0) { $0 + same.logpdf($1) }
    let fit = try EM.fit(rows, try NormalFamily(rows, k: 2, equalSigma: true), start: .mixture(start))
    #expect(fit.loglik >= one - 1e-9)
  }

  /// No start of faithful's waiting times ends at the single normal any more: all 20 find the optimum.
  @Test func noStartEndsAtTheSaddle() throws {
    let rows = try DataSets.waiting()
    let fit = try EM.fit(rows, try NormalFamily(rows, k: 2, equalSigma: true), EMOptions(seed: 1))
    #expect(fit.optima.count == 1 && fit.optima[0].hits + fit.degenerateStarts >= 10)
  }
}
