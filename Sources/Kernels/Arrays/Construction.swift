extension Vector {
  package static func filled(_ count: Int, with value: Double) throws(Failure) -> Vector {
    try Vector(count: count) { _ in SIMD8(repeating: value) }
  }

  /// `count` numbers in equal steps from `first` to `last`, both included.
  package static func linspace(_ first: Double, _ last: Double, _ count: Int) throws(Failure) -> Vector {
    let gap = last - first
    let steps = Double(Swift.max(count - 1, 1))
    let result = try Vector(count: count) { i in
      let t = indices(from: i) / steps
      // The gap of finite numbers may leave the doubles, where the numbers between them do not.
      return gap.isFinite ? SIMD8(repeating: first).addingProduct(t, SIMD8(repeating: gap)) : (1 - t) * first + t * last
    }
    if count > 1 { result[count - 1] = last }
    return result
  }

  /// first, first + step, first + 2·step, … as far as `last`, which is reached where it is a step's multiple away but for
  /// rounding, as in R's `seq`. Empty where the step leads away from `last`.
  package static func range(_ first: Double, _ last: Double, step: Double = 1) throws(Failure) -> Vector {
    guard first.isFinite, last.isFinite, step.isFinite, step != 0 else {
      throw Failure(
        .argument,
        "ends and a step that are finite and not 0 are wanted, got \(first.named), \(last.named) and \(step.named)")
    }
    let steps = ((last - first) / step + 1e-10).rounded(.down)
    guard steps >= 0 else { return try Vector(uninitialized: 0) }
    guard steps < 0x1p53 else { throw Failure(.memory, "not enough memory for \(steps) numbers") }
    return try Vector(count: Int(steps) + 1) { i in
      SIMD8(repeating: first).addingProduct(indices(from: i), SIMD8(repeating: step))
    }
  }
}

/// i, i + 1, …, i + 7.
@inline(__always)
private func indices(from i: Int) -> SIMD8<Double> { SIMD8(0, 1, 2, 3, 4, 5, 6, 7) + Double(i) }
