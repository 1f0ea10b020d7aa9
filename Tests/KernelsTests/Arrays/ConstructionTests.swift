import Kernels
import Testing

@Test func linspaceIncludesBothEnds() throws {
  #expect(try Vector.linspace(0, 1, 5).array == [0, 0.25, 0.5, 0.75, 1])
  #expect(try Vector.linspace(2, -2, 3).array == [2, 0, -2])
  #expect(try Vector.linspace(3, 9, 1).array == [3])
  #expect(try Vector.linspace(3, 9, 0).count == 0)
  #expect(try Vector.linspace(-1.7e308, 1.7e308, 3).array == [-1.7e308, 0, 1.7e308])
  let third = try Vector.linspace(0.1, 0.7, 10)
  #expect(third[9] == 0.7)
  for i in 0..<10 { #expect(ulps(third[i], 0.1 + 0.6 * Double(i) / 9) <= 2) }
}

@Test func rangeGoesAsFarAsTheLast() throws {
  #expect(try Vector.range(1, 4).array == [1, 2, 3, 4])
  #expect(try Vector.range(1, 4.9).array == [1, 2, 3, 4])
  #expect(try Vector.range(3, 1, step: -1).array == [3, 2, 1])
  #expect(try Vector.range(3, 1).count == 0)
  #expect(try Vector.range(0, 1, step: 0.1).count == 11)
  #expect(try Vector.range(2, 2).array == [2])
}

@Test func rangeRefuses() throws {
  for (first, last, step) in [(0, 1, 0), (0, .infinity, 1), (.nan, 1, 1), (0, 1, .nan)] as [(Double, Double, Double)] {
    #expect(throws: Failure.self) { try Vector.range(first, last, step: step) }
  }
  #expect(throws: Failure.self) { try Vector.range(0, 1e300) }
  #expect(throws: Failure.self) { try Vector.range(0, 1e300, step: 1e-300) }
  #expect(throws: Failure.self) { try Vector.range(0, 1e15) }
}

@Test func selections() throws {
  let x = try Vector([10, 20, 30, 40])
  #expect(try x.where(try Vector([1, 0, 0, 1])).array == [10, 40])
  #expect(try x.where(try Vector.zeros(4)).count == 0)
  #expect(try x.take([3, 0, 0]).array == [40, 10, 10])
  #expect(try x.slice(1..<3).array == [20, 30])
  #expect(try x.reversed().array == [40, 30, 20, 10])
  #expect(try Vector.concatenated([x, try Vector.zeros(0), try Vector([5])]).array == [10, 20, 30, 40, 5])
  #expect(try Vector.concatenated([]).count == 0)
  #expect(throws: Failure(.shape, "the shapes differ: vector of 4 and mask of 2")) { try x.where(try Vector([1, 0])) }
  #expect(throws: Failure(.argument, "index 5 is outside 1..4")) { try x.take([4]) }
  #expect(throws: Failure(.argument, "index 0 is outside 1..4")) { try x.take([-1]) }
}

@Test func selectionsAreCopies() throws {
  let x = try Vector([1, 2, 3])
  let copies = [try x.slice(0..<3), try Vector.concatenated([x]), try x.reshaped(1, 3).elements, try x.unique()]
  x[0] = 9
  for copy in copies { #expect(copy.array == [1, 2, 3]) }
}
