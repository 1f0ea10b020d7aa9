import Testing

@testable import Kernels

@Suite struct SampleStatisticsTests {
  // R: cor(faithful$eruptions, faithful$waiting, method = …), cov, bw.nrd0 and bw.nrd of waiting, and the mean of dnorm(x, waiting,
  // bw.nrd0(waiting)).
  @Test func againstR() throws {
    let (x, y) = (try DataSets.eruptions().matrix.column(0), try DataSets.waiting().matrix.column(0))
    let rows = try Matrix.stackedHorizontally([column(x), column(y)])
    #expect(abs(try rows.correlation()[0, 1] - 0.90081116832181307) < 1e-14)
    #expect(abs(try rows.ranks().correlation()[0, 1] - 0.77797205765161215) < 1e-14)
    #expect(abs(try kendall(x, y) - 0.57476735389502132) < 1e-14)
    #expect(abs(try KernelDensity.bandwidth(of: y, .silverman) - 3.9875588285791754) < 1e-13)
    #expect(abs(try KernelDensity.bandwidth(of: y, .scott) - 4.6964581758821407) < 1e-13)
    let density = try KernelDensity(y, bandwidth: 3.9875588285791754).density(at: try Vector([60, 80]))
    #expect(abs(density[0] - 0.014981215905147128) < 1e-15 && abs(density[1] - 0.036582605662912007) < 1e-15)
  }

  private func column(_ x: Vector) -> Matrix { Matrix(x.storage, offset: x.offset, rows: x.count, columns: 1) }

  // Every pair by itself.
  @Test func kendallOfAllPairs() throws {
    var stream = RandomStream(seed: 4)
    for n in [2, 3, 10, 57] {
      let x = try Vector(stream.uniform(n).array.map { ($0 * 8).rounded() })
      let y = try Vector(stream.uniform(n).array.map { ($0 * 5).rounded() })
      var (score, a, b) = (0.0, 0.0, 0.0)
      for i in 0..<n {
        for j in 0..<i {
          let (dx, dy) = (x[i] - x[j], y[i] - y[j])
          score += dx * dy == 0 ? 0 : dx * dy > 0 ? 1 : -1
          a += dx == 0 ? 0 : 1
          b += dy == 0 ? 0 : 1
        }
      }
      let wanted = score / a.squareRoot() / b.squareRoot()
      let got = try kendall(x, y)
      #expect(got == wanted || abs(got - wanted) < 1e-14 || got.isNaN && wanted.isNaN)
    }
  }

  // NumPy: histogram(waiting, bins = 6) and bins = "auto".
  @Test func histogram() throws {
    let y = try DataSets.waiting().matrix.column(0)
    let six = try Histogram(y, edges: try Histogram.edges(of: y, bins: 6))
    #expect(six.counts == [32, 51, 20, 67, 81, 21] && abs(six.edges[1] - (43 + 53.0 / 6)) < 1e-13)
    let bins = try Histogram.adviceOnBins(y)
    #expect(bins == 10)
    let auto = try Histogram(y, edges: try Histogram.edges(of: y, bins: bins))
    #expect(auto.counts == [16, 28, 26, 24, 9, 23, 62, 55, 23, 6])
    // Edges at unequal distances, numbers beyond them, weights.
    let own = try Histogram(
      try Vector([0, 1, 1, 2, 9, 10, 11]), edges: [0, 1, 1.5, 10], weights: try Vector([1, 2, 3, 4, 5, 6, 7]))
    #expect(own.counts == [1, 5, 15])
    #expect(throws: Failure.self) { try Histogram(y, edges: [1, 1]) }
    #expect(try Histogram.edges(of: try Vector([3, 3]), bins: 1) == [2.5, 3.5])
  }

  @Test func empiricalDistribution() throws {
    let sample = try EmpiricalDistribution(try Vector([2, 5, 1, 2]))
    #expect([0, 1, 2, 4.9, 5, .infinity].map { sample.cdf($0) } == [0, 0.25, 0.75, 0.75, 1, 1])
    #expect([0, 0.25, 0.3, 0.75, 1].map { sample.quantile($0) } == [1, 1.5, 2, 3.5, 5])
    // A weight of 3 counts like three numbers, one of 0 like none.
    let weighted = try EmpiricalDistribution(try Vector([1, 2, 9]), weights: try Vector([1, 3, 0]))
    #expect(weighted.quantile(0.5) == 2 && weighted.quantile(0.25) == 1.5 && weighted.quantile(1) == 2)
    #expect(sample.quantile(1.5).isNaN && sample.cdf(.nan).isNaN)
    #expect(throws: Failure(.data, "a sample must have at least one number")) {
      try EmpiricalDistribution(try Vector([]))
    }
  }

  // Of a mean, the standard error is sd·√((n − 1)/n)/√n, and 95% of normal intervals reach 1.96 of these.
  @Test(arguments: Bootstrap.Method.allCases)
  func bootstrapOfAMean(_ method: Bootstrap.Method) throws {
    let y = try DataSets.waiting().matrix.column(0)
    let n = Double(y.count)
    var stream = RandomStream(seed: 5)
    let result = try Bootstrap(rows: y.count, replicates: 4000, confidence: 0.95, method, from: &stream) {
      (rows) throws(Failure) in try y.take(rows).mean()
    }
    let error = try y.standardDeviation() * ((n - 1) / n / n).squareRoot()
    #expect(abs(try result.standardError / error - 1) < 0.05)
    #expect(abs(result.estimate - 70.8970588235294) < 1e-12)
    #expect(abs(result.low - (result.estimate - 1.96 * error)) < 0.15 * error)
    #expect(abs(result.high - (result.estimate + 1.96 * error)) < 0.15 * error)
  }

  @Test func bootstrapRefusesWhatIsNoNumber() throws {
    var stream = RandomStream(seed: 5)
    #expect(throws: Failure(.data, "the statistic of the sample is NaN")) {
      try Bootstrap(rows: 3, replicates: 10, confidence: 0.9, .percentile, from: &stream) { _ in .nan }
    }
  }
}
