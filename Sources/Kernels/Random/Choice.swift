extension Words {
  /// Brings `count` of `values`, chosen without replacement and in random order, to the front; `count` ≤ `values.count`
  /// (Fisher and Yates).
  fileprivate mutating func choose(
    _ count: Int, from values: UnsafeMutableBufferPointer<Double>
  ) throws(Failure) {
    for i in 0..<count {
      if i % (1 << 20) == 0 { try Interruption.check() }
      values.swapAt(i, i + Int(integer(below: UInt64(values.count - i))))
    }
  }
}

extension RandomStream {
  /// The numbers from 0 to `count` − 1 in random order: one draw.
  package mutating func permutation(_ count: Int) throws(Failure) -> Vector { try choice(count, from: count) }

  /// `count` different numbers from 0 to `bound` − 1 in random order: one draw.
  package mutating func choice(_ count: Int, from bound: Int) throws(Failure) -> Vector {
    guard count >= 0, count <= bound else {
      throw Failure(.argument, "cannot choose \(count) of \(bound) without replacement")
    }
    if count < bound / 8 && count < 1 << 20 { return try sparseChoice(count, from: bound) }
    let numbers = try Vector(uninitialized: bound)
    var words = Words(key: key, draw: position)
    try numbers.withValues { values throws(Failure) in
      for i in values.indices { values[i] = Double(i) }
      try words.choose(count, from: values)
    }
    position &+= 1
    return try Vector(numbers.storage, count: count).copy()
  }

  /// The same numbers as from an array of all, of which only those that have moved are kept: moved[i] stands at place i.
  private mutating func sparseChoice(_ count: Int, from bound: Int) throws(Failure) -> Vector {
    let result = try Vector(uninitialized: count)
    var words = draw()
    var moved: [Int: Int] = [:]
    for i in 0..<count {
      let j = i + Int(words.integer(below: UInt64(bound - i)))
      result[i] = Double(moved[j] ?? j)
      moved[j] = moved[i] ?? i
    }
    return result
  }

  /// `count` numbers from 0 to `bound` − 1, each as likely as any other, any number of times. One draw each.
  package mutating func choiceWithReplacement(_ count: Int, from bound: Int) throws(Failure) -> Vector {
    guard count == 0 || bound > 0 else { throw Failure(.argument, "cannot choose from nothing") }
    return try sample(count, IntegerSampler(bound: UInt64(max(bound, 1))))
  }

  /// `count` numbers from 0 to `weights.count` − 1 with probabilities proportional to their weights, any number of times. One
  /// draw each.
  package mutating func choiceWithReplacement(
    _ count: Int, weights: UnsafeBufferPointer<Double>
  ) throws(Failure) -> Vector {
    try sample(count, AliasTable(weights: weights))
  }

  /// `count` different numbers from 0 to `weights.count` − 1, one after the other, each with a probability proportional to its
  /// weight among those that are left. One draw for each weight. Throws where fewer than `count` weights are positive.
  ///
  /// P. S. Efraimidis, P. G. Spirakis, Weighted random sampling with a reservoir, 2006, doi:10.1016/j.ipl.2005.11.003.
  package mutating func choice(_ count: Int, weights: UnsafeBufferPointer<Double>) throws(Failure) -> Vector {
    try Weights.check(weights)
    let possible = weights.indices.filter { weights[$0] > 0 }
    guard count >= 0, count <= possible.count else {
      throw Failure(.argument, "cannot choose \(count) without replacement, \(possible.count) weights are positive")
    }
    // The first `count` events, where number i comes after an exponential time with rate weights[i].
    let times = try Vector(uninitialized: weights.count)
    try times.withValues { out throws(Failure) in
      try forEachDraw(weights.count) { i, words in out[i] = words.exponential() / weights[i] }
    }
    let order = possible.sorted { (times[$0], $0) < (times[$1], $1) }
    return try Vector(order.prefix(count).map(Double.init))
  }
}
