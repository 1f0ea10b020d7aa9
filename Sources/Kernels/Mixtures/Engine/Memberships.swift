/// What is known beforehand of the component that made each row: the likelihood of a row is Σⱼ priorᵢⱼ·wⱼ·pⱼ(xᵢ), with only the
/// labelled component's term where a row has a label.
package struct Memberships: Sendable {
  private let labels: Vector?
  private let prior: Matrix?
  /// log prior: n × k.
  private let logPrior: Matrix?
  private let k: Int

  /// labels: n, each a component from 1, or 0 where it is not known · prior: n × k, numbers from 0 to 1
  ///
  /// Throws where sizes or numbers are not these, or nothing is possible for a row.
  package init(labels: Vector?, prior: Matrix?, rows: Int, k: Int) throws(Failure) {
    (self.labels, self.prior, self.k) = (labels, prior, k)
    try labels?.checkLabels(rows: rows, k: k)
    logPrior = try prior.map { (prior) throws(Failure) in try Memberships.logs(prior, rows: rows, k: k) }
    guard let labels, let prior else { return }
    for i in 0..<rows where labels[i] > 0 && prior[i, Int(labels[i]) - 1] == 0 {
      throw Failure(.argument, "row \(i + 1) has the label \(labels[i].named), which prior says is impossible")
    }
  }

  private static func logs(_ prior: Matrix, rows: Int, k: Int) throws(Failure) -> Matrix {
    guard prior.rows == rows, prior.columns == k else {
      let got = "\(prior.rows) x \(prior.columns)"
      throw Failure(.shape, "a prior of \(rows) x \(k) is wanted for \(rows) rows and k = \(k), got \(got)")
    }
    let logs = try prior.copy()
    for i in 0..<rows {
      for j in 0..<k {
        guard prior[i, j] >= 0, prior[i, j] <= 1 else {
          throw Failure(
            .argument,
            "a prior must be from 0 to 1, but its row \(i + 1), column \(j + 1) is \(prior[i, j].named)")
        }
        logs[i, j] = floored(log(prior[i, j]))
      }
      guard (0..<k).contains(where: { prior[i, $0] > 0 }) else {
        throw Failure(.argument, "row \(i + 1) of the prior is zero: some component must be possible")
      }
    }
    return logs
  }

  /// values: log wⱼpⱼ at 256·j + i (log prior added) · first: the index of the block's first row
  func add(to values: UnsafeMutablePointer<Double>, _ block: Block, first: Int) {
    for j in 0..<k {
      let column = values + j * Block.capacity
      for i in 0..<block.rows {
        if let labels, labels[first + i] > 0, labels[first + i] != Double(j + 1) { column[i] += -1e300 }
        if let logPrior { column[i] += logPrior[first + i, j] }
      }
    }
  }

  /// values: a guess of responsibilities at 256·j + i (what is impossible taken out)
  func restrict(_ values: UnsafeMutablePointer<Double>, _ block: Block, first: Int) {
    for i in 0..<block.rows {
      let possible = (0..<k).map { share(first + i, $0) }
      let both = (0..<k).map { possible[$0] * values[$0 * Block.capacity + i] }
      // A guess that is all impossible says nothing.
      let shares = both.reduce(0, +) > 0 ? both : possible
      let sum = shares.reduce(0, +)
      for j in 0..<k { values[j * Block.capacity + i] = shares[j] / sum }
    }
  }

  private func share(_ i: Int, _ j: Int) -> Double {
    if let labels, labels[i] > 0, labels[i] != Double(j + 1) { return 0 }
    return prior?[i, j] ?? 1
  }

  /// The centres, each at the number of the component whose rows, as far as they are known, are nearest.
  ///
  /// centres: k × d
  func matched(_ centres: [[Double]], _ rows: Rows) -> [[Double]] {
    var (left, result) = (centres, [[Double]?](repeating: nil, count: k))
    for j in 0..<k {
      guard let mean = mean(of: j, rows) else { continue }
      let distances = left.map { centre in
        rows.columns.indices.reduce(0) { sum, c in
          let z = rows.columns[c].sd > 0 ? (centre[c] - mean[c]) / rows.columns[c].sd : 0
          return sum + z * z
        }
      }
      result[j] = left.remove(at: distances.indices.min { distances[$0] < distances[$1] } ?? 0)
    }
    return result.map { $0 ?? left.removeFirst() }
  }

  /// Of rows that are more likely component j's than before anything is known; nil where there are none.
  private func mean(of j: Int, _ rows: Rows) -> [Double]? {
    var (sums, total) = ([Double](repeating: 0, count: rows.dimension), 0.0)
    for i in 0..<rows.count {
      let all = (0..<k).reduce(0) { $0 + share(i, $1) }
      let excess = (share(i, j) / all - 1 / Double(k)) * (rows.weights?[i] ?? 1)
      guard excess > 0 else { continue }
      for c in sums.indices { sums[c] += excess * rows.matrix[i, c] }
      total += excess
    }
    return total > 0 ? sums.map { $0 / total } : nil
  }
}

extension Vector {
  /// Throws where this is not a component from 1 to k, or 0, for each row.
  func checkLabels(rows: Int, k: Int) throws(Failure) {
    guard count == rows else {
      throw Failure(.shape, "one label per row is wanted, got \(count) labels and \(rows) rows")
    }
    for i in 0..<rows {
      guard self[i] >= 0, self[i] <= Double(k), self[i] == self[i].rounded() else {
        throw Failure(.argument, "labels must be integers from 0 to k = \(k), but label \(i + 1) is \(self[i].named)")
      }
    }
  }
}
