import Kernels
import Testing

private let lengths = [0, 1, 2, 5, 127, 128, 129, 5000]

/// Repeats, zeros of both signs, infinities and NaN among numbers of many sizes.
private func numbers(_ n: Int) -> [Double] {
  var g = SystemOfTests(state: UInt64(n))
  return (0..<n).map { i in
    [g.sign() * g.power(-1074, 1023), Double(i % 7), 0, -0.0, .infinity, -.infinity, i % 5 == 0 ? .nan : 1]
      .randomElement(
        using: &g)!
  }
}

@Test(arguments: lengths, [false, true])
func sortedAgreesWithTheStandardLibrary(n: Int, descending: Bool) throws {
  let x = numbers(n)
  let plain = x.filter { !$0.isNaN }.sorted { descending ? $0 > $1 : $0 < $1 }
  let sorted = try Vector(x).sorted(descending: descending).array
  #expect(Array(sorted.prefix(plain.count)) == plain)
  #expect(sorted.dropFirst(plain.count).allSatisfy { $0.isNaN })
  // Not a bit is lost: every zero keeps its sign.
  #expect(Set(sorted.filter { $0 == 0 }.map { $0.sign }) == Set(x.filter { $0 == 0 }.map { $0.sign }))
}

@Test(arguments: lengths, [false, true])
func orderIsStable(n: Int, descending: Bool) throws {
  let x = numbers(n)
  let order = try Vector(x).order(descending: descending)
  let expected = x.indices.sorted { i, j in
    if x[i] == x[j] || x[i].isNaN && x[j].isNaN { return i < j }
    if x[i].isNaN || x[j].isNaN { return x[j].isNaN }
    return descending ? x[i] > x[j] : x[i] < x[j]
  }
  #expect(order == expected)
}

@Test func uniqueKeepsOneOfEach() throws {
  #expect(try Vector([3, 1, 3, 2, 1, -0.0, 0]).unique().array == [0, 1, 2, 3])
  let unique = try Vector([.nan, 2, .nan, 2]).unique().array
  #expect(unique.count == 2 && unique[0] == 2 && unique[1].isNaN)
  #expect(try Vector.zeros(0).unique().count == 0)
}

@Test func extremesAndWhereTheyAre() throws {
  let x = try Vector([3, -1, 4, -1, 4])
  #expect(try x.min() == -1 && x.argmin() == 1)
  #expect(try x.max() == 4 && x.argmax() == 2)
  #expect(try x.nonzeros() == 5)
  #expect(try Vector([0, -0.0, .nan, 2]).nonzeros() == 2)
  let long = try Vector.linspace(0, 1, 100_001)
  #expect(try long.max() == 1 && long.argmax() == 100_000 && long.argmin() == 0 && long.nonzeros() == 100_000)
  #expect(try Vector([-.infinity, .infinity]).max() == .infinity)
}

@Test func nanIsTheSmallestAndTheLargest() throws {
  for position in [0, 5, 8, 99] {
    let x = try Vector.linspace(0, 1, 100)
    x[position] = .nan
    #expect(try x.min().isNaN && x.max().isNaN && x.argmin() == position && x.argmax() == position)
  }
}

@Test func nothingHasNoExtremes() throws {
  let none = try Vector.zeros(0)
  #expect(throws: Failure(.data, "an empty vector has no minimum")) { try none.min() }
  #expect(throws: Failure(.data, "an empty vector has no maximum")) { try none.argmax() }
}

/// Against NumPy's method "linear": the same two order statistics and one more rounding.
@Test(arguments: Statistic.all(["quantile"]))
func quantilesAgreeWithNumPy(_ statistic: Statistic) throws {
  let value = try Vector(statistic.data).quantile(statistic.argument)
  #expect(ulps(value, statistic.value) <= 4)
}

@Test func quantilesOfHostileData() throws {
  #expect(throws: Failure(.data, "an empty vector has no quantiles")) { try Vector.zeros(0).median() }
  #expect(throws: Failure(.argument, "p must be between 0 and 1, got 1.5")) { try Vector([1]).quantile(1.5) }
  #expect(throws: Failure(.argument, "p must be between 0 and 1, got NaN")) { try Vector([1]).quantile(.nan) }
  #expect(try Vector([1, .nan, 2]).median().isNaN)
  #expect(try Vector([7]).quantile(0.3) == 7)
  #expect(try Vector([-1.7e308, 1.7e308]).median() == 0)
  #expect(try Vector([-.infinity, 1]).quantile(0.5) == -.infinity)
  #expect(try Vector([1, 1, .infinity, .infinity]).quantile(0.25) == 1)
  #expect(try Vector([2, .infinity, .infinity]).median() == .infinity)
}
