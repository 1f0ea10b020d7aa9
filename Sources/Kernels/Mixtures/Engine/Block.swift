/// Up to 256 rows that stay in cache while EM works on them, packed in groups of eight side by side.
///
/// Where the last rows do not fill a group, copies of the last one stand in; their responsibilities are zero.
package struct Block {
  static let capacity = 256
  typealias Lanes = SIMD8<Double>

  /// Column c of row i is `base[8·(i/8·columns + c) + i mod 8]`.
  let base: UnsafePointer<Double>
  let columns: Int
  /// Rows of data.
  let rows: Int
  /// Room for the family to work in, of the size that it asked for.
  let workspace: UnsafeMutablePointer<Double>

  /// Groups of eight rows.
  @inline(__always)
  var groups: Int { (rows + 7) / 8 }

  /// 1 in the lanes of a group that hold rows of data, 0 in those that stand in.
  @inline(__always)
  func isRow(group g: Int) -> SIMDMask<SIMD8<Int64>> {
    Lanes(0, 1, 2, 3, 4, 5, 6, 7) .< Double(rows - 8 * g)
  }

  @inline(__always)
  func lanes(column c: Int, group g: Int) -> Lanes { base.lanes(g * columns + c) }

  /// The same block with less room: the first `count` doubles are taken.
  func leaving(_ count: Int) -> Block {
    Block(base: base, columns: columns, rows: rows, workspace: workspace + count)
  }

  @inline(__always)
  subscript(row i: Int, column c: Int) -> Double { base[8 * (i / 8 * columns + c) + i % 8] }
}

// Rows by themselves.
extension Block {
  /// body: the rows, in order, for which `isWanted`
  @inline(__always)
  func withRows(where isWanted: (Int) -> Bool, do body: (UnsafeBufferPointer<Int32>) -> Void) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Block.capacity + 1) { list in
      var count = 0
      for i in 0..<rows {
        // Written in any case, kept by the count: a branch would be guessed wrong half of the time.
        list[count] = Int32(truncatingIfNeeded: i)
        count &+= isWanted(i) ? 1 : 0
      }
      body(UnsafeBufferPointer(rebasing: list[..<count]))
    }
  }

  /// out: rows `stride` doubles apart, zeros behind the columns (written)
  func transpose(into out: UnsafeMutablePointer<Double>, stride: Int) {
    for i in 0..<rows {
      let (from, to) = (base + (8 * (i / 8 * columns) + i % 8), out + i * stride)
      for c in 0..<columns { to[c] = from[8 * c] }
      for c in columns..<stride { to[c] = 0 }
    }
  }
}

extension UnsafePointer<Double> {
  /// Eight numbers from index 8·g.
  @inline(__always)
  func lanes(_ g: Int) -> SIMD8<Double> { UnsafeRawPointer(self + 8 * g).loadUnaligned(as: SIMD8<Double>.self) }
}

extension UnsafeMutablePointer<Double> {
  @inline(__always)
  func lanes(_ g: Int) -> SIMD8<Double> { UnsafePointer(self).lanes(g) }

  @inline(__always)
  func setLanes(_ g: Int, _ x: SIMD8<Double>) {
    UnsafeMutableRawPointer(self + 8 * g).storeBytes(of: x, as: SIMD8<Double>.self)
  }

  /// The first `lanes` of eight, added in place.
  @inline(__always)
  func add(_ x: SIMD8<Double>, lanes: Int) {
    if lanes >= 8 { return setLanes(0, self.lanes(0) + x) }
    for lane in 0..<max(lanes, 0) { self[lane] += x[lane] }
  }
}
