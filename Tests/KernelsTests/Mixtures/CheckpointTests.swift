import Foundation
import Kernels
import Testing

/// A checkpoint in memory, due at every pass or never.
private final class Memory: Checkpoint {
  var kept: Data?
  var isDue: Bool
  var isDiscarded = false

  init(_ kept: Data? = nil, isDue: Bool) { (self.kept, self.isDue) = (kept, isDue) }

  func load<State: Decodable>(_ type: State.Type) throws(Failure) -> State? {
    guard let kept else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do { return try decoder.decode(type, from: kept) } catch { throw Failure(.data, "\(error)") }
  }

  func save(_ state: some Encodable) throws(Failure) {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do { kept = try encoder.encode(state) } catch { throw Failure(.data, "\(error)") }
  }

  func discard() { isDiscarded = true }
}

@Suite struct CheckpointTests {
  /// The last state that was kept before pass number `pass` ended, as after a crash: fits that go on from it end with the same
  /// bits as one that was left alone.
  @Test(arguments: [1, 2, 5, 31, 90, 200])
  func goesOnWithTheSameBits(pass: Int) throws {
    let rows = try DataSets.rows(try DataSets.normals(300, [(0.5, 0, 1), (0.5, 1.5, 1)], seed: 3))
    let family = try NormalFamily(rows, k: 3)
    var options = EMOptions(seed: 4)
    (options.restarts, options.maxIterations) = (5, 400)
    try compare(rows, family, options, pass)
  }

  @Test(arguments: [3, 40])
  func severalColumns(pass: Int) throws {
    let rows = try DataSets.faithful()
    try compare(rows, try MultivariateNormalFamily<VVV>(rows, k: 3), EMOptions(seed: 2), pass)
  }

  private func compare(_ rows: Rows, _ family: some ComponentFamily, _ options: EMOptions, _ pass: Int) throws {
    let whole = try EM.fit(rows, family, options)
    let crashed = Memory(isDue: true)
    var (count, last) = (0, Data?.none)
    _ = try EM.fit(rows, family, options, checkpoint: crashed) { _ in
      count += 1
      last = crashed.kept
      return count < pass
    }
    let later = Memory(last, isDue: false)
    let resumed = try EM.fit(rows, family, options, checkpoint: later)
    #expect(later.isDiscarded)
    #expect(resumed.trace.map(\.bitPattern) == whole.trace.map(\.bitPattern))
    #expect(resumed.model.weights == whole.model.weights && resumed.evaluations == whole.evaluations)
    #expect(resumed.optima.map(\.loglik) == whole.optima.map(\.loglik))
    #expect(resumed.optima.map(\.hits) == whole.optima.map(\.hits) && resumed.status == whole.status)
  }
}
