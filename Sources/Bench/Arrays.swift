import Glibc
import Kernels

/// Nanoseconds for each of a million doubles, against the speed of memory: 0.3 ns for a double that is read once.
func arrayRows() throws -> [Row] {
  let n = 1_000_000
  // From 0 to 1 in no order: the fractional parts of multiples of the golden ratio.
  let x = try Vector((1...n).map { (Double($0) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1) })
  let (y, copy) = (try x.reversed(), try x.copy())
  func row(_ name: String, bar: Double? = nil, _ body: () throws -> Void) rethrows -> Row {
    Row(name, try medianSeconds(21, body) / Double(n) * 1e9, "ns", bar: bar)
  }
  return [
    row("the C library's memcmp, which reads two") {
      x.withValues { x in
        copy.withValues { precondition(memcmp(x.baseAddress!, $0.baseAddress!, n * MemoryLayout<Double>.stride) == 0) }
      }
    },
    try row("sum", bar: 0.3) { _ = try x.sum() },
    try row("mean", bar: 0.3) { _ = try x.mean() },
    try row("min", bar: 0.3) { _ = try x.min() },
    try row("var, which reads twice", bar: 0.6) { _ = try x.variance() },
    try row("dot, which reads two vectors", bar: 0.6) { _ = try x.dot(y) },
    try row("x + y, which also writes one") { _ = try BinaryOperation.add(.vector(x), .vector(y)) },
    try row("exp") { _ = try UnaryOperation.exp(.vector(x)) },
    try row("x ^ y") { _ = try BinaryOperation.power(.vector(x), .vector(y)) },
    try row("sort") { _ = try x.sorted() },
    try matrixProduct(1000),
  ]
}

private func matrixProduct(_ n: Int) throws -> Row {
  let a = try Vector.linspace(-1, 1, n * n).reshaped(n, n)
  let seconds = try medianSeconds { _ = try a.matmul(a) }
  return Row("matmul of \(n) x \(n)", 2 * Double(n * n * n) / seconds * 1e-9, "GF/s")
}
