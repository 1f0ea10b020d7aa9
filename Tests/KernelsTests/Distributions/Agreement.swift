import Testing

@testable import Kernels

/// Expects a number within a relative error, or where it is near zero, an absolute one.
func expect(
  _ got: Double, _ wanted: Double, within relative: Double, absolute: Double = 0, _ what: String = "",
  at location: SourceLocation = #_sourceLocation
) {
  let agrees =
    got == wanted || got.isNaN && wanted.isNaN || abs(got - wanted) <= max(relative * abs(wanted), absolute)
  #expect(agrees, "\(what) \(got), wanted \(wanted)", sourceLocation: location)
}

/// Bulk verbs give the bits of the verbs for one value, whatever the place of the value.
func expectBulkVerbsToAgree(_ distribution: some UnivariateDistribution, _ x: [Double]) {
  let verbs:
    [(
      (Double) -> Double, (UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Void
    )] = [
      (distribution.pdf, distribution.pdf(_:into:)), (distribution.logpdf, distribution.logpdf(_:into:)),
      (distribution.cdf, distribution.cdf(_:into:)), (distribution.ccdf, distribution.ccdf(_:into:)),
    ]
  for (one, many) in verbs {
    for count in [0, 1, 7, x.count] {
      var values = Array(x.prefix(count))
      values.withUnsafeMutableBufferPointer { many(UnsafeBufferPointer($0), $0) }
      for (value, x) in zip(values, x) {
        let wanted = one(x)
        #expect(value.bitPattern == wanted.bitPattern || value.isNaN && wanted.isNaN, "at \(x)")
      }
    }
  }
}
