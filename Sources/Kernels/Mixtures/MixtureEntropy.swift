extension UnivariateMixture {
  /// −∫ p·log p, in nats.
  ///
  /// Continuous: −Σ wⱼ·∫₀¹ log p(Fⱼ⁻¹(u)) du, each by tanh-sinh quadrature, which does not mind the singular ends; NaN where
  /// two successive levels do not agree to 1e-9. Over integers: the sum, to where 1e-17 of each component is left;
  /// NaN where that takes more than 10⁷ terms.
  package var entropy: Double {
    if case .integers = support { return integerEntropy }
    return average { part in unitIntegral { logDensity(quantile: $0, of: part) } }
  }

  private func logDensity(quantile u: Double, of part: any UnivariateDistribution) -> Double {
    -logpdf(part.quantile(u))
  }

  private var integerEntropy: Double {
    let live = zip(weights, parts).filter { $0.0 > 0 }.map(\.1)
    let low = live.map { $0.quantile(1e-17) }.min() ?? .nan
    let high = live.map { $0.quantile(1 - 0x1p-53) }.max() ?? .nan
    guard high - low <= 1e7 else { return .nan }
    var sum = 0.0
    for i in 0...Int(high - low) {
      let x = low + Double(i)
      let p = pdf(x)
      if p > 0 { sum -= p * logpdf(x) }
    }
    return sum
  }
}

/// ∫₀¹ f by the double exponential rule, u = 1/(1 + exp(−π·sinh t)): steps are halved until two results agree to 1e-12, and
/// NaN stands for no agreement to 1e-9.
///
/// H. Takahasi, M. Mori, Double exponential formulas for numerical integration, Publ. RIMS 9 (1974), 721–741,
/// doi:10.2977/prims/1195192451.
private func unitIntegral(_ f: (Double) -> Double) -> Double {
  func term(_ t: Double) -> Double {
    let (grow, shrink) = (exp(t), exp(-t))
    let u = 1 / (1 + exp(-.pi / 2 * (grow - shrink)))
    // du/dt = u·(1 − u)·π·cosh t; past the last double below 1 nothing is left to weigh.
    let weight = u * (1 / (1 + exp(.pi / 2 * (grow - shrink)))) * .pi / 2 * (grow + shrink)
    guard u > 0, u < 1, weight > 0 else { return 0 }
    return f(u) * weight
  }
  var step = 0.5
  var sum = term(0)
  for i in 1...12 { sum += term(Double(i) * step) + term(-Double(i) * step) }
  var (result, change) = (sum * step, Double.infinity)
  for _ in 0..<9 where change > 1e-12 * max(1, abs(result)) {
    step /= 2
    for i in stride(from: 1, through: Int(6 / step), by: 2) { sum += term(Double(i) * step) + term(-Double(i) * step) }
    (result, change) = (sum * step, abs(sum * step - result))
  }
  return change <= 1e-9 * max(1, abs(result)) ? result : .nan
}
