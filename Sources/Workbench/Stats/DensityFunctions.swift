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
