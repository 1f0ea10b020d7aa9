/// Up to 256 rows that stay in cache while EM works on them, eight side by side.
///
/// Where the last rows do not fill a group of 32, copies of the last one stand in; their responsibilities are zero.
package struct Block {
  static let capacity = 256
  typealias Lanes = SIMD8<Double>

  /// Column c of row i is `base[c·stride + i]`.
  let base: UnsafePointer<Double>
  let stride: Int
  /// Rows of data.
  let rows: Int
  /// Groups of eight rows, a multiple of four.
  let groups: Int
  /// Room for the family to work in, of the size that it asked for.
  let workspace: UnsafeMutablePointer<Double>

  @inline(__always)
  func lanes(column c: Int, group g: Int) -> Lanes {
    UnsafeRawPointer(base + (c * stride + 8 * g)).loadUnaligned(as: Lanes.self)
  }
}

extension UnsafePointer<Double> {
  /// Eight numbers from index 8·g, of 64-byte aligned memory.
  @inline(__always)
  func lanes(_ g: Int) -> SIMD8<Double> { UnsafeRawPointer(self + 8 * g).load(as: SIMD8<Double>.self) }
}

extension UnsafeMutablePointer<Double> {
  @inline(__always)
  func lanes(_ g: Int) -> SIMD8<Double> { UnsafeRawPointer(self + 8 * g).load(as: SIMD8<Double>.self) }

  @inline(__always)
  func setLanes(_ g: Int, _ x: SIMD8<Double>) {
    UnsafeMutableRawPointer(self + 8 * g).storeBytes(of: x, as: SIMD8<Double>.self)
  }
}

extension Matrix {
  /// Walks through `range` in blocks. Throws where `flag` asks to stop, and where memory is short.
  ///
  /// workspace: how many doubles `body` needs besides · body: a block, and the index of its first row
  func forEachBlock(
    _ range: Range<Int>, workspace: Int, _ flag: Interruption.Flag?, _ body: (Block, Int) -> Void
  ) throws(Failure) {
    let room = try Vector(uninitialized: columns * Block.capacity + workspace)
    try elements.withValues { (values) throws(Failure) in
      try room.withValues { (room) throws(Failure) in
        guard let values = values.baseAddress, let room = room.baseAddress else { return }
        for first in stride(from: range.lowerBound, to: range.upperBound, by: Block.capacity) {
          if Interruption.isRequested(flag) { throw Failure(.interrupted, "interrupted") }
          body(block(from: first, min(Block.capacity, range.upperBound - first), values, room), first)
        }
      }
    }
  }

  /// `count` rows from `first`: in place where they fill groups of 32, else packed.
  private func block(
    from first: Int, _ count: Int, _ values: UnsafePointer<Double>, _ room: UnsafeMutablePointer<Double>
  ) -> Block {
    let isWhole = count % 32 == 0
    if !isWhole { pack(values + first, count, into: room) }
    return Block(
      base: isWhole ? values + first : UnsafePointer(room), stride: isWhole ? rows : Block.capacity, rows: count,
      groups: (count + 31) / 32 * 4, workspace: room + columns * Block.capacity)
  }

  /// from: `count` rows of this matrix (read) · into: the same, columns 256 apart, the last row repeated (written)
  private func pack(_ from: UnsafePointer<Double>, _ count: Int, into packed: UnsafeMutablePointer<Double>) {
    for c in 0..<columns {
      for i in 0..<(count + 31) / 32 * 32 { packed[c * Block.capacity + i] = from[c * rows + min(i, count - 1)] }
    }
  }
}
