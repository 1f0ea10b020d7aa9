/// Centres to begin with: greedy k-means++. Each next centre is the best of 2 + log k rows, drawn in proportion to their squared
/// distances from the nearest centre so far.
///
/// D. Arthur, S. Vassilvitskii, k-means++: the advantages of careful seeding, SODA 2007, 1027–1035; the greedy choice among
/// several candidates is from its section 7.
struct PlusPlus {
  private static let chunk = 4096

  private let points: Points
  /// wᵢ·(squared distance of row i from the nearest centre so far), and the sums over the rows of each chunk.
  private let shares: Vector
  private var chunks: [Double] = []

  init(_ points: Points) throws(Failure) {
    self.points = points
    shares = try Vector(uninitialized: points.count)
  }

  /// k centres, row after row. Throws where fewer than k rows differ.
  mutating func centres(_ k: Int, _ words: inout Words) throws(Failure) -> Vector {
    let d = points.dimension
    let centres = try Vector(uninitialized: k * d)
    for i in 0..<points.count { shares[i] = points.weight(i) }
    chunks = try Parallel.map(points.count, chunk: PlusPlus.chunk) { $0.reduce(0) { $0 + shares[$1] } }
    var isFirst = true
    let candidates = 2 + Int(log(Double(k)))
    for j in 0..<k {
      try Interruption.check()
      guard chunks.reduce(0, +) > 0 else { throw .tooFewDistinctRows(j, k: k) }
      let row = isFirst ? draw(&words) : try best((0..<candidates).map { _ in draw(&words) })
      for c in 0..<d { centres[j * d + c] = points.matrix[row, c] }
      try approach(row, isFirst: isFirst)
      isFirst = false
    }
    return centres
  }

  /// A row, in proportion to its share.
  private func draw(_ words: inout Words) -> Int {
    var left = words.uniform() * chunks.reduce(0, +)
    var chunk = 0
    while chunk < chunks.count - 1, left >= chunks[chunk] || chunks[chunk] == 0 {
      left -= chunks[chunk]
      chunk += 1
    }
    // Where rounding leads past the end, the last row that has a share.
    while chunk > 0, chunks[chunk] == 0 { chunk -= 1 }
    var last = chunk * PlusPlus.chunk
    for i in chunk * PlusPlus.chunk..<min(points.count, (chunk + 1) * PlusPlus.chunk) where shares[i] > 0 {
      if left < shares[i] { return i }
      left -= shares[i]
      last = i
    }
    return last
  }

  /// The row that as a centre leaves least to the others.
  private func best(_ rows: [Int]) throws(Failure) -> Int {
    let parts = try Parallel.map(points.count, chunk: PlusPlus.chunk) { (range) throws(Failure) in
      var sums = [Double](repeating: 0, count: rows.count)
      for (r, row) in rows.enumerated() {
        try forEachSquare(range, from: row) { i, square in sums[r] += min(shares[i], square * points.weight(i)) }
      }
      return sums
    }
    let totals = parts.reduce(into: [Double](repeating: 0, count: rows.count)) { totals, part in
      for r in totals.indices { totals[r] += part[r] }
    }
    let least = totals.min() ?? 0
    return rows[totals.firstIndex(of: least) ?? 0]
  }

  /// Row `row` is now a centre.
  private mutating func approach(_ row: Int, isFirst: Bool) throws(Failure) {
    chunks = try Parallel.map(points.count, chunk: PlusPlus.chunk) { (range) throws(Failure) in
      var sum = 0.0
      try forEachSquare(range, from: row) { i, square in
        let share = square * points.weight(i)
        shares[i] = isFirst ? share : min(shares[i], share)
        sum += shares[i]
      }
      return sum
    }
  }

  /// The squared distance of each row of `range` from row `row`.
  @inline(__always)
  private func forEachSquare(_ range: Range<Int>, from row: Int, _ body: (Int, Double) -> Void) throws(Failure) {
    let centre = try points.matrix.row(row)
    try points.matrix.forEachBlock(range, workspace: 32, nil) { block, first in
      centre.withValues { centre in
        guard let base = centre.baseAddress else { return }
        let squares = UnsafeMutableBufferPointer(start: block.workspace, count: 32)
        for g in stride(from: 0, to: block.groups, by: 4) {
          let count = min(32, block.rows - 8 * g)
          block.squaredDistances(to: base, columns: points.dimension, from: g).write(to: squares, at: 0, count)
          for r in 0..<count { body(first + 8 * g + r, squares[r]) }
        }
      }
    }
  }
}

extension Failure {
  static func tooFewDistinctRows(_ count: Int, k: Int) -> Failure {
    Failure(
      .data, "k is \(k), but there \(count == 1 ? "is" : "are") only \(count) distinct row\(count == 1 ? "" : "s")")
  }
}
