import Kernels

/// Heights over a grid of points at even distances.
package struct Grid: Sendable {
  /// z(i, j) is the height at row i of y and column j of x: rows × columns.
  package let z: Matrix
  package let x, y: (low: Double, high: Double)

  /// Throws `.shape` for fewer than two rows or columns, `.argument` where an end is not below the other.
  package init(_ z: Matrix, x: (low: Double, high: Double), y: (low: Double, high: Double)) throws(Failure) {
    guard z.rows >= 2, z.columns >= 2 else {
      throw Failure(.shape, "a grid needs at least 2 rows and 2 columns, got \(z.rows) x \(z.columns)")
    }
    for (name, ends) in [("x", x), ("y", y)] where !(ends.low < ends.high && (ends.high - ends.low).isFinite) {
      throw Failure(
        .argument, "\(name) must ascend from one finite number to another, got \(ends.low) and \(ends.high)")
    }
    (self.z, self.x, self.y) = (try z.copy(), x, y)
  }

  /// The density of a distribution of two dimensions, at points × points places.
  package init(
    density d: any MultivariateDistribution, x: (low: Double, high: Double), y: (low: Double, high: Double), points: Int
  ) throws(Failure) {
    let (xs, ys) = try Grid.places(x: x, y: y, points: points)
    let places = Matrix(try Vector.concatenated([xs, ys]).storage, rows: xs.count, columns: 2)
    try self.init(Matrix(try d.pdf(places).storage, rows: points, columns: points), x: x, y: y)
  }

  /// The coordinates of points × points places, column after column.
  package static func places(
    x: (low: Double, high: Double), y: (low: Double, high: Double), points: Int
  ) throws(Failure) -> (x: Vector, y: Vector) {
    let (across, up) = (try Vector.linspace(x.low, x.high, points), try Vector.linspace(y.low, y.high, points))
    let (xs, ys) = (try Vector(uninitialized: points * points), try Vector(uninitialized: points * points))
    for j in 0..<points { for i in 0..<points { (xs[j * points + i], ys[j * points + i]) = (across[j], up[i]) } }
    return (xs, ys)
  }

  package var xValues: [Vector] { (try? Vector([x.low, x.high])).map { [$0] } ?? [] }
  package var yValues: [Vector] { (try? Vector([y.low, y.high])).map { [$0] } ?? [] }

  /// What gnuplot is to read: places, and row after row of heights. `isInSpace`: for a surface rather than a picture in the plane
  func record(isInSpace: Bool = true) -> String {
    let (dx, dy) = ((x.high - x.low) / Double(z.columns - 1), (y.high - y.low) / Double(z.rows - 1))
    return
      "'-' binary array=(\(z.columns),\(z.rows)) origin=(\(x.low),\(y.low)\(isInSpace ? ",0" : "")) dx=\(dx) dy=\(dy) "
      + "format='%double'"
  }

  var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: z.count * 8) { buffer, written in
      let out = UnsafeMutableRawBufferPointer(buffer)
      for i in 0..<z.rows {
        for j in 0..<z.columns { out.storeBytes(of: z[i, j], toByteOffset: 8 * (i * z.columns + j), as: Double.self) }
      }
      written = out.count
    }
  }
}
