/// What a search among images finds for each of 64 rows.
struct NearestImages {
  /// The least squared distance, its centre, and the least of all others.
  let squares, labels, seconds: UnsafeMutablePointer<Float>

  /// room: for 192 numbers
  init(_ room: UnsafeMutablePointer<Float>) { (squares, labels, seconds) = (room, room + 64, room + 128) }
}

/// The centres in single precision, and the search among them all for the nearest to each of 64 rows.
struct CentreImages {
  private typealias Lanes = SIMD16<Float>

  /// k images, row after row, and where k is odd one more that is far from everything.
  private let rows: Floats
  private let stride: Int
  private let k, d: Int
  /// The most that one is off.
  private(set) var radius: Float = 0
  /// A part of half the distance to the nearest other centre: rows that are nearer than that have no nearer centre.
  let safe: [Float]

  /// centres: k of d numbers, row after row (read)
  init(_ centres: Vector, k: Int, _ image: FloatImage) throws(Failure) {
    (self.k, d) = (k, centres.count / k)
    let (d, stride) = (d, image.stride)
    self.stride = stride
    let rows = try Floats((k + 1) * stride)
    self.rows = rows
    for c in 0..<stride { rows.base[k * stride + c] = 1e15 }
    radius = centres.withValues { values in
      guard let values = values.baseAddress else { return 0 }
      return (0..<k).reduce(0) { most, j in
        image.write(values + j * d, to: rows.base + j * stride)
        return max(most, image.radius(rows.base + j * stride))
      }
    }
    let slack = 2 * radius
    safe = try Parallel.map(k, chunk: 16) { range in
      range.map { j in
        var least = Float.infinity
        for other in 0..<k where other != j {
          least = min(least, image.square(rows.base + j * stride, rows.base + other * stride))
        }
        return (least.squareRoot() * (1 - image.rounding) - slack) / 2
      }
    }.flatMap { $0 }
  }

  /// rows: 64 images, column after column (read) · found: (written). Two centres at a time meet four vectors of rows: eight sums
  /// under way, for six loads.
  func nearest(_ x: UnsafePointer<Float>, _ found: NearestImages) {
    let far = Lanes(repeating: .infinity)
    var (a, b, c, e) = (Best(far), Best(far), Best(far), Best(far))
    for j in Swift.stride(from: 0, to: k, by: 2) {
      let (first, second) = (rows.base + j * stride, rows.base + (j + 1) * stride)
      var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      var (t0, t1, t2, t3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for column in 0..<d {
        let from = UnsafeRawPointer(x + 64 * column)
        let x0 = from.loadUnaligned(as: Lanes.self)
        let x1 = from.loadUnaligned(fromByteOffset: 64, as: Lanes.self)
        let x2 = from.loadUnaligned(fromByteOffset: 128, as: Lanes.self)
        let x3 = from.loadUnaligned(fromByteOffset: 192, as: Lanes.self)
        let (p, q) = (Lanes(repeating: first[column]), Lanes(repeating: second[column]))
        s0 = s0.addingProduct(x0 - p, x0 - p)
        s1 = s1.addingProduct(x1 - p, x1 - p)
        s2 = s2.addingProduct(x2 - p, x2 - p)
        s3 = s3.addingProduct(x3 - p, x3 - p)
        t0 = t0.addingProduct(x0 - q, x0 - q)
        t1 = t1.addingProduct(x1 - q, x1 - q)
        t2 = t2.addingProduct(x2 - q, x2 - q)
        t3 = t3.addingProduct(x3 - q, x3 - q)
      }
      a.take(s0, t0, j)
      b.take(s1, t1, j)
      c.take(s2, t2, j)
      e.take(s3, t3, j)
    }
    a.write(to: found, 0)
    b.write(to: found, 16)
    c.write(to: found, 32)
    e.write(to: found, 48)
  }

  /// The least two of the squared distances that 16 rows have been given so far.
  private struct Best {
    var least, label, second: Lanes

    @inline(__always)
    init(_ far: Lanes) { (least, label, second) = (far, Lanes.zero, far) }

    /// Of centres j and j + 1.
    @inline(__always)
    mutating func take(_ s: Lanes, _ t: Lanes, _ j: Int) {
      take(s, Float(j))
      take(t, Float(j + 1))
    }

    @inline(__always)
    private mutating func take(_ square: Lanes, _ j: Float) {
      let isLess = square .< least
      let loser = square.replacing(with: least, where: isLess)
      least = least.replacing(with: square, where: isLess)
      label = label.replacing(with: Lanes(repeating: j), where: isLess)
      second = second.replacing(with: loser, where: loser .< second)
    }

    @inline(__always)
    func write(to found: NearestImages, _ at: Int) {
      UnsafeMutableRawPointer(found.squares + at).storeBytes(of: least, as: Lanes.self)
      UnsafeMutableRawPointer(found.labels + at).storeBytes(of: label, as: Lanes.self)
      UnsafeMutableRawPointer(found.seconds + at).storeBytes(of: second, as: Lanes.self)
    }
  }
}
