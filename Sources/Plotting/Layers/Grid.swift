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

  package var xValues: [Vector] { (try? Vector([x.low, x.high])).map { [$0] } ?? [] }
  package var yValues: [Vector] { (try? Vector([y.low, y.high])).map { [$0] } ?? [] }

  /// What gnuplot is to read: places, and row after row of heights.
  var record: String {
    let (dx, dy) = ((x.high - x.low) / Double(z.columns - 1), (y.high - y.low) / Double(z.rows - 1))
    return "'-' binary array=(\(z.columns),\(z.rows)) origin=(\(x.low),\(y.low),0) dx=\(dx) dy=\(dy) format='%double'"
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
