// For families whose M-step takes more than sums: the responsibilities of all rows, which no pass keeps.
extension MixtureEstimation {
  /// Under a model: n × k, times the weights of the rows.
  func responsibilityMatrix(_ model: Model) throws(Failure) -> Matrix {
    let logWeights = model.logWeights
    return try responsibilityMatrix { block, first, r in
      logDensities(block, first, model.components, logWeights, into: r)
      var totals = [Double](repeating: 0, count: k)
      totals.withUnsafeMutableBufferPointer { totals in
        if let totals = totals.baseAddress { _ = normalise(r, block, first, totals: totals) }
      }
    }
  }

  /// fill: a block, the index of its first row, and room for its responsibilities (rᵢⱼ at 256·j + i written)
  func responsibilityMatrix(_ fill: (Block, Int, Responsibilities) -> Void) throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: count, columns: k)
    let flag = Interruption.flag
    try Parallel.forEach(count, chunk: chunk) { (range) throws(Failure) in
      try rows.matrix.forEachBlock(range, workspace: workspace, flag) { block, first in
        let (r, block) = responsibilities(block)
        fill(block, first, r)
        for j in 0..<k { for i in 0..<block.rows { result[first + i, j] = r.values[j * Block.capacity + i] } }
      }
    }
    return result
  }
}
