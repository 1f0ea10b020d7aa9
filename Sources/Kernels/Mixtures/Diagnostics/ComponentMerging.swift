/// Components put together into groups that overlap less: at each step the two whose union lowers the entropy of the
/// classification most.
///
/// J.-P. Baudry, A. E. Raftery, G. Celeux, K. Lo, R. Gottardo, Combining mixture components for clustering, J. Comput. Graph.
/// Stat. 19 (2010), 332–353, doi:10.1198/jcgs.2010.08111.
package struct ComponentMerging: Sendable {
  package struct Step: Sendable {
    /// The group of each component, from 1: k numbers.
    package let groups: [Int]
    /// −Σᵢ Σ_g P(g | row i)·log P(g | row i).
    package let entropy: Double
    /// The likeliest group of each row: n.
    package let labels: Vector

    package var count: Int { groups.max() ?? 0 }
  }

  /// From k groups to one.
  package let steps: [Step]

  /// posterior: n × k, rows that sum to 1
  package init(posterior: Matrix) throws(Failure) {
    let k = posterior.columns
    let shares = try posterior.copy()
    var members = (0..<k).map { [$0] }
    var steps = [try ComponentMerging.step(shares, members)]
    while members.count > 1 {
      let (a, b) = try ComponentMerging.bestPair(shares, members.map { $0[0] })
      let (into, from) = (members[a][0], members[b][0])
      for i in 0..<shares.rows { shares[i, into] += shares[i, from] }
      members[a] += members.remove(at: b)
      steps.append(try ComponentMerging.step(shares, members))
    }
    self.steps = steps
  }

  /// The pair with the largest Σᵢ (x·log x)(rᵢₐ + rᵢᵦ) − (x·log x)(rᵢₐ) − (x·log x)(rᵢᵦ). columns: of the groups
  private static func bestPair(_ shares: Matrix, _ columns: [Int]) throws(Failure) -> (Int, Int) {
    var (best, most) = ((0, 1), -Double.infinity)
    for a in columns.indices {
      for b in a + 1..<max(columns.count, a + 1) {
        let gain = try sum(shares) { i in
          let (x, y) = (shares[i, columns[a]], shares[i, columns[b]])
          return xLogX(x + y) - xLogX(x) - xLogX(y)
        }
        if gain > most { (best, most) = ((a, b), gain) }
      }
    }
    return best
  }

  /// shares: that of a group in the column of its first member
  private static func step(_ shares: Matrix, _ members: [[Int]]) throws(Failure) -> Step {
    var groups = [Int](repeating: 0, count: shares.columns)
    for (g, own) in members.enumerated() { for j in own { groups[j] = g + 1 } }
    let columns = members.map { $0[0] }
    let entropy = try sum(shares) { i in columns.reduce(0) { $0 - xLogX(shares[i, $1]) } }
    let labels = try Vector(uninitialized: shares.rows)
    for i in 0..<shares.rows {
      var best = 0
      for g in columns.indices where shares[i, columns[g]] > shares[i, columns[best]] { best = g }
      labels[i] = shares[i, columns[best]].isNaN ? .nan : Double(best + 1)
    }
    return Step(groups: groups, entropy: entropy, labels: labels)
  }

  private static func sum(_ rows: Matrix, _ f: (Int) -> Double) throws(Failure) -> Double {
    try Parallel.map(rows.rows, chunk: 4096) { chunk in chunk.reduce(0) { $0 + f($1) } }.reduce(0, +)
  }
}
