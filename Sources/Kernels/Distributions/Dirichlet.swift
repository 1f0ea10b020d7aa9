import CBoost

/// Dirichlet distribution over rows of d positive numbers with the sum 1, concentrations αⱼ > 0:
/// p(x) = Γ(α₀) / Πⱼ Γ(αⱼ) · Πⱼ xⱼ^(αⱼ − 1) with α₀ = Σⱼ αⱼ, a density of all columns but the last.
///
/// Mean m = α/α₀, covariance (diag m − m·mᵀ)/(α₀ + 1), entropy log(Πⱼ Γ(αⱼ)/Γ(α₀)) + (α₀ − d)·ψ(α₀) − Σⱼ (αⱼ − 1)·ψ(αⱼ).
package struct Dirichlet: MultivariateDistribution {
  /// d numbers.
  package let alpha: Vector
  package let mean: Vector
  package let variance: Vector
  /// α₀.
  private let total: Double
  /// log(Γ(α₀)/Πⱼ Γ(αⱼ)) − α₀·log α₀ + Σⱼ αⱼ·log αⱼ, which is small.
  private let logConstant: Double
  private let logMean: [Double]
  private let samplers: [GammaSampler]

  /// alpha: d (copied)
  package init(alpha: Vector) throws(Failure) {
    guard alpha.count > 1 else { throw Failure(.argument, "alpha must have at least two elements, got \(alpha.count)") }
    for (j, a) in alpha.array.enumerated() where !(a > 0 && a < .infinity) {
      throw Failure(.argument, "alpha must be positive, but its element \(j + 1) is \(a.named)")
    }
    let total = try alpha.sum()
    guard total < .infinity else { throw Failure(.argument, "alpha must have a finite sum") }
    self.alpha = try alpha.copy()
    self.total = total
    logConstant = alpha.array.reduce(logGammaResidue(total)) { $0 - logGammaResidue($1) }
    samplers = alpha.array.map { GammaSampler(shape: $0) }
    mean = try Vector(alpha.array.map { $0 / total })
    logMean = alpha.array.map { log($0 / total) }
    variance = try Vector(alpha.array.map { $0 / total * ((total - $0) / total) / (total + 1) })
  }

  package var family: String { "dirichlet" }
  package var dimension: Int { alpha.count }
  package var parameters: [(name: String, value: ParameterValue)] { [("alpha", .vector(alpha))] }
  package var support: Support { .simplex(dimension: dimension) }

  package var covariance: Matrix {
    get throws(Failure) {
      let result = try Matrix(uninitializedRows: dimension, columns: dimension)
      for j in 0..<dimension {
        for i in 0..<dimension { result[i, j] = i == j ? variance[i] : -mean[i] * mean[j] / (total + 1) }
      }
      return result
    }
  }

  package var entropy: Double {
    let lag = (total - Double(dimension)) * digammaLag(total)
    return zip(alpha.array, logMean).reduce(-logConstant - lag) { $0 + (($1.0 - 1) * digammaLag($1.0) + $1.1) }
  }

  /// (αⱼ − 1)/(α₀ − d) where all αⱼ > 1. Where some are below, the density is infinite on faces; the mode then lies where it
  /// grows fastest: those columns are 0 and the others share what is left in proportion to αⱼ − 1, or where none is above 1,
  /// the largest share it all (the first of several below 1).
  package var mode: Vector {
    get throws(Failure) {
      let weights = alpha.array.map { max($0 - 1, 0) }
      let sum = weights.reduce(0, +)
      if sum > 0 { return try Vector(weights.map { $0 / sum }) }
      let most = alpha.array.reduce(0, max)
      let best = alpha.array.indices.filter { alpha[$0] == most }
      let shared = most == 1 ? best : [best[0]]
      return try Vector(alpha.array.indices.map { shared.contains($0) ? 1 / Double(shared.count) : 0 })
    }
  }

  /// From every column to the one of the largest mean.
  package var axes: [Axis] {
    let largest = (0..<dimension).reduce(0) { alpha[$1] > alpha[$0] ? $1 : $0 }
    return (0..<dimension).filter { $0 != largest }.map { j in
      let size = variance[j].squareRoot()
      return Axis(steps: [(j, size), (largest, -size)])
    }
  }

  /// Gamma numbers over their sum, by their logarithms: of small αⱼ they can be below the smallest double.
  package func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>) {
    var most = -Double.infinity
    for j in out.indices {
      out[j] = samplers[j].logSample(&words)
      most = max(most, out[j])
    }
    var sum = 0.0
    for j in out.indices {
      out[j] = exp(out[j] - most)
      sum += out[j]
    }
    for j in out.indices { out[j] /= sum }
  }
}

extension Dirichlet {
  /// rows: n × d (read) · out: n (written). Eight rows at a time. Rows whose sum is within 1e-9 of 1 are on the simplex.
  ///
  /// log p = c − Σⱼ αⱼ·log(mⱼ/xⱼ) − Σⱼ log xⱼ, whose first sum is that of the deviances αⱼ·log(mⱼ/xⱼ) − αⱼ + α₀·xⱼ ≥ 0 but for
  /// α₀·(Σⱼ xⱼ − 1): nothing cancels for large αⱼ. On the boundary zeros of the density go before its infinities.
  package func logpdf(_ rows: Matrix, into out: Vector) throws(Failure) {
    try Parallel.forEach(rows.rows, chunk: max(8, (1 << 16) / (dimension + 16) / 8 * 8)) { chunk in
      out.withValues { out in
        let out = Octets(out)
        for i in stride(from: chunk.lowerBound, to: chunk.upperBound, by: 8) { out[i] = logDensities(rows, i) }
      }
    }
  }

  /// Of rows i to i + 7.
  @inline(__always)
  private func logDensities(_ rows: Matrix, _ i: Int) -> SIMD8<Double> {
    let none = SIMD8<Double>(repeating: -.infinity)
    var (value, zero, sum) = (SIMD8(repeating: logConstant), SIMD8<Double>.zero, CompensatedSum<SIMD8<Double>>())
    sum.add(SIMD8(repeating: -1))
    for j in 0..<dimension {
      let x = rows.column(j).withValues { Octets($0, filler: 0.5)[i] }
      sum.add(x)
      value += term(x, j)
      zero = zero.replacing(with: none, where: x .< 0)
      if alpha[j] > 1 { zero = zero.replacing(with: none, where: x .== 0) }
    }
    let excess = sum.lanes
    zero = zero.replacing(with: none, where: excess.absolute .> 1e-9)
    return value.addingProduct(SIMD8(repeating: total), excess).replacing(with: none, where: zero .< 0)
  }

  /// The deviance of column j, and −log xⱼ.
  @inline(__always)
  private func term(_ x: SIMD8<Double>, _ j: Int) -> SIMD8<Double> {
    let (a, scale, logX) = (SIMD8(repeating: alpha[j]), SIMD8(repeating: total), log(x))
    let expected = scale * x
    let difference = (a - expected) - (-expected).addingProduct(scale, x)
    let v = difference / (a + expected)
    let far = (-difference).addingProduct(a, SIMD8(repeating: logMean[j]) - logX)
    let near = nearDeviance(a, mean: expected, difference: difference)
    let deviance = near.replacing(with: far, where: v.absolute .> 1.0 / 3)
    let atZero = alpha[j] == 1 ? log(total) + 1 : .infinity
    return (-deviance - logX).replacing(with: SIMD8(repeating: atZero), where: x .== 0)
  }
}

extension Dirichlet {
  /// P(X₁ ≤ x₁, …, X_d ≤ x_d) of two columns, of which one determines the other.
  package func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double {
    if x.contains(where: \.isNaN) { return .nan }
    if x.contains(where: { $0 < 0 }) { return 0 }
    if x.allSatisfy({ $0 >= 1 }) { return 1 }
    guard dimension == 2 else {
      throw hasNo("cdf", because: "in more than two columns it is an integral of \(dimension - 1) dimensions")
    }
    let (low, high) = (1 - min(1, x[1]), min(1, x[0]))
    if low >= high { return 0 }
    let (a, b) = (alpha[0], alpha[1])
    // The tails that do not cancel.
    return low > mean[0]
      ? boost_ibetac(a, b, low) - boost_ibetac(a, b, high) : boost_ibeta(a, b, high) - boost_ibeta(a, b, low)
  }
}

extension Dirichlet {
  /// Maximum likelihood: ψ(αⱼ) = ψ(α₀) + mean log xⱼ, by Newton's method for α₀. Weights are 1 where there are none.
  ///
  /// rows: n × d (read). Throws `.data` for rows that are not positive with the sum 1, `.degenerate` where all rows with a weight
  /// are equal. T. Minka, Estimating a Dirichlet distribution, 2000: the fixed point of his iteration, whose derivative along
  /// α₀ is known.
  package static func fit(_ rows: Matrix, weights: Vector? = nil) throws(Failure) -> Dirichlet {
    let (weights, total) = try checkedWeights(weights, rows: rows.rows)
    guard rows.columns > 1 else { throw Failure(.data, "rows of at least two numbers are wanted, got \(rows.columns)") }
    try checkSimplex(rows)
    var (logs, means) = ([Double](), [Double]())
    for j in 0..<rows.columns {
      means.append(try weightedSum(rows.column(j), weights) { x, w in (w / total) * x })
      logs.append(
        try weightedSum(rows.column(j), weights) { x, w in
          (w / total) * log(x.replacing(with: 1, where: x .== 0))
        })
    }
    // Σ m·(log m − mean log x), 0 where all rows are equal.
    let gap = zip(means, logs).reduce(0) { $0 + $1.0 * (log($1.0) - $1.1) }
    guard gap > 1e-15 * Double(rows.columns) else {
      throw Failure(.degenerate, "alpha would be infinite: all rows with a weight are equal")
    }
    let guess = log(0.5 * Double(rows.columns - 1) / gap)
    func alphas(_ logTotal: Double) -> [Double] {
      let centre = digamma(exp(logTotal))
      return logs.map { inverseDigamma(centre + $0) }
    }
    let logTotal = increasingRoot(from: -700, to: 80, near: guess, tolerance: 1e-15) { t in
      let (total, parts) = (exp(t), alphas(t))
      let slope = total * trigamma(total)
      let value = log(total / parts.reduce(0, +))
      return (value, 1 - parts.reduce(0) { $0 + slope / trigamma($1) } / parts.reduce(0, +))
    }
    return try Dirichlet(alpha: Vector(alphas(logTotal)))
  }

  private static func checkSimplex(_ rows: Matrix) throws(Failure) {
    for i in 0..<rows.rows {
      if i % 4096 == 0 { try Interruption.check() }
      var sum = -1.0
      for j in 0..<rows.columns {
        guard rows[i, j] > 0, rows[i, j] < .infinity else {
          let got = "column \(j + 1), row \(i + 1) is \(rows[i, j].named)"
          throw Failure(.data, "\(got); dirichlet data are positive")
        }
        sum += rows[i, j]
      }
      guard abs(sum) <= 1e-9 else {
        throw Failure(.data, "row \(i + 1) sums to \((1 + sum).named); dirichlet data sum to 1")
      }
    }
  }
}

extension Family {
  package static let dirichlet = Family(
    name: "dirichlet", summary: "Shares of a whole; rows of positive numbers with the sum 1.",
    parameters: [
      Parameter(
        name: "alpha", kind: .vector, range: .positive, summary: "concentration of each column, 1 each is uniform")
    ],
    facts: Facts(
      density: "p(x) = Γ(Σ alpha) / Πⱼ Γ(alphaⱼ) · Πⱼ xⱼ^(alphaⱼ − 1)",
      domain: "rows of positive numbers with the sum 1",
      mean: "alpha/Σ alpha",
      variance: "mⱼ·(1 − mⱼ)/(Σ alpha + 1), m the mean",
      mode: "(alpha − 1)/(Σ alpha − d) where alpha > 1",
      entropy: "log(Πⱼ Γ(αⱼ)/Γ(α₀)) + (α₀−d)·ψ(α₀) − Σⱼ (αⱼ−1)·ψ(αⱼ), α₀ = Σ αⱼ",
      example: "print(dist.dirichlet{2, 3, 5}:mean())  --> vector{0.2, 0.3, 0.5}",
      picture: """
        local d = dist.dirichlet{2, 3, 5}
        local z = {}
        for j = 1, 99 do
          z[j] = {}
          for i = 1, 99 do z[j][i] = i + j < 100 and d:pdf{i / 100, j / 100, (100 - i - j) / 100} or 0 / 0 end
        end
        local fig = plot.figure{xlabel = "x1", ylabel = "x2"}
        fig:image(z, {x = {0.01, 0.99}, y = {0.01, 0.99}})
        """),
    make: { (values) throws(Failure) in try Dirichlet(alpha: values[0].vector) },
    fit: { (sample) throws(Failure) in try Dirichlet.fit(sample.rows, weights: sample.weights) })
}
