/// A running sum with the sum of its rounding errors, in each lane: as accurate as a sum in twice the precision, rounded.
///
/// T. Ogita, S. M. Rump, S. Oishi, Accurate sum and dot product, SIAM J. Sci. Comput. 26 (2005), algorithms Sum2 and Dot2,
/// doi:10.1137/030601818.
struct CompensatedSum<L: Lanes> {
  private(set) var sum = L(repeating: 0)
  private(set) var error = L(repeating: 0)

  @inline(__always)
  mutating func add(_ x: L) {
    // Knuth's two-sum: sum + x = total + lost, exactly.
    let total = sum + x
    let back = total - sum
    error = error + ((sum - (total - back)) + (x - back))
    sum = total
  }

  @inline(__always)
  mutating func add(_ x: L, times y: L) {
    let product = x * y
    error = error + (-product).addingProduct(x, y)
    add(product)
  }

  @inline(__always)
  mutating func add(_ other: Self) {
    add(other.sum)
    error = error + other.error
  }
}

extension CompensatedSum<Double> {
  /// Where the sum is infinite or NaN its errors mean nothing.
  var value: Double { sum.isFinite ? sum + error : sum }
}

extension CompensatedSum<SIMD8<Double>> {
  /// The sum of each lane.
  var lanes: SIMD8<Double> { sum.replacing(with: sum + error, where: sum - sum .== 0) }

  /// The sum of all lanes.
  var value: Double {
    var total = CompensatedSum<Double>()
    for lane in 0..<8 { total.add(sum[lane]) }
    guard total.sum.isFinite else { return total.sum }
    for lane in 0..<8 { total.add(error[lane]) }
    return total.value
  }
}
