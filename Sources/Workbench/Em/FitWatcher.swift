import Kernels
import Lua

/// What is told of a fit while it runs: to whoever looks at the terminal, and to the script's function, if it gave one.
final class FitWatcher {
  private let call: Call
  private let callback: Callback?
  private let line = ProgressLine()
  private var failure: (any Error)?
  private let began = ContinuousClock.now
  private var passes = 0

  init(_ call: Call, _ callback: Callback?) {
    self.call = call
    self.callback = callback
  }

  /// Whether to go on.
  func observe(_ progress: EM.Progress) -> Bool {
    passes += 1
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
    let place = "start \(progress.start)/\(progress.starts), pass \(progress.iteration)"
    return "em.fit: \(place), loglik \(loglik)\(gap)\(timeLeft(progress))"
  }

  /// To the end of this start, at the pace since the call began.
  private func timeLeft(_ progress: EM.Progress) -> String {
    guard let left = progress.passesLeft, passes > 0 else { return "" }
    let pace = (ContinuousClock.now - began) / .seconds(1) / Double(passes)
    return ", \(Lua.text((left * pace).rounded(.up), digits: 3)) s left"
  }

  /// Throws what the script's function threw.
  func finish() throws { if let failure { throw failure } }
}
