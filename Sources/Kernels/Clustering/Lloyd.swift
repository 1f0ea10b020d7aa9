/// k-means from one start: rows go to their nearest centre, centres to the mean of their rows, in turn.
///
/// S. P. Lloyd, Least squares quantization in PCM, IEEE Trans. Inf. Theory 28 (1982), 129–137, doi:10.1109/TIT.1982.1056489.
struct Lloyd {
  private let points: Points
  let k: Int
  /// k centres of d numbers, row after row.
  let centres: Vector
  /// n numbers from 0, and squared distances from the centre.
  let labels: Vector
  let distances: Vector
  /// Updates of the centres.
  private(set) var iterations = 0

  private var sums: ClusterSums
  /// nil where there are so few centres and columns that plain search is sooner done than bounds are kept.
  private let bounded: BoundedSearch?

  /// image: of the points, where there is one
  init(_ points: Points, image: FloatImage?, centres: Vector, k: Int) throws(Failure) {
    (self.points, self.centres, self.k) = (points, centres, k)
    bounded = try image.map { (image) throws(Failure) in try BoundedSearch(points, image: image, k: k) }
    labels = try Vector(uninitialized: points.count)
    distances = try Vector(uninitialized: points.count)
    labels.withValues { $0.update(repeating: -1) }
    sums = try ClusterSums(points, k: k)
  }

  /// labels: n numbers from 0; each of the k clusters has a row.
  init(_ points: Points, image: FloatImage?, labels start: Vector, k: Int) throws(Failure) {
    try self.init(points, image: image, centres: try Vector.zeros(k * points.dimension), k: k)
    start.write(to: labels, from: 0)
    try sums.apply((0..<points.count).map { Move(row: $0, from: nil, to: Int(start[$0])) })
    _ = moveCentres()
  }

  /// Goes on until nothing changes or a limit is met; then each row has the nearest of `centres`. `observe` is called after each
  /// update, and says whether to go on.
  mutating func run(
    _ options: KMeansOptions, until deadline: Deadline, shift: Double, observe: (Int) -> Bool
  ) throws(Failure) -> KMeansStatus {
    while true {
      let moves = try assign()
      if iterations >= options.maxIterations { return .maxIterations }
      if deadline.hasPassed { return .timeLimit }
      try sums.apply(moves)
      let filled = try fillEmptyClusters()
      if moves.isEmpty && !filled {
        let full = sums.counts.count { $0 > 0 }
        guard full == k else { throw .tooFewDistinctRows(full, k: k) }
        return .converged
      }
      let moved = moveCentres()
      iterations += 1
      if !observe(iterations) { throw Failure(.interrupted, "interrupted") }
      if options.tolerance > 0, moved <= options.tolerance * shift {
        _ = try assign()
        return .converged
      }
    }
  }

  /// Each row to its nearest centre. → those that change
  private func assign() throws(Failure) -> [Move] {
    if let bounded { return try bounded.assign(to: centres, labels: labels) }
    return try NearestCentres(centres: centres, k: k).reassign(points.matrix, labels: labels)
  }

  /// An empty cluster gets the row that is farthest from its centre, the first of several; not the last of another cluster, and
  /// none that is where its centre is. → whether there was one
  private mutating func fillEmptyClusters() throws(Failure) -> Bool {
    guard sums.counts.contains(0) else { return false }
    try measure()
    var filled = false
    for j in 0..<k where sums.counts[j] == 0 {
      guard let row = try farthestRow() else { break }
      try sums.apply([Move(row: row, from: Int(labels[row]), to: j)])
      (labels[row], distances[row]) = (Double(j), 0)
      bounded?.forget(row)
      filled = true
    }
    return filled
  }

  private func farthestRow() throws(Failure) -> Int? {
    let counts = sums.counts
    let parts = try Parallel.map(points.count, chunk: 1 << 14) { range in
      var best: (row: Int, distance: Double)?
      for i in range where distances[i] > best?.distance ?? 0 && points.weight(i) > 0 && counts[Int(labels[i])] > 1 {
        best = (i, distances[i])
      }
      return best
    }
    return parts.reduce(nil) { $1?.distance ?? 0 > $0?.distance ?? 0 ? $1 : $0 }?.row
  }

  /// Each centre to the mean of its rows; that of an empty cluster stays. → the sum of the squared moves
  private func moveCentres() -> Double {
    let d = points.dimension
    var sum = 0.0
    for j in 0..<k where sums.counts[j] > 0 {
      for c in 0..<d {
        let mean = sums.mean(j, column: c)
        let step = mean - centres[j * d + c]
        sum = sum.addingProduct(step, step)
        centres[j * d + c] = mean
      }
    }
    return sum
  }

  /// The squared distance of each row from its centre, which the search leaves out.
  private func measure() throws(Failure) {
    let (x, d) = (points.matrix, points.dimension)
    try Parallel.forEach(points.count, chunk: 1024) { range in
      x.elements.withValues { x in
        for i in range { distances[i] = 0 }
        for c in 0..<d {
          for i in range {
            let step = x[c * points.count + i] - centres[Int(labels[i]) * d + c]
            distances[i] = distances[i].addingProduct(step, step)
          }
        }
      }
    }
  }

  /// Σ wᵢ·(squared distance of row i from its centre), compensated.
  func inertia() throws(Failure) -> Double {
    try measure()
    guard let weights = points.weights else { return try distances.sum() }
    return try distances.dot(weights)
  }

  /// After an interrupt: each row at its nearest centre once more.
  func assignAnew() throws(Failure) {
    bounded?.reset()
    _ = try assign()
  }
}
