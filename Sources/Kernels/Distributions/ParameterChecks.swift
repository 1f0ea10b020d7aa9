/// A parameter that must be positive and finite.
@discardableResult
func positive(_ value: Double, _ name: String) throws(Failure) -> Double {
  guard value > 0 else { throw Failure(.argument, "\(name) must be positive, got \(value.named)") }
  guard value.isFinite else { throw Failure(.argument, "\(name) must be finite, got \(value.named)") }
  return value
}

/// A parameter that must be finite.
@discardableResult
func finite(_ value: Double, _ name: String) throws(Failure) -> Double {
  guard value.isFinite else { throw Failure(.argument, "\(name) must be finite, got \(value.named)") }
  return value
}
