import Kernels
import Synchronization
import Testing

/// Data that cannot be fitted, or only just.
@Suite struct EMHostile {
  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch let failure as Failure { return failure.message } catch { return "\(error)" }
    return "no error"
  }

  @Test func rowsThatAreNoData() throws {
    #expect(message { _ = try Rows(try Matrix(rows: [])) } == "at least one row is wanted, got 0 x 0 numbers")
    var x = (0..<40).map { [Double($0), 1.5 * Double($0)] }
    x[16][1] = .nan
    #expect(message { _ = try Rows(try Matrix(rows: x)) } == "column 2, row 17 is NaN")
    x[16][1] = -.infinity
    #expect(message { _ = try Rows(try Matrix(rows: x)) } == "column 2, row 17 is -inf")
  }

  @Test func numbersOfComponents() throws {
    let rows = try DataSets.waiting()
    #expect(message { _ = try NormalFamily(rows, k: 0) } == "k must be an integer from 1 to 272, got 0")
    #expect(message { _ = try NormalFamily(rows, k: 273) } == "k must be an integer from 1 to 272, got 273")
  }

  @Test func equalRows() throws {
    let rows = try DataSets.rows(Array(repeating: 4, count: 50))
    #expect(message { _ = try NormalFamily(rows, k: 2) }.hasPrefix("all rows are equal (4)"))
    let plane = try Rows(try Matrix(rows: (0..<50).map { [Double($0), 7] }))
    #expect(
      message { _ = try MultivariateNormalFamily<VVV>(plane, k: 2) }.hasPrefix("column 2 is constant (7)"))
  }

  @Test func collinearColumns() throws {
    let rows = try Rows(
      try Matrix(rows: (0..<50).map { (i: Int) -> [Double] in [Double(i * i % 17), Double(i), Double(2 * i + 1)] }))
    #expect(
      message { _ = try MultivariateNormalFamily<VVV>(rows, k: 2) }.contains(
        "column 3 is a linear combination"))
    let fit = try EM.fit(rows, try MultivariateNormalFamily<VVI>(rows, k: 2))
    #expect(fit.loglik.isFinite)
  }

  @Test func asManyComponentsAsRows() throws {
    let rows = try DataSets.rows([1, 2, 4, 8])
    let failure = message { _ = try EM.fit(rows, try NormalFamily(rows, k: 4)) }
    #expect(failure.hasPrefix("none of 20 starts came to a fit; the first: ") && failure.contains("try "))
  }

  @Test func oneRowFarAway() throws {
    let x = try DataSets.normals(100, [(1, 0, 1)], seed: 4) + [1e9]
    let rows = try DataSets.rows(x)
    let failure = message { _ = try EM.fit(rows, try NormalFamily(rows, k: 2)) }
    #expect(failure.contains("(row 101) has collapsed"), "\(failure)")
    let shared = try EM.fit(rows, try NormalFamily(rows, k: 2, equalSigma: true))
    #expect(abs(shared.normals[1].mu - 1e9) < 1 && shared.normals[0].sigma < 2)
  }

  @Test(arguments: [1e-300, 1e-280, 1e280, 1e300])
  func extremeScales(scale: Double) throws {
    let x = try DataSets.normals(100, [(0.5, 0, 1), (0.5, 5, 1)], seed: 4).map { $0 * scale }
    do {
      let rows = try DataSets.rows(x)
      let fit = try EM.fit(rows, try NormalFamily(rows, k: 2))
      #expect(fit.loglik.isFinite)
    } catch let failure as Failure {
      #expect(failure.message.hasSuffix("rescale it"))
    }
  }

  @Test func oneComponentIsThePlainEstimate() throws {
    let rows = try DataSets.waiting()
    let fit = try EM.fit(rows, try NormalFamily(rows, k: 1))
    #expect(fit.status == .converged && fit.model.weights == [1])
    #expect(abs(fit.normals[0].mu - rows.columns[0].mean) < 1e-12)
    #expect(abs(fit.normals[0].sigma - rows.columns[0].sd) < 1e-12)
  }

  @Test func startsThatDoNotFit() throws {
    let rows = try DataSets.waiting()
    let family = try NormalFamily(rows, k: 2)
    let binomials = try UnivariateMixture(
      weights: [0.5, 0.5], components: [try Binomial(trials: 10, p: 0.6), try Binomial(trials: 10, p: 0.5)])
    #expect(
      message { _ = try EM.fit(rows, family, start: .mixture(binomials)) }
        == "component 1 of the start is binomial, normal is wanted")
    let one = try UnivariateMixture(weights: [1], components: [try Normal(mu: 0, sigma: 1)])
    #expect(message { _ = try EM.fit(rows, family, start: .mixture(one)) } == "k is 2, but the start has 1 components")
    let far = try UnivariateMixture(
      weights: [0.5, 0.5], components: [try Normal(mu: 0, sigma: 1e-160), try Normal(mu: 1, sigma: 1e-160)])
    #expect(
      message { _ = try EM.fit(rows, family, start: .mixture(far)) }.hasPrefix(
        "row 1 has density zero under every component"))
  }

  @Test func countsThatAreNone() throws {
    let heads = try DataSets.rows([5, 9, 8.5])
    #expect(
      message { _ = try BinomialFamily(heads, k: 1, trials: 10) }
        == "counts must be nonnegative integers, but column 1, row 3 is 8.5")
    let many = try DataSets.rows([5, 9, 11])
    #expect(
      message { _ = try BinomialFamily(many, k: 1, trials: 10) }
        == "trials must be at least the largest count, 11, got 10")
    let uneven = try Rows(try Matrix(rows: [[5, 5], [9, 1], [4, 5]]))
    #expect(
      message { _ = try MultinomialFamily(uneven, k: 1) }
        == "rows must have one sum, but row 1 sums to 10 and row 3 to 9")
  }

  @Test func limitsAreHonest() throws {
    let rows = try DataSets.rows(try DataSets.normals(1000, [(0.5, 0, 1), (0.5, 0.5, 1)], seed: 2))
    var options = EMOptions(seed: 1)
    options.maxIterations = 5
    let short = try EM.fit(rows, try NormalFamily(rows, k: 2), options)
    #expect(short.status == .maxIterations && short.evaluations == 5)
    options = EMOptions(seed: 1)
    options.timeLimit = 0
    #expect(try EM.fit(rows, try NormalFamily(rows, k: 2), options).status == .timeLimit)
  }

  @Test func stoppedByTheObserver() throws {
    let rows = try DataSets.rows(try DataSets.normals(1000, [(0.5, 0, 1), (0.5, 0.5, 1)], seed: 2))
    var passes = 0
    let fit = try EM.fit(rows, try NormalFamily(rows, k: 2), EMOptions(seed: 1)) { progress in
      passes += 1
      #expect(progress.starts == 20 && progress.loglik.isFinite)
      return passes < 7
    }
    #expect(passes == 7 && fit.status == .interrupted && fit.loglik.isFinite)
  }

  /// A stop that comes in the middle of a fit ends it with the best so far; one that came before ends it with an error.
  @Test func interrupted() throws {
    let rows = try DataSets.rows(try DataSets.normals(1000, [(0.5, 0, 1), (0.5, 0.5, 1)], seed: 2))
    let family = try NormalFamily(rows, k: 2)
    let flag = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    flag.initialize(to: Atomic(0))
    Interruption.flag = UnsafePointer(flag)
    defer {
      Interruption.flag = nil
      flag.deallocate()
    }
    let fit = try EM.fit(rows, family, EMOptions(seed: 1)) { progress in
      if progress.iteration == 5 { flag.pointee.store(1, ordering: .relaxed) }
      return true
    }
    #expect(fit.status == .interrupted && fit.evaluations >= 5 && fit.loglik.isFinite)
    #expect(throws: Failure(.interrupted, "interrupted")) { try EM.fit(rows, family, EMOptions(seed: 1)) }
  }

  @Test func wideDataAndManyComponents() throws {
    let values = (0..<150).map { Double(($0 * $0) % 31) }
    let wide = try Rows(Matrix(try Vector(values).storage, rows: 5, columns: 30))
    #expect(message { _ = try MultivariateNormalFamily<VVV>(wide, k: 1) }.hasPrefix("5 rows are too few"))
    #expect(try EM.fit(wide, try MultivariateNormalFamily<VVI>(wide, k: 1)).loglik.isFinite)
  }

  /// A start with two equal components has nowhere to go but together, as one.
  @Test func equalComponents() throws {
    let rows = try DataSets.waiting()
    let same = try Normal(mu: 70, sigma: 10)
    let start = try UnivariateMixture(weights: [0.5, 0.5], components: [same, same])
    let fit = try EM.fit(rows, try NormalFamily(rows, k: 2), start: .mixture(start))
    let one = try EM.fit(rows, try NormalFamily(rows, k: 1))
    #expect(fit.loglik >= one.loglik - 1e-9)
  }
}
