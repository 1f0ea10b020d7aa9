import Lua

/// What the functions of one session share.
final class SessionState {
  /// Of the default stream, as it was last started.
  var seed: UInt64
  /// What samplers draw from that are given no stream.
  let source: RandomSource
  /// Gets the pictures, while a report is kept.
  var report: ReportRecorder?

  init(seed: UInt64) {
    self.seed = seed
    source = RandomSource(seed: seed)
  }
}

extension Call {
  var state: SessionState {
    if let state = context as? SessionState { return state }
    let state = SessionState(seed: RandomSource.defaultSeed)
    context = state
    return state
  }
}
