/// EM for a mixture of k components of one family.
struct MixtureEstimation<F: ComponentFamily>: Estimation {
  struct Model: Codable, Sendable {
    var weights: [Double]
    var components: F.Components

    var logWeights: [Double] { weights.map { floored(log($0)) } }
  }

  let rows: Rows
  let family: F
  /// Weights stay as the start has them.
  let fixesWeights: Bool
  /// What they are, where that is not for the start to say: k.
  let fixedWeights: [Double]?
  /// What is known of each row's component.
  let memberships: Memberships?
  let units: [Double]
  /// Rows of one piece of work.
  let chunk: Int

  /// Throws where a model of this size has no room in memory.
  init(
    rows: Rows, family: F, fixesWeights: Bool, fixedWeights: [Double]? = nil, memberships: Memberships? = nil
  ) throws(Failure) {
    try rows.checkRoom(doubles: 8 * Double(family.k) * Double(Block.capacity) + 8 * Double(family.sumCount))
    (self.rows, self.family, self.memberships) = (rows, family, memberships)
    self.fixedWeights = try fixedWeights.map { (w) throws(Failure) in try normalised(weights: w, count: family.k) }
    self.fixesWeights = fixesWeights || fixedWeights != nil
    let fixesWeights = self.fixesWeights
    units = (fixesWeights ? [] : Array(repeating: 1, count: family.k)) + family.units
    // Enough rows to be worth a thread, and the adding up of sums, but not so few that the sums of all pieces need much memory.
    let pieces = max(1, min(1024, (1 << 22) / (family.k + family.sumCount)))
    let work = family.k + family.sumCount / 4
    chunk = max(98_304 / work, 1024, (rows.count + pieces - 1) / pieces).roundedUp(to: Block.capacity)
  }

  var count: Int { rows.count }
  var k: Int { family.k }

  // Sums: Σᵢ rᵢⱼ for each component, then the family's.
  var sumCount: Int { k + family.sumCount }

  /// Doubles that a pass needs beside a block: log-densities, which become responsibilities, and what the family asks for.
  var workspace: Int { k * Block.capacity + family.workspace }

  func expect(_ model: Model) throws(Failure) -> Moments {
    let logWeights = model.logWeights
    var moments = try rows.moments(count: sumCount, chunk: chunk, workspace: workspace) { block, first, moments in
      moments.sums.withUnsafeMutableBufferPointer { sums in
        guard let sums = sums.baseAddress else { return }
        let (r, block) = responsibilities(block)
        logDensities(block, first, model.components, logWeights, into: r)
        let (loglik, certainty) = normalise(r, block, first, totals: sums)
        family.accumulate(block, r.values, model.components, into: sums + k)
        moments.loglik += loglik
        moments.certainty += certainty
      }
    }
    // Densities are floored far below any that a possible row has, so that impossible ones need no care before this.
    guard moments.loglik > -1e290 else { throw try impossible(model) }
    moments.loglik += family.logConstant
    return moments
  }

  /// Whether Σᵢ rᵢⱼ is enough to go on with.
  func hasRows(_ total: Double, _ j: Int) -> Bool {
    total > 1e-6 * rows.weight / Double(count) || family.mayVanish(j)
  }

  /// log wⱼpⱼ of a block's rows, with what is known of them beforehand. first: the index of its first row
  func logDensities(
    _ block: Block, _ first: Int, _ components: F.Components, _ logWeights: [Double], into r: Responsibilities
  ) {
    family.logDensities(block, components, logWeights, into: r.values)
    memberships?.add(to: r.values, block, first: first)
  }

  /// As `Responsibilities.normalise`, by the weights of the rows.
  func normalise(
    _ r: Responsibilities, _ block: Block, _ first: Int, totals: UnsafeMutablePointer<Double>
  ) -> (loglik: Double, certainty: Double) {
    guard let weights = rows.weights else { return r.normalise(block, totals: totals) }
    return r.normalise(block, weights: weights, first: first, totals: totals)
  }

  /// The room of a block, shared out.
  func responsibilities(_ block: Block) -> (Responsibilities, Block) {
    (Responsibilities(values: block.workspace, k: k), block.leaving(k * Block.capacity))
  }

  func maximise(_ moments: Moments, after model: Model) throws(Failure) -> Model {
    let totals = moments.sums[..<k]
    for j in 0..<k where !hasRows(totals[j], j) {
      throw Failure(.degenerate, "component \(j + 1) has lost all its rows: try a smaller k, or more restarts")
    }
    if family.takesRows,
      let components = try family.maximise(by: try responsibilityMatrix(model), after: model.components)
    {
      return Model(weights: fixesWeights ? model.weights : shares(totals), components: components)
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

  /// Components of one kind change places, unless something is known of who made what.
  func ordered(_ model: Model) -> Model {
    guard memberships == nil, fixedWeights == nil else { return model }
    let (places, kinds) = ((0..<k).map { family.location(of: model.components, $0) }, family.kinds)
    var sorted = (0..<k).sorted { a, b in
      if places[a] == places[b] { return a < b }
      return places[a].lexicographicallyPrecedes(places[b])
    }
    let order = kinds.map { kind in sorted.remove(at: sorted.firstIndex { kinds[$0] == kind } ?? 0) }
    return Model(weights: order.map { model.weights[$0] }, components: family.reordered(model.components, order))
  }
}

// What went wrong, in the user's terms.
extension MixtureEstimation {
  private func describe(_ collapse: Collapse, _ model: Model) throws(Failure) -> Failure {
    guard let j = collapse.component else { return Failure(.degenerate, collapse.message(rows: "")) }
    var (owned, count) = ([Int](), 0)
    try forEachBlock(model) { block, r, first in
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

  /// body: a block, log wⱼpⱼ of its rows, and the index of its first row
  private func forEachBlock(_ model: Model, _ body: (Block, Responsibilities, Int) -> Void) throws(Failure) {
    let logWeights = model.logWeights
    try rows.matrix.forEachBlock(0..<count, workspace: workspace, Interruption.flag) { block, first in
      let (r, block) = responsibilities(block)
      logDensities(block, first, model.components, logWeights, into: r)
      body(block, r, first)
    }
  }

  private func impossible(_ model: Model) throws(Failure) -> Failure {
    var found: Int?
    try forEachBlock(model) { block, r, first in
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
