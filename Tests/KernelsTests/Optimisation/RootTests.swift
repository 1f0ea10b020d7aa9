import Testing

@testable import Kernels

@Suite struct RootTests {
  private static let cases: [(@Sendable (Double) -> Double, Double, Double, Double)] = [
    ({ $0 * $0 - 2 }, 0, 2, 2.0.squareRoot()),
    ({ $0 * $0 * $0 }, -1, 2, 0),
    ({ $0 < 1e-3 ? -1 : 1 }, -4, 3, 1e-3),
    ({ 1e300 * ($0 - 0.25) }, 0, 1, 0.25),
    ({ exp(50 * $0) - 5 }, -1, 1, 0.0321887582486820074920),
    // At an end.
    ({ $0 - 3 }, 3, 9, 3),
    ({ 9 - $0 }, 9, 3, 9),
  ]

  // The bracket closes to rounding of x, 4 ulp; about 0, x³ is flat to the cube root of the least double.
  @Test(arguments: cases.indices)
  func findsIt(_ i: Int) throws {
    let (f, low, high, wanted) = Self.cases[i]
    let root = try Root(between: low, and: high, tolerance: 0, maxEvaluations: 1200) { (x) throws(Failure) in f(x) }
    #expect(abs(root.x - wanted) <= (wanted == 0 ? 1e-100 : 4 * wanted.ulp), "\(root)")
    #expect(root.value == f(root.x) && root.evaluations >= 2)
  }

  @Test func smoothFunctionsTakeFewSteps() throws {
    let root = try Root(between: 0, and: 2, tolerance: 0, maxEvaluations: 100) { (x) throws(Failure) in x * x - 2 }
    #expect(root.evaluations <= 12)
  }

  @Test func refusals() {
    func root(_ f: (Double) -> Double, evaluations: Int = 100) throws {
      _ = try withoutActuallyEscaping(f) { f in
        try Root(between: 0, and: 1, tolerance: 0, maxEvaluations: evaluations) { (x) throws(Failure) in f(x) }
      }
    }
    let same = Failure(.argument, "the function must change its sign between 0 and 1, got 1 and 2")
    #expect(throws: same) { try root { $0 + 1 } }
    #expect(throws: Failure(.argument, "the function is NaN at 0.5")) { try root { $0 == 0.5 ? .nan : $0 - 0.5 } }
    #expect(throws: Failure.self) { try root({ $0 * $0 - 0.3 }, evaluations: 3) }
  }
}

@Suite struct DifferencesTests {
  // ∇ of eˣ·sin y + z³; some 1e-10 of the value's size is left by rounding and by the formula together.
  @Test func gradient() throws {
    func f(_ x: [Double]) -> Double { exp(x[0]) * boundedSin(x[1]) + x[2] * x[2] * x[2] }
    let x = [0.5, 1.25, -2]
    let wanted = [exp(0.5) * boundedSin(1.25), exp(0.5) * boundedCos(1.25), 12]
    let bounds: [([Double]?, [Double]?)] = [
      (nil, nil), ([0.5, -9, -2], nil), (nil, [0.5, 1.25, 0]), ([0.499999, 0, -3], [1, 1.250001, -2]),
    ]
    for (lower, upper) in bounds {
      let got = try Differences(lower: lower, upper: upper).gradient(at: x, value: f(x)) { (y) throws(Failure) in
        #expect(zip(y, lower ?? y).allSatisfy { $0 >= $1 } && zip(y, upper ?? y).allSatisfy { $0 <= $1 })
        return f(y)
      }
      for (a, b) in zip(got, wanted) { #expect(abs(a - b) < 2e-9, "\(got)") }
    }
    // A number that is held has no slope.
    let held = try Differences(lower: [0.5, 0, -9], upper: [0.5, 2, 9]).gradient(at: x, value: f(x)) {
      (y) throws(Failure) in f(y)
    }
    #expect(held[0] == 0)
  }
}
