import Kernels
import Lua

extension Module {
  static let stats = Module(
    "stats", "Statistics of samples.",
    functions: [.covariance, .correlation, .ecdf, .weightedQuantile, .histogram, .kde, .ksTest, .adTest, .bootstrap]
      + [crosstab, adjustedRand])

  private static let first = Parameter("a", Kind<Grouping>.grouping, "the group of each row")
  private static let second = Parameter("b", Kind<Grouping>.grouping, "the same rows, grouped another way")

  private static let crosstab = Function(
    "stats.crosstab", "How many rows there are in each pair of groups.", first, second,
    returns: "a table of counts that prints itself",
    example: """
      local iris = frame.load "iris"
      print(stats.crosstab(iris.species, iris.petal_width:gt(1.5)))
      """
  ) { _, a, b in try CrosstabObject(a, b) }

  private static let adjustedRand = Function(
    "stats.adjusted_rand",
    "How well two groupings of the same rows agree, whatever the groups are called: 1 if fully, about 0 if by chance.",
    first, second, returns: "a number, 1 at most",
    example: """
      local iris = frame.load "iris"
      local km = kmeans.fit(iris:matrix(), {k = 3, seed = 1})
      print(stats.adjusted_rand(iris.species, km.labels))
      """
  ) { _, a, b in try CrosstabObject(a, b).table.adjustedRand }
}

/// A group for each row: by the level of a factor, or by a number.
struct Grouping: Sendable {
  /// What the groups are called, in ascending order.
  let names: [String]
  /// Row by row, from 0.
  let codes: [Int]

  init(_ factor: Factor) throws {
    names = factor.levels
    codes = try factor.codes.array.enumerated().map { i, code in
      if code.isNaN { throw ArgumentError("row \(i + 1) is missing") }
      return Int(code) - 1
    }
  }

  init(_ labels: Vector) throws {
    let labels = labels.array
    if let i = labels.firstIndex(where: \.isNaN) { throw ArgumentError("row \(i + 1) is NaN") }
    let levels = Set(labels).sorted()
    let code = Dictionary(uniqueKeysWithValues: zip(levels, levels.indices))
    names = levels.map { text($0, digits: 15) }
    codes = labels.compactMap { code[$0] }
  }
}

extension Kind where Value == Grouping {
  static var grouping: Kind {
    Kind("a factor, a vector or a table", type: "factor|vector|string[]") { call, slot throws -> Grouping? in
      if let factor = call.object(slot, as: Factor.self) { return try Grouping(factor) }
      if let texts = try? Kind<[String]>.list(of: .string).read(call, slot), !texts.isEmpty {
        return try Grouping(try Factor(texts))
      }
      guard call.number(slot) == nil else { return nil }
      return try Grouping(try Kind<Vector>.vector.read(call, slot))
    }
  }
}
