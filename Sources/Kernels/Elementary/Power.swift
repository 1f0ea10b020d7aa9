import Glibc

/// TEMP
@inline(__always)
func pow(_ x: SIMD8<Double>, _ y: SIMD8<Double>) -> SIMD8<Double> {
  var result = x
  for lane in 0..<8 { result[lane] = Glibc.pow(x[lane], y[lane]) }
  return result
}
