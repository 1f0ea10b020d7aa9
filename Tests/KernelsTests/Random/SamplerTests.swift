import Glibc
import Testing

@testable import Kernels

/// Seeds are fixed: a bound that chance passes once in 10⁴ samplers is passed always or never.
@Suite struct SamplerTests {
  private func sample(
    _ count: Int, seed: UInt64, _ sampler: @escaping @Sendable (inout Words) -> Double
  ) throws -> [Double] {
    var stream = RandomStream(seed: seed)
    return try stream.sample(count, Closure(sampler)).array
  }

  @Test func uniform() throws {
    let x = try sample(1_000_000, seed: 1) { $0.uniform() }
    #expect(x.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(try kolmogorov(x) { $0 } < 2.33)
    let open = try sample(1_000_000, seed: 2) { $0.openUniform() }
    #expect(open.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(try kolmogorov(open) { $0 } < 2.33)
  }

  @Test func normal() throws {
    let x = try sample(1_000_000, seed: 3) { $0.normal() }
    #expect(try kolmogorov(x) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < 2.33)
    // The tail begins at 3.654; beyond it a sample of its own is large enough for a test of its shape.
    let tail = try sample(4_000_000, seed: 4) { $0.normal() }.filter { abs($0) > 3.7 }.map { abs($0) }
    let beyond = erfc(3.7 / 2.0.squareRoot())
    #expect(try kolmogorov(tail) { 1 - erfc($0 / 2.0.squareRoot()) / beyond } < 2.33)
    let expected = 4e6 * beyond
    #expect(abs(Double(tail.count) - expected) < 4 * expected.squareRoot())
  }

  // Each layer's corner is cut by a draw of its own: 10⁶ draws in 200 cells show a wrong corner of one layer.
  @Test func normalCells() throws {
    let edges = stride(from: -4.0, through: 4.0, by: 0.04).map { $0 }
    var counts = [Int](repeating: 0, count: edges.count - 1)
    for x in try sample(4_000_000, seed: 5, { $0.normal() }) where abs(x) < 4 { counts[Int((x + 4) / 0.04)] += 1 }
    let cdf = edges.map { 0.5 * erfc(-$0 / 2.0.squareRoot()) }
    let inside = cdf[cdf.count - 1] - cdf[0]
    #expect(abs(chiSquaredDeviate(counts, zip(cdf.dropFirst(), cdf).map { ($0 - $1) / inside })) < 4)
  }

  @Test func exponential() throws {
    let x = try sample(1_000_000, seed: 6) { $0.exponential() }
    #expect(try kolmogorov(x) { -Glibc.expm1(-$0) } < 2.33)
    let tail = try sample(4_000_000, seed: 7) { $0.exponential() }.filter { $0 > 7.7 }
    #expect(try kolmogorov(tail) { -Glibc.expm1(7.7 - $0) } < 2.33)
    let expected = 4e6 * Glibc.exp(-7.7)
    #expect(abs(Double(tail.count) - expected) < 4 * expected.squareRoot())
  }

  @Test(arguments: [
    (1.0, 0.3), (10, 0.6), (10, 0.5), (40, 0.2), (40, 0.25), (100, 0.3), (100, 0.97), (1000, 0.5), (25, 0.4),
    (1e6, 5e-6),
  ])
  func binomial(_ trials: Double, _ p: Double) throws {
    let sampler = BinomialSampler(trials: trials, p: p)
    let x = try sample(1_000_000, seed: 8) { sampler.sample(&$0) }
    let top = Int(min(trials, trials * p + 40 + 10 * (trials * p).squareRoot()))
    var counts = [Int](repeating: 0, count: top + 1)
    for value in x { counts[Int(value)] += 1 }
    // Probabilities by their recurrence in extended precision.
    var probabilities = [pow(1 - Float80(p), Float80(trials))]
    for k in 1...top {
      probabilities.append(
        probabilities[k - 1] * Float80(p) / (1 - Float80(p)) * (Float80(trials) - Float80(k) + 1) / Float80(k))
    }
    #expect(abs(chiSquaredDeviate(counts, probabilities.map { Double($0) })) < 4)
  }

  // With 10¹⁵ trials the count is all but normal, skewness 1e-8.
  @Test func binomialWithManyTrials() throws {
    let sampler = BinomialSampler(trials: 0x1p53, p: 0.3)
    let (mean, sd) = (0x1p53 * 0.3, (0x1p53 * 0.3 * 0.7).squareRoot())
    let x = try sample(100_000, seed: 9) { sampler.sample(&$0) }
    #expect(x.allSatisfy { $0 == $0.rounded() })
    #expect(try kolmogorov(x.map { ($0 - mean) / sd }) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < 2.33)
  }

  @Test func binomialAtTheEdges() throws {
    for (trials, p, wanted) in [(0.0, 0.5, 0.0), (7, 0, 0), (7, 1, 7), (0x1p53, 1, 0x1p53)] {
      let sampler = BinomialSampler(trials: trials, p: p)
      #expect(try sample(3, seed: 1) { sampler.sample(&$0) } == [wanted, wanted, wanted])
    }
  }

  @Test func integers() throws {
    let x = try sample(700_000, seed: 10) { Double($0.integer(below: 7)) }
    #expect(
      abs(chiSquaredDeviate((0..<7).map { k in x.count { $0 == Double(k) } }, Array(repeating: 1 / 7, count: 7))) < 4)
    // Just above 2⁶³ half of all words are drawn again.
    let bound = UInt64(1) << 63 + 1
    let y = try sample(100_000, seed: 11) { Double($0.integer(below: bound)) / Double(bound) }
    #expect(try kolmogorov(y) { $0 } < 2.33)
  }

  @Test func aliasTable() throws {
    let weights = [0.5, 0, 3, 1e-3, 2.5, 1, 0]
    let table = try weights.withUnsafeBufferPointer { w throws(Failure) in try AliasTable(weights: w) }
    let x = try sample(1_000_000, seed: 12) { table.sample(&$0) }
    let counts = weights.indices.map { k in x.count { $0 == Double(k) } }
    #expect(counts[1] == 0 && counts[6] == 0)
    let possible = [0, 2, 3, 4, 5]
    #expect(abs(chiSquaredDeviate(possible.map { counts[$0] }, possible.map { weights[$0] / 7.001 })) < 4)
  }

  @Test(arguments: [
    ([1.0, -1], "weights must be finite and not negative, weight 2 is -1"),
    ([.nan], "weights must be finite and not negative, weight 1 is NaN"), ([0, 0], "weights must not all be 0"),
    ([], "weights must not all be 0"), ([1e308, 1e308], "the sum of the weights must be finite"),
  ])
  func wrongWeights(_ weights: [Double], _ message: String) {
    #expect(throws: Failure(.argument, message)) {
      try weights.withUnsafeBufferPointer { w throws(Failure) in try AliasTable(weights: w) }
    }
  }

  @Test func permutationsAreEquallyLikely() throws {
    var stream = RandomStream(seed: 13)
    var counts: [[Double]: Int] = [:]
    for _ in 0..<48_000 { counts[try stream.permutation(4).array, default: 0] += 1 }
    #expect(counts.count == 24)
    #expect(abs(chiSquaredDeviate(Array(counts.values), Array(repeating: 1 / 24, count: 24))) < 4)
  }

  // Ordered pairs of 40: dense and sparse algorithms meet at an eighth.
  @Test(arguments: [3, 6]) func choiceWithoutReplacement(_ count: Int) throws {
    var stream = RandomStream(seed: 14)
    var counts = [Int](repeating: 0, count: 1600)
    for _ in 0..<100_000 {
      let x = try stream.choice(count, from: 40).array
      #expect(Set(x).count == count)
      counts[Int(x[0]) * 40 + Int(x[count - 1])] += 1
    }
    let probabilities = (0..<1600).map { $0 / 40 == $0 % 40 ? 0 : 1.0 / 1560 }
    #expect(abs(chiSquaredDeviate(counts, probabilities)) < 4)
    #expect(try stream.choice(0, from: 0).count == 0)
    #expect(throws: Failure.self) { try stream.choice(3, from: 2) }
    #expect(try stream.choice(2, from: 1 << 53).count == 2)
  }

  // P(first i, then j) = wᵢ / W · wⱼ / (W − wᵢ).
  @Test func weightedChoiceWithoutReplacement() throws {
    let weights = [1.0, 2, 0, 3, 4]
    var stream = RandomStream(seed: 15)
    var counts = [Int](repeating: 0, count: 25)
    for _ in 0..<100_000 {
      let x = try weights.withUnsafeBufferPointer { w throws(Failure) in try stream.choice(2, weights: w) }
      counts[Int(x[0]) * 5 + Int(x[1])] += 1
    }
    let cells = (0..<25).filter { $0 / 5 != $0 % 5 && weights[$0 / 5] * weights[$0 % 5] > 0 }
    #expect(cells.reduce(0) { $0 + counts[$1] } == 100_000)
    let probabilities = cells.map { weights[$0 / 5] / 10 * weights[$0 % 5] / (10 - weights[$0 / 5]) }
    #expect(abs(chiSquaredDeviate(cells.map { counts[$0] }, probabilities)) < 4)
    #expect(throws: Failure.self) {
      try weights.withUnsafeBufferPointer { w throws(Failure) in try stream.choice(5, weights: w) }
    }
  }
}

/// Any sampler.
struct Closure: Sampler {
  let body: @Sendable (inout Words) -> Double
  init(_ body: @escaping @Sendable (inout Words) -> Double) { self.body = body }
  func sample(_ words: inout Words) -> Double { body(&words) }
}
