/// Nearest centres as `NearestCentres` finds them, label for label, from one iteration to the next: each row keeps a bound from
/// above on the distance of its centre, and one from below on those of all others. Where centres have moved so little that the
/// two do not meet, nothing is computed; else all distances are, in single precision, and what that cannot tell apart is decided
/// in double precision.
///
/// G. Hamerly, Making k-means even faster, SDM 2010, 130–140, doi:10.1137/1.9781611972801.12. Bounds for groups of centres, as of
/// Y. Ding et al., Yinyang k-means, ICML 2015, spare more distances, but looking after them took longer.
final class BoundedSearch: @unchecked Sendable {
  private static let chunk = 2048

  private let points: Points
  private let k: Int
  private let image: FloatImage
  /// From above, of the distance to a row's centre.
  private let upper: Floats
  /// From below, of the distance to any other, and what centres have moved since the start added.
  private let lower: Floats
  /// The most that a centre has moved in each iteration, added up, and that rounded up.
  private var moved = 0.0
  private var reach: Float = 0
  private var last: Vector?

  init(_ points: Points, image: FloatImage, k: Int) throws(Failure) {
    (self.points, self.image, self.k) = (points, image, k)
    upper = try Floats(points.count)
    lower = try Floats(points.count)
  }

  /// Nothing is known of any row.
  func reset() { last = nil }

  /// Row `i` has been given another label.
  func forget(_ i: Int) { (upper.base[i], lower.base[i]) = (.infinity, -.infinity) }

  /// centres: k of d numbers, row after row (read) · labels: n (those of the last time or -1, read; written) → the changes
  func assign(to centres: Vector, labels: Vector) throws(Failure) -> [Move] {
    let steps = steps(to: centres)
    let images = try CentreImages(centres, k: k, image)
    let isFirst = last == nil
    let parts = try Parallel.map(points.count, chunk: BoundedSearch.chunk) { range in
      labels.withValues { labels in
        centres.withValues { centres in
          let rows = isFirst ? Array(range) : rowsInDoubt(range, labels, steps, images)
          guard let centres = centres.baseAddress else { return [Move]() }
          return search(rows, labels, exactly(centres), images)
        }
      }
    }
    last = try centres.copy()
    return parts.flatMap { $0 }
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
    moved += steps.max() ?? 0
    // Such a way in units of the data leaves no bound its digits.
    if !(moved < 1e6) {
      moved = 0
      reset()
    }
    reach = Float(moved) * (1 + 0x1p-22)
    return steps.map { Float($0) * (1 + 0x1p-20) }
  }

  /// The rows whose bounds meet; those of the others are brought up to date.
  private func rowsInDoubt(
    _ range: Range<Int>, _ labels: UnsafeMutableBufferPointer<Double>, _ steps: [Float], _ images: CentreImages
  ) -> [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(range.count)
    for i in range {
      let label = Int(labels[i])
      let bound = (upper.base[i] + steps[label]) * (1 + 0x1p-22)
      upper.base[i] = bound
      let least = lower.base[i] - reach
      if !(bound * (1 + 0x1p-20) < max(least, images.safe[label])) { rows.append(i) }
    }
    return rows
  }
}

// Rows in doubt, 64 at a time.
extension BoundedSearch {
  /// In double precision.
  private func exactly(_ centres: UnsafePointer<Double>) -> Reassignment {
    let x = points.matrix
    return Reassignment(
      rows: x.storage.base + x.offset, count: points.count, columns: points.dimension, centres: centres, k: k)
  }

  private func search(
    _ rows: [Int], _ labels: UnsafeMutableBufferPointer<Double>, _ exact: Reassignment, _ images: CentreImages
  ) -> [Move] {
    var moves: [Move] = []
    let d = points.dimension
    withUnsafeTemporaryAllocation(of: Float.self, capacity: (d + 3) * 64) { room in
      guard let room = room.baseAddress else { return }
      let found = NearestImages(room + d * 64)
      for first in stride(from: 0, to: rows.count, by: 64) {
        let tile = rows[first..<min(first + 64, rows.count)]
        image.transpose(tile, into: room)
        images.nearest(room, found)
        for (r, i) in tile.enumerated() {
          let before = labels[i]
          labels[i] = Double(settle(i, found, r, exact, images))
          if labels[i] != before {
            moves.append(Move(row: i, from: before < 0 ? nil : Int(before), to: Int(labels[i])))
          }
        }
      }
    }
    return moves
  }

  /// → the centre that row `i` is nearest to, which is number `r` of those found; keeps its bounds.
  @inline(__always)
  private func settle(
    _ i: Int, _ found: NearestImages, _ r: Int, _ exact: Reassignment, _ images: CentreImages
  ) -> Int {
    let radius = image.radii.base[i] + images.radius
    let distance = found.squares[r].squareRoot()
    let bound = distance * (1 + image.rounding) + radius
    var others = found.seconds[r].squareRoot() * (1 - image.rounding) - radius
    let isClear = bound * (1 + 0x1p-20) < others
    // Where it is not, the one found may be among the others.
    if !isClear { others = distance * (1 - image.rounding) - radius }
    upper.base[i] = bound
    lower.base[i] = others + reach - 0x1p-21 * (abs(others) + reach)
    return isClear ? Int(found.labels[r]) : exact.nearestOne(i)
  }
}
