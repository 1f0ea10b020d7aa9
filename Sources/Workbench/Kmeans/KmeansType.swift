import Kernels
import Lua

/// Clusters as a script holds them.
struct KmeansObject: ScriptObject {
  static let scriptType = ScriptType("kmeans")
  let result: KMeans
  /// What was clustered, as the script holds it.
  let data: Matrix

  init(_ result: KMeans, data: Matrix) { (self.result, self.data) = (result, data) }

  var nativeBytes: Int { (result.n + result.centers.count) * MemoryLayout<Double>.stride }
  var brief: String { "\(result.k) clusters of \(result.n) rows" }
}

extension TypeDeclaration {
  static let kmeans = TypeDeclaration(
    KmeansObject.self, "Clusters of rows: their centers, the label of each row, and how they were found.",
    methods: [predict, distances, plotOfClusters],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(kmeans)", "The whole story, on one screen.", object, returns: "a string",
          example: "print(kmeans.fit(frame.load(\"faithful\").eruptions, {k = 2}))"
        ) { _, km in km.result.text })
    ],
    fields: [
      Field("labels", "vector", "the cluster of each row, from 1 to k; a copy") { try $0.result.labels.copy() },
      Field("centers", "matrix", "k x d: the mean of each cluster; a copy") { try $0.result.centers.copy() },
      Field("inertia", "number", "the sum of squared distances from the centers, by row_weights") { $0.result.inertia },
      Field("sizes", "vector", "rows in each cluster") { try Vector($0.result.sizes.map { Double($0) }) },
      Field("iterations", "integer", "updates of the centers on the way from the start") { $0.result.iterations },
      Field("status", "string", "converged, max_iterations, time_limit or interrupted") { $0.result.status.rawValue },
      Field("converged", "boolean", "whether the status is converged") { $0.result.status == .converged },
      Field("starts", "integer", "how many starts there were") { $0.result.starts },
      Field("n", "integer", "rows") { $0.result.n },
      Field("d", "integer", "columns") { $0.result.d },
      Field("k", "integer", "clusters") { $0.result.k },
    ])

  private static let object = Parameter<KmeansObject>("kmeans", .object, "the clusters")
  private static let rows = Parameter("x", .data, "a vector, or a matrix with a row for each observation")

  private static let predict = Function(
    "kmeans:predict", "The cluster whose center is nearest to each row, the first of several.", object, rows,
    returns: "a vector of numbers from 1 to k",
    example: """
      local waiting = frame.load("faithful").waiting
      print(kmeans.fit(waiting, {k = 2}):predict{50, 60, 70, 80})
      """
  ) { _, km, x in try km.result.predict(x) }

  private static let distances = Function(
    "kmeans:distances", "How far each row is from each center.", object, rows,
    returns: "a matrix, rows x k",
    example: """
      local waiting = frame.load("faithful").waiting
      print(kmeans.fit(waiting, {k = 2}):distances{50, 60, 70, 80})
      """
  ) { _, km, x in try km.result.distances(x) }
}
