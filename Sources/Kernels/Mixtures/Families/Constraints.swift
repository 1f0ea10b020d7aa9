/// What the parameters of components are held to.
package struct Constraints: Sendable {
  /// Parameters that all components share, by name.
  package let equal: Set<String>
  /// Values that are known: k tables, or none.
  package let fixed: [[String: ParameterValue]]
  /// Between which ends a parameter is estimated, by name; an end may be infinite.
  package let bounds: [String: ClosedRange<Double>]

  package static let none = Constraints()

  package init(
    equal: Set<String> = [], fixed: [[String: ParameterValue]] = [], bounds: [String: ClosedRange<Double>] = [:]
  ) {
    self.equal = equal
    self.fixed = fixed.allSatisfy(\.isEmpty) ? [] : fixed
    self.bounds = bounds
  }

  package var isEmpty: Bool { equal.isEmpty && fixed.isEmpty && bounds.isEmpty }

  /// Of component j.
  func fixed(_ j: Int) -> [String: ParameterValue] { fixed.isEmpty ? [:] : fixed[j] }
  func isFixed(_ name: String, _ j: Int) -> Bool { fixed(j)[name] != nil }

  /// The value of a number that is fixed.
  func number(_ name: String, _ j: Int) -> Double? {
    if case .number(let x)? = fixed(j)[name] { x } else { nil }
  }

  func clamped(_ x: Double, _ name: String) -> Double {
    bounds[name].map { min(max(x, $0.lowerBound), $0.upperBound) } ?? x
  }

  /// The same, and one more parameter shared.
  func sharing(_ name: String) -> Constraints {
    Constraints(equal: equal.union([name]), fixed: fixed, bounds: bounds)
  }

  /// As the summary of a fit says it.
  var words: [String] {
    let fixed = Set(self.fixed.flatMap(\.keys)).sorted().map { "fixed \($0)" }
    return equal.sorted().map { "equal \($0)" } + fixed + bounds.keys.sorted().map { "bounded \($0)" }
  }

  /// Free numbers among parameters that k components have, a number each.
  func freeNumbers(_ name: String, k: Int) -> Int {
    let free = (0..<k).count { !isFixed(name, $0) }
    return equal.contains(name) ? min(free, 1) : free
  }

  /// Throws where a name is none of the parameters of any component, or a value is none of its own.
  ///
  /// parameters: of each component, k
  func check(_ parameters: [[Family.Parameter]], family: String) throws(Failure) {
    guard fixed.isEmpty || fixed.count == parameters.count else {
      throw Failure(.shape, "fix: values for \(fixed.count) components, where there are \(parameters.count)")
    }
    let known = Set(parameters.flatMap { $0.map(\.name) })
    func require(_ name: String, _ option: String, _ known: Set<String>) throws(Failure) {
      if known.contains(name) { return }
      throw Failure(
        .argument,
        "\(option): \(family) has no parameter '\(name)' (known: \(known.sorted().joined(separator: ", ")))")
    }
    for name in equal.sorted() { try require(name, "equal", known) }
    for name in bounds.keys.sorted() {
      let numbers = parameters.flatMap { $0.filter { $0.kind == .number }.map(\.name) }
      try require(name, "bounds", Set(numbers))
    }
    for (j, own) in parameters.enumerated() {
      for (name, value) in fixed(j).sorted(by: { $0.key < $1.key }) {
        try require(name, "fix", Set(own.map(\.name)))
        do throws(Failure) { try own.first { $0.name == name }?.check(value) } catch {
          throw Failure(error.kind, "fix: \(error.message)")
        }
        if case .number(let x) = value, let ends = bounds[name], !ends.contains(x) {
          throw Failure(.argument, "fix: \(name) is \(x.named), outside of its bounds")
        }
      }
    }
  }
}
