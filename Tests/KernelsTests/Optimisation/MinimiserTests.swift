import Synchronization
import Testing

@testable import Kernels

@Suite struct MinimiserTests {
  // Rosenbrock's valley: the minimum is 0 at (1, 1).
  private static func valley(_ x: [Double], _ gradient: inout [Double]) -> Double {
    let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
    gradient = [-2 * a - 400 * x[0] * b, 200 * b]
    return a * a + 100 * b * b
  }

  private static func minimise(_ algorithm: Minimiser.Algorithm, from start: [Double]) throws -> Minimiser.Minimum {
    var search = Minimiser(algorithm)
    (search.lower, search.upper) = ([-3, -3], [3, 3])
    return try search.minimise(from: start, withGradient: valley)
  }

  @Test(arguments: Minimiser.Algorithm.allCases)
  func findsTheEndOfTheValley(_ algorithm: Minimiser.Algorithm) throws {
    let end = try Self.minimise(algorithm, from: [-1.2, 1])
    // Dividing rectangles comes as near as 10,000 evaluations allow.
    let near = algorithm == .direct ? 5e-2 : 1e-6
    #expect(abs(end.x[0] - 1) < near && abs(end.x[1] - 1) < near, "\(end)")
    if algorithm != .direct { #expect(end.outcome == .converged, "\(end)") }
    #expect(end.evaluations <= 10_010)
  }

  // The least of (x − 2)² + (y + 1)² with x ≤ 1, y ≥ 0 lies in the corner.
  @Test(arguments: Minimiser.Algorithm.allCases)
  func staysWithinBounds(_ algorithm: Minimiser.Algorithm) throws {
    var search = Minimiser(algorithm)
    (search.lower, search.upper) = ([-4, 0], [1, 5])
    var isOutside = false
    let end = try search.minimise(
      from: [0, 3],
      withGradient: { x, gradient in
        if x[0] < -4 || x[0] > 1 || x[1] < 0 || x[1] > 5 { isOutside = true }
        gradient = [2 * (x[0] - 2), 2 * (x[1] + 1)]
        return (x[0] - 2) * (x[0] - 2) + (x[1] + 1) * (x[1] + 1)
      })
    #expect(abs(end.x[0] - 1) < 1e-6 && abs(end.x[1]) < 1e-6 && !isOutside, "\(end)")
  }

  @Test(arguments: Minimiser.Algorithm.allCases)
  func oneNumber(_ algorithm: Minimiser.Algorithm) throws {
    var search = Minimiser(algorithm)
    (search.lower, search.upper) = ([-10], [10])
    search.maxEvaluations = 2000
    let end = try search.minimise(
      from: [7],
      withGradient: { x, gradient in
        gradient = [4 * (x[0] - 2) * (x[0] - 2) * (x[0] - 2) + x[0] - 2]
        let square = (x[0] - 2) * (x[0] - 2)
        return square * square + square / 2
      })
    #expect(abs(end.x[0] - 2) < 1e-5, "\(end)")
  }

  // x − log x has its minimum, 1, at 1, and is NaN for negative x.
  @Test(arguments: Minimiser.Algorithm.allCases)
  func nanCountsAsInfinity(_ algorithm: Minimiser.Algorithm) throws {
    var search = Minimiser(algorithm)
    (search.lower, search.upper) = ([-20], [20])
    for start in [0.05, 15] {
      let end = try search.minimise(
        from: [start],
        withGradient: { x, gradient in
          gradient = [1 - 1 / x[0]]
          return x[0] < 0 ? .nan : x[0] - log(x[0])
        })
      #expect(abs(end.x[0] - 1) < 1e-5, "from \(start): \(end)")
      expect(end.value, 1, within: 1e-10)
    }
  }

  @Test(arguments: Minimiser.Algorithm.allCases)
  func aFailureOfTheFunctionComesThrough(_ algorithm: Minimiser.Algorithm) throws {
    var search = Minimiser(algorithm)
    (search.lower, search.upper) = ([-3, -3], [3, 3])
    for failing in [1, 2, 7] {
      var calls = 0
      #expect(throws: Failure(.data, "call \(failing)")) {
        try search.minimise(
          from: [-1.2, 1],
          withGradient: { (x, gradient) throws(Failure) in
            calls += 1
            if calls == failing { throw Failure(.data, "call \(failing)") }
            return Self.valley(x, &gradient)
          })
      }
      #expect(calls == failing)
    }
  }

  @Test(arguments: Minimiser.Algorithm.allCases)
  func canBeInterrupted(_ algorithm: Minimiser.Algorithm) throws {
    let flag = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    flag.initialize(to: Atomic(0))
    let before = Interruption.flag
    Interruption.flag = UnsafePointer(flag)
    defer {
      Interruption.flag = before
      flag.deinitialize(count: 1)
      flag.deallocate()
    }
    var search = Minimiser(algorithm)
    (search.lower, search.upper) = ([-3, -3], [3, 3])
    var calls = 0
    #expect(throws: Failure(.interrupted, "interrupted")) {
      try search.minimise(
        from: [-1.2, 1],
        withGradient: { x, gradient in
          calls += 1
          if calls == 3 { flag.pointee.store(1, ordering: .relaxed) }
          return Self.valley(x, &gradient)
        })
    }
    #expect(calls == 3)
  }

  @Test func theBottomlessIsSaidToBeSo() throws {
    var search = Minimiser(.lbfgs)
    let end = try search.minimise(
      from: [1],
      withGradient: { x, gradient in
        gradient = [1]
        return x[0] < -1e3 ? -.infinity : x[0]
      })
    #expect(end.outcome == .unbounded && end.value == -.infinity)
    search.maxEvaluations = 5
    let early = try search.minimise(from: [-1.2, 1], withGradient: Self.valley)
    #expect(early.outcome == .maxEvaluations)
  }

  @Test func theSameBitsEveryTime() throws {
    for algorithm in Minimiser.Algorithm.allCases {
      let (a, b) = (try Self.minimise(algorithm, from: [-1.2, 1]), try Self.minimise(algorithm, from: [-1.2, 1]))
      #expect(a.x == b.x && a.evaluations == b.evaluations)
    }
  }

  @Test func wrongArguments() {
    func message(_ algorithm: Minimiser.Algorithm, _ start: [Double], _ change: (inout Minimiser) -> Void) -> String {
      var search = Minimiser(algorithm)
      change(&search)
      do {
        _ = try search.minimise(from: start) { x in x.reduce(0) { $0 + $1 * $1 } }
        return "none"
      } catch { return error.message }
    }
    #expect(message(.lbfgs, [1]) { _ in } == "lbfgs needs a gradient")
    #expect(message(.direct, [1]) { _ in } == "direct needs finite bounds, those of number 1 are not")
    #expect(message(.bobyqa, []) { _ in } == "the start must be from 1 to 1048576 numbers, got 0")
    #expect(
      message(.bobyqa, [2]) { $0.upper = [1] } == "start 1 must be finite and within its bounds, -inf to 1, got 2")
    #expect(
      message(.bobyqa, [.nan]) { _ in } == "start 1 must be finite and within its bounds, -inf to inf, got NaN")
    #expect(
      message(.bobyqa, [1]) { ($0.lower, $0.upper) = ([2], [1]) } == "bounds of number 1 leave nothing: 2 to 1")
    #expect(
      message(.nelderMead, [1, 2]) { $0.lower = [0] } == "bounds and steps must be one for each of 2 numbers")
    #expect(
      message(.nelderMead, [1]) { $0.steps = [0] } == "steps must be positive and finite, step 1 is 0")
  }

  @Test func infiniteEverywhere() {
    #expect(throws: Failure.self) { try Minimiser(.bobyqa).minimise(from: [0, 0]) { _ in .nan } }
    #expect(throws: Failure.self) { try Minimiser(.nelderMead).minimise(from: [0]) { _ in .infinity } }
  }

  // Lower and upper bound may be the same.
  @Test(arguments: [Minimiser.Algorithm.bobyqa, .nelderMead, .lbfgs, .slsqp, .tnewton, .direct])
  func aNumberHeldFast(_ algorithm: Minimiser.Algorithm) throws {
    var search = Minimiser(algorithm)
    (search.lower, search.upper) = ([0.5, -3], [0.5, 3])
    let end = try search.minimise(from: [0.5, 1], withGradient: Self.valley)
    #expect(end.x[0] == 0.5 && abs(end.x[1] - 0.25) < 1e-6, "\(end)")
  }
}
