import Kernels
import Testing

/// Rows of `d` numbers about `k` places, on a grid of eighths where ties are many, or off it.
private func data(_ n: Int, _ d: Int, places k: Int, onGrid: Bool, seed: UInt64) -> [[Double]] {
  var stream = RandomStream(seed: seed)
  return (0..<n).map { i in
    (0..<d).map { c in
      var words = stream.draw()
      let x = Double((i % k) * (c + 3) % 7) + 3 * (words.uniform() + words.uniform())
      return onGrid ? (x * 2).rounded() / 2 : x
    }
  }
}

private func same(_ x: [[Double]], weights: [Double]? = nil, from centers: [[Double]]) throws {
  let plain = PlainLloyd(x, weights: weights, centers: centers)
  let km = try KMeans.fit(
    try Rows(try Matrix(rows: x)), k: centers.count, weights: try weights.map { try Vector($0) },
    start: .centers(try Matrix(rows: centers)))
  #expect(km.status == .converged && km.labels.array == plain.labels.map { Double($0 + 1) })
  #expect(km.iterations == plain.iterations)
  #expect(abs(km.inertia - plain.inertia) <= 1e-12 * plain.inertia)
  for j in centers.indices {
    for c in centers[j].indices { #expect(abs(km.centers[j, c] - plain.centers[j][c]) <= 1e-14 * 30) }
  }
}

@Suite struct KMeansTests {
  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch let failure as Failure { return failure.message } catch { return "\(error)" }
    return "no error"
  }

  @Test func irisIsPublished() throws {
    var options = KMeansOptions()
    options.stream = RandomStream(seed: 123)
    let km = try KMeans.fit(try DataSets.iris(), k: 3, options)
    #expect(abs(km.inertia - 78.851441426) < 1e-6)
    #expect(km.sizes == [50, 62, 38] && km.status == .converged && km.starts == 10)
  }

  @Test(arguments: [
    (300, 1, 2), (500, 2, 8), (400, 3, 17), (300, 5, 33), (257, 8, 5), (150, 20, 40), (600, 6, 40), (400, 16, 64),
    (300, 9, 100),
  ])
  func isPlainLloyd(n: Int, d: Int, k: Int) throws {
    for onGrid in [false, true] {
      let x = data(n, d, places: k, onGrid: onGrid, seed: UInt64(n + d))
      try same(x, from: Array(x[..<k]))
    }
  }

  @Test func weightedRowsAreManyRows() throws {
    let x = data(120, 2, places: 4, onGrid: false, seed: 5)
    let weights = x.indices.map { Double($0 % 4) + 1 }
    try same(x, weights: weights, from: Array(x[..<4]))
    let repeated = zip(x, weights).flatMap { Array(repeating: $0, count: Int($1)) }
    let start = KMeansStart.centers(try Matrix(rows: Array(x[..<4])))
    let a = try KMeans.fit(try Rows(try Matrix(rows: x)), k: 4, weights: try Vector(weights), start: start)
    let b = try KMeans.fit(try Rows(try Matrix(rows: repeated)), k: 4, start: start)
    #expect(abs(a.inertia - b.inertia) <= 1e-12 * b.inertia && a.centers.elements.array == b.centers.elements.array)
  }

  /// Two centres far off, and two that are equal: clusters lose all rows, and get those that are farthest.
  @Test func emptyClustersAreFilled() throws {
    let x = data(200, 2, places: 5, onGrid: false, seed: 8)
    try same(x, from: [x[0], x[1], [1e6, 1e6], [-1e6, 0]])
    try same(x, from: [x[0], x[0], x[0], x[0], x[0]])
  }

  @Test(arguments: [1, 2, 3, 7])
  func sameBitsOnAnyNumberOfThreads(threads: Int) throws {
    let rows = try Rows(try Matrix(rows: data(20_000, 3, places: 6, onGrid: false, seed: 2)))
    var options = KMeansOptions()
    options.restarts = 2
    func fit(_ threads: Int) throws -> KMeans {
      let before = Parallel.threads
      Parallel.threads = threads
      defer { Parallel.threads = before }
      return try KMeans.fit(rows, k: 6, options)
    }
    let (one, many) = (try fit(1), try fit(threads))
    #expect(one.inertia == many.inertia && one.labels.array == many.labels.array)
    #expect(one.centers.elements.array == many.centers.elements.array)
  }

  @Test func clustersAscendByTheirCenters() throws {
    let km = try KMeans.fit(try DataSets.rows([9, 1, 9, 5, 1, 5, 5]), k: 3)
    #expect(km.centers.elements.array == [1, 5, 9] && km.labels.array == [3, 1, 3, 2, 1, 2, 2])
    #expect(km.sizes == [2, 3, 2] && km.inertia == 0)
    let start = KMeansStart.labels(try Vector([1, 3, 1, 2, 3, 2, 2]))
    let kept = try KMeans.fit(try DataSets.rows([9, 1, 9, 5, 1, 5, 5]), k: 3, start: start)
    #expect(kept.centers.elements.array == [9, 5, 1] && kept.iterations == 0 && kept.starts == 1)
  }

  @Test func newRows() throws {
    let km = try KMeans.fit(try DataSets.rows([0, 0, 10, 10]), k: 2)
    let x = try Matrix(rows: [[-1], [4], [5], [6], [1e200]])
    // So far away, both centres are as near as the other, in doubles: the first is taken.
    #expect(try km.predict(x).array == [1, 1, 1, 2, 1])
    #expect(try km.distances(x).column(1).array == [11, 6, 5, 4, 1e200])
    #expect(message { _ = try km.predict(try Matrix(rows: [[1, 2]])) } == "rows of 1 numbers are wanted, got 2")
    #expect(message { _ = try km.predict(try Matrix(rows: [[1], [.nan]])) } == "column 1, row 2 is NaN")
  }

  @Test(arguments: [1e-300, 1e-160, 1, 1e160, 1e300])
  func scales(scale: Double) throws {
    let x = data(100, 2, places: 3, onGrid: false, seed: 4)
    let start = Array(x[..<3])
    // Powers of two keep all digits.
    let unit = scale.binade
    func fit(_ unit: Double) throws -> KMeans {
      try KMeans.fit(
        try Rows(try Matrix(rows: x.map { $0.map { $0 * unit } })), k: 3,
        start: .centers(try Matrix(rows: start.map { $0.map { $0 * unit } })))
    }
    let (one, scaled) = (try fit(1), try fit(unit))
    #expect(scaled.labels.array == one.labels.array && scaled.inertia == one.inertia * unit * unit)
    #expect(scaled.centers.elements.array == one.centers.elements.array.map { $0 * unit })
  }

  @Test func hostileRows() throws {
    let one = try KMeans.fit(try DataSets.rows([7]), k: 1)
    #expect(one.centers[0, 0] == 7 && one.inertia == 0 && one.sizes == [1])
    let equal = try DataSets.rows([4, 4, 4])
    #expect(try KMeans.fit(equal, k: 1).inertia == 0)
    #expect(message { _ = try KMeans.fit(equal, k: 2) } == "k is 2, but there is only 1 distinct row")
    let start = KMeansStart.centers(try Matrix(rows: [[4], [9]]))
    #expect(message { _ = try KMeans.fit(equal, k: 2, start: start) } == "k is 2, but there is only 1 distinct row")
    #expect(message { _ = try KMeans.fit(equal, k: 0) } == "k must be an integer in 1..3, got 0")
    #expect(message { _ = try KMeans.fit(equal, k: 4) } == "k must be an integer in 1..3, got 4")
    let all = try KMeans.fit(try DataSets.rows([3, 1, 2, 5]), k: 4)
    #expect(all.labels.array == [3, 1, 2, 4] && all.inertia == 0)
    // Rows of weight 0 have a label and no say.
    let weights = try Vector([1.0, 1, 0])
    let light = try KMeans.fit(try DataSets.rows([0, 1, 50]), k: 2, weights: weights)
    #expect(light.centers.elements.array == [0, 1] && light.labels.array == [1, 2, 2] && light.inertia == 0)
    #expect(
      message { _ = try KMeans.fit(try DataSets.rows([0, 1, 50]), k: 3, weights: weights) }
        == "k is 3, but there are only 2 distinct rows")
    let plane = try Rows(try Matrix(rows: (0..<30).map { [Double($0 / 10), 7] }))
    #expect(try KMeans.fit(plane, k: 3).inertia == 0)
  }

  @Test func startsThatDoNotFit() throws {
    let rows = try DataSets.rows([1, 2, 3, 4])
    func error(_ start: KMeansStart) -> String { message { _ = try KMeans.fit(rows, k: 2, start: start) } }
    #expect(error(.labels(try Vector([1, 2]))) == "start must have a label for each of 4 rows, got 2 labels")
    #expect(error(.labels(try Vector([1, 2, 3, 1]))) == "labels must be integers in 1..2, but label 3 is 3")
    #expect(
      error(.labels(try Vector([1, 1, 1, 1]))) == "each cluster must have a row to start with, but no label is 2")
    #expect(error(.centers(try Matrix(rows: [[1], [.nan]]))) == "start: column 1, row 2 is NaN")
    #expect(
      error(.centers(try Matrix(rows: [[1, 2]])))
        == "start must be centers of 2 x 1 or labels, got a matrix of 1 x 2")
  }

  @Test func limitsAreHonest() throws {
    let rows = try Rows(try Matrix(rows: data(500, 2, places: 1, onGrid: false, seed: 3)))
    var options = KMeansOptions()
    options.maxIterations = 2
    let short = try KMeans.fit(rows, k: 7, options)
    #expect(short.status == .maxIterations && short.iterations == 2)
    #expect(try short.predict(rows.matrix).array == short.labels.array)
    options = KMeansOptions()
    options.timeLimit = 0
    #expect(try KMeans.fit(rows, k: 7, options).status == .timeLimit)
    options = KMeansOptions()
    options.tolerance = 1e-2
    #expect(try KMeans.fit(rows, k: 7, options).status == .converged)
    var passes = 0
    let stopped = try KMeans.fit(rows, k: 7) { _ in
      passes += 1
      return passes < 3
    }
    #expect(stopped.status == .interrupted && stopped.iterations == 3 && stopped.inertia.isFinite)
  }
}

@Suite struct CrosstabTests {
  /// Hubert and Arabie's measure of small tables, by hand: together 2, pairs 6 and 3 of 15.
  @Test func adjustedRand() throws {
    let table = try Crosstab([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2])
    #expect(table.counts == [[2, 1, 0], [0, 1, 2]])
    // Together: 2; pairs 6 and 3 of 15, expected 6·3/15 = 1.2; (2 − 1.2)/(4.5 − 1.2).
    #expect(abs(table.adjustedRand - 0.8 / 3.3) < 1e-15)
    #expect(try Crosstab([0, 1, 2], [2, 0, 1]).adjustedRand == 1)
    #expect(try Crosstab([0, 0], [0, 0]).adjustedRand == 1)
    #expect(try Crosstab([], []).adjustedRand == 1)
  }
}
