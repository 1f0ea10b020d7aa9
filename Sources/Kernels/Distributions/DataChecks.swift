/// A parameter that must be positive and finite.
func positive(_ value: Double, _ name: String) throws(Failure) -> Double {
  guard value > 0 else { throw Failure(.argument, "\(name) must be positive, got \(value.named)") }
  guard value.isFinite else { throw Failure(.argument, "\(name) must be finite, got \(value.named)") }
  return value
}

/// A parameter that must be finite.
func finite(_ value: Double, _ name: String) throws(Failure) -> Double {
  guard value.isFinite else { throw Failure(.argument, "\(name) must be finite, got \(value.named)") }
  return value
}

extension Vector {
  /// Throws `.data` with the first row for which a condition of the data does not hold; `rule` says it in words.
  func require(_ rule: String, _ holds: (Double) -> Bool) throws(Failure) {
    guard let i = withValues({ $0.firstIndex { !holds($0) } }) else { return }
    throw Failure(.data, "row \(i + 1) is \(self[i].named); \(rule)")
  }
}
