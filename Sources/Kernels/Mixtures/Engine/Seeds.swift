/// Where EM starts from, if the user does not say: k centres, which every row then goes to the nearest of.
///
/// A portfolio, since no one kind is best everywhere: k-means++ with a few of Lloyd's steps (D. Arthur, S. Vassilvitskii,
/// SODA 2007, 1027–1035), quantiles along a direction, and rows drawn at random. Centres are found on 4,096 rows
/// at most, or k where that is more.
struct Seeds {
  /// In standard deviations of the columns.
  private let points: [[Double]]
  private let rows: Rows
  private let k: Int
  /// A draw for each start, by its number.
  private let stream: RandomStream

  init(_ rows: Rows, k: Int, from stream: RandomStream) {
    var stream = stream
    var words = stream.draw()
    (self.rows, self.k, self.stream) = (rows, k, stream)
    // Of wide rows fewer: 32 MiB hold all.
    let most = max(k, min(4096, (1 << 22) / rows.dimension))
    let indices =
      rows.count <= most
      ? Array(0..<rows.count) : (0..<most).map { _ in Int(words.integer(below: UInt64(rows.count))) }
    points = indices.map { i in
      rows.columns.enumerated().map { c, column in column.sd > 0 ? (rows.matrix[i, c] - column.mean) / column.sd : 0 }
    }
  }

  /// Centres of start number `start`: k × d, in the units of the data.
  func centres(start: Int) throws(Failure) -> [[Double]] {
    // By its number alone, so that a fit that goes on later makes the same starts.
    var own = stream
    own.jump(UInt64(start))
    var words = own.draw()
    let centres =
      switch start % 4 {
      case 1: quantiles(&words)
      case 3: drawn(&words)
      default: try lloyd(plusPlus(&words))
      }
    return centres.map { zip($0, rows.columns).map { $1.mean + $0 * $1.sd } }
  }

  /// Different rows, any as likely as any other.
  private func drawn(_ words: inout Words) -> [[Double]] {
    var order = Array(points.indices)
    for i in 0..<min(k, order.count) { order.swapAt(i, i + Int(words.integer(below: UInt64(order.count - i)))) }
    return (0..<k).map { points[order[$0 % order.count]] }
  }

  /// Each next centre is a row drawn in proportion to its squared distance from the nearest one so far.
  private func plusPlus(_ words: inout Words) throws(Failure) -> [[Double]] {
    var centres = [points[Int(words.integer(below: UInt64(points.count)))]]
    var distances = points.map { squaredDistance($0, centres[0]) }
    while centres.count < k {
      try Interruption.check()
      let centre = points[words.index(weights: distances) ?? Int(words.integer(below: UInt64(points.count)))]
      centres.append(centre)
      for i in points.indices { distances[i] = min(distances[i], squaredDistance(points[i], centre)) }
    }
    return centres
  }

  private func lloyd(_ start: [[Double]]) throws(Failure) -> [[Double]] {
    var centres = start
    for _ in 0..<5 {
      var sums = centres.map { $0.map { _ in 0.0 } }
      var counts = [Double](repeating: 0, count: k)
      for point in points {
        try Interruption.check()
        let j = nearest(point, centres)
        for c in point.indices { sums[j][c] += point[c] }
        counts[j] += 1
      }
      for j in 0..<k where counts[j] > 0 { centres[j] = sums[j].map { $0 / counts[j] } }
    }
    return centres
  }

  /// Rows at the middles of k equal groups along a random direction.
  private func quantiles(_ words: inout Words) -> [[Double]] {
    let direction = rows.columns.map { _ in words.uniform() - 0.5 }
    let heights = points.map { zip($0, direction).reduce(0) { $0 + $1.0 * $1.1 } }
    let order = points.indices.sorted { (heights[$0], $0) < (heights[$1], $1) }
    return (0..<k).map { points[order[(2 * $0 + 1) * order.count / (2 * k)]] }
  }

  private func nearest(_ point: [Double], _ centres: [[Double]]) -> Int {
    var (best, least) = (0, Double.infinity)
    for j in centres.indices {
      let distance = squaredDistance(point, centres[j])
      if distance < least { (best, least) = (j, distance) }
    }
    return best
  }

  private func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for c in a.indices { sum = sum.addingProduct(a[c] - b[c], a[c] - b[c]) }
    return sum
  }
}
