// The M-step.
extension DistributionFamily {
  /// There are no sums: `maximise(by:after:)` is what is called.
  package func maximise(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components { components }

  package func maximise(by responsibilities: Matrix, after components: Components) throws(Failure) -> Components? {
    var search = ComponentSearch(self, responsibilities)
    // Side by side, where the rows are worth waking a thread.
    search.parts = try Parallel.map(k, chunk: rows.count < 4096 ? k : 1) { [search] (range) throws(Failure) in
      var parts: [any Distribution] = []
      for j in range { parts.append(try improved(components.parts[j], j, search)) }
      return parts
    }.flatMap { $0 }
    try search.share(after: components.parts)
    for j in 0..<k { try checkSpread(search.parts[j], j) }
    return Components(search.parts)
  }

  /// A fit that has only come close to its optimum is not to lose what was there before, nor to move for ever. But the fit to all
  /// rows, before the first step, knows of no bounds.
  private func improved(
    _ old: any Distribution, _ j: Int, _ search: ComponentSearch
  ) throws(Failure) -> any Distribution {
    let next = try search.fit(j)
    let (before, after) = (try search.height(old, j), try search.height(next, j))
    return isInBounds(old) && (isStill(next, old) || after < before) ? old : next
  }

  /// Whether numbers differ by less than the precision of a search.
  private func isStill(_ next: any Distribution, _ old: any Distribution) -> Bool {
    zip(next.numbers, old.numbers).allSatisfy { abs($0 - $1) <= 1e-11 * abs($1) }
  }

  /// From a partition, and where that leads to counts that rule rows out, with a little of all rows in each component.
  package func begin(by responsibilities: Matrix, after components: Components) throws(Failure) -> Components? {
    let partition = try share(responsibilities, evenly: 0)
    do throws(Failure) {
      let first = try maximise(by: partition, after: pooled)
      if let first, try !rulesOut(first) { return first }
    } catch {
      guard error.kind == .degenerate || error.kind == .data else { throw error }
    }
    return try maximise(by: try share(responsibilities, evenly: 0.05), after: pooled)
  }

  /// Responsibilities of components that can have made the rows; a part of each row goes to all of them evenly.
  private func share(_ responsibilities: Matrix, evenly part: Double) throws(Failure) -> Matrix {
    let result = try responsibilities.copy()
    for i in 0..<rows.count {
      let weight = (0..<k).reduce(0) { $0 + responsibilities[i, $1] }
      let able = (0..<k).map { possible[$0]?[i] == false ? 0.0 : 1 }
      let (count, own) = (able.reduce(0, +), (0..<k).reduce(0) { $0 + able[$1] * responsibilities[i, $1] })
      for j in 0..<k {
        let first = own > 0 ? able[j] * responsibilities[i, j] / own : able[j] / count
        result[i, j] = weight * ((1 - part) * first + part * able[j] / count)
      }
    }
    return result
  }

  /// Whether a component of counts gives no probability to a row that another of its kind could have made, which it then never
  /// would.
  private func rulesOut(_ components: Components) throws(Failure) -> Bool {
    for (j, part) in components.parts.enumerated()
    where constraints.fixed(j).isEmpty && models[j].isDiscrete && !models[j].hasEnds {
      let densities = try part.logDensities(rows.matrix)
      if (0..<rows.count).contains(where: { possible[j]?[$0] != false && !(densities[$0] > -1e290) }) { return true }
    }
    return false
  }

  /// Throws where a density is all in one place, beside the spread of the data.
  private func checkSpread(_ part: any Distribution, _ j: Int) throws(Failure) {
    guard let one = part as? any UnivariateDistribution, !one.isDiscrete else { return }
    let spread = one.quantile(0.95) - one.quantile(0.05)
    guard !(spread > 1e-9 * rows.columns[0].sd), constraints.fixed(j).isEmpty else { return }
    throw Failure(
      .degenerate,
      "component \(j + 1) (\(part.family)) has collapsed onto \(one.quantile(0.5).named); try a smaller k, bounds, "
        + "or more restarts")
  }
}

extension Distribution {
  /// rows: n × d → n
  func logDensities(_ rows: Matrix) throws(Failure) -> Vector {
    if let one = self as? any UnivariateDistribution {
      return try one.values(of: one.logpdf(_:into:), rows.column(0))
    }
    guard let several = self as? any MultivariateDistribution else {
      throw Failure(.argument, "\(family) has no density")
    }
    return try several.logpdf(rows)
  }
}
