// Two components that are equal stay so: EM moves them as one. That is an optimum of the likelihood only if no way apart leads
// up, else a saddle, where a fit must not end.
extension MixtureEstimation {
  func escape(from model: Model, loglik: Double) throws(Failure) -> (model: Model, evaluations: Int)? {
    var (best, highest, evaluations): (Model?, Double, Int) = (nil, loglik, 0)
    for (a, b) in pairs(of: model) {
      for direction in 0...min(d, Self.mostDirections) {
        for size in [0.8, 0.2, 0.05] {
          evaluations += 2
          guard let apart = try separated(model, a, b, direction, size), let height = try self.loglik(apart) else {
            continue
          }
          if height > highest { (best, highest) = (apart, height) }
        }
      }
    }
    return best.map { ($0, evaluations) }
  }

  /// Columns that are looked along for a way apart.
  private static var mostDirections: Int { 16 }
  private var d: Int { rows.dimension }

  /// Pairs of components with nearly the same parameters, each component in one pair at most.
  private func pairs(of model: Model) -> [(Int, Int)] {
    let parameters = family.parameters(of: model.components)
    var (pairs, free) = ([(Int, Int)](), Set(0..<k))
    for a in 0..<k where free.contains(a) {
      for b in a + 1..<max(k, a + 1) where free.contains(b) && family.kinds[a] == family.kinds[b] {
        var order = Array(0..<k)
        order.swapAt(a, b)
        let swapped = family.parameters(of: family.reordered(model.components, order))
        // Not exactly: EM comes close to a saddle without end, and likelihoods are flat there.
        guard norm(zip(parameters, swapped).map { $0 - $1 }, family.units) <= 0.1 else { continue }
        pairs.append((a, b))
        free.subtract([a, b])
        break
      }
    }
    return pairs
  }

  private func loglik(_ model: Model) throws(Failure) -> Double? {
    do throws(Failure) { return try expect(model).loglik } catch {
      guard error.endsOneStart else { throw error }
      return nil
    }
  }

  /// What EM makes of rows that two components no longer share alike: a gets more of those with large values in a column, b of
  /// those with small ones; in the last direction, a gets more of those far from the centre of the data. Nil where that has
  /// no estimate.
  private func separated(
    _ model: Model, _ a: Int, _ b: Int, _ direction: Int, _ size: Double
  ) throws(Failure) -> Model? {
    let logWeights = model.logWeights
    let sums = try rows.moments(count: sumCount, chunk: chunk, workspace: workspace) { block, first, moments in
      moments.sums.withUnsafeMutableBufferPointer { sums in
        guard let sums = sums.baseAddress else { return }
        let (r, block) = responsibilities(block)
        logDensities(block, first, model.components, logWeights, into: r)
        _ = normalise(r, block, first, totals: sums)
        for i in 0..<block.rows {
          let lean = size * self.lean(block, i, direction)
          let (own, other) = (r.values + a * Block.capacity + i, r.values + b * Block.capacity + i)
          let moved = lean > 0 ? lean * other.pointee : lean * own.pointee
          own.pointee += moved
          other.pointee -= moved
          sums[a] += moved
          sums[b] -= moved
        }
        family.accumulate(block, r.values, model.components, into: sums + k)
      }
    }.sums
    guard (0..<k).allSatisfy({ hasRows(sums[$0], $0) }) else { return nil }
    do throws(Collapse) {
      let components = try family.maximise(totals: sums[..<k], sums: sums[k...], after: model.components)
      return Model(weights: fixesWeights ? model.weights : shares(sums[..<k]), components: components)
    } catch { return nil }
  }

  /// From −1 to 1.
  private func lean(_ block: Block, _ i: Int, _ direction: Int) -> Double {
    func z(_ c: Int) -> Double {
      let column = rows.columns[c]
      return column.sd > 0 ? (block[row: i, column: c] - column.mean) / column.sd : 0
    }
    if direction < min(d, Self.mostDirections) { return max(-1, min(1, z(direction))) }
    let square = (0..<d).reduce(0) { $0 + z($1) * z($1) } / Double(d)
    return max(-1, min(1, square - 1))
  }
}
