extension MultivariateT {
  /// Maximum likelihood. Weights are 1 where there are none.
  ///
  /// rows: n × d (read) · df: where it is known. Throws `.data` for NaN or infinity; `.degenerate` where the rows lie in fewer dimensions, the likelihood
  /// grows without end as the scale shrinks onto a few rows, or as df grows.
  ///
  /// ECME: given τᵢ = (ν + d)/(ν + δᵢ) of the squared lengths δᵢ, the next μ and Σ are the means of the rows and of their
  /// squares with weights wᵢ·τᵢ (Σ over Σ wᵢ·τᵢ, which is faster than over Σ wᵢ: J. T. Kent, D. E. Tyler, Y. Vardi, 1994,
  /// doi:10.1080/03610919408813180); the next ν maximises the likelihood itself.
  /// C. Liu, D. B. Rubin, ML estimation of the t distribution using EM and its extensions, Statistica Sinica 5 (1995).
  package static func fit(
    _ rows: Matrix, weights: Vector? = nil, df known: Double? = nil
  ) throws(Failure) -> MultivariateT {
    let (weights, total) = try checkedWeights(weights, rows: rows.rows)
    var state = try Estimate(rows, weights, df: .infinity)
    let lengths = try Vector(uninitialized: rows.rows)
    var (last, isSettled) = (Double.infinity, false)
    for _ in 0..<10_000 where !isSettled {
      try state.metric.map(rows, into: lengths) { $0 }
      let df = if let known { known } else { try state.degreesOfFreedom(lengths, weights, total: total) }
      let taus = try Vector(uninitialized: rows.rows)
      for i in 0..<taus.count { taus[i] = weights[i] * tau(df, lengths[i], rows.columns) }
      let next = try Estimate(rows, taus, df: df)
      let change = next.change(from: state)
      state = next
      // Steps shrink by a constant factor: what is left of the way is to be 1e-11 of a standard deviation.
      let left = last < .infinity && change < last ? change / (1 - change / last) : .infinity
      isSettled = change < 1e-13 || left < 1e-11
      last = change
    }
    guard isSettled else { throw Failure(.degenerate, "the likelihood still rises after 10000 steps") }
    guard state.df < .infinity else {
      throw Failure(.degenerate, "df would be infinite: the tails are no heavier than normal; fit mvnormal")
    }
    return try MultivariateT(df: state.df, mu: state.metric.centre, scale: state.metric.matrix)
  }

  private static func tau(_ df: Double, _ square: Double, _ dimension: Int) -> Double {
    df < .infinity ? (df + Double(dimension)) / (df + square) : 1
  }
}

private struct Estimate {
  let df: Double
  let metric: Mahalanobis

  init(_ rows: Matrix, _ weights: Vector, df: Double) throws(Failure) {
    let (mu, scale) = try weightedCovariance(rows, weights: weights)
    do {
      metric = try Mahalanobis(centre: mu, matrix: scale, named: "scale")
    } catch  where error.kind == .singular {
      throw Failure(
        .degenerate,
        "scale would be singular: the rows, or too many of them, lie in fewer than \(rows.columns) dimensions")
    }
    self.df = df
  }

  /// The largest change of a parameter: of μ and Σ in standard deviations, of ν relative.
  func change(from other: Estimate) -> Double {
    let d = metric.dimension
    var most = df == other.df ? 0 : abs(1 - other.df / df)
    for j in 0..<d {
      let sd = metric.matrix[j, j].squareRoot()
      most = max(most, abs(metric.centre[j] - other.metric.centre[j]) / sd)
      for i in j..<d {
        let unit = sd * metric.matrix[i, i].squareRoot()
        most = max(most, abs(metric.matrix[i, j] - other.metric.matrix[i, j]) / unit)
      }
    }
    return most.isNaN ? .infinity : most
  }

  /// ν of the largest likelihood, given μ and Σ; infinite where it grows with ν to the end.
  func degreesOfFreedom(_ lengths: Vector, _ weights: Vector, total: Double) throws(Failure) -> Double {
    let d = Double(metric.dimension)
    func mean(_ f: (SIMD8<Double>) -> SIMD8<Double>) throws(Failure) -> Double {
      try weightedSum(lengths, weights) { square, w in (w / total) * f(square) }
    }
    // The first term of the log-likelihood in 1/ν.
    if try mean({ $0 * ($0 - 2 * (d + 2)) + d * (d + 2) }) <= 0 { return .infinity }
    /// The derivative of twice the mean log-likelihood, times −ν.
    func fall(_ df: Double) throws(Failure) -> Double {
      let rise = digammaRise(0.5 * df, 0.5 * d)
      let terms = try mean { square in
        let u = square / df
        return log1p(u) - (1 + d / df) * (u / (1 + u))
      }
      return df * (terms - rise) + d
    }
    var (low, high) = (log(0.01), log(1e7))
    if try fall(0.01) >= 0 {
      throw Failure(.degenerate, "scale would be singular: too many rows share a point, a line or a plane")
    }
    if try fall(1e7) <= 0 { return .infinity }
    // The Illinois form of regula falsi, on log ν.
    var (atLow, atHigh, wasLow) = (try fall(0.01), try fall(1e7), false)
    while high - low > 1e-14 * max(1, abs(low)) {
      let middle = low + (high - low) * (atLow / (atLow - atHigh))
      let here = try fall(exp(middle))
      if here == 0 || middle <= low || middle >= high { return exp(middle) }
      if here < 0 {
        (low, atLow, atHigh) = (middle, here, wasLow ? atHigh / 2 : atHigh)
      } else {
        (high, atHigh, atLow) = (middle, here, wasLow ? atLow : atLow / 2)
      }
      wasLow = here < 0
    }
    return exp(low)
  }
}
