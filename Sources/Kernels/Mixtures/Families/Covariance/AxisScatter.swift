/// First and second moments of weighted rows about a point, column by column: Σ r·e_c, then Σ r·e_c², e = x − point.
struct AxisScatter: ScatterSums {
  let d: Int

  var count: Int { 2 * d }

  /// Whether to take the rows that have a part in a component out of a block first: of many columns, few rows have.
  var isWide: Bool { d >= 16 }
  /// Doubles of workspace.
  var room: Int { isWide ? rowStride(d) * Block.capacity : 0 }

  /// responsibilities: 256 (read) · point: d (read) · sums: 2d (added to). Two columns at a time, whose chains of
  /// multiply-adds overlap.
  func add(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, about point: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    for c in stride(from: 0, to: d, by: 2) {
      // An odd last column is its own companion, and its second copy is left out.
      let c1 = min(c + 1, d - 1)
      let (p0, p1) = (point[c], point[c1])
      var (f0, f1, s0, s1) = (Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero)
      for g in 0..<block.groups {
        let r = responsibilities.lanes(g)
        let (e0, e1) = (block.lanes(column: c, group: g) - p0, block.lanes(column: c1, group: g) - p1)
        let (w0, w1) = (r * e0, r * e1)
        f0 += w0
        f1 += w1
        s0.addProduct(w0, e0)
        s1.addProduct(w1, e1)
      }
      sums[c] += f0.sum()
      sums[d + c] += s0.sum()
      if c1 > c {
        sums[c1] += f1.sum()
        sums[d + c1] += s1.sum()
      }
    }
  }

  /// As `add`, for a block whose rows are in its workspace, columns side by side.
  func addWide(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, about point: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    let (rows, stride) = (block.workspace, rowStride(d))
    block.withRows(
      where: { responsibilities[$0] > 0 },
      do: { list in
        for v in 0..<(d + 7) / 8 {
          let centre = point.lanes(v)
          var (first, second) = (Block.Lanes.zero, Block.Lanes.zero)
          for i in list {
            let e = (rows + Int(i) * stride).lanes(v) - centre
            let w = e * responsibilities[Int(i)]
            first += w
            second.addProduct(w, e)
          }
          (sums + 8 * v).add(first, lanes: d - 8 * v)
          (sums + d + 8 * v).add(second, lanes: d - 8 * v)
        }
      })
  }
}
