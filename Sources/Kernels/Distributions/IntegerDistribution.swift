/// A distribution over integers. Its verbs for many values look them up in a table, where values are fewer than places.
package protocol IntegerDistribution: UnivariateDistribution {}

extension IntegerDistribution {
  package func pdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.mapIntegers(into: out) { pdf($0) }
  }

  package func logpdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.mapIntegers(into: out) { logpdf($0) }
  }

  package func cdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.mapIntegers(into: out) { cdf($0) }
  }

  package func ccdf(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>) {
    x.mapIntegers(into: out) { ccdf($0) }
  }

  /// −Σ P·log P, in nats, outwards from the only mode to where nothing is left; NaN where that takes more than 10⁷ terms, and after
  /// an interrupt.
  var summedEntropy: Double {
    guard case .integers(let low, let high) = support else { return .nan }
    var (sum, poll) = (CompensatedSum<Double>(), InterruptionPoll())
    for (first, step) in [(mode, 1.0), (mode - 1, -1)] {
      var (x, terms) = (first, 1.0)
      while x >= low, x <= high {
        let logP = logpdf(x)
        guard logP > -.infinity else { break }
        let term = -exp(logP) * logP
        sum.add(term)
        // What is left is at most about as long as the way so far.
        if term * terms < 1e-17 * sum.value { break }
        if terms > 1e7 || poll.isDue() { return .nan }
        (x, terms) = (x + step, terms + 1)
      }
    }
    return sum.value
  }
}

/// The entropy of a distribution that is all but normal, by the first terms of its Edgeworth series; the error is of the order
/// of skewness⁴.
func nearNormalEntropy(variance: Double, squaredSkewness: Double) -> Double {
  0.5 + logRootTwoPi + 0.5 * log(variance) - squaredSkewness / 12
}

extension UnsafeBufferPointer<Double> {
  /// f of every element, from a table where the integers among them lie close together. out: n (written, may be the buffer
  /// itself)
  func mapIntegers(into out: UnsafeMutableBufferPointer<Double>, _ f: (Double) -> Double) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for x in self where x == x.rounded(.down) && abs(x) < 0x1p53 {
      (low, high) = (Swift.min(low, x), Swift.max(high, x))
    }
    guard low <= high, high - low < 0.5 * Double(count) else {
      for i in indices { out[i] = f(self[i]) }
      return
    }
    let table = (0...Int(high - low)).map { f(low + Double($0)) }
    for i in indices {
      let x = self[i]
      out[i] = x >= low && x <= high && x == x.rounded(.down) ? table[Int(x - low)] : f(x)
    }
  }
}

/// Throws `.data` where a value is no integer from `low` to `high`.
func checkIntegers(_ x: Vector, family: String, from low: Double, to high: Double = 0x1p53) throws(Failure) {
  let outside = x.withValues { $0.firstIndex { !($0 >= low && $0 <= high && $0 == $0.rounded()) } }
  guard let i = outside else { return }
  let range = (low > -0x1p53 ? " from \(low.named)" : "") + (high < 0x1p53 ? " to \(high.named)" : "")
  throw Failure(.data, "row \(i + 1) is \(x[i].named); \(family) data are integers\(range)")
}

/// Σ wᵢ·xᵢ / Σ wᵢ.
func weightedMean(_ x: Vector, weights: Vector, total: Double) throws(Failure) -> Double {
  try weightedSum(x, weights) { x, w in (w / total) * x }
}
