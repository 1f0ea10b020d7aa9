/// Numbers in order, each with a weight: the distribution function of a sample.
package struct EmpiricalDistribution: Sendable {
  /// Distinct numbers, ascending.
  package let values: Vector
  /// The weight up to and with each number; the last is the total.
  private let cumulative: Vector
  package let count: Int

  /// x, weights: n (read). Weights are 1 where there are none.
  ///
  /// Throws `.data` for NaN or no numbers, and as `checkedWeights`.
  package init(_ x: Vector, weights: Vector? = nil) throws(Failure) {
    guard x.count > 0 else { throw Failure(.data, "a sample must have at least one number") }
    for i in 0..<x.count where x[i].isNaN { throw Failure(.data, "row \(i + 1) is NaN") }
    let (weights, _) = try checkedWeights(weights, rows: x.count)
    count = x.count
    var (values, sums): ([Double], [Double]) = ([], [])
    var sum = CompensatedSum<Double>()
    for i in try x.order() where weights[i] > 0 {
      sum.add(weights[i])
      if values.last == x[i] {
        sums[sums.count - 1] = sum.value
      } else {
        values.append(x[i])
        sums.append(sum.value)
      }
    }
    (self.values, cumulative) = (try Vector(values), try Vector(sums))
  }

  private var total: Double { cumulative[cumulative.count - 1] }

  /// The share of the weight at x or below; NaN for NaN.
  package func cdf(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    let i = position { values[$0] > x }
    return i == 0 ? 0 : cumulative[i - 1] / total
  }

  /// The smallest number with the share p at it or below; the middle between it and the next, where its share is p exactly:
  /// the quantile of type 2 of Hyndman and Fan, for weights. NaN for p outside 0…1.
  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    let wanted = p * total
    let i = min(position { cumulative[$0] >= wanted }, values.count - 1)
    guard p > 0, cumulative[i] == wanted, i + 1 < values.count else { return values[i] }
    return values[i] / 2 + values[i + 1] / 2
  }

  /// The first index with a property that all later ones have too; the count where none has.
  private func position(_ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
