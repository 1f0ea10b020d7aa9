/// EM from many starts, in rounds: all go a little way, then the better ones further, and starts that have met go on as one.
struct Portfolio<E: Estimation> {
  /// One start, and how many others it stands for.
  private struct Entry {
    var run: EMRun<E>
    /// From 1.
    let start: Int
    var hits = 1
  }

  private let estimation: E
  private let options: EMOptions
  private let deadline: Deadline
  private let checkpoint: (any Checkpoint)?
  private let observe: (Int, EMRun<E>) -> Bool
  private let starts: Int

  private var live: [Entry] = []
  private var finished: [Entry] = []
  private var failures: [Failure] = []
  /// Starts that have begun.
  private var begun = 0
  /// How many passes each has in this round.
  private var passes = 30
  /// Whose turn it is among `live`, and how many passes it has had.
  private var (turn, done) = (0, 0)

  /// observe: called after each pass with the number of its start, from 1, and its state; says whether to go on
  init(
    _ estimation: E, starts: Int, _ options: EMOptions, checkpoint: (any Checkpoint)?,
    observe: @escaping (Int, EMRun<E>) -> Bool
  ) throws(Failure) {
    (self.estimation, self.starts, self.options) = (estimation, starts, options)
    (self.checkpoint, self.observe) = (checkpoint, observe)
    self.deadline = Deadline(seconds: options.timeLimit)
    if let kept = try checkpoint?.load(State.self) { restore(kept) }
  }

  /// What the best start came to.
  struct Result {
    let best: EMRun<E>
    let wasInterrupted: Bool
    let degenerateStarts: Int
    let optima: [Fit.Optimum]
  }

  /// start: the model that start number 0, 1, … begins from. Throws where none came to anything, with the reason of the first.
  mutating func run(_ start: (Int) throws(Failure) -> E.Model) throws(Failure) -> Result {
    var wasInterrupted = false
    do throws(Failure) {
      while begun < starts, live.isEmpty || !deadline.hasPassed {
        // So that thousands of starts need not be in memory together.
        if live.count == 64 || turn > 0 || done > 0 { try round() } else { try begin(start) }
      }
      while !live.isEmpty {
        try round()
        passes *= 3
      }
      checkpoint?.discard()
    } catch {
      guard error.kind == .interrupted else { throw error }
      if let checkpoint { try checkpoint.save(state) }
      settle()
      wasInterrupted = true
    }
    let ranked = (finished + live).sorted { $0.run.loglik > $1.run.loglik }
    guard let best = ranked.first else { throw nothing(wasInterrupted) }
    return Result(
      best: best.run, wasInterrupted: wasInterrupted, degenerateStarts: failures.count,
      optima: ranked.filter { $0.run.state.status == .converged }.map { .init(loglik: $0.run.loglik, hits: $0.hits) })
  }

  private mutating func begin(_ start: (Int) throws(Failure) -> E.Model) throws(Failure) {
    do throws(Failure) {
      let run = EMRun(estimation, from: try start(begun), options)
      live.append(Entry(run: run, start: begun + 1))
    } catch {
      guard error.endsOneStart else { throw error }
      failures.append(error)
    }
    begun += 1
  }

  /// Up to `passes` passes for every start, from where the round was left.
  private mutating func round() throws(Failure) {
    while turn < live.count {
      while done < passes, live[turn].run.state.status == nil { try pass() }
      (turn, done) = (turn + 1, 0)
    }
    turn = 0
    settle()
  }

  private mutating func pass() throws(Failure) {
    try live[turn].run.pass(until: deadline)
    done += 1
    if let checkpoint, checkpoint.isDue { try checkpoint.save(state) }
    if !observe(live[turn].start, live[turn].run) { throw Failure(.interrupted, "interrupted") }
  }

  /// Lets starts that have met go on as one, sets those that have ended aside, and keeps the better half of the others.
  private mutating func settle() {
    failures += live.compactMap(\.run.state.failure)
    live.removeAll { $0.run.state.failure != nil || $0.run.state.moments == nil }
    var distinct: [Entry] = []
    for entry in (finished + live).sorted(by: { $0.run.loglik > $1.run.loglik }) {
      if let same = distinct.firstIndex(where: { haveMet($0.run, entry.run) }) {
        let (first, hits) = (distinct[same], distinct[same].hits + entry.hits)
        // What has ended stays; else the earlier start, since which of two is better is a matter of rounding.
        let (isEnded, wasEnded) = (entry.run.state.status != nil, first.run.state.status != nil)
        if isEnded == wasEnded ? entry.start < first.start : isEnded { distinct[same] = entry }
        distinct[same].hits = hits
      } else {
        distinct.append(entry)
      }
    }
    finished = distinct.filter { $0.run.state.status != nil }
    live = distinct.filter { $0.run.state.status == nil }
    live.removeLast(max(0, min(live.count / 2, live.count - 4)))
  }

  /// The same model up to relabelling, as near as two roads to one optimum come.
  private func haveMet(_ a: EMRun<E>, _ b: EMRun<E>) -> Bool {
    guard abs(a.loglik - b.loglik) <= 1e-6 + 1e-7 * Double(estimation.count) else { return false }
    let (x, y) = (estimation.ordered(a.state.model), estimation.ordered(b.state.model))
    let difference = zip(estimation.parameters(of: x), estimation.parameters(of: y)).map { $0 - $1 }
    return norm(difference, estimation.units) <= 1e-3
  }

  private func nothing(_ wasInterrupted: Bool) -> Failure {
    guard let first = failures.first, !wasInterrupted else { return Failure(.interrupted, "interrupted") }
    guard starts > 1 else { return first }
    return Failure(first.kind, "none of \(starts) starts came to a fit; the first: \(first.message)")
  }
}

// Kept and restored between passes.
extension Portfolio {
  /// How far all starts have come.
  private struct State: Codable {
    struct Start: Codable {
      let run: EMState<E.Model>
      let start, hits: Int
    }

    let live, finished: [Start]
    let failures: [Failure]
    let begun, passes, turn, done: Int
  }

  private var state: State {
    func kept(_ entries: [Entry]) -> [State.Start] {
      entries.map { State.Start(run: $0.run.state, start: $0.start, hits: $0.hits) }
    }
    return State(
      live: kept(live), finished: kept(finished), failures: failures, begun: begun, passes: passes, turn: turn,
      done: done)
  }

  private mutating func restore(_ state: State) {
    func entries(_ starts: [State.Start]) -> [Entry] {
      starts.map { Entry(run: EMRun(estimation, $0.run, options), start: $0.start, hits: $0.hits) }
    }
    (live, finished, failures) = (entries(state.live), entries(state.finished), state.failures)
    (begun, passes, turn, done) = (state.begun, state.passes, state.turn, state.done)
  }
}
