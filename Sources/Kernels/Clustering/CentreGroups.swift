/// The centres in single precision, sixteen side by side: what four rows at a time are held against.
struct CentreGroups {
  typealias Lanes = SIMD16<Float>

  /// t·16 centres, column by column within each group: coordinate c of lane l in group g is lanes[(g·d + c)·16 + l]. Lanes
  /// past the last centre are far from everything.
  private let lanes: Floats
  /// k images, row after row.
  let rows: Floats
  /// The most that a centre of each group is off.
  private(set) var radii: [Float]
  /// A part of half the distance to the nearest other centre: rows that are nearer than that have no nearer centre.
  private(set) var safe: [Float]
  private let d: Int

  /// centres: k of d numbers, row after row (read)
  init(_ centres: Vector, k: Int, _ image: FloatImage) throws(Failure) {
    d = centres.count / k
    let (d, stride) = (d, image.stride)
    let groups = (k + 15) / 16
    lanes = try Floats(groups * d * 16)
    rows = try Floats(k * stride)
    radii = Array(repeating: 0, count: groups)
    safe = Array(repeating: 0, count: k)
    for i in 0..<groups * d * 16 { lanes.base[i] = 1e15 }
    centres.withValues { values in
      guard let values = values.baseAddress else { return }
      for j in 0..<k {
        let row = rows.base + j * stride
        image.write(values + j * d, to: row)
        radii[j / 16] = max(radii[j / 16], image.radius(row))
        for c in 0..<d { lanes.base[(j / 16 * d + c) * 16 + j % 16] = row[c] }
      }
    }
    let images = rows
    let slack = 2 * (radii.max() ?? 0)
    safe = try Parallel.map(k, chunk: 16) { range in
      range.map { j in
        var least = Float.infinity
        for other in 0..<k where other != j {
          least = min(least, image.square(images.base + j * stride, images.base + other * stride))
        }
        return (least.squareRoot() * (1 - image.rounding) - slack) / 2
      }
    }.flatMap { $0 }
  }

  /// The least two squared distances of a row from the centres of a group; the last four bits of the least are its lane.
  struct Nearest {
    let least: Float
    let second: Float
    var lane: Int { Int(least.bitPattern & 15) }
  }

  /// Four images against the centres of group `g`.
  @inline(__always)
  func nearest(
    _ g: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>, _ e: UnsafePointer<Float>
  ) -> (Nearest, Nearest, Nearest, Nearest) {
    var (p, q, r, s) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    let group = UnsafeRawPointer(lanes.base + g * d * 16)
    for column in 0..<d {
      let centre = group.loadUnaligned(fromByteOffset: column * 64, as: Lanes.self)
      let w = Lanes(repeating: a[column]) - centre
      let x = Lanes(repeating: b[column]) - centre
      let y = Lanes(repeating: c[column]) - centre
      let z = Lanes(repeating: e[column]) - centre
      p = p.addingProduct(w, w)
      q = q.addingProduct(x, x)
      r = r.addingProduct(y, y)
      s = s.addingProduct(z, z)
    }
    return (CentreGroups.least(p), CentreGroups.least(q), CentreGroups.least(r), CentreGroups.least(s))
  }

  private static let numbers = SIMD16<UInt32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)

  /// A knock-out between halves, in which the losers of each round stay in the running for second.
  @inline(__always)
  private static func least(_ squares: Lanes) -> Nearest {
    let bits = unsafeBitCast(squares, to: SIMD16<UInt32>.self) & SIMD16(repeating: ~15) | numbers
    let keys = unsafeBitCast(bits, to: Lanes.self)
    let (a, b) = (keys.lowHalf, keys.highHalf)
    let (m8, l8) = (a.replacing(with: b, where: b .< a), b.replacing(with: a, where: b .< a))
    let (c, d) = (m8.lowHalf, m8.highHalf)
    let (m4, l4) = (c.replacing(with: d, where: d .< c), d.replacing(with: c, where: d .< c))
    var s4 = l8.lowHalf.replacing(with: l8.highHalf, where: l8.highHalf .< l8.lowHalf)
    s4 = s4.replacing(with: l4, where: l4 .< s4)
    let (e, f) = (m4.lowHalf, m4.highHalf)
    let (m2, l2) = (e.replacing(with: f, where: f .< e), f.replacing(with: e, where: f .< e))
    var s2 = s4.lowHalf.replacing(with: s4.highHalf, where: s4.highHalf .< s4.lowHalf)
    s2 = s2.replacing(with: l2, where: l2 .< s2)
    let loser = m2.y < m2.x ? m2.x : m2.y
    let second = s2.y < s2.x ? s2.y : s2.x
    return Nearest(least: m2.y < m2.x ? m2.y : m2.x, second: loser < second ? loser : second)
  }
}
