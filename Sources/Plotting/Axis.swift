import Kernels

/// One axis of a figure.
package struct Axis: Sendable {
  package var label = ""
  /// Ends that were asked for.
  package var limits: (low: Double, high: Double)?
  package var isLogarithmic = false
  /// Texts in place of numbers.
  package var ticks: [(position: Double, text: String)] = []
  /// Whether its numbers and its name are left out.
  package var isHidden = false
  /// Whether it runs from high to low.
  package var isReversed = false

  package init() {}

  /// The ends, with a little room beyond the data. `values`: what is drawn · `base`: an end that marks stand on
  func range(of values: [Vector], base: Double? = nil, named name: String) throws(Failure) -> (
    low: Double, high: Double
  ) {
    if let limits { return limits }
    var (low, high) = try Axis.span(values, positive: isLogarithmic)
    if low > high {
      guard isLogarithmic else { return (0, 1) }
      throw Failure(.data, "the \(name) axis is logarithmic, but nothing on it is positive")
    }
    if isLogarithmic {
      let room = max(log(high / low) * 0.04, 0.02)
      return (low * exp(-room), high * exp(room))
    }
    if let base { (low, high) = (min(low, base), max(high, base)) }
    guard high - low < .greatestFiniteMagnitude / 4 else {
      throw Failure(.data, "the \(name) axis cannot reach from \(low) to \(high)")
    }
    let room = high > low ? (high - low) * 0.04 : max(abs(low) * 0.05, low == 0 ? 0.5 : .leastNormalMagnitude)
    // Bars stand on the axis.
    return (low == base ? low : low - room, high == base && low != base ? high : high + room)
  }

  /// The least and the greatest of the finite numbers; the first is larger where there are none.
  static func span(_ values: [Vector], positive: Bool = false) throws(Failure) -> (low: Double, high: Double) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for vector in values {
      try Interruption.check()
      vector.withValues { x in
        for value in x where value.isFinite && (!positive || value > 0) {
          if value < low { low = value }
          if value > high { high = value }
        }
      }
    }
    return (low, high)
  }
}
