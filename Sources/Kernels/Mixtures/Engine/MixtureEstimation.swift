/// EM for a mixture of k components of one family.
struct MixtureEstimation<F: ComponentFamily>: Estimation {
  struct Model: Sendable {
    var weights: [Double]
    var components: F.Components
  }

  let rows: Rows
  let family: F
  /// Weights stay as the start has them.
  let fixesWeights: Bool
  let units: [Double]
  /// Rows of one piece of work.
  let chunk: Int

  /// Throws where a model of this size has no room in memory.
  init(rows: Rows, family: F, fixesWeights: Bool) throws(Failure) {
    try rows.checkRoom(doubles: 8 * Double(family.k) * Double(Block.capacity) + 8 * Double(family.sumCount))
    (self.rows, self.family, self.fixesWeights) = (rows, family, fixesWeights)
    units = (fixesWeights ? [] : Array(repeating: 1, count: family.k)) + family.units
    // Enough rows to be worth a thread, but not so few that the moments of all pieces need much memory.
    let work = max(1, family.k * (1 + family.sumCount / family.k) / 256)
    let pieces = max(1, min(1024, (1 << 22) / (family.k + family.sumCount)))
    chunk = max(4096 / work, (rows.count + pieces - 1) / pieces, 1).roundedUp(to: Block.capacity)
  }

  var count: Int { rows.count }
  var k: Int { family.k }

  // Sums: Σᵢ rᵢⱼ for each component, then the family's.
  var sumCount: Int { k + family.sumCount }

  func expect(_ model: Model) throws(Failure) -> Moments {
    let flag = Interruption.flag
    let parts = try Parallel.map(count, chunk: chunk) { (range) throws(Failure) in try expect(model, range, flag) }
    var moments = Moments(count: sumCount)
    for part in parts { moments += part }
    // Densities are floored far below any that a possible row has, so that impossible ones need no care before this.
    guard moments.loglik > -1e290 else { throw try impossible(model) }
    moments.loglik += family.logConstant
    return moments
  }

  /// One pass over the rows of `range`.
  private func expect(_ model: Model, _ range: Range<Int>, _ flag: Interruption.Flag?) throws(Failure) -> Moments {
    var moments = Moments(count: sumCount)
    try forEachBlock(range, model, flag) { block, r, _ in
      moments.sums.withUnsafeMutableBufferPointer { sums in
        guard let sums = sums.baseAddress else { return }
        let (loglik, certainty) = r.normalise(block, totals: sums)
        moments.loglik += loglik
        moments.certainty += certainty
        family.accumulate(block, r.values, model.components, into: sums + k)
      }
    }
    return moments
  }

  /// body: a block, log wⱼpⱼ of its rows, and the index of its first row
  private func forEachBlock(
    _ range: Range<Int>, _ model: Model, _ flag: Interruption.Flag?, _ body: (Block, Responsibilities, Int) -> Void
  ) throws(Failure) {
    let logWeights = model.weights.map { max(log($0), -1e300) }
    let room = try Vector(uninitialized: k * Block.capacity)
    try room.withValues { (room) throws(Failure) in
      guard let values = room.baseAddress else { return }
      try rows.matrix.forEachBlock(range, workspace: family.workspace, flag) { block, first in
        family.logDensities(block, model.components, into: values)
        for j in 0..<k {
          let column = values + j * Block.capacity
          for g in 0..<block.groups { column.setLanes(g, column.lanes(g) + logWeights[j]) }
        }
        body(block, Responsibilities(values: values, k: k), first)
      }
    }
  }

  func maximise(_ moments: Moments, after model: Model) throws(Failure) -> Model {
    let totals = moments.sums[..<k]
    for j in 0..<k where !(totals[j] > 1e-6) {
      throw Failure(.degenerate, "component \(j + 1) has lost all its rows: try a smaller k, or more restarts")
    }
    do throws(Collapse) {
      let components = try family.maximise(totals: totals, sums: moments.sums[k...], after: model.components)
      return Model(weights: fixesWeights ? model.weights : shares(totals), components: components)
    } catch { throw try describe(error, model) }
  }

  func shares(_ totals: ArraySlice<Double>) -> [Double] {
    let sum = totals.reduce(0, +)
    return totals.map { $0 / sum }
  }

  func parameters(of model: Model) -> [Double] {
    (fixesWeights ? [] : model.weights) + family.parameters(of: model.components)
  }

  func model(with parameters: [Double], after model: Model) -> Model? {
    let weights = fixesWeights ? model.weights : Array(parameters[..<k])
    guard weights.allSatisfy({ $0 > 0 }),
      let components = family.components(with: parameters[(fixesWeights ? 0 : k)...])
    else { return nil }
    return Model(weights: weights, components: components)
  }

  func ordered(_ model: Model) -> Model {
    let places = (0..<k).map { family.location(of: model.components, $0) }
    let order = (0..<k).sorted { a, b in
      if places[a] == places[b] { return a < b }
      return places[a].lexicographicallyPrecedes(places[b])
    }
    return Model(weights: order.map { model.weights[$0] }, components: family.reordered(model.components, order))
  }
}

// What went wrong, in the user's terms.
extension MixtureEstimation {
  private func describe(_ collapse: Collapse, _ model: Model) throws(Failure) -> Failure {
    guard let j = collapse.component else { return Failure(.degenerate, collapse.message(rows: "")) }
    var (owned, count) = ([Int](), 0)
    try forEachBlock(0..<self.count, model, Interruption.flag) { block, r, first in
      var totals = [Double](repeating: 0, count: k)
      totals.withUnsafeMutableBufferPointer { totals in
        if let totals = totals.baseAddress { _ = r.normalise(block, totals: totals) }
      }
      for i in 0..<block.rows where r.values[j * Block.capacity + i] > 0.5 {
        if owned.count < 3 { owned.append(first + i + 1) }
        count += 1
      }
    }
    let list = owned.map { "\($0)" }.joined(separator: ", ") + (count > owned.count ? ", …" : "")
    let rows = count == 0 ? "" : count == 1 ? " (row \(list))" : " (\(count) rows: \(list))"
    return Failure(.degenerate, collapse.message(rows: rows))
  }

  private func impossible(_ model: Model) throws(Failure) -> Failure {
    var found: Int?
    try forEachBlock(0..<count, model, Interruption.flag) { block, r, first in
      guard found == nil else { return }
      found = (0..<block.rows).first { i in
        (0..<k).allSatisfy { !(r.values[$0 * Block.capacity + i] > -1e290) }
      }.map { first + $0 + 1 }
    }
    return Failure(.data, "row \(found ?? 1) has density zero under every component: start nearer to the data")
  }
}

extension Collapse {
  func message(rows: String) -> String {
    (component.map { "component \($0 + 1)\(rows) \(reason)" } ?? reason) + "; try \(advice)"
  }
}

extension Int {
  fileprivate func roundedUp(to unit: Int) -> Int { (self + unit - 1) / unit * unit }
}
