extension Vector {
  /// The quantile of order p: linear between the order statistics at (n − 1)·p, type 7 of Hyndman and Fan, as in R and NumPy.
  /// NaN where there is a NaN; throws `.data` for an empty vector and `.argument` for p outside 0…1.
  ///
  /// R. J. Hyndman, Y. Fan, Sample quantiles in statistical packages, Am. Stat. 50 (1996), doi:10.1080/00031305.1996.10473566.
  package func quantile(_ p: Double) throws(Failure) -> Double { try quantiles(Vector([p]))[0] }

  /// The quantiles of several orders, for one sort.
  package func quantiles(_ orders: Vector) throws(Failure) -> Vector {
    guard count > 0 else { throw Failure(.data, "an empty vector has no quantiles") }
    for p in orders.array where !(0...1).contains(p) {
      throw Failure(.argument, "p must be between 0 and 1, got \(p.named)")
    }
    let sorted = try sorted()
    let result = try Vector(uninitialized: orders.count)
    for i in 0..<orders.count { result[i] = sorted[count - 1].isNaN ? .nan : sorted.interpolated(at: orders[i]) }
    return result
  }

  package func median() throws(Failure) -> Double { try quantile(0.5) }

  /// The quantile of order p of a sorted vector.
  private func interpolated(at p: Double) -> Double {
    let position = Double(count - 1) * p
    let below = Int(position)
    let t = position - Double(below)
    let a = self[below]
    if t == 0 { return a }
    let b = self[below + 1]
    let gap = b - a
    if gap == 0 { return a }
    // The gap of finite numbers may leave the doubles, where the point between them does not.
    return gap.isFinite ? Swift.min(b, a.addingProduct(t, gap)) : (1 - t) * a + t * b
  }
}
