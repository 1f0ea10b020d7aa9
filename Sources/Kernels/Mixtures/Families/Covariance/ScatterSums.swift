/// What a pass adds up of weighted rows about the point of a component.
protocol ScatterSums {
  /// Columns.
  var d: Int { get }
  /// Numbers in the sums.
  var count: Int { get }
  /// Whether `addWide` is to be called, on blocks that were transposed into their workspace.
  var isWide: Bool { get }

  /// responsibilities: 256 (read) · point: d (read) · sums: `count` (added to)
  func add(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, about point: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>)
  func addWide(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, about point: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>)
}

extension ScatterSums {
  /// responsibilities: 256 × k (read) · points: k of d, and zeros up to a stride · sums: k times `count` (added to)
  func add(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, aboutEach points: [[Double]],
    to sums: UnsafeMutablePointer<Double>
  ) {
    let isWide = isWide
    if isWide { block.transpose(into: block.workspace, stride: rowStride(d)) }
    for j in points.indices {
      let (r, own) = (responsibilities + j * Block.capacity, sums + j * count)
      points[j].withUnsafeBufferPointer { point in
        guard let point = point.baseAddress else { return }
        if isWide { addWide(block, r, about: point, to: own) } else { add(block, r, about: point, to: own) }
      }
    }
  }
}
