import Synchronization
import Testing

@testable import Kernels

@Suite struct RandomStreamTests {
  // Known answers of Random123, kat_vectors: counter, key, result, the words of 32 bits in pairs, the first lowest.
  @Test(
    arguments: [
      ([0, 0], SIMD2<UInt32>(0, 0), [0xe169_c58d_6627_e8d5, 0x9b00_dbd8_bc57_ac4c]),
      ([UInt64.max, .max], SIMD2(repeating: UInt32.max), [0x41c8_3b0e_408f_276d, 0x6d54_51fd_a20b_c7c6]),
      (
        [0x85a3_08d3_243f_6a88, 0x0370_7344_1319_8a2e], SIMD2(0xa409_3822, 0x299f_31d0),
        [0x94fd_cceb_d16c_fe09, 0x2412_6ea1_5001_e420]
      ),
    ] as [([UInt64], SIMD2<UInt32>, [UInt64])])
  func philoxGivesKnownAnswers(_ counter: [UInt64], _ key: SIMD2<UInt32>, _ result: [UInt64]) {
    let block = Philox.block(counter[0], counter[1], key: key)
    #expect([block.0, block.1] == result)
  }

  // The first words of seed 0 are the first known answer of Random123; changing them would change everybody's results.
  @Test func firstWordsAreForever() {
    var stream = RandomStream(seed: 0)
    var first = stream.draw()
    var second = stream.draw()
    #expect(first.next() == 0xe169_c58d_6627_e8d5 && second.next() == 0x9b00_dbd8_bc57_ac4c)
  }

  private func numbers(_ stream: inout RandomStream, _ count: Int) throws -> [Double] {
    // A sampler that uses several words, as many as the first says.
    let sampler = Closure { words in
      var sum = 0.0
      for _ in 0...words.next() % 4 { sum += words.uniform() }
      return sum
    }
    return try stream.sample(count, sampler).array
  }

  @Test func drawsDependOnTheirNumberAlone() throws {
    var whole = RandomStream(seed: 42)
    let wanted = try numbers(&whole, 10_001)
    #expect(whole.position == 10_001)
    var parts = RandomStream(seed: 42)
    var got: [Double] = []
    for count in [1, 0, 5, 2047, 3, 5000, 2945] { got += try numbers(&parts, count) }
    #expect(got == wanted)
    var jumped = RandomStream(seed: 42)
    jumped.jump(777)
    #expect(try numbers(&jumped, 10) == Array(wanted[777..<787]))
  }

  @Test func drawsOneByOneAreThoseInBulk() throws {
    var bulk = RandomStream(seed: 3)
    var single = RandomStream(seed: 3)
    let wanted = try numbers(&bulk, 100)
    for i in 0..<100 {
      var words = single.draw()
      var sum = 0.0
      for _ in 0...words.next() % 4 { sum += words.uniform() }
      #expect(sum == wanted[i])
    }
  }

  @Test func childrenDifferAndDoNotDependOnDraws() throws {
    var a = RandomStream(seed: 1)
    var b = RandomStream(seed: 1)
    _ = b.draw()
    var (a1, b1) = (a.split(), b.split())
    #expect(try numbers(&a1, 10) == numbers(&b1, 10))
    var (a2, grandchild) = (a.split(), a1.split())
    var all = Set<Double>()
    var other = RandomStream(seed: 2)
    for stream in [a, a1, a2, grandchild, other] {
      var stream = stream
      all.formUnion(try numbers(&stream, 100))
    }
    #expect(all.count == 500)
    _ = (other.draw(), a2.draw(), grandchild.draw())
  }

  @Test func aStoppedRequestCountsNoDraw() throws {
    let flag = UnsafeMutablePointer<Atomic<Int32>>.allocate(capacity: 1)
    flag.initialize(to: Atomic<Int32>(1))
    defer {
      Interruption.flag = nil
      flag.deinitialize(count: 1)
      flag.deallocate()
    }
    Interruption.flag = UnsafePointer(flag)
    var stream = RandomStream(seed: 1)
    #expect(throws: Failure(.interrupted, "interrupted")) { try self.numbers(&stream, 10) }
    #expect(stream.position == 0)
  }
}
