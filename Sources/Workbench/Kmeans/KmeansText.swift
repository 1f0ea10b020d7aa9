import Kernels
import Lua

// Clusters on a screen of 80 columns.
extension KMeans {
  var text: String { ([title, ending, ""] + table).joined(separator: "\n") }

  private var title: String {
    (["k-means", "k = \(k)", "n = \(n)"] + (d == 1 ? [] : ["d = \(d)"])).joined(separator: " · ")
  }

  private var ending: String {
    let steps = iterations == 1 ? "1 iteration" : "\(iterations) iterations"
    let how =
      switch status {
      case .converged: "converged in \(steps)"
      case .maxIterations: "not converged: max_iterations reached after \(steps)"
      case .timeLimit: "not converged: time_limit reached after \(steps)"
      case .interrupted: "interrupted after \(steps)"
      }
    let started = starts == 1 ? "1 start" : "\(starts) starts"
    return "  inertia \(fixed(inertia, digits: 8, atMost: 4))\n  \(how); \(started)"
  }

  /// Clusters that the table shows.
  private static let mostRows = 15

  private var table: [String] {
    let shown = 0..<min(k, KMeans.mostRows)
    var blocks = [
      aligned(["cluster"] + shown.map { "\($0 + 1)" }, left: true),
      aligned(["size"] + shown.map { "\(sizes[$0])" }, left: false),
    ]
    for c in 0..<d {
      let values = centers.column(c).array
      let name = d == 1 ? "center" : "center[\(c + 1)]"
      let places = decimals(of: values, digits: 5)
      blocks.append(aligned([name] + shown.map { fixed(values[$0], decimals: places) }, left: false))
    }
    let (lines, hidden) = sideBySide(blocks)
    let more = [
      k > KMeans.mostRows ? "  … and \(k - KMeans.mostRows) more clusters: see km.centers" : nil,
      hidden > 0 ? "  … and \(hidden) more columns: see km.centers" : nil,
    ]
    return lines + more.compactMap { $0 }
  }
}
