/// First and second moments of weighted rows about a point: Σ r·e_c and, row after row of the lower triangle, Σ r·e_b·e_c,
/// e = x − point.
struct Scatter: ScatterSums {
  let d: Int

  var count: Int { d + d * (d + 1) / 2 }
  /// Whether to take the rows that have a part in a component out of a block first: of many columns, few rows have.
  var isWide: Bool { d >= 8 }
  /// Doubles of workspace.
  var room: Int { isWide ? 2 * rowStride(d) * Block.capacity : d * Block.capacity }

  /// responsibilities: 256 (read) · point: d (read) · sums: d first moments, then d(d + 1)/2 second ones (added to)
  func add(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, about point: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    let weighted = block.workspace
    for c in 0..<d {
      var sum = Block.Lanes.zero
      for g in 0..<block.groups {
        let share = responsibilities.lanes(g) * (block.lanes(column: c, group: g) - point[c])
        weighted.setLanes(g * d + c, share)
        sum += share
      }
      sums[c] += sum.sum()
    }
    for b in stride(from: 0, to: d, by: 2) {
      for c in stride(from: 0, through: b, by: 2) { addTile(b, c, block, weighted, point, to: sums + d) }
    }
  }

  /// The products of columns b and b + 1 with columns c and c + 1, c ≤ b: four numbers loaded for as many products.
  @inline(__always)
  private func addTile(
    _ b: Int, _ c: Int, _ block: Block, _ weighted: UnsafePointer<Double>, _ point: UnsafePointer<Double>,
    to second: UnsafeMutablePointer<Double>
  ) {
    // An odd last column is its own companion, and its second copy is left out.
    let (b1, c1) = (min(b + 1, d - 1), min(c + 1, d - 1))
    let (p0, p1) = (point[b], point[b1])
    var (s00, s01, s10, s11) = (Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero)
    for g in 0..<block.groups {
      let (e0, e1) = (block.lanes(column: b, group: g) - p0, block.lanes(column: b1, group: g) - p1)
      let (w0, w1) = (weighted.lanes(g * d + c), weighted.lanes(g * d + c1))
      s00.addProduct(e0, w0)
      s01.addProduct(e0, w1)
      s10.addProduct(e1, w0)
      s11.addProduct(e1, w1)
    }
    let (row0, row1) = (second + b * (b + 1) / 2, second + b1 * (b1 + 1) / 2)
    row0[c] += s00.sum()
    if c < b { row0[c1] += s01.sum() }
    if b < b1 {
      row1[c] += s10.sum()
      row1[c1] += s11.sum()
    }
  }
}

// Wide rows, columns side by side.
extension Scatter {
  /// As `add`, for a block whose rows are in its workspace, columns side by side.
  func addWide(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, about point: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    let stride = rowStride(d)
    let (rows, room) = (block.workspace, block.workspace + stride * Block.capacity)
    block.withRows(
      where: { responsibilities[$0] > 0 },
      do: { list in
        // √r·e on either side of a product makes r·e·e of one array.
        for v in 0..<(d + 7) / 8 {
          let centre = point.lanes(v)
          var sum = Block.Lanes.zero
          for (p, i) in list.enumerated() {
            let root = responsibilities[Int(i)].squareRoot()
            let scaled = ((rows + Int(i) * stride).lanes(v) - centre) * root
            (room + p * stride).setLanes(v, scaled)
            sum.addProduct(scaled, Block.Lanes(repeating: root))
          }
          (sums + 8 * v).add(sum, lanes: d - 8 * v)
        }
        for b in Swift.stride(from: 0, to: d, by: 4) {
          for v in 0...min(b + 3, d - 1) / 8 { addTile(b, v, room, stride, list.count, to: sums + d) }
        }
      })
  }

  /// The products of columns b to b + 3 with columns 8·v to 8·v + 7.
  @inline(__always)
  private func addTile(
    _ b: Int, _ v: Int, _ scaled: UnsafePointer<Double>, _ stride: Int, _ count: Int,
    to second: UnsafeMutablePointer<Double>
  ) {
    var (s0, s1, s2, s3) = (Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero)
    for p in 0..<count {
      let row = scaled + p * stride
      let e = row.lanes(v)
      s0.addProduct(Block.Lanes(repeating: row[b]), e)
      s1.addProduct(Block.Lanes(repeating: row[b + 1]), e)
      s2.addProduct(Block.Lanes(repeating: row[b + 2]), e)
      s3.addProduct(Block.Lanes(repeating: row[b + 3]), e)
    }
    func row(_ b: Int) -> UnsafeMutablePointer<Double> { second + (b * (b + 1) / 2 + 8 * v) }
    row(b).add(s0, lanes: b + 1 - 8 * v)
    if b + 1 < d { row(b + 1).add(s1, lanes: b + 2 - 8 * v) }
    if b + 2 < d { row(b + 2).add(s2, lanes: b + 3 - 8 * v) }
    if b + 3 < d { row(b + 3).add(s3, lanes: b + 4 - 8 * v) }
  }
}

// What the moments come to.
extension Scatter {
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
    let d = dimension
    let centre = columns.map(\.mean) + Array(repeating: 0, count: rowStride(d) - d)
    let pieces = max(1, min(1024, (1 << 22) / Scatter(d: d).count))
    let chunk = (max(4096, (count + pieces - 1) / pieces) + 255) / 256 * 256
    let workspace = Block.capacity + TriangularShape.workspace(d)
    let sums = try moments(count: Scatter(d: d).count, chunk: chunk, workspace: workspace) { block, first, moments in
      let ones = block.workspace
      for i in 0..<Block.capacity { ones[i] = i < block.rows ? weights?[first + i] ?? 1 : 0 }
      moments.sums.withUnsafeMutableBufferPointer { sums in
        guard let sums = sums.baseAddress else { return }
        TriangularShape.accumulate(block.leaving(Block.capacity), ones, about: [centre], to: sums)
      }
    }.sums.map { $0 / weight }
    return Scatter(d: d).covariance(first: sums[..<d], second: sums[d...])
  }

  /// Columns whose covariances doubles can hold.
  func checkSquares() throws(Failure) {
    for (c, column) in columns.enumerated() where !(column.sd > 1e-145 && column.sd < 1e145) {
      throw Failure(.data, "column \(c + 1) has a spread of \(column.sd), whose square doubles cannot hold: rescale it")
    }
  }
}
