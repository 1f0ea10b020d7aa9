import Kernels
import Lua

/// A histogram as a script holds it.
struct HistogramObject: ScriptObject {
  static let scriptType = ScriptType("histogram")
  let histogram: Histogram
  var nativeBytes: Int { 2 * histogram.edges.count * MemoryLayout<Double>.stride }
  var brief: String { "histogram of \(histogram.counts.count) bins" }

  private var total: Double { histogram.counts.reduce(0, +) }

  fileprivate var density: [Double] {
    histogram.counts.indices.map { histogram.counts[$0] / total / (histogram.edges[$0 + 1] - histogram.edges[$0]) }
  }

  private static let mostRows = 20

  fileprivate var text: String {
    let shown = min(histogram.counts.count, HistogramObject.mostRows)
    let most = histogram.counts.max() ?? 0
    let places = decimals(of: histogram.edges, digits: 5)
    let ends = aligned(histogram.edges.prefix(shown + 1).map { fixed($0, decimals: places) }, left: false)
    let counts = aligned(histogram.counts.prefix(shown).map { Lua.text($0) }, left: false)
    let lines = (0..<shown).map { i in
      let bar = most > 0 ? Int((histogram.counts[i] / most * 40).rounded()) : 0
      return "  \(ends[i]) to \(ends[i + 1])   \(counts[i])   \(String(repeating: "█", count: bar))"
    }
    let more =
      histogram.counts.count > shown ? ["  … and \(histogram.counts.count - shown) more bins: see .counts"] : []
    return (["histogram · total \(Lua.text(total))"] + lines + more).joined(separator: "\n")
  }
}

extension TypeDeclaration {
  static let histogram = TypeDeclaration(
    HistogramObject.self, "How much of a sample is in each interval.", methods: [],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(histogram)", "The intervals, with a bar for each.",
          Parameter<HistogramObject>("histogram", .object, "the histogram"), returns: "a string",
          example: "print(stats.histogram({1, 2, 2, 3}, {bins = 3}))"
        ) { _, h in h.text })
    ],
    fields: [
      Field("edges", "vector", "where intervals meet; each holds its left end, the last both") {
        try Vector($0.histogram.edges)
      },
      Field("counts", "vector", "numbers, or weight, in each interval") { try Vector($0.histogram.counts) },
      Field("density", "vector", "counts over their sum and the width of the interval") { try Vector($0.density) },
      Field("centers", "vector", "the middle of each interval") { object in
        let edges = object.histogram.edges
        return try Vector(zip(edges, edges.dropFirst()).map { $0 / 2 + $1 / 2 })
      },
    ])
}
