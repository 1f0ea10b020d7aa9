extension UnivariateMixture {
  /// −∫ p·log p, in nats.
  ///
  /// Continuous: by quadrature between the quantiles of the components, out to where 2⁻⁵¹ of each is left; NaN where a piece
  /// does not come to 1e-9. Over integers: the sum, as far out; NaN where that takes more than 10⁷ terms.
  package var entropy: Double {
    if case .integers = support { return integerEntropy }
    let tails = (1...17).map { Double(sign: .plus, exponent: -3 * $0, significand: 1) }
    let levels = tails + [0.25, 0.5, 0.75] + tails.map { 1 - $0 }
    let live = zip(weights, parts).filter { $0.0 > 0 }.map(\.1)
    let ends = Set(live.flatMap { part in levels.map { part.quantile($0) } }).sorted()
    let pieces = zip(ends, ends.dropFirst())
    return pieces.reduce(0.0) { sum, ends in sum + integral(ends.0, ends.1) { -pdf($0) * logpdf($0) } }
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

/// ∫ f from `low` to `high` by the double exponential rule, x = low + (high − low)/(1 + exp(−π·sinh t)), which does not mind
/// singular ends: steps are halved until two results agree to 1e-13, and NaN stands for no agreement to 1e-9.
///
/// H. Takahasi, M. Mori, Double exponential formulas for numerical integration, Publ. RIMS 9 (1974), 721–741,
/// doi:10.2977/prims/1195192451.
private func integral(_ low: Double, _ high: Double, _ f: (Double) -> Double) -> Double {
  func term(_ t: Double) -> Double {
    let (grow, shrink) = (exp(t), exp(-t))
    let u = 1 / (1 + exp(-.pi / 2 * (grow - shrink)))
    // du/dt = u·(1 − u)·π·cosh t
    let weight = u / (1 + exp(.pi / 2 * (grow - shrink))) * .pi / 2 * (grow + shrink)
    let value = f(low + (high - low) * u) * weight * (high - low)
    // Where x has met a singular end, nothing is left to weigh.
    return value.isFinite ? value : 0
  }
  func terms(step: Double, by stride: Int) -> Double {
    Swift.stride(from: 1, through: Int(4 / step), by: stride).reduce(0) {
      $0 + term(Double($1) * step) + term(-Double($1) * step)
    }
  }
  var step = 0.5
  var sum = term(0) + terms(step: step, by: 1)
  var (result, change) = (sum * step, Double.infinity)
  for _ in 0..<7 where change > 1e-13 * max(1, abs(result)) {
    step /= 2
    sum += terms(step: step, by: 2)
    (result, change) = (sum * step, abs(sum * step - result))
  }
  return change <= 1e-9 * max(1, abs(result)) ? result : .nan
}
