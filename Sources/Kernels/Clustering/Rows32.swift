/// A number for each of 32 rows that stand side by side: enough independent sums to keep a processor busy.
struct Rows32 {
  typealias Lanes = SIMD8<Double>
  var a = Lanes.zero
  var b = Lanes.zero
  var c = Lanes.zero
  var d = Lanes.zero

  func squareRoot() -> Rows32 {
    Rows32(a: a.squareRoot(), b: b.squareRoot(), c: c.squareRoot(), d: d.squareRoot())
  }

  /// Writes the first `count` numbers, 32 at most, from index `i`.
  @inline(__always)
  func write(to values: UnsafeMutableBufferPointer<Double>, at i: Int, _ count: Int) {
    withUnsafeBytes(of: self) { bytes in
      let numbers = bytes.assumingMemoryBound(to: Double.self)
      for r in 0..<count { values[i + r] = numbers[r] }
    }
  }
}

extension Block {
  /// ‖xᵢ − centre‖² of the 32 rows from group `g`, summed in the order of the columns.
  @inline(__always)
  func squaredDistances(to centre: UnsafePointer<Double>, columns: Int, from g: Int) -> Rows32 {
    var sum = Rows32()
    // The last group stands in for those that are missing.
    let last = groups - 1
    let (g1, g2, g3) = (min(g + 1, last), min(g + 2, last), min(g + 3, last))
    for column in 0..<columns {
      let to = Lanes(repeating: centre[column])
      let a = lanes(column: column, group: g) - to
      let b = lanes(column: column, group: g1) - to
      let c = lanes(column: column, group: g2) - to
      let d = lanes(column: column, group: g3) - to
      sum.a = sum.a.addingProduct(a, a)
      sum.b = sum.b.addingProduct(b, b)
      sum.c = sum.c.addingProduct(c, c)
      sum.d = sum.d.addingProduct(d, d)
    }
    return sum
  }
}
