// The data in memory as blocks, and as what sums over blocks make of it. Blocks of a file or of another machine would add up
// in the same way.
extension Rows {
  /// The sum of the moments of all blocks, on all threads, the same bits on any number of them.
  ///
  /// count: numbers in the sums · chunk: rows that a thread takes at a time · workspace: doubles for a block to work in ·
  /// body: adds one block to the moments
  func moments(
    count: Int, chunk: Int, workspace: Int, _ body: (Block, inout Moments) -> Void
  ) throws(Failure) -> Moments {
    let flag = Interruption.flag
    let parts = try Parallel.map(self.count, chunk: chunk) { (range) throws(Failure) in
      var moments = Moments(count: count)
      try forEachBlock(range, workspace: workspace, flag) { block, _ in body(block, &moments) }
      return moments
    }
    return try Moments(adding: parts, count: count)
  }

  /// Walks through `range` in blocks, in order. Throws where `flag` asks to stop, and where memory is short.
  ///
  /// body: a block, and the index of its first row
  func forEachBlock(
    _ range: Range<Int>, workspace: Int, _ flag: Interruption.Flag?, _ body: (Block, Int) -> Void
  ) throws(Failure) {
    let packed = dimension * Block.capacity
    let room = try Vector(uninitialized: packed + workspace)
    try matrix.elements.withValues { (values) throws(Failure) in
      try room.withValues { (room) throws(Failure) in
        guard let values = values.baseAddress, let room = room.baseAddress else { return }
        for first in stride(from: range.lowerBound, to: range.upperBound, by: Block.capacity) {
          if Interruption.isRequested(flag) { throw Failure(.interrupted, "interrupted") }
          let rows = min(Block.capacity, range.upperBound - first)
          // One column of whole groups is packed as it lies.
          let isPacked = dimension == 1 && rows % 8 == 0
          if !isPacked { pack(values + first, rows, into: room) }
          let base = isPacked ? values + first : room
          body(Block(base: base, columns: dimension, rows: rows, workspace: room + packed), first)
        }
      }
    }
  }

  /// from: `rows` rows, column after column (read) · packed: the same in groups of eight, the last row repeated (written)
  private func pack(_ from: UnsafePointer<Double>, _ rows: Int, into packed: UnsafeMutablePointer<Double>) {
    for c in 0..<dimension {
      let column = from + c * count
      for g in 0..<rows / 8 { packed.setLanes(g * dimension + c, column.lanes(g)) }
      let rest = rows / 8 * 8
      guard rest < rows else { continue }
      for lane in 0..<8 { packed[8 * (rest / 8 * dimension + c) + lane] = column[min(rest + lane, rows - 1)] }
    }
  }
}
