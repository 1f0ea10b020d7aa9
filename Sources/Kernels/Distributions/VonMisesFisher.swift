/// Von Mises–Fisher distribution of directions in d ≥ 2 dimensions, centre μ of length 1, concentration κ ≥ 0:
/// p(x) = κ^ν·exp(κ·μᵀx) / ((2π)^(d/2)·I_ν(κ)) with ν = d/2 − 1, over the unit sphere.
///
/// Mean A·μ with A = I_ν₊₁(κ)/I_ν(κ), covariance (A/κ)·(1 − μμᵀ) + A′·μμᵀ, mode μ, entropy log((2π)^(d/2)·I_ν(κ)/κ^ν) − κ·A.
/// K. V. Mardia, P. E. Jupp, Directional Statistics, 2000, section 9.3.
package struct VonMisesFisher: MultivariateDistribution {
  /// d numbers.
  package let mu: Vector
  package let kappa: Double
  package let mean: Vector
  package let variance: Vector
  private let bessel: ModifiedBessel
  /// log of e^(−κ) over the constant of the density.
  private let logScale: Double
  /// A/κ, of which the variances across μ are made.
  private let across: Double

  /// mu: d (copied). A length within 1e-9 of 1 counts as rounding, and is divided out.
  package init(mu: Vector, kappa: Double) throws(Failure) {
    guard mu.count > 1 else { throw Failure(.argument, "mu must have at least two elements, got \(mu.count)") }
    if let j = mu.firstNonFinite {
      throw Failure(.argument, "mu must be finite, but its element \(j + 1) is \(mu[j].named)")
    }
    let length = try mu.norm()
    guard abs(length - 1) <= 1e-9 else {
      throw Failure(.argument, "mu must have the length 1, got a length of \(length.named)")
    }
    guard kappa >= 0 else { throw Failure(.argument, "kappa must not be negative, got \(kappa.named)") }
    try finite(kappa, "kappa")
    // What is as near to 1 as rounding can bring it stays as it is, so that the parameters of one make the same again.
    let mu = abs(length - 1) <= 4 * .ulpOfOne ? try mu.copy() : try Vector(mu.array.map { $0 / length })
    let d = Double(mu.count)
    let bessel = ModifiedBessel(order: 0.5 * d - 1, kappa)
    (self.mu, self.kappa, self.bessel) = (mu, kappa, bessel)
    logScale = d * logRootTwoPi + bessel.logScaled
    let across = kappa > 0 ? bessel.ratio / kappa : 1 / d
    self.across = across
    mean = try Vector(mu.array.map { bessel.ratio * $0 })
    variance = try Vector(mu.array.map { across * (1 - $0 * $0) + bessel.slope * ($0 * $0) })
  }

  package var family: String { "von_mises_fisher" }
  package var dimension: Int { mu.count }
  package var parameters: [(name: String, value: ParameterValue)] { [("mu", .vector(mu)), ("kappa", .number(kappa))] }
  package var support: Support { .sphere(dimension: dimension) }
  package var mode: Vector { mu }
  package var entropy: Double { logScale + kappa * bessel.complement }

  package var covariance: Matrix {
    get throws(Failure) {
      let result = try Matrix(uninitializedRows: dimension, columns: dimension)
      for j in 0..<dimension {
        for i in 0..<dimension { result[i, j] = (bessel.slope - across) * (mu[i] * mu[j]) + (i == j ? across : 0) }
      }
      return result
    }
  }

  /// Along every column, as far as the density is wide across μ.
  package var axes: [Axis] { (0..<dimension).map { Axis(steps: [($0, across.squareRoot())]) } }

  package func cdf(_ x: UnsafeBufferPointer<Double>) throws(Failure) -> Double {
    throw hasNo("cdf", because: "the part of a sphere below a row has no integral that is known")
  }

  /// A. T. A. Wood, Simulation of the von Mises Fisher distribution, 1994, doi:10.1080/03610919408813161, which corrects
  /// G. Ulrich, 1984: the cosine to μ by rejection from a transformed beta number, the direction across at random. Written in
  /// 1 − cosine, where nothing cancels for large κ.
  package func sample(_ words: inout Words, into out: UnsafeMutableBufferPointer<Double>) {
    let gap = gapOfCosine(&words)
    // sin² = (1 − cos)·(1 + cos).
    let sine = (gap * (2 - gap)).squareRoot()
    var length = 0.0
    while length == 0 {
      for j in out.indices { out[j] = words.normal() }
      let along = out.indices.reduce(0.0) { $0.addingProduct(out[$1], mu[$1]) }
      for j in out.indices { out[j] = out[j].addingProduct(-along, mu[j]) }
      length = out.reduce(0) { $0.addingProduct($1, $1) }.squareRoot()
    }
    for j in out.indices { out[j] = mu[j] + (sine / length * out[j] - gap * mu[j]) }
  }

  /// A draw of 1 − μᵀx.
  private func gapOfCosine(_ words: inout Words) -> Double {
    let n = Double(dimension - 1)
    let gamma = GammaSampler(shape: 0.5 * n)
    let b = n / (2 * kappa + 2 * (kappa * kappa + 0.25 * n * n).squareRoot())
    // The envelope's cosine where the ratio of the densities is largest, x₀, and 1 − x₀.
    let (top, rest) = ((1 - b) / (1 + b), 2 * b / (1 + b))
    while true {
      let (g, h) = (gamma.sample(&words), gamma.sample(&words))
      guard g + h > 0 else { continue }
      // (1 − cosine) / (1 − x₀).
      let s = (1 + b) * (g / (h + b * g))
      let logRatio = kappa * rest * (1 - s) + n * log((1 + top * s) / (1 + top))
      if -words.exponential() <= logRatio { return min(2, rest * s) }
    }
  }
}

extension VonMisesFisher {
  /// rows: n × d (read) · out: n (written). Eight rows at a time. Rows whose length is within 1e-9 of 1 are directions.
  package func logpdf(_ rows: Matrix, into out: Vector) throws(Failure) {
    let excess = 0.5 * (mu.array.reduce(-1) { $0.addingProduct($1, $1) })
    let (scale, half) = (SIMD8(repeating: logScale), SIMD8(repeating: 0.5))
    try Parallel.forEach(rows.rows, chunk: max(8, (1 << 18) / (dimension + 64) / 8 * 8)) { chunk in
      out.withValues { out in
        let out = Octets(out)
        for i in stride(from: chunk.lowerBound, to: chunk.upperBound, by: 8) {
          var (distance, square) = (SIMD8<Double>.zero, SIMD8<Double>(repeating: -1))
          for j in 0..<dimension {
            let x = rows.column(j).withValues { Octets($0)[i] }
            distance.addProduct(x - mu[j], x - mu[j])
            square.addProduct(x, x)
          }
          // ‖x − μ‖² = (‖x‖ − ‖μ‖)² + 2·‖x‖·‖μ‖·(1 − cosine), and lengths differ from 1 by half of what their squares do.
          let longer = half * square
          let between = longer - excess
          let gap = half * (distance - between * between) / (1 + longer + excess)
          let value = (-kappa * gap) - scale
          out[i] = value.replacing(with: -.infinity, where: longer.absolute .> 1e-9)
        }
      }
    }
  }
}

extension VonMisesFisher {
  /// Maximum likelihood: μ is the direction of the mean of the rows, and the length R of that mean is A(κ). Weights are 1 where
  /// there are none.
  ///
  /// rows: n × d (read). Throws `.data` for rows that have not the length 1, `.degenerate` where all rows with a weight are
  /// equal, which do not determine κ, or where they cancel, which do not determine μ.
  package static func fit(_ rows: Matrix, weights: Vector? = nil) throws(Failure) -> VonMisesFisher {
    let d = rows.columns
    let (weights, total) = try checkedWeights(weights, rows: rows.rows)
    guard d > 1 else { throw Failure(.data, "rows of at least two numbers are wanted, got \(d)") }
    let lengths = try directionLengths(rows)
    let sums = try Vector(uninitialized: d)
    for j in 0..<d {
      sums[j] = try weightedSum(rows.column(j), lengths, weights) { x, length, w in
        (w / total) * (x / (length + SIMD8<Double>.zero.replacing(with: 1, where: length .== 0)))
      }
    }
    let length = try sums.norm()
    guard length > 1e-14 else { throw Failure(.degenerate, "mu is not determined: the directions cancel") }
    let mu = try Vector(sums.array.map { $0 / length })
    // 1 − R = Σ w·½‖x − μ‖² / Σ w, which does not cancel.
    let gaps = try Vector.zeros(rows.rows)
    for i in 0..<rows.rows {
      if i % 4096 == 0 { try Interruption.check() }
      let square = (0..<d).reduce(0.0) {
        let gap = rows[i, $1] / lengths[i] - mu[$1]
        return $0.addingProduct(gap, gap)
      }
      gaps[i] = 0.5 * square
    }
    let spread = try weightedSum(gaps, weights) { gap, w in (w / total) * gap }
    guard spread > 1e-31 * Double(d) else {
      throw Failure(.degenerate, "kappa would be infinite: all rows with a weight are equal")
    }
    return try VonMisesFisher(mu: mu, kappa: concentration(dimension: d, length: length, spread: spread))
  }

  /// κ with A(κ) = R = 1 − spread: Newton's method for the logarithm of the smaller one against log κ.
  private static func concentration(dimension: Int, length: Double, spread: Double) -> Double {
    let d = Double(dimension)
    let guess = length * (d - length * length) / (spread * (1 + length))
    let logKappa = increasingRoot(from: -45, to: 85, near: log(guess), tolerance: 1e-15) { t in
      let kappa = exp(t)
      let bessel = ModifiedBessel(order: 0.5 * d - 1, kappa)
      let slope = kappa * bessel.slope
      return length < 0.5
        ? (log(bessel.ratio / length), slope / bessel.ratio)
        : (log(spread / bessel.complement), slope / bessel.complement)
    }
    return exp(logKappa)
  }

  /// The length of each row. Throws `.data` where one is not within 1e-9 of 1.
  private static func directionLengths(_ rows: Matrix) throws(Failure) -> Vector {
    let lengths = try Vector.zeros(rows.rows)
    for j in 0..<rows.columns {
      try Interruption.check()
      for i in 0..<rows.rows { lengths[i] = lengths[i].addingProduct(rows[i, j], rows[i, j]) }
    }
    for i in 0..<rows.rows {
      lengths[i] = lengths[i].squareRoot()
      guard abs(lengths[i] - 1) <= 1e-9 else {
        let got = lengths[i].isNaN ? "NaN in it" : "the length \(lengths[i].named)"
        throw Failure(.data, "row \(i + 1) has \(got); von_mises_fisher data are rows of length 1")
      }
    }
    return lengths
  }
}

extension Family {
  package static let vonMisesFisher = Family(
    name: "von_mises_fisher", summary: "Directions in several dimensions about a centre; rows of length 1.",
    parameters: [
      Parameter(name: "mu", kind: .vector, summary: "centre, of length 1"),
      Parameter(name: "kappa", kind: .number, range: .notNegative, summary: "concentration, 0 is uniform"),
    ],
    facts: Facts(
      density: "p(x) = kappa^ν·exp(kappa·muᵀx)/((2π)^(ν+1)·I_ν(kappa)), ν = d/2−1",
      domain: "rows of length 1",
      mean: "A·mu, A = I_ν₊₁(kappa)/I_ν(kappa)",
      mode: "mu",
      entropy: "log((2π)^(d/2)·I_ν(kappa)/kappa^ν) − kappa·A",
      example: "print(dist.von_mises_fisher({0, 0, 1}, 20):sample(2))",
      picture: """
        local angle, rows = vector.linspace(-math.pi, math.pi, 400), {}
        for i = 1, #angle do rows[i] = {math.cos(angle[i]), math.sin(angle[i])} end
        local fig = plot.figure{xlabel = "angle", ylabel = "density"}
        for _, kappa in ipairs{0.5, 2, 8} do
          fig:line(angle, dist.von_mises_fisher({1, 0}, kappa):pdf(rows), {label = "{1, 0}, " .. kappa})
        end
        """),
    make: { (values) throws(Failure) in try VonMisesFisher(mu: values[0].vector, kappa: values[1].number) },
    fit: { (sample) throws(Failure) in try VonMisesFisher.fit(sample.rows, weights: sample.weights) })
}
