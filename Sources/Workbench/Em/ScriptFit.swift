import Kernels
import Lua

/// A fit of a script's own family, as em.fit was asked for it.
struct ScriptFit {
  let family: ScriptFamily
  let rows: Rows
  let k: Int
  let start: EM.Start?
  let fixesWeights: Bool
  let options: EMOptions
  let watcher: Callback?

  func run(_ call: Call) throws -> ScriptFitObject {
    let guarded = GuardedCallbacks(call)
    var warnings: [String] = []
    let own = family.own(call, guarded) { warnings.append($0) }
    let fit = try guarded.rethrowing {
      try EM.fit(rows, own, k: k, start: try responsibilities, fixesWeights: fixesWeights, options) {
        start, starts, pass, loglik, gap in
        guard let watcher else { return true }
        let record = Record([
          ("start", start), ("starts", starts), ("iteration", pass), ("loglik", loglik), ("gap", gap),
        ])
        return (try? guarded.result(of: watcher, record, returning: .ignored)) != nil
      }
    }
    return ScriptFitObject(fit: fit, warnings: warnings)
  }

  /// Of labels, 0 counts for every component alike.
  private var responsibilities: Matrix? {
    get throws {
      switch start {
      case nil: return nil
      case .posterior(let posterior):
        guard posterior.rows == rows.count, posterior.columns == k else {
          throw ArgumentError("start", mustBe: "\(rows.count) x \(k) numbers", got: "a \(posterior.brief)")
        }
        return posterior
      case .labels(let labels):
        guard labels.count == rows.count else {
          throw ArgumentError("start", mustBe: "\(rows.count) labels", got: "\(labels.count)")
        }
        let shares = try Matrix.zeros(rows.count, k)
        for i in 0..<rows.count {
          guard let label = Int(exactly: labels[i]), (0...k).contains(label) else {
            throw ArgumentError(
              "start: labels must be integers from 0 to \(k), but label \(i + 1) is \(text(labels[i]))")
          }
          if label > 0 { shares[i, label - 1] = 1 } else { for j in 0..<k { shares[i, j] = 1 / Double(k) } }
        }
        return shares
      case .mixture: throw ArgumentError("start of a family from em.family must be labels or a posterior")
      }
    }
  }
}
