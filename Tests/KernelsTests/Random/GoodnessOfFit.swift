import Glibc

@testable import Kernels

/// Kolmogorov's √n·sup|Fₙ − F| of a sample against a distribution function; above 2.33 with probability 4e-5.
func kolmogorov(_ sample: [Double], _ cdf: (Double) -> Double) throws -> Double {
  let n = Double(sample.count)
  let sorted = try Vector(sample).sorted()
  var distance = 0.0
  sorted.withValues { x in
    for i in 0..<x.count {
      let p = cdf(x[i])
      distance = max(distance, p - Double(i) / n, Double(i + 1) / n - p)
    }
  }
  return distance * n.squareRoot()
}

/// Pearson's chi-squared of counts against probabilities, as a standard normal deviate (Wilson and Hilferty). Cells with fewer
/// than 10 expected are put together with their neighbours.
func chiSquaredDeviate(_ counts: [Int], _ probabilities: [Double]) -> Double {
  let n = Double(counts.reduce(0, +))
  var (statistic, cells, count, expected) = (0.0, 0.0, 0.0, 0.0)
  for (i, probability) in probabilities.enumerated() {
    count += Double(counts[i])
    expected += n * probability
    let rest = n * probabilities[(i + 1)...].reduce(0, +)
    guard expected >= 10, rest >= 10 || i == probabilities.count - 1 else { continue }
    statistic += (count - expected) * (count - expected) / expected
    (cells, count, expected) = (cells + 1, 0, 0)
  }
  if expected > 0 { statistic += (count - expected) * (count - expected) / expected }
  let df = cells - 1
  return (cbrt(statistic / df) - (1 - 2 / (9 * df))) / (2 / (9 * df)).squareRoot()
}
