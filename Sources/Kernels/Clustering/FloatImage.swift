/// Single-precision numbers in native memory.
struct Floats: @unchecked Sendable {
  private let storage: Storage
  let base: UnsafeMutablePointer<Float>

  /// Room for `count` numbers and a SIMD16 past the end, of any value.
  init(_ count: Int) throws(Failure) {
    storage = try Storage(uninitialized: count / 2 + 9)
    base = UnsafeMutableRawPointer(storage.base).bindMemory(to: Float.self, capacity: count + 16)
  }
}

/// The rows in single precision, about their mean and at most 1 in size: half the memory and twice the speed, for a first look.
///
/// A row's image is off by `radius`, at most; so a distance between images is off by the radii of both, and by a part
/// `rounding` of itself, and what that leaves open is decided in double precision.
struct FloatImage {
  /// n rows of `stride` numbers, zeros behind the d-th.
  let rows: Floats
  let stride: Int
  let radii: Floats
  private let means: [Double]
  /// A power of two.
  let scale: Double
  private let d: Int

  init(_ points: Points, means: [Double], reach: Double) throws(Failure) {
    d = points.dimension
    stride = (d + 7) / 8 * 8
    self.means = means
    scale = reach > 0 ? 1 / reach.binade / 2 : 1
    rows = try Floats(points.count * stride)
    radii = try Floats(points.count)
    try Parallel.forEach(points.count, chunk: 1024) { range in
      points.matrix.elements.withValues { x in
        for first in Swift.stride(from: range.lowerBound, to: range.upperBound, by: 16) {
          let tile = first..<min(first + 16, range.upperBound)
          for i in tile { for c in d..<stride { rows.base[i * stride + c] = 0 } }
          for c in 0..<d {
            for i in tile { rows.base[i * stride + c] = Float((x[c * points.count + i] - means[c]) * scale) }
          }
          for i in tile { radii.base[i] = radius(rows.base + i * stride) }
        }
      }
    }
  }

  /// list: at most 64 rows · out: 64 rows, column after column (written); the last of the list stands in for those it lacks
  func transpose(_ list: ArraySlice<Int>, into out: UnsafeMutablePointer<Float>) {
    guard let last = list.last else { return }
    for r in 0..<64 {
      let row = rows.base + (r < list.count ? list[list.startIndex + r] : last) * stride
      for c in 0..<d { out[64 * c + r] = row[c] }
    }
  }

  /// Centres that a script begins from may be anywhere: their images end here.
  private static let far = 1e15

  /// A centre, from `x` on.
  func write(_ x: UnsafePointer<Double>, to image: UnsafeMutablePointer<Float>) {
    for c in 0..<d { image[c] = Float(min(max((x[c] - means[c]) * scale, -FloatImage.far), FloatImage.far)) }
    for c in d..<stride { image[c] = 0 }
  }

  /// How far an image may be from what it stands for: 2⁻²⁴ of its norm, and what falls below the smallest float, with a tenth to
  /// spare.
  func radius(_ image: UnsafePointer<Float>) -> Float {
    let norm = square(image, nil).squareRoot()
    return norm < Float(FloatImage.far) / 2 ? 0x1.2p-24 * norm + 1e-18 * Float(stride).squareRoot() : 1e30
  }

  /// The part of itself that a distance of images may be off by.
  var rounding: Float { Float(d + 32) * 0x1p-24 }

  /// ‖a − b‖², of images; b may be the origin.
  @inline(__always)
  func square(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>?) -> Float {
    var sum = SIMD8<Float>.zero
    for c in Swift.stride(from: 0, to: stride, by: 8) {
      var x = UnsafeRawPointer(a + c).loadUnaligned(as: SIMD8<Float>.self)
      if let b { x -= UnsafeRawPointer(b + c).loadUnaligned(as: SIMD8<Float>.self) }
      sum = sum.addingProduct(x, x)
    }
    let half = sum.lowHalf + sum.highHalf
    let quarter = half.lowHalf + half.highHalf
    return quarter.x + quarter.y
  }
}
