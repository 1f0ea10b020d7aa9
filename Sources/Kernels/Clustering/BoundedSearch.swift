/// Nearest centres as `NearestCentres` finds them, label for label, from one iteration to the next with few distances: each row
/// keeps a bound from above on the distance of its centre, and one from below on those of each sixteen others. Where centres
/// have moved so little that the bounds do not meet, nothing is computed.
///
/// With up to 16 centres these are the bounds of G. Hamerly, Making k-means even faster, SDM 2010, 130–140,
/// doi:10.1137/1.9781611972801.12; with more, those of Y. Ding et al., Yinyang k-means, ICML 2015, 579–587. Distances are of
/// single-precision images; bounds allow for that, and what they cannot tell apart is decided in double precision.
final class BoundedSearch: @unchecked Sendable {
  private static let chunk = 2048

  let points: Points
  let k: Int
  let image: FloatImage
  let groups: Int
  /// From above, of the distance to a row's centre.
  let upper: Floats
  /// From below, group after group: each `lowerStride` numbers, and what its centres have moved since the start added.
  let lower: Floats
  let lowerStride: Int
  /// How far centres of each group have moved since the start, and that rounded up.
  private var moved: [Double]
  private(set) var reach: [Float]
  private var last: Vector?
  private(set) var centres: CentreGroups

  init(_ points: Points, image: FloatImage, centres: Vector, k: Int) throws(Failure) {
    (self.points, self.image, self.k) = (points, image, k)
    groups = (k + 15) / 16
    upper = try Floats(points.count)
    lowerStride = points.count + 16
    lower = try Floats(groups * lowerStride)
    moved = Array(repeating: 0, count: groups)
    reach = Array(repeating: 0, count: groups)
    self.centres = try CentreGroups(centres, k: k, image)
  }

  /// Nothing is known of any row.
  func reset() { last = nil }

  /// Row `i` has been given another label.
  func forget(_ i: Int) {
    upper.base[i] = .infinity
    for g in 0..<groups { lower.base[g * lowerStride + i] = -.infinity }
  }

  /// centres: k of d numbers, row after row (read) · labels: n (those of the last time or -1, read; written) → the changes
  func assign(to next: Vector, labels: Vector) throws(Failure) -> [Move] {
    let steps = steps(to: next)
    centres = try CentreGroups(next, k: k, image)
    let isFirst = last == nil
    let moves = try next.withValues { (next) throws(Failure) in
      try Parallel.map(points.count, chunk: BoundedSearch.chunk) { range in
        labels.withValues { labels in
          var search = ChunkSearch(self, range, labels, next)
          if isFirst { search.takeAll() } else { search.takeDoubtful(steps) }
          return search.decide(isFirst: isFirst)
        }
      }
    }
    last = try next.copy()
    return moves.flatMap { $0 }
  }

  /// How far each centre moves, rounded up.
  private func steps(to next: Vector) -> [Float] {
    guard let last else { return [] }
    let d = points.dimension
    let steps = (0..<k).map { j in
      var sum = 0.0
      for c in j * d..<(j + 1) * d { sum = sum.addingProduct(next[c] - last[c], next[c] - last[c]) }
      return sum.squareRoot() * image.scale * (1 + 0x1p-20)
    }
    for g in 0..<groups {
      moved[g] += steps[16 * g..<min(k, 16 * g + 16)].max() ?? 0
      reach[g] = Float(moved[g]) * (1 + 0x1p-22)
    }
    // Such a way in units of the data leaves no bound its digits.
    if moved.contains(where: { !($0 < 1e6) }) {
      (moved, reach) = (moved.map { _ in 0 }, reach.map { _ in 0 })
      reset()
    }
    return steps.map { Float($0) * (1 + 0x1p-20) }
  }
}
