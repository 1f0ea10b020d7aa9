/// The search of `BoundedSearch` among the rows of one chunk: first which rows are in doubt, then, many at a time so that four
/// always stand side by side, which of their groups may hold the nearest centre, and last what each row makes of it.
struct ChunkSearch {
  private typealias Nearest = CentreGroups.Nearest

  private let points: Points
  private let k: Int
  private let groups: Int
  private let sets: CentreGroups
  private let upper: UnsafeMutablePointer<Float>
  private let lower: UnsafeMutablePointer<Float>
  private let lowerStride: Int
  private let reach: [Float]
  private let radii: UnsafeMutablePointer<Float>
  private let picture: FloatImage
  private let range: Range<Int>
  private let labels: UnsafeMutableBufferPointer<Double>
  private let centres: UnsafeMutableBufferPointer<Double>
  private let image: UnsafeMutablePointer<Float>
  private let stride: Int
  private let rounding: Float
  /// Rows in doubt, and from below, how far each is from its centre.
  private var rows: [Int] = []
  private var own: [Float] = []
  private var moves: [Move] = []

  init(
    _ all: BoundedSearch, _ range: Range<Int>, _ labels: UnsafeMutableBufferPointer<Double>,
    _ centres: UnsafeMutableBufferPointer<Double>
  ) {
    (self.range, self.labels, self.centres) = (range, labels, centres)
    (points, k, groups, sets, picture) = (all.points, all.k, all.groups, all.centres, all.image)
    (upper, lower, lowerStride, reach) = (all.upper.base, all.lower.base, all.lowerStride, all.reach)
    radii = all.image.radii.base
    (image, stride, rounding) = (all.image.rows.base, all.image.stride, all.image.rounding)
    rows.reserveCapacity(range.count)
    own.reserveCapacity(range.count)
  }

  /// All rows are in doubt.
  mutating func takeAll() {
    rows = Array(range)
    own = Array(repeating: .infinity, count: range.count)
    for i in range { upper[i] = .infinity }
  }

  /// steps: how far each centre has moved since the last time
  mutating func takeDoubtful(_ steps: [Float]) {
    for first in Swift.stride(from: range.lowerBound, to: range.upperBound, by: 16) {
      let least = leastOfOthers(first)
      for i in first..<min(first + 16, range.upperBound) {
        let label = Int(labels[i])
        let bound = (upper[i] + steps[label]) * (1 + 0x1p-22)
        let enough = max(least[i - first], sets.safe[label])
        if bound * (1 + 0x1p-20) < enough {
          upper[i] = bound
        } else {
          look(i, label, enough)
        }
      }
    }
  }

  /// From below, how far each of sixteen rows is from any other centre than its own.
  private func leastOfOthers(_ first: Int) -> SIMD16<Float> {
    var least = SIMD16<Float>(repeating: .infinity)
    for g in 0..<groups {
      let bounds = UnsafeRawPointer(lower + g * lowerStride + first).loadUnaligned(as: SIMD16<Float>.self)
      let now = bounds - reach[g]
      least = least.replacing(with: now, where: now .< least)
    }
    return least
  }

  /// The distance of row `i` from its centre may settle it.
  private mutating func look(_ i: Int, _ label: Int, _ enough: Float) {
    let distance = picture.square(image + i * stride, sets.rows.base + label * stride).squareRoot()
    let radius = radii[i] + sets.radii[label / 16]
    let bound = distance * (1 + rounding) + radius
    upper[i] = bound
    if bound * (1 + 0x1p-20) < enough { return }
    rows.append(i)
    own.append(distance * (1 - rounding) - radius)
  }

  /// → the rows that change their label
  mutating func decide(isFirst: Bool) -> [Move] {
    let batch = max(16, min(256, 16_384 / groups))
    withUnsafeTemporaryAllocation(of: Nearest.self, capacity: batch * groups) { found in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: batch) { list in
        for first in Swift.stride(from: 0, to: rows.count, by: batch) {
          let part = first..<min(first + batch, rows.count)
          found.update(repeating: Nearest(least: -1, second: -1))
          for g in 0..<groups { search(part, g, list, found) }
          for r in part {
            settle(
              r, UnsafeMutableBufferPointer(rebasing: found[(r - first) * groups..<(r - first + 1) * groups]), isFirst)
          }
        }
      }
    }
    return moves
  }

  /// Rows of `part` against group `g`, those whose bound for it lets them.
  private func search(
    _ part: Range<Int>, _ g: Int, _ list: UnsafeMutableBufferPointer<Int>, _ found: UnsafeMutableBufferPointer<Nearest>
  ) {
    var count = 0
    let bounds = lower + g * lowerStride
    for r in part {
      let bound = upper[rows[r]]
      if bound == .infinity || !(bound * (1 + 0x1p-20) < bounds[rows[r]] - reach[g]) {
        list[count] = r
        count += 1
      }
    }
    for first in Swift.stride(from: 0, to: count, by: 4) {
      // The last row stands in for those that four lack.
      let (a, b) = (list[first], list[min(first + 1, count - 1)])
      let (c, d) = (list[min(first + 2, count - 1)], list[min(first + 3, count - 1)])
      let nearest = sets.nearest(
        g, image + rows[a] * stride, image + rows[b] * stride, image + rows[c] * stride, image + rows[d] * stride)
      found[(a - part.lowerBound) * groups + g] = nearest.0
      found[(b - part.lowerBound) * groups + g] = nearest.1
      found[(c - part.lowerBound) * groups + g] = nearest.2
      found[(d - part.lowerBound) * groups + g] = nearest.3
    }
  }

  /// found: what each group has for row number `r` of those in doubt; negative where it was not asked
  private mutating func settle(_ r: Int, _ found: UnsafeMutableBufferPointer<Nearest>, _ isFirst: Bool) {
    let i = rows[r]
    let before = labels[i] < 0 ? nil : Int(labels[i])
    // The least bound from above, whose it is, and the least from below of all others.
    var (bound, nearest, others) = (Float.infinity, -1, Float.infinity)
    var below = Float.infinity
    let ownIsFound = isFirst || before.map { found[$0 / 16].least >= 0 } ?? true
    if !ownIsFound, let before { (bound, nearest, below) = (upper[i], before, own[r]) }
    for g in found.indices where found[g].least >= 0 {
      let (from, to) = ends(found[g].least, i, g)
      if to < bound {
        others = min(others, below)
        (bound, nearest, below) = (to, 16 * g + found[g].lane, from)
      } else {
        others = min(others, from)
      }
      others = min(others, ends(found[g].second, i, g).from)
    }
    if !(bound * (1 + 0x1p-20) < others) {
      (nearest, bound) = exactly(i, found, bound, or: ownIsFound ? nil : before)
    }
    keepBounds(i, found, nearest)
    if !ownIsFound, let before, before != nearest {
      let place = before / 16 * lowerStride + i
      lower[place] = min(lower[place], lowered(own[r], before / 16))
    }
    upper[i] = bound
    if before != nearest {
      labels[i] = Double(nearest)
      moves.append(Move(row: i, from: before, to: nearest))
    }
  }

  /// The distances that a squared one of images of row `i` and of a centre of group `g` may stand for.
  private func ends(_ square: Float, _ i: Int, _ g: Int) -> (from: Float, to: Float) {
    let distance = square.squareRoot()
    let radius = radii[i] + sets.radii[g]
    return (distance * (1 - rounding) - radius, distance * (1 + rounding) + radius)
  }

  private func keepBounds(_ i: Int, _ found: UnsafeMutableBufferPointer<Nearest>, _ nearest: Int) {
    for g in found.indices where found[g].least >= 0 {
      let isOwn = 16 * g + found[g].lane == nearest
      let from = ends(isOwn ? found[g].second : found[g].least, i, g).from
      lower[g * lowerStride + i] = lowered(from, g)
    }
  }

  /// A bound from below as it is kept, rounded down.
  private func lowered(_ bound: Float, _ g: Int) -> Float {
    bound + reach[g] - 0x1p-21 * (abs(bound) + reach[g])
  }

  /// In double precision: the nearest centre, the first of several, among those that may be it, and its distance from above.
  private func exactly(
    _ i: Int, _ found: UnsafeMutableBufferPointer<Nearest>, _ bound: Float, or own: Int?
  ) -> (nearest: Int, bound: Float) {
    var (best, least) = (own ?? -1, own.map { square(i, $0) } ?? .infinity)
    for g in found.indices where found[g].least >= 0 {
      if bound * (1 + 0x1p-20) < ends(found[g].least, i, g).from { continue }
      for j in 16 * g..<min(k, 16 * g + 16) {
        let square = square(i, j)
        if square < least || square == least && j < best { (best, least) = (j, square) }
      }
    }
    return (best, Float(least.squareRoot() * picture.scale) * (1 + 0x1p-20) + 1e-30)
  }

  /// ‖xᵢ − cⱼ‖², summed in the order of the columns.
  private func square(_ i: Int, _ j: Int) -> Double {
    let (x, d) = (points.matrix, points.dimension)
    var sum = 0.0
    for c in 0..<d {
      let step = x.storage.base[x.offset + c * x.rows + i] - centres[j * d + c]
      sum = sum.addingProduct(step, step)
    }
    return sum
  }
}
