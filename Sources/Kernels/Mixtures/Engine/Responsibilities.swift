/// The E-step of one block, once every component has said how likely it finds each row: log-densities become
/// responsibilities.
///
/// lᵢⱼ = log wⱼpⱼ(xᵢ): 256 × k, column after column (read; rᵢⱼ = exp(lᵢⱼ − log Σⱼ exp lᵢⱼ) written, zero in rows past the block
/// and where it is 2⁻¹⁰⁰ times that of the row's best component or less).
struct Responsibilities {
  let values: UnsafeMutablePointer<Double>
  let k: Int

  /// totals: k (Σᵢ rᵢⱼ added) → Σᵢ log p(xᵢ) and Σᵢ log maxⱼ rᵢⱼ
  func normalise(_ block: Block, totals: UnsafeMutablePointer<Double>) -> (loglik: Double, certainty: Double) {
    var most = Block.Lanes.zero
    // Of Σⱼ exp(lᵢⱼ − maxⱼ lᵢⱼ), each between 1 and k: 32 to a lane, whose product is far from overflow, and one log for all.
    var product = Block.Lanes(repeating: 1)
    for g in 0..<block.groups {
      let isRow = block.isRow(group: g)
      let (top, sum) = k == 2 ? normalisePair(g, isRow) : normaliseAll(g, isRow)
      most += Block.Lanes.zero.replacing(with: top, where: isRow)
      product *= Block.Lanes(repeating: 1).replacing(with: sum, where: isRow)
    }
    add(block, to: totals)
    let surprise = log(product).sum()
    return (most.sum() + surprise, -surprise)
  }

  /// As `normalise`, where row i of the block counts weights[first + i]: so does what is written.
  func normalise(
    _ block: Block, weights: Vector, first: Int, totals: UnsafeMutablePointer<Double>
  ) -> (loglik: Double, certainty: Double) {
    var (loglik, surprise) = (Block.Lanes.zero, Block.Lanes.zero)
    for g in 0..<block.groups {
      var weight = Block.Lanes.zero
      for lane in 0..<min(8, block.rows - 8 * g) { weight[lane] = weights[first + 8 * g + lane] }
      let isRow = block.isRow(group: g)
      let (top, sum) = k == 2 ? normalisePair(g, isRow) : normaliseAll(g, isRow)
      let term = log(Block.Lanes(repeating: 1).replacing(with: sum, where: isRow))
      loglik.addProduct(weight, Block.Lanes.zero.replacing(with: top, where: isRow) + term)
      surprise.addProduct(weight, term)
      for j in 0..<k { set(j, g, lanes(j, g) * weight) }
    }
    add(block, to: totals)
    return (loglik.sum(), -surprise.sum())
  }

  /// Σᵢ rᵢⱼ of the block.
  private func add(_ block: Block, to totals: UnsafeMutablePointer<Double>) {
    for j in 0..<k {
      var total = Block.Lanes.zero
      for g in 0..<block.groups { total += lanes(j, g) }
      totals[j] += total.sum()
    }
  }

  /// → maxⱼ lᵢⱼ and Σⱼ exp(lᵢⱼ − maxⱼ lᵢⱼ) of a group of rows
  @inline(__always)
  private func normaliseAll(_ g: Int, _ isRow: SIMDMask<SIMD8<Int64>>) -> (most: Block.Lanes, sum: Block.Lanes) {
    var most = lanes(0, g)
    for j in 1..<max(k, 1) {
      let l = lanes(j, g)
      most = most.replacing(with: l, where: l .> most)
    }
    var sum = Block.Lanes.zero
    for j in 0..<k {
      let term = vanishingExp(lanes(j, g) - most)
      sum += term
      set(j, g, term)
    }
    let share = Block.Lanes.zero.replacing(with: 1 / sum, where: isRow)
    for j in 0..<k { set(j, g, lanes(j, g) * share) }
    return (most, sum)
  }

  /// Of two components, the better one's term is 1.
  @inline(__always)
  private func normalisePair(_ g: Int, _ isRow: SIMDMask<SIMD8<Int64>>) -> (most: Block.Lanes, sum: Block.Lanes) {
    let (a, b) = (lanes(0, g), lanes(1, g))
    let difference = b - a
    let isSecond = difference .> 0
    let term = vanishingExp(difference.replacing(with: -difference, where: isSecond))
    let sum = 1 + term
    let larger = Block.Lanes.zero.replacing(with: 1 / sum, where: isRow)
    let smaller = larger * term
    set(0, g, larger.replacing(with: smaller, where: isSecond))
    set(1, g, smaller.replacing(with: larger, where: isSecond))
    return (a.replacing(with: b, where: isSecond), sum)
  }

  @inline(__always)
  private func lanes(_ j: Int, _ g: Int) -> Block.Lanes { (values + j * Block.capacity).lanes(g) }

  @inline(__always)
  private func set(_ j: Int, _ g: Int, _ x: Block.Lanes) { (values + j * Block.capacity).setLanes(g, x) }
}
