/// A convex combination of distributions over one support: p(x) = Σⱼ wⱼ·pⱼ(x), wⱼ ≥ 0, Σⱼ wⱼ = 1.
///
/// Components may be of different families, and may be mixtures themselves.
package protocol Mixture: Distribution {
  var weights: [Double] { get }
  var components: [any Distribution] { get }
  /// log pⱼ of each row. rows: n × d (read) · out: n (written)
  func logDensity(ofComponent j: Int, _ rows: Matrix, into out: Vector) throws(Failure)
}

extension Mixture {
  package var family: String { "mixture" }

  /// P(component | row): n × k, rows sum to 1. A row where every component has density zero is NaN.
  package func posterior(_ rows: Matrix) throws(Failure) -> Matrix {
    let result = try weightedLogDensities(rows)
    try Parallel.forEach(rows.rows, chunk: 4096) { (chunk) throws(Failure) in
      for i in chunk {
        let total = logSum(weights.count) { result[i, $0] }
        for j in weights.indices { result[i, j] = exp(result[i, j] - total) }
      }
    }
    return result
  }

  /// The component of highest posterior probability for each row, counted from 1; the first of equals. NaN where every
  /// component has density zero.
  package func classify(_ rows: Matrix) throws(Failure) -> Vector {
    let densities = try weightedLogDensities(rows)
    let labels = try Vector(uninitialized: rows.rows)
    try Parallel.forEach(rows.rows, chunk: 4096) { (chunk) throws(Failure) in
      for i in chunk {
        var best = -Double.infinity
        labels[i] = .nan
        for j in weights.indices where densities[i, j] > best {
          best = densities[i, j]
          labels[i] = Double(j + 1)
        }
      }
    }
    return labels
  }

  /// log(wⱼ·pⱼ(x)): n × k.
  private func weightedLogDensities(_ rows: Matrix) throws(Failure) -> Matrix {
    guard rows.columns == dimension else {
      throw Failure(.shape, "rows of \(dimension) numbers are wanted, got \(rows.columns)")
    }
    let result = try Matrix(uninitializedRows: rows.rows, columns: weights.count)
    for j in weights.indices {
      let column = result.column(j)
      try logDensity(ofComponent: j, rows, into: column)
      let logWeight = log(weights[j])
      column.withValues { for i in $0.indices { $0[i] += logWeight } }
    }
    return result
  }
}

/// log Σⱼ exp(f(j)) over j < count.
func logSum(_ count: Int, _ f: (Int) -> Double) -> Double {
  var most = -Double.infinity
  for j in 0..<count {
    let term = f(j)
    if term.isNaN { return .nan }
    most = max(most, term)
  }
  if most.isInfinite { return most }
  var sum = 0.0
  for j in 0..<count { sum += exp(f(j) - most) }
  return most + log(sum)
}

/// Without the rounding that can lift a sum of probabilities above 1; NaN stays.
func atMostOne(_ p: Double) -> Double { p > 1 ? 1 : p }

/// Weights as a mixture keeps them: as many as components, not negative, with a sum of 1.
///
/// A sum within 1e-9 of 1 counts as rounding in what the user typed, and is divided out.
func normalised(weights: [Double], count: Int) throws(Failure) -> [Double] {
  guard count > 0 else { throw Failure(.argument, "a mixture needs at least one component") }
  guard weights.count == count else {
    throw Failure(.shape, "one weight per component is wanted, got \(weights.count) weights and \(count) components")
  }
  for (j, w) in weights.enumerated() where !(w >= 0 && w < .infinity) {
    throw Failure(.argument, "weights must not be negative, but weight \(j + 1) is \(w.named)")
  }
  let sum = weights.reduce(0, +)
  guard abs(sum - 1) <= 1e-9 else { throw Failure(.argument, "weights must sum to 1, got a sum of \(sum.named)") }
  // Weights that have been normalised before keep their bits.
  return abs(sum - 1) <= Double(count) * .ulpOfOne ? weights : weights.map { $0 / sum }
}

extension Words {
  /// An index drawn in proportion to `weights`, of a sum that is known or else taken; nil where all are zero.
  mutating func index(weights: [Double], sum: Double? = nil) -> Int? {
    var left = uniform() * (sum ?? weights.reduce(0, +))
    for (j, w) in weights.enumerated() {
      if left < w { return j }
      left -= w
    }
    // Rounding can leave a rest above the sum of all weights.
    return weights.lastIndex { $0 > 0 }
  }
}
