// C. Loader, Fast and accurate computation of binomial probabilities, 2000.

/// log n! for an integer n ≥ 0, within 1e-15 relative.
package func logFactorial(_ n: Double) -> Double {
  if n < 2 { return 0 }
  // n·log n − n would cancel for small n, whose factorials are exact.
  if n <= 20 { return log((2...UInt64(n)).reduce(1.0) { $0 * Double($1) }) }
  return (log(n) - 1) * n + (0.5 * log(2 * .pi * n) + stirlingError(n))
}

/// log n! − log(√(2πn)·(n/e)ⁿ) for an integer n ≥ 0: what Stirling's formula leaves out; 0 at n = 0, where the formula has no
/// meaning and sums over categories have no term.
package func stirlingError(_ n: Double) -> Double {
  if n < 16 { return stirlingErrors[Int(n)] }
  // The asymptotic series 1/12n − 1/360n³ + …; from 16 on, the first term left out is below 2e-16 of the sum.
  let z = 1 / (n * n)
  return z.polynomial([1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360]) / n
}

/// log Γ(x + 1) − log(√(2πx)·(x/e)ˣ) for any x > 0, within 1e-15.
func stirlingError(real x: Double) -> Double {
  var (sum, x) = (0.0, x)
  // One step: (x + ½)·log(1 + 1/x) − 1 = artanh(v)/v − 1 with v = 1/(2x + 1).
  while x < 16 {
    let v = 1 / (2 * x + 1)
    sum += x < 1 ? (x + 0.5) * log1p(1 / x) - 1 : 0.5 * artanhExcess(v * v)
    x += 1
  }
  return sum + stirlingError(x)
}

/// Coefficients: Scripts/reference/polynomials.py.
private let stirlingErrors: [Double] = [
  0, 0x1.4c071bcda0a5bp-4, 0x1.52a9b923ea649p-5, 0x1.c579a268d80b3p-6, 0x1.54a2662fd78a9p-6, 0x1.10b4e513fcbedp-6,
  0x1.c6b167bebdf36p-7, 0x1.85d4d612e4a86p-7, 0x1.552805e7b3076p-7, 0x1.2f4871b12ab64p-7, 0x1.10f9d4c0743a7p-7,
  0x1.f0593088014f8p-8, 0x1.c7018733aa9c6p-8, 0x1.a40514700f36cp-8, 0x1.86076c002d4a7p-8, 0x1.6c08f6f194a10p-8,
]
