// How sure a mixture is of which component made each row.
extension Mixture {
  /// 1 − maxⱼ P(j | row): n. NaN for rows that no component can have made.
  package func uncertainty(_ rows: Matrix) throws(Failure) -> Vector {
    let posterior = try posterior(rows)
    let result = try Vector(uninitialized: rows.rows)
    for i in 0..<rows.rows {
      // The others' sum, which keeps the digits that 1 − maximum would lose.
      var (best, sum) = (0, 0.0)
      for j in weights.indices where posterior[i, j] > posterior[i, best] { best = j }
      for j in weights.indices where j != best { sum += posterior[i, j] }
      result[i] = posterior[i, best].isNaN ? .nan : sum
    }
    return result
  }

  /// −Σᵢ Σⱼ P(j | row i)·log P(j | row i), from 0 to n·log k.
  package func classificationEntropy(_ rows: Matrix) throws(Failure) -> Double {
    let posterior = try posterior(rows)
    return try Parallel.map(rows.rows, chunk: 4096) { range in
      var sum = 0.0
      for i in range { for j in weights.indices { sum -= xLogX(posterior[i, j]) } }
      return sum
    }.reduce(0, +)
  }

  /// How many rows each component is expected to have made, and of how many it is the likeliest: k each.
  package func sizes(_ rows: Matrix) throws(Failure) -> (expected: [Double], observed: [Int]) {
    let (posterior, labels) = (try posterior(rows), try classify(rows))
    var (expected, observed) = ([Double](repeating: 0, count: weights.count), [Int](repeating: 0, count: weights.count))
    for j in weights.indices {
      expected[j] = try weightedSum(posterior.column(j), posterior.column(j)) { r, _ in r }
    }
    for i in 0..<labels.count where !labels[i].isNaN { observed[Int(labels[i]) - 1] += 1 }
    return (expected, observed)
  }
}

/// x·log x, with its limit 0 at 0.
func xLogX(_ x: Double) -> Double { x == 0 ? 0 : x * log(x) }
