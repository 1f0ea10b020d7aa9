/// One step of Lloyd's from the labels of the last: which rows of a chunk have another nearest centre now, ties to the first.
///
/// Where there are few centres and columns this takes hardly longer than reading the rows: they are read where they are, 32 at a
/// time, whose sums are independent of each other.
struct Reassignment {
  private typealias Lanes = SIMD8<Double>

  /// Column after column, `count` doubles each.
  let rows: UnsafePointer<Double>
  let count: Int
  let columns: Int
  /// k of `columns` numbers, row after row.
  let centres: UnsafePointer<Double>
  let k: Int

  /// labels: n numbers from 0, or -1 (those of `range` are read and written)
  func moves(_ range: Range<Int>, _ labels: UnsafeMutablePointer<Double>) -> [Move] {
    var moves: [Move] = []
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 32) { nearest in
      guard let nearest = nearest.baseAddress else { return }
      for first in stride(from: range.lowerBound, to: range.upperBound, by: 32) {
        let tile = first..<min(first + 32, range.upperBound)
        if tile.count == 32 {
          if !findNearest(first, nearest, labels + first) { continue }
        } else {
          for i in tile { nearest[i - first] = Double(nearestOne(i)) }
        }
        for i in tile where nearest[i - first] != labels[i] {
          moves.append(Move(row: i, from: labels[i] < 0 ? nil : Int(labels[i]), to: Int(nearest[i - first])))
          labels[i] = nearest[i - first]
        }
      }
    }
    return moves
  }

  /// nearest: 32 labels (written) · labels: what they were (read) → whether they differ
  @inline(__always)
  private func findNearest(
    _ first: Int, _ nearest: UnsafeMutablePointer<Double>, _ labels: UnsafePointer<Double>
  ) -> Bool {
    var (l0, l1, l2, l3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    let far = Lanes(repeating: .infinity)
    var (m0, m1, m2, m3) = (far, far, far, far)
    for j in 0..<k {
      var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for c in 0..<columns {
        let (x, to) = (rows + (c * count + first), Lanes(repeating: centres[j * columns + c]))
        let (e0, e1, e2, e3) = (x.lanes(0) - to, x.lanes(1) - to, x.lanes(2) - to, x.lanes(3) - to)
        s0.addProduct(e0, e0)
        s1.addProduct(e1, e1)
        s2.addProduct(e2, e2)
        s3.addProduct(e3, e3)
      }
      let label = Lanes(repeating: Double(j))
      let (b0, b1, b2, b3) = (s0 .< m0, s1 .< m1, s2 .< m2, s3 .< m3)
      (l0, m0) = (l0.replacing(with: label, where: b0), m0.replacing(with: s0, where: b0))
      (l1, m1) = (l1.replacing(with: label, where: b1), m1.replacing(with: s1, where: b1))
      (l2, m2) = (l2.replacing(with: label, where: b2), m2.replacing(with: s2, where: b2))
      (l3, m3) = (l3.replacing(with: label, where: b3), m3.replacing(with: s3, where: b3))
    }
    nearest.setLanes(0, l0)
    nearest.setLanes(1, l1)
    nearest.setLanes(2, l2)
    nearest.setLanes(3, l3)
    let (d0, d1, d2, d3) = (
      l0 - labels.lanes(0), l1 - labels.lanes(1), l2 - labels.lanes(2), l3 - labels.lanes(3)
    )
    return ((d0 * d0 + d1 * d1) + (d2 * d2 + d3 * d3)).sum() > 0
  }

  /// The centre that row `i` is nearest to, the first of several.
  func nearestOne(_ i: Int) -> Int {
    var (label, least) = (0, Double.infinity)
    for j in 0..<k {
      var sum = 0.0
      for c in 0..<columns {
        let e = rows[c * count + i] - centres[j * columns + c]
        sum = sum.addingProduct(e, e)
      }
      if sum < least { (label, least) = (j, sum) }
    }
    return label
  }
}
