extension Matrix {
  /// Logarithms become shares of each row → Σᵢ log Σⱼ exp, Σᵢ log maxⱼ share. The first is not finite where a row is impossible
  /// or NaN.
  func normaliseRows() throws(Failure) -> (loglik: Double, certainty: Double) {
    let parts = try Parallel.map(rows, chunk: 4096) { range in
      let base = storage.base + offset
      var (loglik, certainty) = (CompensatedSum<Double>(), CompensatedSum<Double>())
      var i = range.lowerBound
      while i + 8 <= range.upperBound {
        let (total, sure) = shares(SIMD8<Double>.self) { UnsafeMutableRawPointer(base + i + $0 * rows) }
        for lane in 0..<8 {
          loglik.add(total[lane])
          certainty.add(sure[lane])
        }
        i += 8
      }
      while i < range.upperBound {
        let (total, sure) = shares(Double.self) { UnsafeMutableRawPointer(base + i + $0 * rows) }
        loglik.add(total)
        certainty.add(sure)
        i += 1
      }
      return (loglik, certainty)
    }
    var (loglik, certainty) = (CompensatedSum<Double>(), CompensatedSum<Double>())
    for part in parts {
      loglik.add(part.0)
      certainty.add(part.1)
    }
    return (loglik.value, certainty.value)
  }

  /// at: where column j of the rows is (read and written) → log Σⱼ exp and log maxⱼ share of each row
  @inline(__always)
  private func shares<L: Lanes & BitwiseCopyable>(_ lanes: L.Type, at column: (Int) -> UnsafeMutableRawPointer) -> (
    total: L, sure: L
  ) {
    var peak = column(0).loadUnaligned(as: L.self)
    for j in 1..<Swift.max(columns, 1) {
      let term = column(j).loadUnaligned(as: L.self)
      peak = peak.replacing(with: term, where: term - peak .> 0)
    }
    var sum = L(repeating: 0)
    for j in 0..<columns {
      let share = exponential(column(j).loadUnaligned(as: L.self) - peak)
      sum = sum + share
      column(j).storeBytes(of: share, as: L.self)
    }
    for j in 0..<columns { column(j).storeBytes(of: column(j).loadUnaligned(as: L.self) / sum, as: L.self) }
    let logSum = logarithm(sum)
    return (peak + logSum, -logSum)
  }
}
