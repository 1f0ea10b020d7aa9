/// Any covariance: d × d, whitened by the inverse of its Cholesky factor.
package struct TriangularShape: CovarianceShape {
  package let peak: Double
  private let d: Int
  /// L⁻¹, two rows at a time: for each column up to the second row's diagonal, both elements. Beside an odd last row are zeros.
  private let factor: [Double]

  package static func count(_ d: Int) -> Int { d * d }
  package static func momentCount(_ d: Int) -> Int { Scatter(d: d).count }
  package static func workspace(_ d: Int) -> Int {
    max(Scatter(d: d).room, Shortlist<TriangularShape>.room(d))
  }
  /// A sixteenth of the work.
  package static func leadingColumns(_ d: Int) -> Int { d < 16 ? d : d / 8 * 2 }
  package static let needsIndependentColumns = true

  package static func pooled(_ rows: Rows) throws(Failure) -> [Double] { try rows.covariance() }
  package static func covariance(from matrix: [Double], _ d: Int) -> [Double] { matrix }
  package static func matrix(_ covariance: [Double], _ d: Int) -> [Double] { covariance }
  package static func covariance(moments: ArraySlice<Double>, _ d: Int) -> [Double] {
    Scatter(d: d).covariance(first: moments.prefix(d), second: moments.dropFirst(d))
  }
  package static func units(_ sds: [Double]) -> [Double] { sds.flatMap { a in sds.map { a * $0 } } }

  /// Throws where a component has less than 1e-9 of a column's spread, or columns that depend on each other.
  package init(_ covariance: [Double], sds: [Double], component: Int) throws(Collapse) {
    d = sds.count
    let variances = (0..<d).map { covariance[$0 * (sds.count + 1)] }
    if let c = variances.flatColumn(sds) { throw Collapse.flat(component, column: c) }
    let lower = try LowerFactor(of: covariance, d, component: component)
    peak = -Double(d) * logRootTwoPi - lower.logRoot
    factor = TriangularShape.packed(lower.inverse, d)
  }

  private static func packed(_ inverse: [Double], _ d: Int) -> [Double] {
    var packed: [Double] = []
    packed.reserveCapacity((d + 1) * (d + 2) / 2)
    for r in stride(from: 0, to: d, by: 2) {
      for c in 0..<min(r + 2, d) {
        packed.append(inverse[r + c * d])
        packed.append(r + 1 < d ? inverse[r + 1 + c * d] : 0)
      }
    }
    return packed
  }

  /// Two groups and two rows of L⁻¹ at a time: eight chains of multiply-adds, as many as a core has under way.
  package func lower(
    _ bounds: UnsafeMutablePointer<Double>, from top: Double?, _ rows: UnsafePointer<Double>, groups: Int,
    about centre: UnsafePointer<Double>, columns: Range<Int>
  ) {
    factor.withUnsafeBufferPointer { factor in
      guard let factor = factor.baseAddress else { return }
      for g in stride(from: 0, to: groups, by: 2) {
        // An odd last group is its own companion.
        let h = min(g + 1, groups - 1)
        let (x0, x1) = (rows + 8 * g * d, rows + 8 * h * d)
        let start0 = top.map { Block.Lanes(repeating: $0) } ?? bounds.lanes(g)
        let start1 = top.map { Block.Lanes(repeating: $0) } ?? bounds.lanes(h)
        var (q0, q1) = (Block.Lanes.zero, Block.Lanes.zero)
        for r in stride(from: columns.lowerBound, to: columns.upperBound, by: 2) {
          let f = factor + r * (r + 2) / 2
          var (a0, a1, b0, b1) = (Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero)
          for c in 0..<min(r + 2, d) {
            let (e0, e1) = (x0.lanes(c) - centre[c], x1.lanes(c) - centre[c])
            let (fa, fb) = (Block.Lanes(repeating: f[2 * c]), Block.Lanes(repeating: f[2 * c + 1]))
            a0.addProduct(fa, e0)
            a1.addProduct(fa, e1)
            b0.addProduct(fb, e0)
            b1.addProduct(fb, e1)
          }
          q0.addProduct(a0, a0)
          q1.addProduct(a1, a1)
          q0.addProduct(b0, b0)
          q1.addProduct(b1, b1)
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
    Scatter(d: block.columns).add(block, responsibilities, aboutEach: centres, to: sums)
  }
}
