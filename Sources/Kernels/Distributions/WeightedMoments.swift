/// Mean and standard deviation of weighted numbers, in passes about the mean, with compensated sums: also where squares leave
/// the doubles.
struct WeightedMoments {
  let mean: Double
  /// √(Σ wᵢ·(xᵢ − mean)² / Σ wᵢ).
  let sd: Double

  /// x, weights: n (read). Weights are 1 where there are none.
  init(_ x: Vector, weights: Vector?) throws(Failure) {
    let (weights, total) = try checkedWeights(weights, rows: x.count)
    if let i = x.firstNonFinite { throw Failure(.data, "row \(i + 1) is \(x[i].named)") }

    // Twice, the second time about the first result, so that the sum can neither overflow nor cancel.
    var centre = x[0]
    for _ in 0..<2 {
      centre += try weightedSum(x, weights) { [centre] x, w in (w / total) * (x - centre) }
    }
    mean = centre

    let unit = max(spread(x, weights, about: centre).binade, 0x1p-1000)
    guard centre.isFinite, unit.isFinite else { throw Failure(.data, "the data span more than doubles can hold") }
    let square = try weightedSum(x, weights) { [centre] x, w in
      let z = (x - centre) / unit
      return (w / total) * z * z
    }
    sd = square.squareRoot() * unit
  }
}

/// The largest |xᵢ − centre| with a positive weight.
private func spread(_ x: Vector, _ weights: Vector, about centre: Double) -> Double {
  x.withValues { x in
    weights.withValues { w in x.indices.reduce(0) { w[$1] > 0 ? max($0, abs(x[$1] - centre)) : $0 } }
  }
}

/// Σ term(xᵢ, wᵢ), compensated; term(0, 0) is 0.
func weightedSum(
  _ x: Vector, _ weights: Vector, _ term: (SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>
) throws(Failure) -> Double {
  try weightedSum(x, x, weights) { x, _, w in term(x, w) }
}

/// Σ term(xᵢ, yᵢ, wᵢ), compensated; term(0, 0, 0) is 0.
///
/// One loop for all terms: fits have dozens, which would each compile their own.
@inline(never)
func weightedSum(
  _ x: Vector, _ y: Vector, _ weights: Vector,
  _ term: (SIMD8<Double>, SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>
) throws(Failure) -> Double {
  try x.withOctets { x throws(Failure) in
    try y.withOctets { y throws(Failure) in
      try weights.withOctets { w throws(Failure) in
        try Vector.reduce(x.count, from: CompensatedSum<SIMD8<Double>>()) {
          $0.add(term(x[$1], y[$1], w[$1]))
        } merge: {
          $0.add($1)
        }.value
      }
    }
  }
}

/// Weights of `rows` rows and their sum; 1 each where there are none.
func checkedWeights(_ weights: Vector?, rows: Int) throws(Failure) -> (Vector, sum: Double) {
  guard rows > 0 else { throw Failure(.data, "no data") }
  guard let weights else {
    let ones = try Vector(uninitialized: rows)
    ones.withValues { $0.update(repeating: 1) }
    return (ones, Double(rows))
  }
  guard weights.count == rows else {
    throw Failure(.shape, "one weight per row is wanted, got \(weights.count) weights and \(rows) rows")
  }
  return (weights, try weights.withValues { w throws(Failure) in try Weights.check(UnsafeBufferPointer(w)) })
}

/// Mean and covariance of weighted rows, about the mean, with compensated sums.
///
/// rows: n × d (read) → d, d × d
func weightedCovariance(_ rows: Matrix, weights: Vector?) throws(Failure) -> (mean: Vector, covariance: Matrix) {
  let d = rows.columns
  let (weights, total) = try checkedWeights(weights, rows: rows.rows)
  let mean = try Vector(uninitialized: d)
  for j in 0..<d {
    do {
      mean[j] = try WeightedMoments(rows.column(j), weights: weights).mean
    } catch  where error.kind == .data {
      throw Failure(.data, "column \(j + 1), " + error.message)
    }
  }
  let covariance = try Matrix(uninitializedRows: d, columns: d)
  for j in 0..<d {
    for i in j..<d {
      let (a, b) = (mean[i], mean[j])
      let sum = try weightedSum(rows.column(i), rows.column(j), weights) { x, y, w in (w / total) * (x - a) * (y - b) }
      (covariance[i, j], covariance[j, i]) = (sum, sum)
    }
  }
  return (mean, covariance)
}
