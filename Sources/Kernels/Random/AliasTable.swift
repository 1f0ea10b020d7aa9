/// Draws numbers with given probabilities in constant time: each column of equal width holds a number and at most one alias.
///
/// M. D. Vose, A linear algorithm for generating random numbers with a given distribution, 1991, doi:10.1109/32.92917.
package struct AliasTable: Sampler {
  private struct Column {
    /// The part of the column that is the number's own, in units of 2⁻⁶⁴; the rest is its alias's.
    var own: UInt64
    var alias: Double
  }

  private let columns: [Column]

  /// Number i, from 0, has probability weights[i] / Σ weights. Throws where a weight is negative, NaN or infinite or all are 0.
  package init(weights: UnsafeBufferPointer<Double>) throws(Failure) {
    let sum = try Weights.check(weights)
    var own = weights.map { $0 / sum * Double(weights.count) }
    var alias = Array(0..<weights.count)
    var small = own.indices.filter { own[$0] < 1 }
    var large = own.indices.filter { own[$0] >= 1 }
    while let lesser = small.popLast(), let larger = large.last {
      alias[lesser] = larger
      own[larger] -= 1 - own[lesser]
      if own[larger] < 1 { small.append(large.removeLast()) }
    }
    // What rounding has left over is full, but for what must not occur.
    let heaviest = weights.indices.max { weights[$0] < weights[$1] } ?? 0
    for i in own.indices where alias[i] == i && weights[i] == 0 { (own[i], alias[i]) = (0, heaviest) }
    // A full column's alias is its own number.
    columns = zip(own, alias).map { Column(own: UInt64(max(0, min(1, $0)) * (0x1p64 - 0x1p11)), alias: Double($1)) }
  }

  // One word makes both the column and the place in it.

  package func sample(_ words: inout Words) -> Double { number(at: words.place(below: UInt64(columns.count))) }

  @inline(__always)
  package func attempt(_ words: FirstWords) -> Double? {
    words.place(below: UInt64(columns.count)).map { number(at: $0) }
  }

  @inline(__always)
  private func number(at place: (integer: UInt64, fraction: UInt64)) -> Double {
    let column = columns[Int(place.integer)]
    return place.fraction < column.own ? Double(place.integer) : column.alias
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
