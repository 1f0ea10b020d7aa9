/// Squared extrapolation of EM steps: θ' = θ₀ + 2a·r + a²·v with r = θ₁ − θ₀, v = (θ₂ − θ₁) − r and a = ‖r‖/‖v‖.
///
/// R. Varadhan, C. Roland, Simple and globally convergent methods for accelerating the convergence of any EM algorithm,
/// Scand. J. Stat. 35 (2008), 335–353, doi:10.1111/j.1467-9469.2007.00585.x: scheme S3 with K = 1. The caller evaluates θ',
/// takes it where the log-likelihood has not fallen, and goes on with a plain step.
struct Squarem: Codable, Sendable {
  let units: [Double]
  /// The largest a, four times as large after it was reached and right, a quarter after a rejection.
  private var cap = 4.0
  private var isAtCap = false
  private var previous: [Double]?
  /// Plain steps to take before the next proposal.
  private var rest = 4

  init(units: [Double]) { self.units = units }

  /// from: θ₁ · step: θ₂ − θ₁ · isNearEnd: whether to hold back → θ' and a, where it is time for them
  mutating func proposal(
    _ from: [Double], _ step: [Double], isNearEnd: Bool
  ) -> (parameters: [Double], factor: Double)? {
    defer { previous = step }
    rest -= 1
    guard rest <= 0, !isNearEnd, let r = previous else { return nil }
    let v = zip(step, r).map { $0 - $1 }
    let ratio = norm(r, units) / norm(v, units)
    isAtCap = ratio >= cap
    let a = min(ratio, cap)
    guard a > 1 else { return nil }
    rest = 3
    var parameters = from
    for i in from.indices { parameters[i] += (2 * a - 1) * r[i] + a * a * v[i] }
    return (parameters, isAtCap && ratio < .infinity ? ratio : a)
  }

  mutating func accept() {
    if isAtCap { cap *= 4 }
    previous = nil
  }

  mutating func reject() {
    cap = max(4, cap / 4)
    previous = nil
  }
}
