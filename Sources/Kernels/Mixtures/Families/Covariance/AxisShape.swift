/// A covariance without correlations: d variances.
package struct AxisShape: CovarianceShape {
  package let peak: Double
  /// 1/σ, d.
  private let inverses: [Double]

  package static func count(_ d: Int) -> Int { d }
  package static func momentCount(_ d: Int) -> Int { AxisScatter(d: d).count }
  package static func workspace(_ d: Int) -> Int { AxisScatter(d: d).room }
  package static func leadingColumns(_ d: Int) -> Int { d }
  package static let needsIndependentColumns = false

  package static func pooled(_ rows: Rows) throws(Failure) -> [Double] { rows.columns.map { $0.sd * $0.sd } }
  package static func covariance(from matrix: [Double], _ d: Int) -> [Double] { (0..<d).map { matrix[$0 * (d + 1)] } }
  package static func matrix(_ covariance: [Double], _ d: Int) -> [Double] {
    var matrix = [Double](repeating: 0, count: d * d)
    for c in 0..<d { matrix[c * (d + 1)] = covariance[c] }
    return matrix
  }
  package static func covariance(moments: ArraySlice<Double>, _ d: Int) -> [Double] {
    zip(moments.prefix(d), moments.dropFirst(d)).map { shift, square in
      // Rows this far from the point say nothing of their spread but rounding; the next step sees them from near by.
      max(square - shift * shift, 1e-10 * shift * shift)
    }
  }
  package static func units(_ sds: [Double]) -> [Double] { sds.map { $0 * $0 } }

  /// Throws where a component has less than 1e-9 of a column's spread.
  package init(_ covariance: [Double], sds: [Double], component: Int) throws(Collapse) {
    if let c = covariance.flatColumn(sds) { throw Collapse.flat(component, column: c) }
    let sigmas = covariance.map { $0.squareRoot() }
    inverses = sigmas.map { 1 / $0 }
    peak = sigmas.reduce(-Double(sds.count) * logRootTwoPi) { $0 - log($1) }
  }

  /// Two groups at a time, whose chains of multiply-adds overlap.
  package func lower(
    _ bounds: UnsafeMutablePointer<Double>, from top: Double?, _ rows: UnsafePointer<Double>, groups: Int,
    about centre: UnsafePointer<Double>, columns: Range<Int>
  ) {
    let d = inverses.count
    inverses.withUnsafeBufferPointer { inverses in
      guard let inverses = inverses.baseAddress else { return }
      for g in stride(from: 0, to: groups, by: 2) {
        // An odd last group is its own companion.
        let h = min(g + 1, groups - 1)
        let (x0, x1) = (rows + 8 * g * d, rows + 8 * h * d)
        let start0 = top.map { Block.Lanes(repeating: $0) } ?? bounds.lanes(g)
        let start1 = top.map { Block.Lanes(repeating: $0) } ?? bounds.lanes(h)
        var (q0, q1) = (Block.Lanes.zero, Block.Lanes.zero)
        for c in columns {
          let (z0, z1) = ((x0.lanes(c) - centre[c]) * inverses[c], (x1.lanes(c) - centre[c]) * inverses[c])
          q0.addProduct(z0, z0)
          q1.addProduct(z1, z1)
        }
        bounds.setLanes(g, start0.addingProduct(q0, Block.Lanes(repeating: -0.5)))
        bounds.setLanes(h, start1.addingProduct(q1, Block.Lanes(repeating: -0.5)))
      }
    }
  }

  package static func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, about centres: [[Double]],
    to sums: UnsafeMutablePointer<Double>
  ) {
    AxisScatter(d: block.columns).add(block, responsibilities, aboutEach: centres, to: sums)
  }
}
