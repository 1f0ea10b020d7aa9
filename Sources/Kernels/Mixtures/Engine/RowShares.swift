extension Matrix {
  /// Logarithms become shares of each row → Σᵢ wᵢ·log Σⱼ exp, Σᵢ wᵢ·log maxⱼ share. The first is not finite where a row is
  /// impossible or NaN.
  ///
  /// weights: of the rows; 1 each where there are none
  func normaliseRows(weights: Vector? = nil) throws(Failure) -> (loglik: Double, certainty: Double) {
    let parts = try Parallel.map(rows, chunk: 4096) { range in
      let base = storage.base + offset
      let octets = weights.map {
        Octets(UnsafeMutableBufferPointer(start: $0.storage.base + $0.offset, count: $0.count))
      }
      var (loglik, certainty) = (CompensatedSum<SIMD8<Double>>(), CompensatedSum<SIMD8<Double>>())
      for i in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
        var (total, sure) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        if i + 8 <= range.upperBound {
          (total, sure) = shares(SIMD8<Double>.self) { UnsafeMutableRawPointer(base + i + $0 * rows) }
        } else {
          for lane in 0..<range.upperBound - i {
            let row = base + i + lane
            (total[lane], sure[lane]) = shares(Double.self) { UnsafeMutableRawPointer(row + $0 * rows) }
          }
        }
        if let w = octets?[i] { (total, sure) = (total * w, sure * w) }
        loglik.add(total)
        certainty.add(sure)
      }
      return (loglik, certainty)
    }
    var (loglik, certainty) = (CompensatedSum<SIMD8<Double>>(), CompensatedSum<SIMD8<Double>>())
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
