/// Draws numbers with given probabilities in constant time: each column of equal width holds a number and at most one alias.
///
/// M. D. Vose, A linear algorithm for generating random numbers with a given distribution, 1991, doi:10.1109/32.92917.
package struct AliasTable: Sampler {
  /// The part of column i that is number i's own; the rest is its alias's.
  private var own: [Double]
  private var alias: [Int]

  /// Number i, from 0, has probability weights[i] / Σ weights. Throws where a weight is negative, NaN or infinite or all are 0.
  package init(weights: UnsafeBufferPointer<Double>) throws(Failure) {
    let sum = try Weights.check(weights)
    own = weights.map { $0 / sum * Double(weights.count) }
    alias = Array(0..<weights.count)
    var small = own.indices.filter { own[$0] < 1 }
    var large = own.indices.filter { own[$0] >= 1 }
    while let lesser = small.popLast(), let larger = large.last {
      alias[lesser] = larger
      own[larger] -= 1 - own[lesser]
      if own[larger] < 1 { small.append(large.removeLast()) }
    }
    // What rounding has left over is full, but for what must not occur.
    let heaviest = weights.indices.max { weights[$0] < weights[$1] } ?? 0
    for i in own.indices where alias[i] == i {
      own[i] = 1
      if weights[i] == 0 { (own[i], alias[i]) = (0, heaviest) }
    }
  }

  package func sample(_ words: inout Words) -> Double {
    let column = Int(words.integer(below: UInt64(own.count)))
    return Double(words.uniform() < own[column] ? column : alias[column])
  }
}

/// Weights of rows or of choices: relative, so that only their ratios matter.
package enum Weights {
  /// The sum of weights that are finite and not negative, and not all 0.
  @discardableResult
  package static func check(_ weights: UnsafeBufferPointer<Double>) throws(Failure) -> Double {
    if let i = weights.firstIndex(where: { !($0 >= 0 && $0 < .infinity) }) {
      throw Failure(.argument, "weights must be finite and not negative, weight \(i + 1) is \(weights[i].named)")
    }
    let sum = weights.reduce(0, +)
    guard sum > 0 else { throw Failure(.argument, "weights must not all be 0") }
    guard sum < .infinity else { throw Failure(.argument, "the sum of the weights must be finite") }
    return sum
  }
}
