// The data in memory as blocks, and as what sums over blocks make of it. Blocks of a file or of another machine would add up
// in the same way.
extension Rows {
  /// The sum of the moments of all blocks, on all threads, the same bits on any number of them.
  ///
  /// count: numbers in the sums · chunk: rows that a thread takes at a time · workspace: doubles for a block to work in ·
  /// body: adds one block to the moments, given the index of its first row
  func moments(
    count: Int, chunk: Int, workspace: Int, _ body: (Block, Int, inout Moments) -> Void
  ) throws(Failure) -> Moments {
    let flag = Interruption.flag
    let parts = try Parallel.map(self.count, chunk: chunk) { (range) throws(Failure) in
      var moments = Moments(count: count)
      try matrix.forEachBlock(range, workspace: workspace, flag) { block, first in body(block, first, &moments) }
      return moments
    }
    return try Moments(adding: parts, count: count)
  }
}

extension Matrix {
  /// Walks through `range` in blocks, in order. Throws where `flag` asks to stop, and where memory is short.
  ///
  /// body: a block, and the index of its first row
  func forEachBlock(
    _ range: Range<Int>, workspace: Int, _ flag: Interruption.Flag?, _ body: (Block, Int) -> Void
  ) throws(Failure) {
    let packed = columns * Block.capacity
    // Several blocks at a time, as many as the second cache has room for: columns are read in longer runs.
    let batch = columns == 1 ? 1 : max(1, min(16, 16_384 / packed))
    let room = try Vector(uninitialized: batch * packed + workspace)
    try elements.withValues { (values) throws(Failure) in
      try room.withValues { (room) throws(Failure) in
        guard let values = values.baseAddress, let room = room.baseAddress else { return }
        for first in stride(from: range.lowerBound, to: range.upperBound, by: Block.capacity) {
          if Interruption.isRequested(flag) { throw Failure(.interrupted, "interrupted") }
          let count = min(Block.capacity, range.upperBound - first)
          // One column of whole groups is packed as it lies.
          let isPacked = columns == 1 && count % 8 == 0
          let place = (first - range.lowerBound) / Block.capacity % batch
          if !isPacked, place == 0 {
            pack(values + first, min(batch * Block.capacity, range.upperBound - first), into: room)
          }
          let base = isPacked ? values + first : room + place * packed
          body(Block(base: base, columns: columns, rows: count, workspace: room + batch * packed), first)
        }
      }
    }
  }

  /// from: `count` rows, column after column (read) · packed: the same in groups of eight, the last row repeated (written)
  private func pack(_ from: UnsafePointer<Double>, _ count: Int, into packed: UnsafeMutablePointer<Double>) {
    for c in 0..<columns {
      let column = from + c * rows
      for g in 0..<count / 8 { packed.setLanes(g * columns + c, column.lanes(g)) }
      let rest = count / 8 * 8
      guard rest < count else { continue }
      for lane in 0..<8 { packed[8 * (rest / 8 * columns + c) + lane] = column[min(rest + lane, count - 1)] }
    }
  }
}
