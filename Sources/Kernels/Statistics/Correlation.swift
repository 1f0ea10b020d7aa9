extension Matrix {
  /// Pearson's correlations of the columns: d × d. NaN for a column without spread, and for fewer than two rows.
  package func correlation() throws(Failure) -> Matrix {
    let result = try covariance()
    let sd = try diagonal(of: result)
    for i in 0..<columns {
      for j in 0..<columns {
        result[i, j] = i == j && sd[i] > 0 ? 1 : max(-1, min(1, result[i, j] / sd[i] / sd[j]))
        if !(sd[i] > 0 && sd[j] > 0) { result[i, j] = .nan }
      }
    }
    return result
  }

  private func diagonal(of covariance: Matrix) throws(Failure) -> [Double] {
    try covariance.diagonal().array.map { $0.squareRoot() }
  }

  /// Each column's ranks, from 1; equal numbers share the mean of theirs.
  package func ranks() throws(Failure) -> Matrix {
    let result = try Matrix(uninitializedRows: rows, columns: columns)
    for j in 0..<columns {
      let ranks = try column(j).ranks()
      ranks.write(to: result.column(j), from: 0)
    }
    return result
  }
}

extension Vector {
  /// Ranks from 1; equal numbers share the mean of theirs.
  package func ranks() throws(Failure) -> Vector {
    let order = try order()
    let result = try Vector(uninitialized: count)
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, self[order[end]] == self[order[start]] { end += 1 }
      for k in start..<end { result[order[k]] = Double(start + end + 1) / 2 }
      start = end
    }
    return result
  }
}

/// The correlation of rank, Kendall's τ_b: of all pairs of rows, those in the same order in both less those in opposite order,
/// over what there would be without equal numbers. By merge sort, in the order of n·log n.
///
/// W. R. Knight, A computer method for calculating Kendall's tau with ungrouped data, J. Am. Stat. Assoc. 61 (1966),
/// 436–439.
package func kendall(_ x: Vector, _ y: Vector) throws(Failure) -> Double {
  guard x.count == y.count else {
    throw Failure(.shape, "as many numbers of both are wanted, got \(x.count) and \(y.count)")
  }
  let (a, b) = (try x.ranks(), try y.ranks())
  var order = try b.order()
  order = try a.take(order).order().map { order[$0] }
  let sortedA = try a.take(order)
  var sequence = try b.take(order).array
  let (tiesA, tiesB) = (sortedA.array.tiedPairs { $0 == $1 }, sequence.sorted().tiedPairs { $0 == $1 })
  let pairs = zip(sortedA.array, sequence).map { ($0, $1) }
  let tiesBoth = pairs.tiedPairs { $0 == $1 }
  let n = Double(x.count)
  let all = n * (n - 1) / 2
  let swaps = try sequence.sortCountingSwaps()
  let score = all - tiesA - tiesB + tiesBoth - 2 * swaps
  return score / (all - tiesA).squareRoot() / (all - tiesB).squareRoot()
}

extension Array {
  /// Pairs of equal elements of a sequence in which equal ones are neighbours.
  fileprivate func tiedPairs(_ areEqual: (Element, Element) -> Bool) -> Double {
    var (pairs, run) = (0.0, 1.0)
    for (a, b) in zip(self, dropFirst()) {
      if areEqual(a, b) { (pairs, run) = (pairs + run, run + 1) } else { run = 1 }
    }
    return pairs
  }
}

extension [Double] {
  /// Sorts; the exchanges of neighbours that it takes.
  fileprivate mutating func sortCountingSwaps() throws(Failure) -> Double {
    var (swaps, width) = (0.0, 1)
    var merged = self
    while width < count {
      try Interruption.check()
      for start in stride(from: 0, to: count, by: 2 * width) {
        let (middle, end) = (Swift.min(start + width, count), Swift.min(start + 2 * width, count))
        var (i, j) = (start, middle)
        for k in start..<end {
          if j == end || (i < middle && self[i] <= self[j]) {
            merged[k] = self[i]
            i += 1
          } else {
            merged[k] = self[j]
            j += 1
            swaps += Double(middle - i)
          }
        }
      }
      swap(&self, &merged)
      width *= 2
    }
    return swaps
  }
}
