extension Vector {
  package static func filled(_ count: Int, with value: Double) throws(Failure) -> Vector {
    try Vector(count: count) { _ in SIMD8(repeating: value) }
  }

  /// `count` numbers in equal steps from `first` to `last`, both included.
  package static func linspace(_ first: Double, _ last: Double, _ count: Int) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: count)
    let gap = last - first
    for i in 0..<count {
      let t = count == 1 ? 0 : Double(i) / Double(count - 1)
      // The gap of finite numbers may leave the doubles, where the numbers between them do not.
      result[i] = gap.isFinite ? first.addingProduct(t, gap) : (1 - t) * first + t * last
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
    let result = try Vector(uninitialized: Int(steps) + 1)
    for i in 0..<result.count { result[i] = first.addingProduct(Double(i), step) }
    return result
  }
}
