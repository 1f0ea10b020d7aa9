/// First and second moments of rows about a point: Σ r·e_c and, row after row of the lower triangle, Σ r·e_b·e_c, e = x − point.
struct Scatter {
  let d: Int

  /// responsibilities: 256 (read) · first: d · second: d(d + 1)/2 (both added to)
  func add(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, about point: UnsafeBufferPointer<Double>,
    first: UnsafeMutablePointer<Double>, second: UnsafeMutablePointer<Double>
  ) {
    let e = block.workspace
    let weighted = e + d * Block.capacity
    for c in 0..<d {
      var sum = Block.Lanes.zero
      for g in 0..<block.groups {
        let difference = block.lanes(column: c, group: g) - point[c]
        let share = responsibilities.lanes(g) * difference
        (e + c * Block.capacity).setLanes(g, difference)
        (weighted + c * Block.capacity).setLanes(g, share)
        sum += share
      }
      first[c] += sum.sum()
    }
    var next = 0
    for b in 0..<d {
      for c in 0...b {
        second[next] += dot(e + b * Block.capacity, weighted + c * Block.capacity, block.groups)
        next += 1
      }
    }
  }

  /// groups: a multiple of four, whose chains of multiply-adds overlap.
  @inline(__always)
  private func dot(_ x: UnsafeMutablePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ groups: Int) -> Double {
    var (s0, s1, s2, s3) = (Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero)
    for g in stride(from: 0, to: groups, by: 4) {
      s0.addProduct(x.lanes(g), y.lanes(g))
      s1.addProduct(x.lanes(g + 1), y.lanes(g + 1))
      s2.addProduct(x.lanes(g + 2), y.lanes(g + 2))
      s3.addProduct(x.lanes(g + 3), y.lanes(g + 3))
    }
    return ((s0 + s1) + (s2 + s3)).sum()
  }

  /// first: d, second: d(d + 1)/2, both divided by Σ r → the covariance, d × d
  func covariance(first: ArraySlice<Double>, second: ArraySlice<Double>) -> [Double] {
    var covariance = [Double](repeating: 0, count: d * d)
    var next = second.startIndex
    for b in 0..<d {
      let shift = first[first.startIndex + b]
      for c in 0...b {
        let value = second[next] - shift * first[first.startIndex + c]
        (covariance[b + c * d], covariance[c + b * d]) = (value, value)
        next += 1
      }
      // Rows this far from the point say nothing of their spread but rounding; the next step sees them from near by.
      covariance[b * (d + 1)] = max(covariance[b * (d + 1)], 1e-10 * shift * shift)
    }
    return covariance
  }
}

extension Rows {
  /// Σ(x − mean)(x − mean)ᵀ/n: d × d.
  func covariance() throws(Failure) -> [Double] {
    let (d, pairs) = (dimension, dimension * (dimension + 1) / 2)
    let means = columns.map(\.mean)
    let flag = Interruption.flag
    let pieces = max(1, min(1024, (1 << 22) / (d + pairs)))
    let chunk = max(4096, (count + pieces - 1) / pieces)
    let parts = try Parallel.map(count, chunk: chunk) { (range) throws(Failure) in
      var sums = [Double](repeating: 0, count: d + pairs)
      let ones = try Vector(uninitialized: Block.capacity)
      try matrix.forEachBlock(range, workspace: 2 * d * Block.capacity, flag) { block, _ in
        ones.withValues { ones in
          for i in ones.indices { ones[i] = i < block.rows ? 1 : 0 }
          sums.withUnsafeMutableBufferPointer { sums in
            means.withUnsafeBufferPointer { means in
              guard let sums = sums.baseAddress, let ones = ones.baseAddress else { return }
              Scatter(d: d).add(block, ones, about: means, first: sums, second: sums + d)
            }
          }
        }
      }
      return sums
    }
    var sums = [Double](repeating: 0, count: d + pairs)
    for part in parts { for i in sums.indices { sums[i] += part[i] / Double(count) } }
    return Scatter(d: d).covariance(first: sums[..<d], second: sums[d...])
  }

  /// Columns whose covariances doubles can hold.
  func checkSquares() throws(Failure) {
    for (c, column) in columns.enumerated() where !(column.sd > 1e-145 && column.sd < 1e145) {
      throw Failure(.data, "column \(c + 1) has a spread of \(column.sd), whose square doubles cannot hold: rescale it")
    }
  }
}
