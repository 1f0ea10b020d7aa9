import Kernels
import Testing

/// A row of arrays.tsv.
struct Statistic: Sendable, CustomTestStringConvertible {
  let row: Reference.Row
  var name: String { row.cells[0] }
  var argument: Double { row[1] }
  var value: Double { row[2] }
  var data: [Double] { row.cells[3].split(separator: " ").compactMap { Double($0) } }
  var testDescription: String { "\(name) \(argument) of \(data.prefix(3))" }

  static func all(_ names: Set<String>) -> [Statistic] {
    Reference.rows("arrays").map { Statistic(row: $0) }.filter { names.contains($0.name) }
  }
}

/// Against exact fractions. A sum is rounded from twice the precision, and each further division, square or root rounds once.
@Test(arguments: Statistic.all(["sum", "mean", "variance", "sd", "norm"]))
func sumsAgreeWithFractions(_ statistic: Statistic) throws {
  let x = try Vector(statistic.data)
  let value =
    switch statistic.name {
    case "sum": try x.sum()
    case "mean": try x.mean()
    case "variance": try x.variance(ddof: Int(statistic.argument))
    case "sd": try x.standardDeviation()
    default: try x.norm()
    }
  #expect(ulps(value, statistic.value) <= ["sum": 1, "mean": 1][statistic.name, default: 4])
}

/// Numbers of both signs and many sizes, enough for several chunks.
private func hard(_ n: Int) throws -> Vector {
  var g = SystemOfTests(state: 5)
  return try Vector((0..<n).map { _ in g.sign() * g.power(-40, 40) })
}

@Test(arguments: [1, 2, 3, 16])
func sumsHaveTheSameBitsOnAnyNumberOfThreads(threads: Int) throws {
  let x = try hard(300_007)
  let y = try x.reversed()
  func bits() throws -> [UInt64] {
    try [x.sum(), x.mean(), x.variance(), x.norm(), x.dot(y), x.min(), x.max(), x.product()].map { $0.bitPattern }
  }
  let before = Parallel.threads
  defer { Parallel.threads = before }
  Parallel.threads = 1
  let alone = try bits()
  Parallel.threads = threads
  #expect(try bits() == alone)
}

@Test(arguments: [1, 7, 8, 9, 31, 33, 32_768, 32_769, 200_001])
func sumsOfIntegersAreExact(n: Int) throws {
  let x = try Vector.range(1, Double(n))
  #expect(try x.sum() == Double(n * (n + 1) / 2))
  #expect(try x.mean() == Double(n + 1) / 2)
  #expect(try x.dot(x) == Double(n * (n + 1) / 2 * (2 * n + 1) / 3))
  #expect(try x.variance(ddof: 0) == Double(n * n - 1) / 12)
  #expect(try x.cumulativeSum()[n - 1] == Double(n * (n + 1) / 2))
}

/// Σxᵢyᵢ of condition 1e30: what is left is 1.
@Test func dotSurvivesCancellation() throws {
  let x = try Vector([1e15 + 1, 1, -1e15 - 1, 1e-8])
  let y = try Vector([1e15 - 1, 1, 1e15 - 1, 0])
  #expect(try x.dot(y) == 1)
}

@Test func sumsOfNothing() throws {
  let none = try Vector.zeros(0)
  #expect(try none.sum() == 0 && none.product() == 1 && none.norm() == 0 && none.dot(none) == 0)
  #expect(try none.mean().isNaN && none.variance().isNaN && none.standardDeviation().isNaN)
  #expect(try Vector([3]).variance().isNaN)
  #expect(try Vector([3]).variance(ddof: 0) == 0)
  #expect(try none.cumulativeSum().count == 0)
}

@Test func sumsOfInfinities() throws {
  #expect(try Vector([1, .infinity, 2]).sum() == .infinity)
  #expect(try Vector([1, .infinity, 2]).mean() == .infinity)
  #expect(try Vector([1, .infinity, -.infinity]).sum().isNaN)
  #expect(try Vector([1, .nan, 2]).sum().isNaN)
  #expect(try Vector([1, .nan, 2]).standardDeviation().isNaN)
  #expect(try Vector([1, .infinity]).standardDeviation().isNaN)
  #expect(try Vector([1, -.infinity]).norm() == .infinity)
  #expect(try Vector([1, .infinity, 2]).cumulativeSum().array == [1, .infinity, .infinity])
}

@Test func dotWantsEqualLengths() throws {
  let failure = #expect(throws: Failure.self) { try Vector([1, 2]).dot(try Vector([1, 2, 3])) }
  #expect(failure == Failure(.shape, "the shapes differ: vector of 2 and vector of 3"))
}
