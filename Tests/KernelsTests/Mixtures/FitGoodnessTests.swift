import Kernels
import Testing

/// Goodness of fit by draws of the model.
@Suite struct FitGoodnessTests {
  private func goodness(
    _ x: [Double], k: Int, _ test: FitGoodness.Test, replicates: Int, seed: UInt64
  ) throws -> FitGoodness {
    let rows = try DataSets.rows(x)
    let fit = try EM.fit(rows, try NormalFamily(rows, k: k), EMOptions(seed: 1))
    return try FitGoodness(
      rows.matrix.column(0), fit.model, test, replicates: replicates, from: RandomStream(seed: seed)
    ) { rows, start throws(Failure) in
      try EM.fit(rows, try NormalFamily(rows, k: k), start: .mixture(start), EMOptions(seed: 1)).model
    }
  }

  /// One normal: critical values of Anderson and Darling where both parameters are estimated, by M. A. Stephens, J. Am. Stat.
  /// Assoc. 69 (1974), 730–737, table 1.1: A²·(1 + 4/n − 25/n²) exceeds 0.656 in 10 % of samples and 0.787 in 5 %; D·(√n − 0.01 +
  /// 0.85/√n) exceeds 0.819 in 10 %.
  @Test func criticalValuesOfOneNormal() throws {
    let x = try DataSets.normals(100, [(1, 5, 2)], seed: 4)
    let ad = try goodness(x, k: 1, .ad, replicates: 2000, seed: 1).replicates.array.map {
      $0 * (1 + 4.0 / 100 - 25.0 / 10000)
    }
    // Two thousand samples: a share of 0.1 has a standard error of 0.0067.
    #expect(abs(Double(ad.count { $0 > 0.656 }) / 2000 - 0.1) < 0.027)
    #expect(abs(Double(ad.count { $0 > 0.787 }) / 2000 - 0.05) < 0.02)
    let ks = try goodness(x, k: 1, .ks, replicates: 2000, seed: 1).replicates.array.map { $0 * (10 - 0.01 + 0.085) }
    #expect(abs(Double(ks.count { $0 > 0.819 }) / 2000 - 0.1) < 0.027)
  }

  @Test(arguments: FitGoodness.Test.allCases)
  func twoHumps(test: FitGoodness.Test) throws {
    let x = try DataSets.normals(200, [(0.5, 0, 1), (0.5, 6, 1)], seed: 2)
    #expect(try goodness(x, k: 1, test, replicates: 99, seed: 3).pValue <= 0.02)
    #expect(try goodness(x, k: 2, test, replicates: 99, seed: 3).pValue > 0.05)
  }

  @Test func sameOnAnyNumberOfThreads() throws {
    let x = try DataSets.normals(80, [(0.5, 0, 1), (0.5, 4, 1)], seed: 2)
    defer { Parallel.threads = 2 }
    let results = try [1, 3].map { threads in
      Parallel.threads = threads
      return try goodness(x, k: 2, .ad, replicates: 20, seed: 3).replicates.array.map(\.bitPattern)
    }
    #expect(results[0] == results[1])
  }
}
