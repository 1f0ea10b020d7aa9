import Glibc

/// How much of a sample falls into each of several intervals that follow one another.
package struct Histogram: Sendable {
  /// One more than there are intervals. Each is closed on the left and open on the right, the last closed on both sides.
  package let edges: [Double]
  /// The weight in each interval.
  package let counts: [Double]

  /// Throws `.argument` where edges do not ascend, `.data` for NaN.
  ///
  /// x, weights: n (read). Numbers outside the edges are left out.
  package init(_ x: Vector, edges: [Double], weights: Vector? = nil) throws(Failure) {
    guard edges.count >= 2 else { throw Failure(.argument, "a histogram needs at least two edges, got \(edges.count)") }
    for (i, (a, b)) in zip(edges, edges.dropFirst()).enumerated() where !(a < b && a.isFinite && b.isFinite) {
      throw Failure(.argument, "edges must be finite and ascend, edge \(i + 2) is \(b.named) after \(a.named)")
    }
    let weights = try weights.map { (weights) throws(Failure) in try checkedWeights(weights, rows: x.count).0 }
    var counts = [Double](repeating: 0, count: edges.count - 1)
    var bad: Int?
    try Vector.eachChunk(x.count) { range in
      for i in range {
        if x[i].isNaN { bad = bad ?? i }
        guard let bin = Histogram.bin(of: x[i], edges) else { continue }
        counts[bin] += weights?[i] ?? 1
      }
    }
    if let bad { throw Failure(.data, "row \(bad + 1) is NaN") }
    (self.edges, self.counts) = (edges, counts)
  }

  private static func bin(of x: Double, _ edges: [Double]) -> Int? {
    let last = edges.count - 1
    guard x >= edges[0], x <= edges[last] else { return nil }
    // Where edges are equally far apart, one guess is right to one bin.
    var bin = min(last - 1, max(0, Int((x - edges[0]) / (edges[last] - edges[0]) * Double(last))))
    if abs(edges[bin] - x) > 4 * (edges[last] - edges[0]) / Double(last) { bin = search(x, edges) }
    while bin > 0, x < edges[bin] { bin -= 1 }
    while bin < last - 1, x >= edges[bin + 1] { bin += 1 }
    return bin
  }

  private static func search(_ x: Double, _ edges: [Double]) -> Int {
    var (low, high) = (0, edges.count - 2)
    while low < high {
      let middle = (low + high + 1) / 2
      if edges[middle] <= x { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Equal intervals from the smallest number to the largest, or of a given range; half a unit to both sides where these are
  /// the same.
  package static func edges(of x: Vector, bins: Int, range: (Double, Double)? = nil) throws(Failure) -> [Double] {
    guard x.count > 0 || range != nil else { throw Failure(.data, "an empty sample needs a range") }
    if let i = x.firstNonFinite { throw Failure(.data, "row \(i + 1) is \(x[i].named)") }
    var (low, high) = if let range { range } else { (try x.min(), try x.max()) }
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    guard low < high, (high - low).isFinite else {
      throw Failure(.argument, "the range must be finite and ascend, got \(low.named) to \(high.named)")
    }
    let edges = (0...bins).map { i in
      i == bins ? high : low + (high - low) * (Double(i) / Double(bins))
    }
    guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw Failure(.argument, "\(bins) bins are too many for doubles between \(low.named) and \(high.named)")
    }
    return edges
  }

  /// The larger of the numbers that H. A. Sturges (1926) and D. Freedman and P. Diaconis (1981) advise, as NumPy's `auto`.
  package static func adviceOnBins(_ x: Vector) throws(Failure) -> Int {
    guard x.count > 0 else { return 1 }
    if let i = x.firstNonFinite { throw Failure(.data, "row \(i + 1) is \(x[i].named)") }
    let n = Double(x.count)
    let span = try x.max() - x.min()
    let sturges = span / (log(n) / ln2 + 1)
    let quartiles = try x.quantiles(try Vector([0.25, 0.75]))
    let freedman = 2 * (quartiles[1] - quartiles[0]) / Glibc.cbrt(n)
    let width = freedman > 0 ? Swift.min(freedman, sturges) : sturges
    guard width > 0, width.isFinite else { return 1 }
    return Int(Swift.min(100_000, (span / width).rounded(.up)))
  }
}
