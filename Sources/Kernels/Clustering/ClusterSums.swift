/// A row that changes its cluster.
struct Move {
  let row: Int
  /// nil where it had none.
  let from: Int?
  let to: Int
}

/// The sum of the rows of each cluster, kept up as rows move: in twice the precision, so that it is, rounded, the sum of the rows
/// whatever way they came.
struct ClusterSums {
  private let points: Points
  private let k: Int
  /// d × k sums, and their rounding errors.
  private let sums: Vector
  private let errors: Vector
  private var weights: [CompensatedSum<Double>]
  /// Rows of positive weight in each cluster.
  private(set) var counts: [Int]

  init(_ points: Points, k: Int) throws(Failure) {
    (self.points, self.k) = (points, k)
    sums = try Vector.zeros(k * points.dimension)
    errors = try Vector.zeros(k * points.dimension)
    weights = Array(repeating: CompensatedSum(), count: k)
    counts = Array(repeating: 0, count: k)
  }

  /// Each column on one thread, in the order of the moves.
  mutating func apply(_ moves: [Move]) throws(Failure) {
    try Parallel.forEach(points.dimension, chunk: 1) { columns in
      for c in columns { add(column: c, moves) }
    }
    for move in moves where points.weight(move.row) > 0 {
      if let from = move.from { leave(from, points.weight(move.row)) }
      weights[move.to].add(points.weight(move.row))
      counts[move.to] += 1
    }
    // What rounding has left of a cluster that has lost its last row would stay for good.
    for j in 0..<k where counts[j] == 0 {
      weights[j] = CompensatedSum()
      for c in 0..<points.dimension { (sums[c * k + j], errors[c * k + j]) = (0, 0) }
    }
  }

  private mutating func leave(_ cluster: Int, _ weight: Double) {
    weights[cluster].add(-weight)
    counts[cluster] -= 1
  }

  private func add(column c: Int, _ moves: [Move]) {
    let column = points.matrix.column(c)
    sums.withValues { sums in
      errors.withValues { errors in
        column.withValues { x in
          for move in moves {
            let (x, weight) = (x[move.row], points.weight(move.row))
            if let from = move.from { accumulate(-x, weight, &sums[c * k + from], &errors[c * k + from]) }
            accumulate(x, weight, &sums[c * k + move.to], &errors[c * k + move.to])
          }
        }
      }
    }
  }

  /// Σxᵢwᵢ/Σwᵢ of cluster `j` in column `c`, rounded once or nearly so. Not to be asked of an empty cluster.
  func mean(_ j: Int, column c: Int) -> Double {
    let (sum, error) = (sums[c * k + j], errors[c * k + j])
    let weight = weights[j].value
    let mean = sum / weight
    return mean + (sum.addingProduct(-mean, weight) + error) / weight
  }
}

/// sum + error grow by x·weight (algorithm Dot2, as in `CompensatedSum`).
@inline(__always)
private func accumulate(_ x: Double, _ weight: Double, _ sum: inout Double, _ error: inout Double) {
  let product = x * weight
  let total = sum + product
  let back = total - sum
  error += ((sum - (total - back)) + (product - back)) + (-product).addingProduct(x, weight)
  sum = total
}
