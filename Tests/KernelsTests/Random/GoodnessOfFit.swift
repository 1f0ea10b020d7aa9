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

/// The same of 10⁶ draws of a continuous distribution. Draws that left the normal doubles are counted as beyond all others.
func kolmogorov(_ d: any UnivariateDistribution, seed: UInt64, draws: Int = 1_000_000) throws -> Double {
  var stream = RandomStream(seed: seed)
  let x = try d.sample(draws, from: &stream).sorted()
  let p = try d.values(of: d.cdf(_:into:), x)
  var distance = 0.0
  x.withValues { x in
    p.withValues { p in
      let n = Double(draws)
      for i in 0..<draws where x[i] == 0 || x[i].isNormal {
        // A draw of 0 from a distribution over all numbers is one like others.
        if x[i] == 0 && p[i] == 0 { continue }
        distance = max(distance, p[i] - Double(i) / n, Double(i + 1) / n - p[i])
      }
    }
  }
  return distance * Double(draws).squareRoot()
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
