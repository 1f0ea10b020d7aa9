import Kernels
import Lua

// Models on a screen of 80 columns, best first.
extension ModelSelection {
  var text: String { ([title, ""] + table + notes).joined(separator: "\n") }

  private static let mostRows = 15

  var name: String {
    switch criterion {
    case .aicc: "AICc"
    default: criterion.rawValue.uppercased()
    }
  }

  private var title: String {
    let models = entries.count == 1 ? "1 model" : "\(entries.count) models"
    return "\(models) by \(name), smaller is better · n = \(best.n)" + (best.d == 1 ? "" : " · d = \(best.d)")
  }

  private var shown: ArraySlice<Entry> { entries.prefix(ModelSelection.mostRows) }

  private var table: [String] {
    var blocks: [[String]] = []
    let families = shown.map { $0.candidate.family.shortened(to: 24) }
    if Set(entries.map(\.candidate.family)).count > 1 || entries[0].candidate.covariance == nil {
      blocks.append(aligned(["family"] + families, left: true))
    }
    if entries.contains(where: { $0.candidate.covariance != nil }) {
      blocks.append(aligned(["covariance"] + shown.map { $0.candidate.covariance ?? "" }, left: true))
    }
    blocks.append(aligned(["k"] + shown.map { "\($0.fit.k)" }, left: false))
    blocks.append(aligned(["df"] + shown.map { "\($0.fit.df)" }, left: false))
    func column(_ name: String, _ values: [Double]) -> [String] {
      let places = min(4, max(2, decimals(of: values.filter(\.isFinite), digits: 7)))
      return aligned([name] + values.map { fixed($0, decimals: places) }, left: false)
    }
    blocks.append(column("log-likelihood", shown.map(\.fit.loglik)))
    blocks.append(column(name, shown.map(\.value)))
    blocks.append(column("difference", shown.map { $0.value - entries[0].value }))
    if shown.contains(where: { $0.fit.status != .converged }) {
      blocks.append(aligned([""] + shown.map { $0.fit.status == .converged ? "" : $0.fit.status.rawValue }, left: true))
    }
    return sideBySide(blocks).lines
  }

  private var notes: [String] {
    var notes: [String] = []
    let more = entries.count - shown.count
    if more > 0 { notes.append("  … and \(more) more: see choice.fits") }
    if skipped.isEmpty { return notes }
    notes.append("")
    for (candidate, reason) in skipped.prefix(3) {
      let model = [candidate.covariance ?? candidate.family, "k = \(candidate.k)"].joined(separator: ", ")
      notes.append("  skipped \(model): \(reason)".shortened(to: 80))
    }
    if skipped.count > 3 { notes.append("  … and \(skipped.count - 3) more: see choice.skipped") }
    return notes
  }
}

extension String {
  fileprivate func shortened(to width: Int) -> String { count <= width ? self : prefix(width - 1) + "…" }
}
