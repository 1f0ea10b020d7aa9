extension Vector {
  /// Throws `.data` with the first row for which a condition of the data does not hold; `rule` says it in words.
  func require(_ rule: String, _ holds: (Double) -> Bool) throws(Failure) {
    guard let i = withValues({ $0.firstIndex { !holds($0) } }) else { return }
    throw Failure(.data, "row \(i + 1) is \(self[i].named); \(rule)")
  }
}
