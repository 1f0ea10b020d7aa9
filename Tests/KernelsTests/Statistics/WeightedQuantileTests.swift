import Kernels
import Testing

@Suite struct WeightedQuantileTests {
  /// By the definition: a row of weight 3 is three rows, of which the quantile is an order statistic or the middle of two.
  private func wanted(_ p: Double, _ x: [Double], _ weights: [Int]) -> Double {
    let all = zip(x, weights).flatMap { Array(repeating: $0, count: $1) }.sorted()
    let place = p * Double(all.count)
    let i = Int(place.rounded(.up)) - 1
    if i < 0 { return all[0] }
    let next = all.first { $0 > all[i] } ?? all[i]
    let isLast = all.lastIndex(of: all[i]) == i
    return place == place.rounded() && isLast ? all[i] / 2 + next / 2 : all[i]
  }

  @Test func ofCopiesOfRows() throws {
    var stream = RandomStream(seed: 1)
    for n in [1, 2, 3, 7, 50, 1000] {
      for distinct in [1, 3, 1_000_000] {
        let x = try stream.uniform(n).array.map { ($0 * Double(distinct)).rounded(.down) }
        let weights = try stream.uniform(n).array.enumerated().map { $0 == 0 ? 2 : Int($1 * 4) }
        for p in [0, 0.01, 0.25, 0.5, 0.75, 0.875, 1] {
          let got = try Vector(x).weightedQuantile(p, weights: Vector(weights.map(Double.init)))
          #expect(got == wanted(p, x, weights), "\(n) \(distinct) \(p)")
        }
      }
    }
  }

  /// Sorted, reversed, equal, far apart: a selection must not take long for any of them.
  @Test func ofHostileOrders() throws {
    let n = 200_000
    let ones = try Vector(Array(repeating: 1, count: n))
    let up = (0..<n).map(Double.init)
    let shapes: [[Double]] = [up, up.reversed(), Array(repeating: 5, count: n), up.map { abs($0 - 1e5) }]
    for x in shapes {
      let sorted = x.sorted()
      #expect(try Vector(x).weightedQuantile(0.5, weights: ones) == (sorted[n / 2 - 1] + sorted[n / 2]) / 2)
    }
    #expect(try Vector([-.infinity, 1, .infinity]).weightedQuantile(1, weights: Vector([1, 1, 1])) == .infinity)
    #expect(throws: Failure.self) { try Vector([1, .nan]).weightedQuantile(0.5, weights: Vector([1, 1])) }
    #expect(throws: Failure.self) { try Vector([1, 2]).weightedQuantile(0.5, weights: Vector([0, 0])) }
    #expect(throws: Failure.self) { try Vector([]).weightedQuantile(0.5, weights: Vector([])) }
  }
}
