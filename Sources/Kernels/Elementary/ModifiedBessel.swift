/// The modified Bessel functions I_ν(x) and I_ν₊₁(x) for ν ≥ 0, x ≥ 0, as directional statistics want them: their size without
/// powers and exponentials, and their ratio, each within some 1e-14 for x from 0 to the largest double.
///
/// Where r = √(ν² + x²) ≥ 25 by the uniform asymptotic expansion, DLMF 10.41.3, whose terms are polynomials in (ν/r)² over
/// powers of r; below by the power series and by Gauss's continued fraction of the ratio.
struct ModifiedBessel {
  /// log(x^(−ν)·e^(−x)·I_ν(x)).
  let logScaled: Double
  /// I_ν₊₁(x) / I_ν(x), from 0 to 1.
  let ratio: Double
  /// 1 − ratio, exact where it is small.
  let complement: Double
  /// d ratio / dx.
  let slope: Double

  init(order nu: Double, _ x: Double) {
    let r = nu.scaledHypotenuse(x)
    if r >= 25 { self.init(expanding: nu, x, r) } else { self.init(summing: nu, x) }
  }

  private init(expanding nu: Double, _ x: Double, _ r: Double) {
    let (p, q) = (nu / r, x / r)
    // Σ uₖ, Σ (½ + power)·uₖ, and half of that less the first term of each.
    var (sum, weighted, rest, scale) = (0.0, 0.0, 0.0, 1.0)
    for (k, coefficients) in expansion.enumerated() {
      var power = scale
      for (j, c) in coefficients.enumerated() {
        let degree = Double(k + 2 * j)
        sum += c * power
        weighted += (0.5 + degree) * c * power
        rest += 2 * degree * c * power
        power *= p * p
      }
      scale /= r
    }
    logScaled = nu * (nu / (r + x)) - nu * log(nu + r) - 0.5 * log(2 * .pi * r) + log(sum)
    let share = weighted / sum
    ratio = (r / (r + nu) - share / r) * q
    let gap = nu * ((r + x - nu) / (r + x)) + q * q * share
    if x > nu {
      complement = gap / x
      // 1 − ratio² − (2ν + 1)·ratio/x, whose first terms cancel: 2·x·complement − 2ν − 1 comes apart.
      let excess = -2 * nu * (nu / (r + x)) + q * q * (rest / sum) - p * p
      slope = (excess + gap * (2 * nu + 1 - gap) / x) / x
    } else {
      complement = 1 - ratio
      let perX = (r / (r + nu) - share / r) / r
      slope = 1 - ratio * ratio - (2 * nu + 1) * perX
    }
  }

  private init(summing nu: Double, _ x: Double) {
    var (term, sum, k) = (1.0, 1.0, 1.0)
    let quarter = 0.25 * x * x
    while term > 1e-18 * sum {
      term *= quarter / (k * (nu + k))
      sum += term
      k += 1
    }
    logScaled = log(sum) - x - nu * ln2 - logGamma(nu + 1)
    // ratio/x = 1/(2(ν + 1) + x²/(2(ν + 2) + …)), from the end.
    var tail = 0.0
    for k in stride(from: 2 * k + 10, to: 0, by: -1) { tail = 1 / (2 * (nu + k) + x * x * tail) }
    ratio = x * tail
    complement = 1 - ratio
    slope = 1 - ratio * ratio - (2 * nu + 1) * tail
  }
}

extension Double {
  /// √(a² + b²) for numbers that are not negative, also where the squares leave the doubles.
  fileprivate func scaledHypotenuse(_ b: Double) -> Double {
    let (large, small) = (max(self, b), min(self, b))
    if large == 0 { return 0 }
    let ratio = small / large
    return large * (1 + ratio * ratio).squareRoot()
  }
}

/// Coefficients of u₀ to u₁₆: uₖ(p)/pᵏ is a polynomial in p², by the recurrence of DLMF 10.41.9.
private let expansion: [[Double]] = {
  var all: [[Double]] = [[1]]
  for k in 0..<16 {
    var next = [Double](repeating: 0, count: k + 2)
    for (j, c) in all[k].enumerated() {
      let m = Double(k + 2 * j)
      next[j] += c * (0.5 * m + 1 / (8 * (m + 1)))
      next[j + 1] -= c * (0.5 * m + 5 / (8 * (m + 3)))
    }
    all.append(next)
  }
  return all
}()
