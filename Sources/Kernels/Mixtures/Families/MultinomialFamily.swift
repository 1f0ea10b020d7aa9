/// Multinomial components: rows of counts in m categories that sum to one number of trials t,
/// log p = log t! − Σ log x_c! + Σ x_c·log p_c.
///
/// Sums are Σ r·x_c for each component and category.
package struct MultinomialFamily: ComponentFamily {
  package struct Components: Codable, Sendable {
    /// k × m, component after component.
    let p: [Double]
    /// log p, floored, since none of zero counts is no impossibility.
    let logs: [Double]

    init(p: [Double]) {
      self.p = p
      logs = p.map { floored(log($0)) }
    }
  }

  package let k: Int
  let rows: Rows
  let trials: Double
  package let logConstant: Double

  /// Throws where the rows are not counts with one sum, or are fewer than k.
  package init(_ rows: Rows, k: Int) throws(Failure) {
    try rows.checkCounts()
    try rows.checkComponents(k)
    (self.rows, self.k) = (rows, k)
    self.trials = try rows.commonSum()
    let logOrders = logFactorial(trials)
    self.logConstant = try rows.sum { i in
      (0..<rows.dimension).reduce(logOrders) { $0 - logFactorial(rows.matrix[i, $1]) }
    }
  }

  private var categories: Int { rows.dimension }
  package var name: String { "multinomial" }
  package var freeParameters: Int { k * (categories - 1) }
  package var sumCount: Int { k * categories }

  package func logDensities(
    _ block: Block, _ components: Components, _ logWeights: [Double], into out: UnsafeMutablePointer<Double>
  ) {
    components.logs.withUnsafeBufferPointer { logs in
      for j in 0..<k {
        let column = out + j * Block.capacity
        for g in 0..<block.groups {
          var sum = Block.Lanes(repeating: logWeights[j])
          for c in 0..<categories {
            sum.addProduct(block.lanes(column: c, group: g), Block.Lanes(repeating: logs[j * categories + c]))
          }
          column.setLanes(g, sum)
        }
      }
    }
  }

  package func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, _ components: Components,
    into sums: UnsafeMutablePointer<Double>
  ) {
    for j in 0..<k {
      let r = responsibilities + j * Block.capacity
      for c in 0..<categories {
        var counts = Block.Lanes.zero
        for g in 0..<block.groups { counts.addProduct(r.lanes(g), block.lanes(column: c, group: g)) }
        sums[j * categories + c] += counts.sum()
      }
    }
  }

  package func maximise(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    shares(sums, more: 0)
  }

  /// Half a count more in each category: EM never leaves a p of 0.
  package func begin(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    shares(sums, more: 0.5)
  }

  private func shares(_ sums: ArraySlice<Double>, more: Double) -> Components {
    var p = sums.map { $0 + more }
    for j in 0..<k {
      let own = j * categories..<(j + 1) * categories
      let total = p[own].reduce(0, +)
      for i in own { p[i] /= total }
    }
    return Components(p: p)
  }

  package var pooled: Components {
    let shares = rows.columns.map { $0.mean / trials }
    return Components(p: Array(repeating: shares, count: k).flatMap { $0 })
  }

  package func parameters(of components: Components) -> [Double] { components.p }

  package func components(with parameters: ArraySlice<Double>) -> Components? {
    // Categories that nobody has seen stay at zero.
    parameters.allSatisfy { $0 >= 0 && $0 < 1 } ? Components(p: Array(parameters)) : nil
  }

  package var units: [Double] { Array(repeating: 1, count: sumCount) }

  package func location(of components: Components, _ j: Int) -> [Double] {
    Array(components.p[j * categories..<(j + 1) * categories])
  }

  package func reordered(_ components: Components, _ order: [Int]) -> Components {
    Components(p: order.flatMap { location(of: components, $0) })
  }

  package func components(from distributions: [any Distribution]) throws(Failure) -> Components {
    let parts = try distributions.all(Multinomial.self, family: name)
    var p: [Double] = []
    for (j, part) in parts.enumerated() {
      guard part.trials == trials, part.p.count == categories else {
        throw Failure(
          .shape,
          "component \(j + 1) of the start is over \(part.support.named), the rows are "
            + Support.counts(total: Int(trials), categories: categories).named)
      }
      p += part.p.array
    }
    return Components(p: p)
  }

  package func mixture(weights: [Double], _ components: Components) throws(Failure) -> any Mixture {
    var parts: [Multinomial] = []
    for j in 0..<k { parts.append(try Multinomial(trials: trials, p: try Vector(location(of: components, j)))) }
    return try MultivariateMixture(weights: weights, components: parts)
  }
}
