import Testing

@testable import Kernels

/// Expects the verbs of a row: x, logpdf, pdf, cdf and ccdf in columns from `first` on, the last two NaN where they are unknown.
func expectVerbs(_ d: some UnivariateDistribution, _ row: Reference.Row, from first: Int) {
  let x = row[first]
  expect(d.logpdf(x), row[first + 1], within: 1e-13, absolute: 1e-13, "logpdf")
  expect(d.pdf(x), row[first + 2], within: 1e-12, absolute: 0x1p-1022, "pdf")
  if row[first + 3].isNaN { return }
  expect(d.cdf(x), row[first + 3], within: 1e-11, absolute: 0x1p-1022, "cdf")
  expect(d.ccdf(x), row[first + 4], within: 1e-11, absolute: 0x1p-1022, "ccdf")
}

/// The quantile of the cdf at x, and of a probability between two steps, is x.
func expectQuantileToInvert(_ d: some UnivariateDistribution, at x: Double) {
  let (below, at) = (d.cdf(x - 1), d.cdf(x))
  guard below < at, at < 1 else { return }
  #expect(d.quantile(at) == x)
  #expect(d.quantile(below + (at - below) / 2) == x)
}

/// Chi-squared of 10⁶ draws in up to 400 cells of equal width over all but 2e-4 of the distribution; the ends are cells too.
func expectSampleToFit(_ d: any UnivariateDistribution, seed: UInt64) throws {
  var stream = RandomStream(seed: seed)
  let draws = try d.sample(1_000_000, from: &stream)
  #expect(try d.values(of: d.logpdf(_:into:), draws).min() > -.infinity)
  let (low, high) = (d.quantile(1e-4), d.quantile(1 - 1e-4))
  let width = max(1, ((high - low) / 400).rounded(.up))
  let cells = Int(((high - low) / width).rounded(.up)) + 2
  var counts = [Int](repeating: 0, count: cells)
  for x in draws.array {
    // As numbers, before they are too large for an index.
    let cell = ((x - low) / width).rounded(.down) + 1
    counts[cell >= Double(cells) ? cells - 1 : cell < 0 ? 0 : Int(cell)] += 1
  }
  let edges = (0..<cells).map { $0 == cells - 1 ? 1 : d.cdf(low + Double($0) * width - 1) }
  let probabilities = edges.indices.map { $0 == 0 ? edges[0] : edges[$0] - edges[$0 - 1] }
  guard probabilities.filter({ $0 > 1e-3 }).count > 1 else { return }
  #expect(abs(chiSquaredDeviate(counts, probabilities)) < 4)
}

/// Mean and variance by their sums over the integers from `low` to `high`, outside of which there is nothing to count.
func expectMoments(_ d: some UnivariateDistribution, from low: Int, to high: Int) {
  let values = (low...high).map(Double.init)
  let mean = values.reduce(0) { $0 + $1 * d.pdf($1) }
  expect(d.mean, mean, within: 1e-11, absolute: 1e-13, "mean")
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * d.pdf($1) }
  expect(d.variance, variance, within: 1e-10, absolute: 1e-13, "variance")
  let most = values.map { d.logpdf($0) }.max() ?? .nan
  expect(d.logpdf(d.mode), most, within: 1e-13, absolute: 1e-13, "mode")
  let entropy = values.reduce(0) { d.pdf($1) > 0 ? $0 - d.pdf($1) * d.logpdf($1) : $0 }
  expect(d.entropy, entropy, within: 1e-10, absolute: 1e-13, "entropy")
}

/// Values outside of the support, and no numbers. `low` and `high` are the ends of the support.
func expectEdges(_ d: some UnivariateDistribution, low: Double, high: Double) {
  for x in [low - 1, high + 1, low + 0.5, .infinity, -.infinity] where x != high {
    #expect(d.pdf(x) == 0 && d.logpdf(x) == -.infinity, "at \(x)")
  }
  #expect(d.cdf(low - 0.1) == 0 && d.ccdf(low - 0.1) == 1 && d.cdf(.infinity) == 1 && d.ccdf(.infinity) == 0)
  #expect(d.cdf(-.infinity) == 0 && d.ccdf(-.infinity) == 1 && d.cdf(low + 0.5) == d.cdf(low))
  #expect(d.quantile(0) == low && d.quantile(1) == high && d.quantile(-0.1).isNaN && d.quantile(.nan).isNaN)
  #expect(d.pdf(.nan).isNaN && d.logpdf(.nan).isNaN && d.cdf(.nan).isNaN && d.ccdf(.nan).isNaN)
  #expect(d.support == .integers(low, high))
  expectBulkVerbsToAgree(d, [0, 1, 2.5, .nan, 3, 10, 11, -1, .infinity, 4, 7, 9, 5, 6, 8, 2, 1e300, -0.5])
  expectBulkVerbsToAgree(d, (0..<40).map { Double($0 % 7) })
}
