extension Multinomial {
  /// P(X₁ ≤ x₁, …, X_d ≤ x_d), exact up to rounding.
  ///
  /// Counts of Poisson variables with means n·pⱼ, given that their sum is n, are multinomial: the truncated Poisson
  /// probabilities are convolved, category by category, in about d·n·max x steps. Throws `.argument` where those are more than
  /// 10⁹. B. Levin, A representation for multinomial cumulative distribution functions, Ann. Stat. 9 (1981), 1123–1126,
  /// doi:10.1214/aos/1176345593.
  package func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double {
    if x.contains(where: \.isNaN) { return .nan }
    let limits = x.map { min($0.rounded(.down), trials) }
    let slack = limits.reduce(-trials, +)
    if slack < 0 || limits.contains(where: { $0 < 0 }) { return 0 }
    if limits.allSatisfy({ $0 == trials }) { return 1 }
    if dimension == 2 { return try between(trials - limits[1], limits[0]) }
    let steps = Double(dimension) * trials * (limits.max() ?? 0)
    guard steps <= 1e9 else {
      throw Failure(.argument, "the exact cdf takes too long for \(trials.named) trials in \(dimension) categories")
    }
    let total = Int(trials)
    var sums = try Vector.zeros(total + 1)
    sums[0] = 1
    for (j, limit) in limits.enumerated() {
      let poisson = try Vector((0...Int(limit)).map { exp(-CountTerms.term(Double($0), trials: trials, p: p[j])) })
      // Of the last sums only one is wanted.
      sums = try convolution(sums, poisson, from: j == dimension - 1 ? total : 0)
    }
    return min(1, sums[total] * exp(CountTerms.common(trials: trials)))
  }

  /// P(low ≤ X₁ ≤ high) of two categories, from the tails that do not cancel.
  private func between(_ low: Double, _ high: Double) throws(Failure) -> Double {
    let first = try Binomial(trials: trials, p: min(1, p[0]))
    return low > first.mean ? first.ccdf(low - 1) - first.ccdf(high) : first.cdf(high) - first.cdf(low - 1)
  }
}

/// cₘ = Σᵢ bᵢ·aₘ₋ᵢ for m from `first` to the end of a, 0 before.
private func convolution(_ a: Vector, _ b: Vector, from first: Int) throws(Failure) -> Vector {
  let result = try Vector.zeros(a.count)
  for m in first..<a.count {
    if m % 256 == 0 { try Interruption.check() }
    var sum = 0.0
    a.withValues { a in
      b.withValues { b in for i in 0...min(m, b.count - 1) { sum = sum.addingProduct(b[i], a[m - i]) } }
    }
    result[m] = sum
  }
  return result
}
