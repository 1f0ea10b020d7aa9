/// A number and its weight.
private typealias Weighted = (value: Double, weight: Double)

extension Vector {
  /// The smallest element up to which, in ascending order, there is the share p of the weight; the middle between it and the next
  /// one, where its share is p exactly: the quantile of type 2 of Hyndman and Fan, for weights.
  ///
  /// weights: n, not negative; elements of weight 0 do not count · p: from 0 to 1. Throws `.data` for NaN, and as
  /// `checkedWeights`. By selection, in a time that grows with n alone (C. A. R. Hoare, Algorithm 65: Find, 1961,
  /// doi:10.1145/366622.366647).
  package func weightedQuantile(_ p: Double, weights: Vector) throws(Failure) -> Double {
    guard count > 0 else { throw Failure(.data, "a sample must have at least one number") }
    let (weights, total) = try checkedWeights(weights, rows: count)
    for i in 0..<count where self[i].isNaN { throw Failure(.data, "row \(i + 1) is NaN") }
    return try RadixSort.withEntries(Weighted.self, count: count) { entries, scratch throws(Failure) in
      var kept = 0
      for i in 0..<count where weights[i] > 0 {
        entries[kept] = (self[i], weights[i])
        kept += 1
      }
      let part = UnsafeMutableBufferPointer(rebasing: entries[..<kept])
      if p == 0 { return part.reduce(.infinity) { Swift.min($0, $1.value) } }
      return try select(p * total, part, UnsafeMutableBufferPointer(rebasing: scratch[..<kept]))
    }
  }
}

/// The quantile of `part`, up to which there is the weight `wanted`. Of what is left each turn looks at, the side on which the
/// quantile is goes on.
private func select(
  _ wanted: Double, _ part: UnsafeMutableBufferPointer<Weighted>, _ scratch: UnsafeMutableBufferPointer<Weighted>
) throws(Failure) -> Double {
  var (part, other) = (part, scratch)
  // The weight of all that is smaller than the part, and the smallest number that is larger.
  var (below, above): (CompensatedSum<Double>, Double?) = (CompensatedSum(), nil)
  var seed: UInt64 = 1
  while true {
    try Interruption.check()
    // A place that no order of the numbers can foresee.
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let pivot = part[Int(truncatingIfNeeded: seed >> 33) % part.count].value
    let split = partition(part, by: pivot, into: other, below)
    if split.smaller > 0, split.before.value >= wanted {
      let smaller = other[..<split.smaller]
      if split.before.value == wanted {
        return smaller.reduce(-.infinity) { max($0, $1.value) } / 2 + pivot / 2
      }
      above = pivot
      (part, other) = (UnsafeMutableBufferPointer(rebasing: smaller), part)
    } else {
      let larger = other[(part.count - split.larger)..<part.count]
      if split.upTo.value >= wanted || larger.isEmpty {
        let next = larger.isEmpty ? above : larger.reduce(.infinity) { min($0, $1.value) }
        guard split.upTo.value == wanted, let next else { return pivot }
        return pivot / 2 + next / 2
      }
      below = split.upTo
      (part, other) = (UnsafeMutableBufferPointer(rebasing: larger), part)
    }
    other = UnsafeMutableBufferPointer(rebasing: other[..<part.count])
  }
}

/// out: those smaller than the pivot at the beginning, those larger at the end (written) → how many there are of both, and the
/// weight below the pivot and up to it, on top of `below`
private func partition(
  _ part: UnsafeMutableBufferPointer<Weighted>, by pivot: Double, into out: UnsafeMutableBufferPointer<Weighted>,
  _ below: CompensatedSum<Double>
) -> (smaller: Int, larger: Int, before: CompensatedSum<Double>, upTo: CompensatedSum<Double>) {
  var (first, last, before, equal) = (0, part.count - 1, below, CompensatedSum<Double>())
  for entry in part {
    if entry.value == pivot {
      equal.add(entry.weight)
      continue
    }
    // Written at both ends, kept at one: a branch would be guessed wrong half of the time.
    let isSmaller = entry.value < pivot
    (out[first], out[last]) = (entry, entry)
    first &+= isSmaller ? 1 : 0
    last &-= isSmaller ? 0 : 1
    before.add(isSmaller ? entry.weight : 0)
  }
  var upTo = before
  upTo.add(equal)
  return (first, part.count - 1 - last, before, upTo)
}
