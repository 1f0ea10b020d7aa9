// What families ask of the rows that they are to fit.
extension Rows {
  func checkColumns(_ wanted: Int, family: String) throws(Failure) {
    guard dimension == wanted else {
      throw Failure(.shape, "\(family) components take \(wanted) column, got \(dimension)")
    }
  }

  func checkComponents(_ k: Int) throws(Failure) {
    guard k >= 1, k <= count else { throw Failure(.argument, "k must be an integer from 1 to \(count), got \(k)") }
  }

  /// Some spread in every column, beyond rounding.
  func checkSpread() throws(Failure) {
    for (c, column) in columns.enumerated() {
      guard column.sd > 8 * .ulpOfOne * max(abs(column.least), abs(column.most)) else {
        let whole = dimension == 1 ? "all rows are equal" : "column \(c + 1) is constant"
        throw Failure(.degenerate, "\(whole) (\(column.least.named)), which no normal distribution can be fitted to")
      }
    }
  }

  /// Rows enough for a covariance of full rank.
  func checkMoreRowsThanColumns() throws(Failure) {
    guard count > dimension else {
      throw Failure(
        .degenerate,
        "\(count) rows are too few for covariances of \(dimension) columns: drop columns, or use covariance = \"diagonal\""
      )
    }
  }

  /// Nonnegative integers.
  func checkCounts() throws(Failure) {
    for c in 0..<dimension {
      let x = matrix.column(c)
      try Parallel.forEach(count, chunk: 65_536) { (chunk) throws(Failure) in
        for i in chunk where !(x[i] >= 0 && x[i] <= 0x1p53 && x[i] == x[i].rounded()) {
          throw Failure(
            .data, "counts must be nonnegative integers, but column \(c + 1), row \(i + 1) is \(x[i].named)")
        }
      }
    }
  }

  /// The sum of every row. Throws where rows differ.
  func commonSum() throws(Failure) -> Double {
    func sum(_ i: Int) -> Double { (0..<dimension).reduce(0) { $0 + matrix[i, $1] } }
    let first = sum(0)
    guard first >= 1, first <= 0x1p53 else {
      throw Failure(.data, "rows of counts must sum to at least 1, but row 1 sums to \(first.named)")
    }
    try Parallel.forEach(count, chunk: 4096) { (chunk) throws(Failure) in
      for i in chunk where sum(i) != first {
        throw Failure(
          .data, "rows must have one sum, but row 1 sums to \(first.named) and row \(i + 1) to \(sum(i).named)")
      }
    }
    return first
  }

  /// Room in memory for so many numbers more. Throws `.memory` before anything is asked for that cannot be had.
  func checkRoom(doubles: Double) throws(Failure) {
    guard doubles * 8 <= Double(Storage.limit - Storage.bytesInUse) else {
      throw Failure(.memory, "not enough memory for a model of \(doubles) numbers: try a smaller k")
    }
  }

  /// Σᵢ weightᵢ·f(i) over rows, in chunk order.
  func sum(_ f: (Int) -> Double) throws(Failure) -> Double {
    let weights = weights
    return try Parallel.map(count, chunk: 4096) { chunk in
      chunk.reduce(0) { $0 + (weights?[$1] ?? 1) * f($1) }
    }.reduce(0, +)
  }
}

extension [any Distribution] {
  /// All of one type. Throws where one is not.
  func all<D: Distribution>(_ type: D.Type, family: String) throws(Failure) -> [D] {
    var result: [D] = []
    for (j, distribution) in enumerated() {
      guard let d = distribution as? D else {
        throw Failure(.argument, "component \(j + 1) of the start is \(distribution.family), \(family) is wanted")
      }
      result.append(d)
    }
    return result
  }
}

/// log p, or a number so low that nothing possible comes near it: 0·log 0 is then 0.
func floored(_ logP: Double) -> Double { max(logP, -1e300) }
