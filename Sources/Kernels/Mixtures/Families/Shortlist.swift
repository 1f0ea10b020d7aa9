/// The log-densities of wide rows, without those of far components.
///
/// The leading columns bound every log-density from above. The component of the highest bound is worked out, and then those
/// whose bounds say that they may count beside it, by 2⁻¹⁰⁰ or more. For the others the bound stays, which is as good as the
/// log-density itself: the responsibility is zero.
struct Shortlist<Shape: CovarianceShape> {
  let block: Block
  let shapes: [Shape]
  let centres: [[Double]]
  /// log wⱼ and the log-density at μⱼ: k.
  let tops: [Double]
  /// 256 × k.
  let out: UnsafeMutablePointer<Double>

  /// Doubles of workspace: gathered rows, their bounds, and for each row the least bound that counts.
  static func room(_ d: Int) -> Int { (d + 2) * Block.capacity }

  private var d: Int { block.columns }
  private var leading: Int { Shape.leadingColumns(d) }
  private func column(_ j: Int) -> UnsafeMutablePointer<Double> { out + j * Block.capacity }

  func logDensities() {
    for j in shapes.indices { lowerAll(j, 0..<leading, from: tops[j]) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Block.capacity) { nearest in
      guard let nearest = nearest.baseAddress else { return }
      findHighest(nearest)
      for j in shapes.indices {
        block.withRows(where: { nearest[$0] == Double(j) }, do: { lower($0, j) })
      }
      let least = block.workspace + (d + 1) * Block.capacity
      for i in 0..<block.rows { least[i] = column(Int(nearest[i]))[i] + vanishing }
      for j in shapes.indices {
        let bounds = column(j)
        block.withRows(
          where: { bounds[$0] >= least[$0] && nearest[$0] != Double(j) },
          do: { list in
            if list.count <= block.rows / 2 { return lower(list, j) }
            // Most of them: all rows again are done sooner than these are gathered.
            lowerAll(j, 0..<leading, from: tops[j])
            lowerAll(j, leading..<d, from: nil)
          })
      }
    }
  }

  /// nearest: the component of each row's highest bound (written)
  private func findHighest(_ nearest: UnsafeMutablePointer<Double>) {
    for g in 0..<block.groups {
      var (highest, index) = (column(0).lanes(g), Block.Lanes.zero)
      for j in 1..<shapes.count {
        let bound = column(j).lanes(g)
        let isHigher = bound .> highest
        highest = highest.replacing(with: bound, where: isHigher)
        index = index.replacing(with: Double(j), where: isHigher)
      }
      nearest.setLanes(g, index)
    }
  }

  private func lowerAll(_ j: Int, _ columns: Range<Int>, from top: Double?) {
    lower(column(j), from: top, block.base, groups: block.groups, j, columns)
  }

  /// list: of rows whose bounds by component j the other columns are to lower
  private func lower(_ list: UnsafeBufferPointer<Int32>, _ j: Int) {
    guard let last = list.last else { return }
    let (rows, bounds) = (block.workspace, block.workspace + d * Block.capacity)
    let groups = (list.count + 7) / 8
    for p in 0..<8 * groups {
      let i = Int(p < list.count ? list[p] : last)
      let (from, to) = (block.base + (8 * (i / 8 * d) + i % 8), rows + (8 * (p / 8 * d) + p % 8))
      for c in 0..<d { to[8 * c] = from[8 * c] }
      bounds[p] = column(j)[i]
    }
    lower(bounds, from: nil, rows, groups: groups, j, leading..<d)
    for (p, i) in list.enumerated() { column(j)[Int(i)] = bounds[p] }
  }

  private func lower(
    _ bounds: UnsafeMutablePointer<Double>, from top: Double?, _ rows: UnsafePointer<Double>, groups: Int, _ j: Int,
    _ columns: Range<Int>
  ) {
    centres[j].withUnsafeBufferPointer { centre in
      guard let centre = centre.baseAddress else { return }
      shapes[j].lower(bounds, from: top, rows, groups: groups, about: centre, columns: columns)
    }
  }
}
