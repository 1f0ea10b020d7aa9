/// The E-step of one block, once every component has said how likely it finds each row: log-densities become
/// responsibilities.
///
/// lᵢⱼ = log wⱼpⱼ(xᵢ): 256 × k, column after column (read; rᵢⱼ = exp(lᵢⱼ − log Σⱼ exp lᵢⱼ) written, zero in rows past the block).
/// totals: k (Σᵢ rᵢⱼ added)
struct Responsibilities {
  let values: UnsafeMutablePointer<Double>
  let k: Int

  /// → Σᵢ log p(xᵢ) and Σᵢ log maxⱼ rᵢⱼ
  func normalise(_ block: Block, totals: UnsafeMutablePointer<Double>) -> (loglik: Double, certainty: Double) {
    var (loglik, certainty) = (Block.Lanes.zero, Block.Lanes.zero)
    for g in 0..<block.groups {
      let isRow = Responsibilities.laneNumbers .< Double(block.rows - 8 * g)
      var most = lanes(0, g)
      for j in 1..<max(k, 1) {
        let l = lanes(j, g)
        most = most.replacing(with: l, where: l .> most)
      }
      var sum = Block.Lanes.zero
      for j in 0..<k {
        let term = exp(lanes(j, g) - most)
        sum += term
        set(j, g, term)
      }
      let share = Block.Lanes.zero.replacing(with: 1 / sum, where: isRow)
      for j in 0..<k { set(j, g, lanes(j, g) * share) }
      let logSum = log(sum)
      loglik += Block.Lanes.zero.replacing(with: most + logSum, where: isRow)
      certainty -= Block.Lanes.zero.replacing(with: logSum, where: isRow)
    }
    for j in 0..<k {
      var total = Block.Lanes.zero
      for g in 0..<block.groups { total += lanes(j, g) }
      totals[j] += total.sum()
    }
    return (loglik.sum(), certainty.sum())
  }

  private static let laneNumbers = Block.Lanes(0, 1, 2, 3, 4, 5, 6, 7)

  @inline(__always)
  private func lanes(_ j: Int, _ g: Int) -> Block.Lanes { (values + j * Block.capacity).lanes(g) }

  @inline(__always)
  private func set(_ j: Int, _ g: Int, _ x: Block.Lanes) { (values + j * Block.capacity).setLanes(g, x) }
}
