/// Multinomial distribution, n trials over d categories of probabilities p: P(x) = n! / Πⱼ xⱼ! · Πⱼ pⱼ^xⱼ for integers xⱼ ≥ 0
/// with Σⱼ xⱼ = n.
///
/// Mean n·p, covariance n·(diag p − p·pᵀ).
package struct Multinomial: MultivariateDistribution {
  /// An integer below 2⁵³.
  package let trials: Double
  /// d numbers with a sum of 1.
  package let p: Vector
  package let mean: Vector
  package let variance: Vector
  /// pⱼ + … + p_d for each j.
  private let rest: [Double]

  /// p: d (copied). A sum within 1e-9 of 1 counts as rounding, and is divided out.
  package init(trials: Double, p: Vector) throws(Failure) {
    _ = try Binomial(trials: trials, p: 0)
    guard p.count > 0 else { throw Failure(.argument, "p must have at least one element") }
    for (j, x) in p.array.enumerated() where !(x >= 0 && x < .infinity) {
      throw Failure(.argument, "p must not be negative, but its element \(j + 1) is \(x.named)")
    }
    let sum = try p.sum()
    guard abs(sum - 1) <= 1e-9 else { throw Failure(.argument, "p must sum to 1, got a sum of \(sum.named)") }
    let shares = p.array.map { $0 / sum }
    self.trials = trials
    self.p = try Vector(shares)
    var rest = shares
    for j in shares.indices.dropLast().reversed() { rest[j] += rest[j + 1] }
    self.rest = rest
    mean = try Vector(shares.map { trials * $0 })
    variance = try Vector(shares.map { trials * $0 * (1 - $0) })
  }

  package var family: String { "multinomial" }
  package var dimension: Int { p.count }
  package var parameters: [(name: String, value: ParameterValue)] { [("trials", .number(trials)), ("p", .vector(p))] }
  package var support: Support { .counts(total: Int(trials), categories: dimension) }

  package var covariance: Matrix {
    get throws(Failure) {
      let result = try Matrix(uninitializedRows: dimension, columns: dimension)
      for j in 0..<dimension {
        for i in 0..<dimension { result[i, j] = trials * p[i] * (i == j ? 1 - p[j] : -p[j]) }
      }
      return result
    }
  }

  /// −Σ P·log P, with the errors of `CountTerms.expectedTerm`; NaN where it is interrupted.
  package var entropy: Double {
    if trials == 0 || p.array.contains(1) { return 0 }
    let flag = Interruption.flag
    var sum = -CountTerms.common(trials: trials)
    for q in p.array {
      if Interruption.isRequested(flag) { return .nan }
      sum += CountTerms.expectedTerm(trials: trials, p: q)
    }
    return sum
  }

  /// The most probable counts; of several, those with more in the first categories.
  ///
  /// No mode is below ⌊n·p⌋. From one less, for what rounding may add, each of the trials that are left goes where it multiplies the probability most.
  /// H. M. Finucan, The mode of a multinomial distribution, Biometrika 51 (1964), doi:10.1093/biomet/51.3-4.513.
  package var mode: Vector {
    get throws(Failure) {
      let counts = try Vector(p.array.map { max(0, (trials * $0).rounded(.down) - 1) })
      var left = trials - counts.array.reduce(0, +)
      while left > 0 {
        try Interruption.check()
        let best = (0..<dimension).max { p[$0] * (counts[$1] + 1) < p[$1] * (counts[$0] + 1) } ?? 0
        counts[best] += 1
        left -= 1
      }
      return counts
    }
  }

  /// From every category to every other.
  package var axes: [Axis] {
    get throws(Failure) {
      guard dimension <= 2048 else {
        throw Failure(.memory, "not enough memory for the moves between \(dimension) categories")
      }
      return (0..<dimension).flatMap { from in
        (from + 1..<dimension).map { Axis(steps: [(from, -1), ($0, 1)], isWhole: true) }
      }
    }
  }

  package func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>) {
    var left = trials
    for j in out.indices {
      let share = rest[j] > 0 ? min(1, p[j] / rest[j]) : 0
      out[j] = BinomialSampler(trials: left, p: share).sample(&words)
      left -= out[j]
    }
  }
}

extension Multinomial {
  /// rows: n × d (read) · out: n (written)
  package func logpdf(_ rows: Matrix, into out: Vector) throws(Failure) {
    let common = trials == 0 ? 0 : CountTerms.common(trials: trials)
    try Parallel.forEach(rows.rows, chunk: 1024) { chunk in
      for i in chunk { out[i] = logProbability(rows, i, common) }
    }
  }

  private func logProbability(_ rows: Matrix, _ i: Int, _ common: Double) -> Double {
    var (sum, total) = (0.0, 0.0)
    for j in 0..<dimension {
      let x = rows[i, j]
      guard x >= 0, x <= trials, x == x.rounded() else { return x.isNaN ? .nan : -.infinity }
      // All in one category: the rest of the sum would cancel.
      if x == trials && x > 0 { return rows.hasOnly(x, i, j) ? x * log(p[j]) : -.infinity }
      sum += CountTerms.term(x, trials: trials, p: p[j])
      total += x
    }
    return total == trials ? common - sum : -.infinity
  }
}

extension Multinomial {
  /// Maximum likelihood: p = Σ wᵢ·xᵢ / (n·Σ wᵢ). Weights are 1 where there are none; trials are the sum of the first row where
  /// they are not given.
  ///
  /// rows: n × d (read). Throws `.data` where a row is not counts with the sum n, `.degenerate` for 0 trials.
  package static func fit(_ rows: Matrix, trials: Double? = nil, weights: Vector? = nil) throws(Failure) -> Multinomial
  {
    let (weights, total) = try checkedWeights(weights, rows: rows.rows)
    guard rows.columns > 0 else { throw Failure(.data, "rows of at least one count are wanted") }
    let n = trials ?? (0..<rows.columns).reduce(0) { $0 + rows[0, $1] }
    try check(rows, sum: n)
    _ = try Binomial(trials: n, p: 0)
    guard n > 0 else { throw Failure(.degenerate, "p is not determined by 0 trials") }
    let shares = try Vector(uninitialized: rows.columns)
    for j in 0..<rows.columns {
      shares[j] = try weightedSum(rows.column(j), weights) { x, w in (w / total) * (x / n) }
    }
    return try Multinomial(trials: n, p: shares)
  }

  private static func check(_ rows: Matrix, sum: Double) throws(Failure) {
    for i in 0..<rows.rows {
      var total = 0.0
      for j in 0..<rows.columns {
        let x = rows[i, j]
        guard x >= 0, x < 0x1p53, x == x.rounded() else {
          throw Failure(.data, "column \(j + 1), row \(i + 1) is \(x.named); multinomial data are counts")
        }
        total += x
      }
      guard total == sum else {
        throw Failure(.data, "row \(i + 1) sums to \(total.named); multinomial data sum to \(sum.named) trials")
      }
    }
  }
}

extension Matrix {
  /// Whether row i is zero but for an x in column j.
  fileprivate func hasOnly(_ x: Double, _ i: Int, _ j: Int) -> Bool {
    (0..<columns).allSatisfy { self[i, $0] == ($0 == j ? x : 0) }
  }
}

extension Family {
  package static let multinomial = Family(
    name: "multinomial", summary: "Counts of each category in independent trials.",
    parameters: [
      Parameter(name: "trials", kind: .number, range: .integer, summary: "number of trials"),
      Parameter(name: "p", kind: .vector, range: .probabilities, summary: "probability of each category"),
    ],
    facts: Facts(
      density: "P(x) = trials! / Πⱼ xⱼ! · Πⱼ pⱼ^xⱼ",
      domain: "rows of counts with the sum trials",
      mean: "trials·p",
      variance: "trials·pⱼ·(1 − pⱼ); covariance has the rest, −trials·pᵢ·pⱼ",
      mode: "the likeliest row",
      entropy: "by summation",
      example: "print(dist.multinomial(10, {0.6, 0.4}):pdf{5, 5})",
      picture: """
        local d = dist.multinomial(12, {0.5, 0.3, 0.2})
        local z = {}
        for b = 0, 12 do
          z[b + 1] = {}
          for a = 0, 12 do z[b + 1][a + 1] = a + b <= 12 and d:pdf{a, b, 12 - a - b} or 0 / 0 end
        end
        local fig = plot.figure{xlabel = "x1", ylabel = "x2"}
        fig:image(z, {x = {0, 12}, y = {0, 12}})
        """),
    make: { (values) throws(Failure) in try Multinomial(trials: values[0].number, p: values[1].vector) },
    fit: { (sample) throws(Failure) in
      try Multinomial.fit(sample.rows, trials: sample.trials, weights: sample.weights)
    })
}
