import Kernels
import Lua

extension Function {
  static let histogram = Function(
    "stats.histogram", "How many numbers fall into each of several intervals that follow one another.", sample,
    .options([bins, range, edges, weights]), returns: "a histogram: edges, counts, density, centers",
    example: """
      local h = stats.histogram(frame.load("faithful").waiting, {bins = 6})
      print(h)
      print(h.counts, h.edges)
      """
  ) { _, x, options in
    let edges: [Double]
    if let given = options[Function.edges] {
      if options[bins] != nil || options[range] != nil {
        throw ArgumentError("edges say all: leave bins and range out")
      }
      edges = given.array
    } else {
      let range = try options[range].map { range in
        guard range.count == 2 else {
          throw ArgumentError("range", mustBe: "two numbers", got: "a \(range.brief)")
        }
        return (range[0], range[1])
      }
      let bins = if let bins = options[bins] { bins } else { try Histogram.adviceOnBins(x) }
      edges = try Histogram.edges(of: x, bins: bins, range: range)
    }
    return HistogramObject(histogram: try Histogram(x, edges: edges, weights: options[weights]))
  }

  static let kde = Function(
    "stats.kde", "The density of a sample, smoothed: a normal density about each number.", sample,
    .options([bandwidth, rule, weights]), returns: "a kde: call it, or its grid",
    example: """
      local f = stats.kde(frame.load("faithful").waiting)
      print(f, f(80))
      local x, y = f:grid(64)
      print(y:max())
      """
  ) { _, x, options in
    if options[bandwidth] != nil, options.given.contains("rule") {
      throw ArgumentError("bandwidth and rule say the same: give one of them")
    }
    let width =
      if let width = options[bandwidth] { width } else { try KernelDensity.bandwidth(of: x, options[rule]) }
    return KdeObject(density: try KernelDensity(try x.copy(), bandwidth: width, weights: options[weights]))
  }

  private static let sample = Parameter<Vector>("x", .vector, "the sample")
  private static let bins = Parameter(
    "bins", optional: Kind<Int>.integer(1...1_000_000), otherwise: "as Sturges or Freedman and Diaconis advise",
    "how many intervals of one width")
  private static let range = Parameter(
    "range", optional: Kind<Vector>.vector, otherwise: "that of the sample",
    "where the intervals begin and end: {low, high}")
  private static let edges = Parameter(
    "edges", optional: Kind<Vector>.vector, otherwise: "from bins and range", "where intervals meet, ascending")
  private static let weights = Parameter(
    "weights", optional: Kind<Vector>.vector, otherwise: "1 each", "how much each number counts")
  private static let bandwidth = Parameter(
    "bandwidth", optional: Kind<Double>.positive, otherwise: "by the rule", "standard deviation of the normal densities"
  )
  private static let rule = Parameter(
    "rule", Kind<KernelDensity.Rule>.choice, default: .silverman, "how the bandwidth is chosen: nrd0 or nrd of R")
}

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

/// A smoothed density as a script holds it.
struct KdeObject: ScriptObject {
  static let scriptType = ScriptType("kde")
  let density: KernelDensity
  var nativeBytes: Int { density.x.count * MemoryLayout<Double>.stride }
  var brief: String { "kde of \(density.x.count)" }

  fileprivate func values(_ x: Numeric) throws -> Numeric {
    switch x {
    case .number(let x): .number(try density.density(at: try Vector([x]))[0])
    case .vector(let v): .vector(try density.density(at: v))
    case .matrix(let m):
      .matrix(Matrix(try density.density(at: m.elements).storage, rows: m.rows, columns: m.columns))
    }
  }
}

extension TypeDeclaration {
  static let kde = TypeDeclaration(
    KdeObject.self, "The density of a sample, smoothed.",
    methods: [
      Function(
        "kde:pdf", "The density at places.", object, places, returns: "numbers in the shape of x",
        example: "print(stats.kde({1, 2, 4}):pdf{0, 2})"
      ) { _, f, x in try f.values(x) },
      Function(
        "kde:grid",
        "Places in equal steps from three bandwidths below the sample to three above it, and the density there.",
        object, Parameter("n", .integer(2...10_000_000), default: 512, "how many"), returns: "two vectors of n",
        example: "local x, y = stats.kde({1, 2, 4}):grid(100)\nprint(x, y)"
      ) { _, f, n in
        let (sample, reach) = (f.density.x, 3 * f.density.bandwidth)
        let x = try Vector.linspace(try sample.min() - reach, try sample.max() + reach, n)
        return Results(x, try f.density.density(at: x))
      },
    ],
    operators: [
      Operator(
        "__call",
        Function(
          "kde(x)", "The density at places.", object, places, returns: "numbers in the shape of x",
          example: "print(stats.kde({1, 2, 4})(2))"
        ) { _, f, x in try f.values(x) }),
      Operator(
        "__tostring",
        Function(
          "tostring(kde)", "How large the sample is, and the bandwidth.", object, returns: "a string",
          example: "print(stats.kde{1, 2, 4})"
        ) { _, f in "kde · n = \(f.density.x.count) · bandwidth \(text(f.density.bandwidth))" }),
    ],
    fields: [
      Field("bandwidth", "number", "standard deviation of the normal densities") { $0.density.bandwidth },
      Field("n", "integer", "the size of the sample") { $0.density.x.count },
    ])

  private static let object = Parameter<KdeObject>("self", .object, "the kde")
  private static let places = Parameter<Numeric>("x", .numeric, "a number or an array")
}
