import Kernels
import Lua

extension Module {
  static let kmeans = Module(
    "kmeans", "Clusters of rows about k centres, with the least sum of squared distances.", functions: [fit])

  private static let x = Parameter("x", .data, "the data: a vector, or a matrix with a row for each observation")
  private static let k = Parameter(
    "k", optional: .componentCount, otherwise: "as the start has",
    "the number of clusters, from 1 to the number of rows that differ")
  private static let restarts = Parameter("restarts", .integer(1...100_000), default: 10, "how many starts")
  private static let seed = Parameter(
    "seed", optional: Kind<Int>.integer, otherwise: "from the default stream", "fixes the starts")
  private static let rowWeights = Parameter(
    "row_weights", optional: Kind<Vector>.vector, otherwise: "1 each", "how much each row counts")
  private static let start = Parameter(
    "start", optional: Kind<KMeansStart>.start, otherwise: "many starts, by k-means++",
    "where to begin: a matrix with a row for each center, or a label from 1 to k for each row; clusters keep its order")
  private static let maxIterations = Parameter(
    "max_iterations", .integer(1...), default: 1000, "updates of the centers, from each start")
  private static let tolerance = Parameter(
    "tolerance", .nonnegative, default: 0,
    """
    a start ends when the squared moves of all centers add up to no more than this part of the columns' mean variance; \
    with 0, when no row changes its cluster
    """)
  private static let timeLimit = Parameter(
    "time_limit", optional: Kind<Double>.positive, otherwise: "none", "seconds, for all starts together")

  private static let fit = Function(
    "kmeans.fit",
    """
    Finds k clusters: those of the least inertia that many starts have led to. Each start is Lloyd's iteration to its end. \
    A cluster that loses its last row gets the row that is farthest from its center.
    """,
    x, .options([k, restarts, seed, rowWeights, start, maxIterations, tolerance, timeLimit]),
    returns: "the clusters",
    example: """
      local x = frame.load("iris"):matrix()
      local km = kmeans.fit(x, {k = 3, seed = 1})
      print(km)
      assert(math.abs(km.inertia - 78.851441426) < 1e-6)
      """
  ) { call, x, options in
    let rows = try Rows(x)
    var settings = KMeansOptions()
    settings.restarts = options[restarts]
    settings.maxIterations = options[maxIterations]
    settings.tolerance = options[tolerance]
    settings.timeLimit = options[timeLimit] ?? .infinity
    let count = try count(options[k], options[start], rows.count)
    settings.stream = call.stream(seed: options[seed])
    let line = ProgressLine()
    return KmeansObject(
      try KMeans.fit(
        rows, k: count, weights: options[rowWeights], start: options[start], settings
      ) { progress in
        line.update("kmeans.fit: start \(progress.start) of \(progress.starts), iteration \(progress.iteration)")
        return true
      }, data: x)
  }

  private static func count(_ k: ComponentCount?, _ start: KMeansStart?, _ rows: Int) throws -> Int {
    if k == nil, let start { return min(max(start.clusters, 1), rows) }
    guard let value = k?.value, value >= 1, value <= rows else {
      throw ArgumentError("k", mustBe: "an integer in 1..\(rows)", got: k?.typed ?? "nothing")
    }
    return value
  }
}

extension KMeansStart {
  /// How many clusters the start has.
  fileprivate var clusters: Int {
    switch self {
    case .centers(let matrix): matrix.rows
    case .labels(let labels): labels.array.reduce(1) { max($0, Int(exactly: $1) ?? 1) }
    }
  }
}

extension Kind where Value == KMeansStart {
  fileprivate static var start: Kind {
    Kind("a matrix of centers or a vector of labels", type: "matrix|vector") { call, slot throws -> KMeansStart? in
      switch try? Kind<Numeric>.numeric.read(call, slot) {
      case .matrix(let centers): .centers(centers)
      case .vector(let labels): .labels(labels)
      default: nil
      }
    }
  }
}
