/// Finite numbers with weights, as the fits of several families see them.
struct WeightedSample {
  let values: Vector
  let weights: Vector
  /// The sum of the weights, positive.
  let total: Double
  /// The smallest and the largest value with a positive weight.
  let low, high: Double

  /// x, weights: n (read). Weights are 1 where there are none.
  ///
  /// Throws `.data` for NaN or infinity.
  init(_ x: Vector, weights: Vector?) throws(Failure) {
    let (weights, total) = try checkedWeights(weights, rows: x.count)
    if let i = x.firstNonFinite { throw Failure(.data, "row \(i + 1) is \(x[i].named)") }
    (values, self.weights, self.total) = (x, weights, total)
    (low, high) = x.withValues { x in
      weights.withValues { w in
        x.indices.reduce((Double.infinity, -Double.infinity)) {
          w[$1] > 0 ? (min($0.0, x[$1]), max($0.1, x[$1])) : $0
        }
      }
    }
  }

  /// Throws `.degenerate` where all values with a weight are equal, which leave `parameter` at 0.
  func requireSpread(_ parameter: String) throws(Failure) {
    guard low < high else {
      throw Failure(.degenerate, "\(parameter) would be 0: all values with a weight are \(low.named)")
    }
    guard (high - low).isFinite else { throw Failure(.data, "the data span more than doubles can hold") }
  }

  /// Throws `.data` where a value is not positive, naming the family.
  func requirePositive(_ family: String) throws(Failure) {
    if let i = values.withValues({ $0.firstIndex { $0 <= 0 } }) {
      throw Failure(.data, "row \(i + 1) is \(values[i].named); \(family) data are positive")
    }
  }

  /// Σ wᵢ·f(xᵢ) / Σ wᵢ over the rows with a positive weight, compensated. f is given `low` for all others.
  func mean(_ f: (SIMD8<Double>) -> SIMD8<Double>) throws(Failure) -> Double {
    let (total, low) = (total, SIMD8(repeating: low))
    return try weightedSum(values, weights) { x, w in (w / total) * f(low.replacing(with: x, where: w .> 0)) }
  }

  /// The same for a function of one number.
  func scalarMean(_ f: (Double) -> Double) throws(Failure) -> Double {
    let y = try Vector(uninitialized: values.count)
    for i in 0..<y.count { y[i] = weights[i] > 0 ? f(values[i]) : 0 }
    let total = total
    return try weightedSum(y, weights) { y, w in (w / total) * y }
  }

  /// The value of f that half of the weight does not exceed and half does not fall below; the middle, where there are two.
  func median(of f: (Double) -> Double = { $0 }) throws(Failure) -> Double {
    let y = try Vector(uninitialized: values.count)
    for i in 0..<y.count { y[i] = f(values[i]) }
    return try y.weightedQuantile(0.5, weights: weights)
  }

  /// The value with the largest weight, its repetitions together.
  func heaviest() throws(Failure) -> (value: Double, weight: Double) {
    var (best, current) = ((value: low, weight: 0.0), (value: low, weight: 0.0))
    for i in try values.order() {
      current = values[i] == current.value ? (current.value, current.weight + weights[i]) : (values[i], weights[i])
      if current.weight > best.weight { best = current }
    }
    return best
  }
}
