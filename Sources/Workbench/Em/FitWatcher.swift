import Kernels
import Lua

/// What is told of a fit while it runs: to whoever looks at the terminal, and to the script's function, if it gave one.
final class FitWatcher {
  private let call: Call
  private let callback: Callback?
  private let line = ProgressLine()
  private var failure: (any Error)?

  init(_ call: Call, _ callback: Callback?) {
    self.call = call
    self.callback = callback
  }

  /// Whether to go on.
  func observe(_ progress: EM.Progress) -> Bool {
    line.update(text(progress))
    guard let callback else { return true }
    do {
      let record = Record([
        ("start", progress.start), ("starts", progress.starts), ("iteration", progress.iteration),
        ("loglik", progress.loglik), ("gap", progress.gap), ("model", DistributionObject(try progress.model())),
      ])
      try callback(call, record, returning: .ignored)
      return true
    } catch {
      failure = error
      return false
    }
  }

  private func text(_ progress: EM.Progress) -> String {
    let loglik = Lua.text(progress.loglik, digits: 10)
    let gap = progress.gap.isNaN ? "" : ", gap \(Lua.text(progress.gap, digits: 2))"
    return "em.fit: start \(progress.start) of \(progress.starts), pass \(progress.iteration), loglik \(loglik)\(gap)"
  }

  /// Throws what the script's function threw.
  func finish() throws { if let failure { throw failure } }
}
