import Glibc
import Kernels

/// How many numbers fall between each two edges: bars side by side.
package struct HistogramLayer: Layer {
  /// Ascending, one more than there are bars.
  package let edges: [Double]
  /// Counts, or with `isDensity` counts over the number of values and the width of the bar: the area of all bars is 1.
  package let heights: [Double]
  package let isDensity: Bool
  package let color: Color
  package let alpha: Double
  package let label: String

  package enum Bins: Sendable {
    /// As many as the spread asks for (D. Freedman, P. Diaconis, 1981, doi:10.1007/BF01025868) or the number of values
    /// (H. A. Sturges, 1926), whichever is more, up to 200. Among whole numbers, bins are whole numbers wide.
    case automatic
    case count(Int)
    case edges([Double])
  }

  /// NaN is left out. Throws `.data` where no finite number is left, `.argument` where edges do not ascend.
  package init(
    _ x: Vector, bins: Bins = .automatic, isDensity: Bool, _ color: Color, alpha: Double, label: String
  ) throws(Failure) {
    edges = try HistogramLayer.edges(of: x, bins)
    let counts = try Histogram(try x.finite(), edges: edges).counts
    let total = counts.reduce(0, +)
    let edges = edges
    heights = counts.indices.map { i in
      isDensity ? counts[i] / (max(total, 1) * (edges[i + 1] - edges[i])) : counts[i]
    }
    (self.isDensity, self.color, self.alpha, self.label) = (isDensity, color, alpha, label)
  }

  package var name: String { "histogram" }
  package var base: Double? { 0 }
  package var xValues: [Vector] { (try? Vector([edges[0], edges[edges.count - 1]])).map { [$0] } ?? [] }
  package var yValues: [Vector] { (try? Vector(heights)).map { [$0] } ?? [] }

  package func draw(in panel: inout Panel) throws(Failure) {
    let centers = try Vector(heights.indices.map { edges[$0] / 2 + edges[$0 + 1] / 2 })
    let widths = try Vector(heights.indices.map { edges[$0 + 1] - edges[$0] })
    let border = heights.count <= 100 && !panel.format.isText ? "border lc rgb '#ffffff'" : "noborder"
    try panel.add(
      [centers, try Vector(heights), widths],
      "with boxes fs solid \(border) fc rgb '\(color.code(alpha: alpha))' lw 0.5", label: label)
  }

  private static func edges(of x: Vector, _ bins: Bins) throws(Failure) -> [Double] {
    if case .edges(let edges) = bins {
      guard edges.count >= 2, zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 && ($1 - $0).isFinite }) else {
        throw Failure(.argument, "the edges of bins must be two or more finite numbers that ascend")
      }
      return edges
    }
    let (low, high) = try Axis.span([x])
    guard low <= high else { throw Failure(.data, "a histogram needs at least one finite number") }
    guard high - low < .greatestFiniteMagnitude / 4 else {
      throw Failure(.data, "the numbers from \(low) to \(high) are too far apart for bins of one width")
    }
    // A single value gets one bar about itself.
    guard high > low else { return abs(low) < 1e15 ? [low - 0.5, low + 0.5] : [low.nextDown, low.nextUp] }
    guard case .count(let count) = bins else { return try automaticEdges(x, low, high) }
    return even(from: low, to: high, count)
  }

  private static func even(from low: Double, to high: Double, _ count: Int) -> [Double] {
    let edges = (0...count).map { $0 == count ? high : low + (high - low) * (Double($0) / Double(count)) }
    guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else { return [low, high] }
    return edges
  }

  private static func automaticEdges(_ x: Vector, _ low: Double, _ high: Double) throws(Failure) -> [Double] {
    let finite = try x.finite()
    let quartiles = try finite.quantiles(Vector([0.25, 0.75]))
    let spread = (high - low) / (2 * (quartiles[1] - quartiles[0]) / cbrt(Double(finite.count)))
    let sturges = log2(Double(finite.count)).rounded(.up) + 1
    let count = min(max(spread.isFinite ? spread.rounded(.up) : 0, sturges), 200)
    let isWhole = finite.withValues { $0.allSatisfy { $0 == $0.rounded() } }
    guard isWhole, high - low < 1e9 else { return even(from: low, to: high, Int(count)) }
    let width = max(((high - low) / count).rounded(), 1)
    return (0...Int(((high - low) / width).rounded(.down)) + 1).map { low - 0.5 + Double($0) * width }
  }
}

extension Vector {
  /// Without NaN and infinities; itself where there are none.
  func finite() throws(Failure) -> Vector {
    let isWhole = withValues { $0.allSatisfy(\.isFinite) }
    return isWhole ? self : try Vector(array.filter(\.isFinite))
  }
}
