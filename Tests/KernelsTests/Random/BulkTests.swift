import Testing

@testable import Kernels

/// Many draws at once take other ways than single ones, to the same numbers.
@Suite struct BulkTests {
  private static func families() throws -> [any UnivariateDistribution] {
    [
      try Uniform(a: -1, b: 3), try Normal(mu: 1, sigma: 2), try Exponential(rate: 0.5), try Gamma(shape: 2.5, rate: 2),
      try Gamma(shape: 1, rate: 1), try Gamma(shape: 0.3, rate: 1), try Gamma(shape: 1e4, rate: 1),
      try ChiSquared(df: 5),
      try Categorical(p: Vector([0.2, 0.5, 0, 0.3])), try Poisson(lambda: 0), try Poisson(lambda: 0.5),
      try Poisson(lambda: 32), try Poisson(lambda: 33), try Poisson(lambda: 1e9), try Binomial(trials: 100, p: 0.3),
      try Binomial(trials: 20, p: 0.9), try Binomial(trials: 64, p: 0.5), try Binomial(trials: 1000, p: 0.7),
      try Binomial(trials: 1e9, p: 0.25), try Binomial(trials: 5, p: 1), try Laplace(location: 0, scale: 1),
      try Logistic(location: 1, scale: 2), try Gumbel(location: 1, scale: 2), try Cauchy(location: 1, scale: 2),
      try LogNormal(mu: 1, sigma: 2), try HalfNormal(sigma: 2), try Weibull(shape: 1.5, scale: 2),
      try Weibull(shape: 0.003, scale: 1e-200), try Pareto(shape: 2, minimum: 3),
      try Pareto(shape: 0.01, minimum: 1e-200),
      try StudentT(df: 5, mu: 1, sigma: 2), try Beta(a: 2, b: 3),
    ]
  }

  // From odd and even numbers on, and across the ends of what is made at a time.
  @Test func drawsInBulkAreThoseOneByOne() throws {
    for d in try Self.families() {
      for start in [0, 1, 511] as [UInt64] {
        var (bulk, single) = (RandomStream(seed: 5), RandomStream(seed: 5))
        bulk.jump(start)
        single.jump(start)
        let x = try d.sample(5000, from: &bulk).array
        let wanted = (0..<5000).map { _ in
          var words = single.draw()
          return d.sample(&words)
        }
        #expect(x == wanted, "\(d.family) from draw \(start)")
        #expect(bulk.position == single.position)
      }
    }
  }

  @Test(arguments: [0.01, 0.5, 10, 32, 32.5, 100, 1000]) func poisson(_ lambda: Double) throws {
    var stream = RandomStream(seed: 16)
    let x = try Poisson(lambda: lambda).sample(1_000_000, from: &stream).array
    let top = Int(lambda + 20 + 10 * lambda.squareRoot())
    var counts = [Int](repeating: 0, count: top + 1)
    for value in x { counts[Int(value)] += 1 }
    // log P in extended precision, by its sum from the mode's, and then divided by the total.
    let mode = Int(lambda)
    var weights = [Float80](repeating: 0, count: top + 1)
    weights[mode] = 1
    for k in stride(from: mode, to: 0, by: -1) { weights[k - 1] = weights[k] * Float80(k) / Float80(lambda) }
    for k in mode..<top { weights[k + 1] = weights[k] * Float80(lambda) / Float80(k + 1) }
    let total = weights.reduce(0, +)
    #expect(abs(chiSquaredDeviate(counts, weights.map { Double($0 / total) })) < 4)
  }

  // The squeeze of small and of large shapes decides nearly all draws: its edge would show in the body.
  @Test(arguments: [1.0, 1.5, 2.5, 20, 1e4]) func gamma(_ shape: Double) throws {
    var stream = RandomStream(seed: 17)
    let d = try Gamma(shape: shape, rate: 1)
    let x = try d.sample(1_000_000, from: &stream).array
    #expect(try kolmogorov(x) { d.cdf($0) } < 2.33)
    let edges = (1..<200).map { d.quantile(Double($0) / 200) }
    var counts = [Int](repeating: 0, count: 200)
    for value in x { counts[edges.partitioningIndex { $0 > value }] += 1 }
    #expect(abs(chiSquaredDeviate(counts, Array(repeating: 1 / 200, count: 200))) < 4)
  }
}

extension [Double] {
  /// The first index whose element is `beyond`; all after it are.
  fileprivate func partitioningIndex(_ beyond: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if beyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
