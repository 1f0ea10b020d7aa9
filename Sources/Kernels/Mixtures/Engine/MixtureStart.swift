extension MixtureEstimation {
  /// The first guess from a partition: each row belongs to the nearest centre, in standard deviations of the columns.
  ///
  /// centres: k × d
  func begin(centres: [[Double]]) throws(Failure) -> Model {
    let pooled = family.pooled
    let scales = rows.columns.map { $0.sd > 0 ? 1 / $0.sd : 0 }
    let sums = try rows.moments(count: sumCount, chunk: chunk, workspace: workspace) { block, moments in
      moments.sums.withUnsafeMutableBufferPointer { sums in
        guard let sums = sums.baseAddress else { return }
        let (r, block) = responsibilities(block)
        assign(block, centres, scales, into: r.values, totals: sums)
        family.accumulate(block, r.values, pooled, into: sums + k)
      }
    }.sums
    guard let empty = sums[..<k].firstIndex(of: 0) else { return try begin(sums, after: pooled) }
    throw Failure(.degenerate, "component \(empty + 1) starts without rows: try a smaller k, or more restarts")
  }

  private func begin(_ sums: [Double], after pooled: F.Components) throws(Failure) -> Model {
    let weights = fixesWeights ? Array(repeating: 1 / Double(k), count: k) : shares(sums[..<k])
    do throws(Collapse) {
      let components = try family.begin(totals: sums[..<k], sums: sums[k...], after: pooled)
      return Model(weights: weights, components: components)
    } catch { throw Failure(.degenerate, error.message(rows: "")) }
  }

  /// values: 1 at 256·j + i where row i is nearest to centre j, else 0 (written) · totals: k (added to)
  private func assign(
    _ block: Block, _ centres: [[Double]], _ scales: [Double], into values: UnsafeMutablePointer<Double>,
    totals: UnsafeMutablePointer<Double>
  ) {
    values.update(repeating: 0, count: k * Block.capacity)
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
      totals[nearest] += 1
    }
  }
}
