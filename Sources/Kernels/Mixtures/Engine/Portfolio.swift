/// EM from many starts, in rounds: all go a little way, then the better ones further, and starts that have met go on as one.
struct Portfolio<E: Estimation> {
  /// One start, and how many others it stands for.
  private struct Entry {
    var run: EMRun<E>
    let start: Int
    var hits = 1

    mutating func advance(
      _ passes: Int, _ deadline: Deadline, _ observe: (Int, EMRun<E>) -> Bool
    ) throws(Failure) {
      let number = start
      try run.advance(passes: passes, until: deadline) { observe(number, $0) }
    }
  }

  private let estimation: E
  private let deadline: Deadline
  private let observe: (Int, EMRun<E>) -> Bool
  private var live: [Entry] = []
  private var finished: [Entry] = []
  private var failures: [Failure] = []
  private let starts: Int

  /// observe: called after each pass with the number of its start, from 1, and its state; says whether to go on
  init(_ estimation: E, seconds: Double, starts: Int, observe: @escaping (Int, EMRun<E>) -> Bool) {
    (self.estimation, self.starts, self.observe) = (estimation, starts, observe)
    self.deadline = Deadline(seconds: seconds)
  }

  /// What the best start came to.
  struct Result {
    let best: EMRun<E>
    let wasInterrupted: Bool
    let degenerateStarts: Int
    let optima: [Fit.Optimum]
  }

  /// start: the run of each number, from 0. Throws where none came to anything, with the reason of the first.
  mutating func run(_ start: (Int) throws(Failure) -> EMRun<E>) throws(Failure) -> Result {
    var wasInterrupted = false
    do throws(Failure) {
      for number in 0..<starts where live.isEmpty || !deadline.hasPassed {
        try begin(number, start)
        // So that thousands of starts need not be in memory together.
        if live.count == 64 { try round(passes: 30) }
      }
      var passes = 30
      while !live.isEmpty {
        try round(passes: passes)
        passes *= 3
      }
    } catch {
      guard error.kind == .interrupted else { throw error }
      settle()
      wasInterrupted = true
    }
    let ranked = (finished + live).sorted { $0.run.loglik > $1.run.loglik }
    guard let best = ranked.first else { throw nothing(wasInterrupted) }
    return Result(
      best: best.run, wasInterrupted: wasInterrupted, degenerateStarts: failures.count,
      optima: ranked.filter { $0.run.status == .converged }.map { .init(loglik: $0.run.loglik, hits: $0.hits) })
  }

  private mutating func begin(_ number: Int, _ start: (Int) throws(Failure) -> EMRun<E>) throws(Failure) {
    do throws(Failure) { live.append(Entry(run: try start(number), start: number + 1)) } catch {
      guard error.endsOneStart else { throw error }
      failures.append(error)
    }
  }

  private mutating func round(passes: Int) throws(Failure) {
    for i in live.indices { try live[i].advance(passes, deadline, observe) }
    settle()
  }

  /// Lets starts that have met go on as one, sets those that have ended aside, and keeps the better half of the others.
  private mutating func settle() {
    failures += live.compactMap(\.run.failure)
    live.removeAll { $0.run.failure != nil || $0.run.moments == nil }
    var distinct: [Entry] = []
    for entry in (finished + live).sorted(by: { $0.run.loglik > $1.run.loglik }) {
      if let same = distinct.firstIndex(where: { haveMet($0.run, entry.run) }) {
        let (first, hits) = (distinct[same], distinct[same].hits + entry.hits)
        // What has ended stays; else the earlier start, since which of two is better is a matter of rounding.
        let (isEnded, wasEnded) = (entry.run.status != nil, first.run.status != nil)
        if isEnded == wasEnded ? entry.start < first.start : isEnded { distinct[same] = entry }
        distinct[same].hits = hits
      } else {
        distinct.append(entry)
      }
    }
    finished = distinct.filter { $0.run.status != nil }
    live = distinct.filter { $0.run.status == nil }
    live.removeLast(max(0, min(live.count / 2, live.count - 4)))
  }

  /// The same model up to relabelling, as near as two roads to one optimum come.
  private func haveMet(_ a: EMRun<E>, _ b: EMRun<E>) -> Bool {
    guard abs(a.loglik - b.loglik) <= 1e-6 + 1e-7 * Double(estimation.count) else { return false }
    let (x, y) = (estimation.ordered(a.model), estimation.ordered(b.model))
    let difference = zip(estimation.parameters(of: x), estimation.parameters(of: y)).map { $0 - $1 }
    return norm(difference, estimation.units) <= 1e-3
  }

  private func nothing(_ wasInterrupted: Bool) -> Failure {
    guard let first = failures.first, !wasInterrupted else { return Failure(.interrupted, "interrupted") }
    guard starts > 1 else { return first }
    return Failure(first.kind, "none of \(starts) starts came to a fit; the first: \(first.message)")
  }
}
