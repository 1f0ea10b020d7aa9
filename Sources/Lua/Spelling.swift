/// The known word that somebody meant.
package enum Spelling {
  /// The nearest of `words`: one that `word` begins, or at most two edits away; nil where none is.
  package static func nearest(to word: String, in words: [String]) -> String? {
    let lower = word.lowercased()
    if lower.count >= 3, let longer = words.first(where: { $0.hasPrefix(lower) }) { return longer }
    let candidates = words.map { ($0, distance(lower, $0.lowercased())) }
    let limit = min(2, word.count / 2)
    return candidates.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
  }

  /// Levenshtein's distance with the swap of two neighbours as one edit (optimal string alignment).
  static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a)
    let b = Array(b)
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var rows = [Array(0...b.count)]
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
