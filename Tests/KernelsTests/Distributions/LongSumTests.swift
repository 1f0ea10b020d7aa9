import Synchronization
import Testing

@testable import Kernels

/// Sums of up to 10⁷ terms end on a request to stop: by themselves as NaN, and with an error where one can be thrown.
@Suite struct LongSumTests {
  private func withStopRequested(_ body: () throws -> Void) throws {
    let flag = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    flag.initialize(to: Atomic(1))
    Interruption.flag = UnsafePointer(flag)
    defer {
      Interruption.flag = nil
      flag.deallocate()
    }
    try body()
  }

  static let long: [FamilyCase] = [
    FamilyCase(name: "hypergeometric", parameters: [1e12, 4e11, 9e11]),
    FamilyCase(name: "beta_binomial", parameters: [1e7, 0.5, 0.5]),
  ]

  @Test(arguments: long) func stop(_ family: FamilyCase) throws {
    let d = try family.distribution()
    let middle = d.quantile(0.3)
    #expect(d.cdf(middle) >= 0.3 && d.cdf(middle - 1) < 0.3)
    let x = try Vector([Double](repeating: middle, count: 200))
    try withStopRequested {
      #expect(d.cdf(middle).isNaN && d.ccdf(middle).isNaN && d.entropy.isNaN)
      for verb in [d.cdf(_:into:), d.ccdf(_:into:)] {
        #expect(throws: Failure(.interrupted, "interrupted")) { try d.values(of: verb, x) }
      }
      let half = try Vector([0.5])
      #expect(throws: Failure(.interrupted, "interrupted")) { try d.values(of: d.quantile(_:into:), half) }
      #expect(throws: Failure(.interrupted, "interrupted")) { try Truncated(d, low: middle, high: middle + 1000) }
    }
  }

  // The flag reaches the workers too, where the sums are.
  @Test func workersPoll() throws {
    let flag = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    flag.initialize(to: Atomic(0))
    Interruption.flag = UnsafePointer(flag)
    defer {
      Interruption.flag = nil
      flag.deallocate()
    }
    let seen = try Parallel.map(64, chunk: 1) { _ in Interruption.flag == UnsafePointer(flag) }
    #expect(seen.allSatisfy { $0 })
  }

  @Test func fitsStop() throws {
    let x = try Vector((0..<1000).map { Double(($0 * $0) % 997) })
    try withStopRequested {
      #expect(throws: Failure(.interrupted, "interrupted")) { try BetaBinomial.fit(x, trials: 1000) }
    }
  }
}
