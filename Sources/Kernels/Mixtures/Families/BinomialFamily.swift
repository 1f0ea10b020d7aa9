/// Binomial components with one known number of trials t: log p = log C(t, x) + x·log p + (t − x)·log(1 − p).
///
/// Sums are Σ r·x for each component.
package struct BinomialFamily: ComponentFamily {
  package struct Components: Codable, Sendable {
    let p: [Double]
    /// log p and log(1 − p), floored, since none of zero counts is no impossibility.
    let logs: [Logs]

    struct Logs: Codable, Sendable { let success, failure: Double }

    init(p: [Double]) {
      self.p = p
      logs = p.map { Logs(success: floored(log($0)), failure: floored(log1p(-$0))) }
    }
  }

  package let k: Int
  let rows: Rows
  let trials: Double
  package let logConstant: Double

  /// Throws where the rows are not one column of integers from 0 to `trials`, or are fewer than k.
  package init(_ rows: Rows, k: Int, trials: Double) throws(Failure) {
    try rows.checkColumns(1, family: "binomial")
    try rows.checkCounts()
    try rows.checkComponents(k)
    _ = try Binomial(trials: trials, p: 0)
    guard trials >= 1 else { throw Failure(.argument, "trials must be at least 1, got \(trials.named)") }
    guard trials >= rows.columns[0].most else {
      throw Failure(
        .argument, "trials must be at least the largest count, \(rows.columns[0].most.named), got \(trials.named)")
    }
    (self.rows, self.k, self.trials) = (rows, k, trials)
    let (counts, logOrders) = (rows.matrix.column(0), logFactorial(trials))
    self.logConstant = try rows.sum { logOrders - logFactorial(counts[$0]) - logFactorial(trials - counts[$0]) }
  }

  package var name: String { "binomial" }
  package var freeParameters: Int { k }
  package var sumCount: Int { k }

  package func logDensities(
    _ block: Block, _ components: Components, _ logWeights: [Double], into out: UnsafeMutablePointer<Double>
  ) {
    for j in 0..<k {
      let logs = components.logs[j]
      let top = Block.Lanes(repeating: logWeights[j])
      let column = out + j * Block.capacity
      for g in 0..<block.groups {
        let x = block.lanes(column: 0, group: g)
        let successes = top.addingProduct(x, Block.Lanes(repeating: logs.success))
        column.setLanes(g, successes.addingProduct(trials - x, Block.Lanes(repeating: logs.failure)))
      }
    }
  }

  package func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, _ components: Components,
    into sums: UnsafeMutablePointer<Double>
  ) {
    for j in 0..<k {
      let r = responsibilities + j * Block.capacity
      var successes = Block.Lanes.zero
      for g in 0..<block.groups { successes.addProduct(r.lanes(g), block.lanes(column: 0, group: g)) }
      sums[j] += successes.sum()
    }
  }

  package func maximise(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    Components(p: zip(totals, sums).map { min(1, $1 / ($0 * trials)) })
  }

  /// Half a success and half a failure more: EM never leaves a p of 0 or 1.
  package func begin(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    Components(p: zip(totals, sums).map { ($1 + 0.5) / ($0 * trials + 1) })
  }

  package var pooled: Components {
    Components(p: Array(repeating: rows.columns[0].mean / trials, count: k))
  }

  package func parameters(of components: Components) -> [Double] { components.p }

  package func components(with parameters: ArraySlice<Double>) -> Components? {
    parameters.allSatisfy { $0 > 0 && $0 < 1 } ? Components(p: Array(parameters)) : nil
  }

  package var units: [Double] { Array(repeating: 1, count: k) }

  package func location(of components: Components, _ j: Int) -> [Double] { [components.p[j]] }

  package func reordered(_ components: Components, _ order: [Int]) -> Components {
    Components(p: order.map { components.p[$0] })
  }

  package func components(from distributions: [any Distribution]) throws(Failure) -> Components {
    let binomials = try distributions.all(Binomial.self, family: name)
    for (j, b) in binomials.enumerated() where b.trials != trials {
      throw Failure(
        .argument, "component \(j + 1) of the start has \(b.trials.named) trials, where \(trials.named) are wanted")
    }
    return Components(p: binomials.map(\.p))
  }

  package func mixture(weights: [Double], _ components: Components) throws(Failure) -> any Mixture {
    var binomials: [Binomial] = []
    for p in components.p { binomials.append(try Binomial(trials: trials, p: p)) }
    return try UnivariateMixture(weights: weights, components: binomials)
  }
}
