import Synchronization
import Testing

@testable import Kernels

@Suite struct RandomStreamTests {
  // Known answers of Random123, kat_vectors: counter, key, result.
  @Test(arguments: [
    (SIMD4<UInt32>(0, 0, 0, 0), SIMD2<UInt32>(0, 0), SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    (
      SIMD4(repeating: UInt32.max), SIMD2(repeating: UInt32.max),
      SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), SIMD2(0xa409_3822, 0x299f_31d0),
      SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func philoxGivesKnownAnswers(_ counter: SIMD4<UInt32>, _ key: SIMD2<UInt32>, _ result: SIMD4<UInt32>) {
    #expect(Philox.block(counter, key: key) == result)
  }

  @Test(arguments: [UInt64(0), 7, 0xFFFF_FFFD, UInt64.max - 2])
  func philoxMakesTheSameBlocksEightAtATime(_ first: UInt64) {
    let key = SIMD2<UInt32>(0xa409_3822, 0x299f_31d0)
    var words = [UInt64](repeating: 0, count: 32)
    words.withUnsafeMutableBufferPointer { Philox.fill($0, first: first, key: key) }
    for i in 0..<16 {
      let counter = SIMD2(halvesOf: first &+ UInt64(i))
      let block = Philox.block(SIMD4(counter.x, counter.y, 0, 0), key: key)
      #expect(words[2 * i] == UInt64(halves: block.lowHalf) && words[2 * i + 1] == UInt64(halves: block.highHalf))
    }
  }

  // The first words of seed 0 are the first known answer of Random123; changing them would change everybody's results.
  @Test func firstWordsAreForever() {
    var stream = RandomStream(seed: 0)
    var first = stream.draw()
    var second = stream.draw()
    #expect(first.next() == 0xe169_c58d_6627_e8d5 && second.next() == 0x9b00_dbd8_bc57_ac4c)
  }

  private func numbers(_ stream: inout RandomStream, _ count: Int) throws -> [Double] {
    let values = try Vector(uninitialized: count)
    // A sampler that uses several words, as many as the first says.
    try values.withValues { out throws(Failure) in
      try stream.fill(out) { words in
        var sum = 0.0
        for _ in 0...words.next() % 4 { sum += words.uniform() }
        return sum
      }
    }
    return values.array
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
