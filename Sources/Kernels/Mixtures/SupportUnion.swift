/// The smallest support that holds all of `supports`. Numbers of every kind mix; throws where rows have no common density.
func union(of supports: [Support], families: [String]) throws(Failure) -> Support {
  var result = supports[0]
  for j in 1..<max(supports.count, 1) {
    guard let both = result.union(with: supports[j]) else {
      throw Failure(
        .argument,
        "components must share one support, but component 1 (\(families[0])) is over \(supports[0].named) "
          + "and component \(j + 1) (\(families[j])) over \(supports[j].named)")
    }
    result = both
  }
  return result
}

extension Support {
  /// Nil where one has rows of another kind than the other.
  fileprivate func union(with other: Support) -> Support? {
    if let common = commonDensity(with: other) { return common }
    guard let (a, b) = ends, let (c, d) = other.ends else { return nil }
    let (low, high) = (min(a, c), max(b, d))
    switch (self, other) {
    case (.integers, .atoms), (.atoms, .integers), (.atoms, .atoms): return .atoms(low, high)
    default: return .mixed(low, high)
    }
  }

  /// Nil where a density over the one is none over the other.
  private func commonDensity(with other: Support) -> Support? {
    switch (self, other) {
    case (.interval(let a, let b), .interval(let c, let d)): return .interval(min(a, c), max(b, d))
    case (.integers(let a, let b), .integers(let c, let d)): return .integers(min(a, c), max(b, d))
    case (.product(let a), .product(let b)) where a.count == b.count:
      let parts = zip(a, b).compactMap { $0.commonDensity(with: $1) }
      return parts.count == a.count ? .product(parts) : nil
    case (.space(let d), .product(let parts)), (.product(let parts), .space(let d)):
      return parts.count == d && parts.allSatisfy(\.isInterval) ? .space(dimension: d) : nil
    default: return self == other ? self : nil
    }
  }

  private var isInterval: Bool { if case .interval = self { true } else { false } }

  /// Of numbers.
  private var ends: (Double, Double)? {
    switch self {
    case .interval(let a, let b), .integers(let a, let b), .atoms(let a, let b), .mixed(let a, let b): (a, b)
    default: nil
    }
  }

  /// As a message says it.
  var named: String {
    switch self {
    case .interval: "real numbers"
    case .integers: "integers"
    case .atoms: "isolated numbers"
    case .mixed: "real numbers, some with a probability of their own"
    case .space(let dimension): "rows of \(dimension) numbers"
    case .counts(let total, let categories): "counts of \(total) in \(categories) categories"
    case .simplex(let dimension): "rows of \(dimension) positive numbers with the sum 1"
    case .sphere(let dimension): "rows of \(dimension) numbers with the length 1"
    case .positiveDefinite(let order): "positive definite matrices of \(order) x \(order)"
    case .product(let parts): "rows of " + parts.map { "(\($0.named))" }.joined(separator: " and ")
    }
  }

  /// Moves a row that has left it by a step onto it, where that is a matter of scale. row: d (written)
  func pull(_ row: UnsafeMutableBufferPointer<Double>) {
    switch self {
    case .sphere:
      let length = row.reduce(0) { $0.addingProduct($1, $1) }.squareRoot()
      if length > 0 { for j in row.indices { row[j] /= length } }
    case .product(let parts):
      var start = 0
      for part in parts {
        part.pull(UnsafeMutableBufferPointer(rebasing: row[start..<start + part.dimension]))
        start += part.dimension
      }
    default: break
    }
  }

  /// Numbers in a value.
  private var dimension: Int {
    switch self {
    case .interval, .integers, .atoms, .mixed: 1
    case .space(let dimension), .counts(_, let dimension), .simplex(let dimension), .sphere(let dimension): dimension
    case .positiveDefinite(let order): order * order
    case .product(let parts): parts.reduce(0) { $0 + $1.dimension }
    }
  }
}
