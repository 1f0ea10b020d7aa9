/// How many rows fall into each pair of groups: two ways of parting the same rows, held against each other.
package struct Crosstab: Sendable {
  /// counts[i][j]: rows of group i in the first, j in the second.
  package let counts: [[Int]]

  /// first, second: the group of each row, from 0; as many rows of both
  package init(_ first: [Int], _ second: [Int]) throws(Failure) {
    guard first.count == second.count else {
      throw Failure(.shape, "as many rows of both are wanted, got \(first.count) and \(second.count)")
    }
    var counts = Array(
      repeating: [Int](repeating: 0, count: (second.max() ?? -1) + 1), count: (first.max() ?? -1) + 1)
    for (i, j) in zip(first, second) { counts[i][j] += 1 }
    self.counts = counts
  }

  /// The adjusted Rand index: pairs of rows that both ways keep together, less those expected by chance, over the most that
  /// there could be less the same. 1 where the groups are the same up to names, about 0 where they have nothing to do with each
  /// other.
  ///
  /// L. Hubert, P. Arabie, Comparing partitions, J. Classif. 2 (1985), 193–218, doi:10.1007/BF01908075.
  package var adjustedRand: Double {
    let rows = counts.map { $0.reduce(0, +) }
    let columns = (0..<(counts.first?.count ?? 0)).map { j in counts.reduce(0) { $0 + $1[j] } }
    let together = counts.reduce(0.0) { $0 + Crosstab.pairs($1) }
    let (first, second) = (Crosstab.pairs(rows), Crosstab.pairs(columns))
    let all = Crosstab.pairs([rows.reduce(0, +)])
    // Fewer than two rows, one group, or all rows by themselves, both ways: the same groups.
    guard all > 0, first + second > 0, first < all || second < all else { return 1 }
    let expected = first / all * second
    return (together - expected) / ((first + second) / 2 - expected)
  }

  private static func pairs(_ sizes: [Int]) -> Double { sizes.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 } }
}
