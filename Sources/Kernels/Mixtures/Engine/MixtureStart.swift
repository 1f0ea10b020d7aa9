extension MixtureEstimation {
  /// The first guess from a partition: each row belongs to the nearest centre, in standard deviations of the columns.
  ///
  /// centres: k × d · evenly: the part of each row that goes to all components alike
  func begin(centres: [[Double]], evenly part: Double = 0) throws(Failure) -> Model {
    let centres = memberships?.matched(centres, rows) ?? centres
    let scales = rows.columns.map { $0.sd > 0 ? 1 / $0.sd : 0 }
    return try begin { block, _, values in
      assign(block, centres, scales, into: values)
      for j in 0..<k where part > 0 {
        for i in 0..<block.rows {
          values[j * Block.capacity + i] = (1 - part) * values[j * Block.capacity + i] + part / Double(k)
        }
      }
    }
  }

  /// labels: n, each a component from 1, or 0 where it is not known: such a row is every component's alike
  func begin(labels: Vector) throws(Failure) -> Model {
    try labels.checkLabels(rows: count, k: k)
    return try begin { block, first, values in
      for i in 0..<block.rows {
        let label = labels[first + i]
        for j in 0..<k {
          values[j * Block.capacity + i] = label == 0 ? 1 / Double(k) : label == Double(j + 1) ? 1 : 0
        }
      }
    }
  }

  /// posterior: n × k, rows that sum to 1
  func begin(posterior: Matrix) throws(Failure) -> Model {
    guard posterior.rows == count, posterior.columns == k else {
      let got = "\(posterior.rows) x \(posterior.columns)"
      throw Failure(.shape, "a posterior of \(count) x \(k) is wanted for \(count) rows and k = \(k), got \(got)")
    }
    for i in 0..<count {
      var sum = 0.0
      for j in 0..<k {
        guard posterior[i, j] >= 0 else {
          throw Failure(
            .argument, "a posterior must not be negative, but row \(i + 1), column \(j + 1) is \(posterior[i, j].named)"
          )
        }
        sum += posterior[i, j]
      }
      guard abs(sum - 1) <= 1e-6 else {
        throw Failure(.argument, "rows of a posterior must sum to 1, but row \(i + 1) sums to \(sum.named)")
      }
    }
    return try begin { block, first, values in
      for i in 0..<block.rows { for j in 0..<k { values[j * Block.capacity + i] = posterior[first + i, j] } }
    }
  }

  /// The M-step for given responsibilities.
  ///
  /// responsibilities: a block, the index of its first row, and room for 256 × k numbers, all 0 (rᵢⱼ at 256·j + i written)
  private func begin(
    _ responsibilities: (Block, Int, UnsafeMutablePointer<Double>) -> Void
  ) throws(Failure) -> Model {
    let pooled = family.pooled
    let sums = try rows.moments(count: sumCount, chunk: chunk, workspace: workspace) { block, first, moments in
      moments.sums.withUnsafeMutableBufferPointer { sums in
        guard let sums = sums.baseAddress else { return }
        let (r, block) = self.responsibilities(block)
        fill(r, block, first, by: responsibilities)
        for j in 0..<k { for i in 0..<block.rows { sums[j] += r.values[j * Block.capacity + i] } }
        family.accumulate(block, r.values, pooled, into: sums + k)
      }
    }.sums
    if let empty = sums[..<k].firstIndex(of: 0) {
      throw Failure(.degenerate, "component \(empty + 1) starts without rows: try a smaller k, or more restarts")
    }
    let weights = fixesWeights ? fixedWeights ?? Array(repeating: 1 / Double(k), count: k) : shares(sums[..<k])
    if family.takesRows {
      let matrix = try responsibilityMatrix { block, first, r in fill(r, block, first, by: responsibilities) }
      if let components = try family.begin(by: matrix, after: pooled) {
        return Model(weights: weights, components: components)
      }
    }
    do throws(Collapse) {
      let components = try family.begin(totals: sums[..<k], sums: sums[k...], after: pooled)
      return Model(weights: weights, components: components)
    } catch { throw Failure(.degenerate, error.message(rows: "")) }
  }

  /// A first guess, as far as it is possible, times the weights of the rows.
  private func fill(
    _ r: Responsibilities, _ block: Block, _ first: Int,
    by responsibilities: (Block, Int, UnsafeMutablePointer<Double>) -> Void
  ) {
    r.values.update(repeating: 0, count: k * Block.capacity)
    responsibilities(block, first, r.values)
    memberships?.restrict(r.values, block, first: first)
    guard let weights = rows.weights else { return }
    for j in 0..<k { for i in 0..<block.rows { r.values[j * Block.capacity + i] *= weights[first + i] } }
  }

  /// values: 1 at 256·j + i where row i is nearest to centre j (written)
  private func assign(
    _ block: Block, _ centres: [[Double]], _ scales: [Double], into values: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<block.rows {
      var (nearest, least) = (0, Double.infinity)
      for j in 0..<k {
        var distance = 0.0
        for c in scales.indices {
          let z = (block[row: i, column: c] - centres[j][c]) * scales[c]
          distance = distance.addingProduct(z, z)
        }
        if distance < least { (nearest, least) = (j, distance) }
      }
      values[nearest * Block.capacity + i] = 1
    }
  }
}
