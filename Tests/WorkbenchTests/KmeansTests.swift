import Testing
import Workbench

@Suite struct KmeansTests {
  @Test(arguments: [
    """
    local iris = frame.load "iris"
    local x = iris:matrix{"sepal_length", "sepal_width", "petal_length", "petal_width"}
    local km = kmeans.fit(x, {k = 3, restarts = 20, seed = 123})
    assert(math.abs(km.inertia - 78.851441426) < 1e-6)
    assert(#km.labels == 150 and km.centers.rows == 3 and km.centers.cols == 4 and km.sizes:sum() == 150)
    assert(km.converged and km.status == "converged" and km.starts == 20 and km.iterations > 0)
    assert(km:predict(x):eq(km.labels):sum() == 150 and km:distances(x).cols == 3)
    local table = stats.crosstab(iris.species, km.labels)
    assert(table.counts(1, 1) == 50 and table.counts(2, 2) == 48 and table.counts(2, 3) == 2)
    assert(table.counts(3, 2) == 14 and table.counts(3, 3) == 36 and table.row_names[3] == "virginica")
    -- scikit-learn's figure.
    assert(math.abs(stats.adjusted_rand(iris.species, km.labels) - 0.7302382722834697) < 1e-14)
    """,
    """
    local km = kmeans.fit({0, 1, 10, 11}, {start = {{10}, {0}}})
    assert(km.centers(1, 1) == 10.5 and km.labels[1] == 2 and km.k == 2)
    assert(kmeans.fit({0, 1, 10, 11}, {start = {2, 2, 1, 1}}).labels[4] == 1)
    assert(kmeans.fit({0, 1, 10}, {k = 2, row_weights = {3, 1, 1}}).centers(1, 1) == 0.25)
    """,
  ])
  func scripts(_ script: String) throws { _ = try evaluate(script) }

  @Test func oneScreen() throws {
    let text = try evaluate("return tostring(kmeans.fit({0, 1, 10, 11, 12}, {k = 2, seed = 1}))")
    #expect(
      text[0].contains(
        """
        k-means · k = 2 · n = 5
          inertia 2.5
        """))
    #expect(text[0].contains("cluster   size   center") && text[0].contains("3   11.000"))
    let table = try evaluate("return tostring(stats.crosstab({'a', 'b', 'a'}, {1, 1, 2}))")
    #expect(table[0].contains("a   1   1") && table[0].contains("b   1   0"))
  }

  @Test(arguments: [
    ("kmeans.fit(x, {k = 0})", "kmeans.fit: k must be an integer in 1..150, got 0"),
    ("kmeans.fit(x, {k = 2.5})", "kmeans.fit: k must be an integer in 1..150, got 2.5"),
    ("kmeans.fit(x, {})", "kmeans.fit: k must be an integer in 1..150, got nothing"),
    (
      "kmeans.fit(x, {clusters = 3})",
      "kmeans.fit: unknown option 'clusters' (known: k, restarts, seed, row_weights, start, max_iterations, tolerance, time_limit)"
    ),
    ("kmeans.fit({{1, 2}, {3, 0/0}}, {k = 1})", "kmeans.fit: column 2, row 2 is NaN"),
    ("kmeans.fit({1, 1, 1}, {k = 2})", "kmeans.fit: k is 2, but there is only 1 distinct row"),
    (
      "kmeans.fit({1, 2}, {k = 1, row_weights = {1}})",
      "kmeans.fit: one weight per row is wanted, got 1 weights and 2 rows"
    ),
    ("kmeans.fit({}, {k = 1})", "kmeans.fit: at least one row is wanted, got 0 x 1 numbers"),
    ("stats.adjusted_rand({1, 2}, {1})", "stats.adjusted_rand: as many rows of both are wanted, got 2 and 1"),
    ("stats.crosstab({1, 0/0}, {1, 2})", "stats.crosstab: row 2 is NaN"),
  ])
  func messages(_ script: String, _ message: String) throws {
    let result = try evaluate(
      """
      local x = frame.load("iris"):matrix()
      local ok, e = pcall(function() \(script) end)
      return ok, type(e) == "table" and e.message or e
      """)
    #expect(result == ["false", message])
  }

  private func evaluate(_ script: String) throws -> [String] {
    try Session.open { try $0.run(.text(script, name: "=test"), describingResults: true) }
  }
}
