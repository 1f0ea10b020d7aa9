/// Throws `.argument` unless the parameter is finite.
func requireFinite(_ value: Double, _ name: String) throws(Failure) {
  guard value.isFinite else { throw Failure(.argument, "\(name) must be finite, got \(value.named)") }
}

/// Throws `.argument` unless the parameter is positive and finite.
func requirePositive(_ value: Double, _ name: String) throws(Failure) {
  guard value > 0 else { throw Failure(.argument, "\(name) must be positive, got \(value.named)") }
  try requireFinite(value, name)
}
