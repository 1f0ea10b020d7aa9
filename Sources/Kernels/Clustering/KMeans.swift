/// k clusters of rows with the least sum of squared distances from their means that many starts have led to, and how they were
/// found.
package struct KMeans: Sendable {
  /// k × d, ascending lexicographically; with a given start, in its order.
  package let centers: Matrix
  /// n numbers from 1 to k: the nearest centre of each row, the first of several.
  package let labels: Vector
  /// Σ wᵢ·‖xᵢ − c‖² over the rows, c the centre of each; infinite or zero where that leaves the doubles.
  package let inertia: Double
  /// Rows in each cluster.
  package let sizes: [Int]
  /// Updates of the centres on the way from the start.
  package let iterations: Int
  package let status: KMeansStatus
  package let starts: Int

  package var n: Int { labels.count }
  package var d: Int { centers.columns }
  package var k: Int { centers.rows }

  /// A start on its way, for those who watch.
  package struct Progress {
    /// Of `starts`, from 1.
    package let start: Int
    package let starts: Int
    package let iteration: Int
  }

  /// rows: n × d (read) · weights: n (read) · observe: called after each iteration, says whether to go on.
  ///
  /// Interrupted or told to stop, the result is the best so far. Throws where fewer than k rows of positive weight differ.
  package static func fit(
    _ rows: Rows, k: Int, weights: Vector? = nil, start: KMeansStart? = nil, _ options: KMeansOptions = KMeansOptions(),
    observe: (Progress) -> Bool = { _ in true }
  ) throws(Failure) -> KMeans {
    guard (1...rows.count).contains(k) else {
      throw Failure(.argument, "k must be an integer in 1..\(rows.count), got \(k)")
    }
    let points = try Points(rows, weights: weights, reaching: start?.largest ?? 0)
    let variance = rows.columns.reduce(0) { $0 + $1.sd / points.unit * ($1.sd / points.unit) } / Double(rows.dimension)
    let image = try image(of: points, rows, k)
    let deadline = Deadline(seconds: options.timeLimit)
    // One cluster has one optimum, which any start leads to.
    let starts = start == nil && k > 1 ? options.restarts : 1
    var stream = options.stream
    var best: (run: Lloyd, inertia: Double, status: KMeansStatus)?
    for number in 1...max(starts, 1) where best == nil || !deadline.hasPassed {
      var run: Lloyd?
      do throws(Failure) {
        var next = try begin(points, image, k, start, &stream)
        defer { run = next }
        let status = try next.run(options, until: deadline, shift: variance) { iteration in
          observe(Progress(start: number, starts: starts, iteration: iteration))
        }
        let inertia = try next.inertia()
        if best == nil || inertia < best!.inertia { best = (next, inertia, status) }
      } catch {
        guard error.kind == .interrupted else { throw error }
        var result = best?.run
        if result == nil { result = try run?.settled() }
        guard let result else { throw error }
        return try KMeans(result, points, .interrupted, starts: number, keepsOrder: start != nil)
      }
    }
    guard let best else { throw Failure(.argument, "restarts must be at least 1, got \(options.restarts)") }
    let status = deadline.hasPassed && starts > 1 ? .timeLimit : best.status
    return try KMeans(best.run, points, status, starts: starts, keepsOrder: start != nil)
  }

  /// nil where bounds are no gain: up to 128 numbers in all centres, plain search takes as long as reading the rows.
  private static func image(of points: Points, _ rows: Rows, _ k: Int) throws(Failure) -> FloatImage? {
    guard k > 1, k * points.dimension > 128 else { return nil }
    let unit = points.unit
    let reach = rows.columns.reduce(0) {
      max($0, $1.most / unit - $1.mean / unit, $1.mean / unit - $1.least / unit)
    }
    return try FloatImage(points, means: rows.columns.map { $0.mean / unit }, reach: reach)
  }

  private static func begin(
    _ points: Points, _ image: FloatImage?, _ k: Int, _ start: KMeansStart?, _ stream: inout RandomStream
  ) throws(Failure) -> Lloyd {
    switch start {
    case nil:
      var words = stream.draw()
      var seeds = try PlusPlus(points)
      return try Lloyd(points, image: image, centres: try seeds.centres(k, &words), k: k)
    case .centers(let matrix):
      try check(matrix, points.dimension, k)
      return try Lloyd(points, image: image, centres: try rowAfterRow(matrix, over: points.unit), k: k)
    case .labels(let labels):
      try check(labels, points.count, k)
      return try Lloyd(points, image: image, labels: try Vector(labels.array.map { $0 - 1 }), k: k)
    }
  }

  private static func check(_ centers: Matrix, _ d: Int, _ k: Int) throws(Failure) {
    guard centers.rows == k, centers.columns == d else {
      throw Failure(
        .shape, "start must be centers of \(k) x \(d) or labels, got a matrix of \(centers.rows) x \(centers.columns)")
    }
    if let i = centers.elements.firstNonFinite {
      throw Failure(
        .data, "start: column \(i / k + 1), row \(i % k + 1) is \(centers.elements[i].named)")
    }
  }

  private static func check(_ labels: Vector, _ n: Int, _ k: Int) throws(Failure) {
    guard labels.count == n else {
      throw Failure(.shape, "start must have a label for each of \(n) rows, got \(labels.count) labels")
    }
    var isUsed = [Bool](repeating: false, count: k)
    for i in 0..<n {
      guard let label = Int(exactly: labels[i]), (1...k).contains(label) else {
        throw Failure(.argument, "labels must be integers in 1..\(k), but label \(i + 1) is \(labels[i].named)")
      }
      isUsed[label - 1] = true
    }
    if let j = isUsed.firstIndex(of: false) {
      throw Failure(.argument, "each cluster must have a row to start with, but no label is \(j + 1)")
    }
  }

  private init(
    _ run: Lloyd, _ points: Points, _ status: KMeansStatus, starts: Int, keepsOrder: Bool
  ) throws(Failure) {
    let (k, d) = (run.k, points.dimension)
    func isBefore(_ a: Int, _ b: Int) -> Bool {
      for c in 0..<d where run.centres[a * d + c] != run.centres[b * d + c] {
        return run.centres[a * d + c] < run.centres[b * d + c]
      }
      return a < b
    }
    let order = keepsOrder ? Array(0..<k) : (0..<k).sorted(by: isBefore)
    var place = [Int](repeating: 0, count: k)
    var sizes = [Int](repeating: 0, count: k)
    centers = try Matrix(uninitializedRows: k, columns: d)
    for (p, j) in order.enumerated() {
      place[j] = p
      for c in 0..<d { centers[p, c] = run.centres[j * d + c] * points.unit }
    }
    labels = try Vector(uninitialized: points.count)
    for i in 0..<points.count {
      let p = place[Int(run.labels[i])]
      labels[i] = Double(p + 1)
      sizes[p] += 1
    }
    self.sizes = sizes
    inertia = try run.inertia() * points.unit * points.unit * points.weightUnit
    (iterations, self.status, self.starts) = (run.iterations, status, starts)
  }
}

// New rows.
extension KMeans {
  /// x: m × d (read) → m numbers from 1 to k: the nearest centre of each row
  package func predict(_ x: Matrix) throws(Failure) -> Vector {
    let (points, nearest) = try prepared(x)
    let labels = try nearest.labels(points.matrix)
    for i in 0..<x.rows { labels[i] += 1 }
    return labels
  }

  /// x: m × d (read) → m × k: the distance of each row from each centre
  package func distances(_ x: Matrix) throws(Failure) -> Matrix {
    let (points, nearest) = try prepared(x)
    let distances = try nearest.distances(points.matrix)
    if points.unit != 1 { distances.elements.withValues { for i in $0.indices { $0[i] *= points.unit } } }
    return distances
  }

  private func prepared(_ x: Matrix) throws(Failure) -> (Points, NearestCentres) {
    guard x.columns == d else { throw Failure(.shape, "rows of \(d) numbers are wanted, got \(x.columns)") }
    let points = try Points(try Rows(x), reaching: KMeansStart.centers(centers).largest)
    return (points, NearestCentres(centres: try KMeans.rowAfterRow(centers, over: points.unit), k: k))
  }

  private static func rowAfterRow(_ centers: Matrix, over unit: Double) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: centers.count)
    for j in 0..<centers.rows {
      for c in 0..<centers.columns { result[j * centers.columns + c] = centers[j, c] / unit }
    }
    return result
  }
}

extension KMeansStart {
  /// The largest absolute value of a coordinate.
  fileprivate var largest: Double {
    guard case .centers(let matrix) = self else { return 0 }
    return matrix.elements.array.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
  }
}

extension Lloyd {
  /// After an interrupt, with each row at its nearest centre once more; nil where no centre has moved yet.
  fileprivate func settled() throws(Failure) -> Lloyd? {
    guard iterations > 0 else { return nil }
    let flag = Interruption.flag
    Interruption.flag = nil
    defer { Interruption.flag = flag }
    try assignAnew()
    return self
  }
}
