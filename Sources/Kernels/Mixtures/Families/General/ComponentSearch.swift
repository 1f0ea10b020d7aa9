/// Weighted maximum likelihood of all components of a `DistributionFamily`, under its constraints.
struct ComponentSearch {
  private let family: DistributionFamily
  /// Of each component: n.
  private let weights: [Vector]
  var parts: [any Distribution] = []

  init(_ family: DistributionFamily, _ responsibilities: Matrix) {
    self.family = family
    weights = (0..<family.k).map { responsibilities.column($0) }
  }

  private var constraints: Constraints { family.constraints }

  /// Σᵢ rᵢⱼ·log p(xᵢ).
  func height(_ part: any Distribution, _ j: Int) throws(Failure) -> Double {
    let densities = try part.logDensities(family.rows.matrix)
    let floor = SIMD8<Double>(repeating: -1e290)
    let height = try weightedSum(densities, weights[j]) { l, w in
      (w * l.replacing(with: floor, where: l .< floor)).replacing(with: 0, where: w .== 0)
    }
    return height.isNaN ? -.infinity : height
  }

  /// Component j by itself, with more held than is fixed where that is asked for.
  func fit(_ j: Int, holding more: [String: ParameterValue] = [:]) throws(Failure) -> any Distribution {
    let held = constraints.fixed(j).merging(more) { $1 }
    do throws(Failure) {
      return try bounded(j, held)
    } catch {
      guard error.kind == .degenerate || error.kind == .data else { throw error }
      throw Failure(error.kind, "component \(j + 1) (\(family.models[j].name)): \(error.message)")
    }
  }

  /// Where the best of all is out of bounds, the best of those with some parameters at their bounds.
  private func bounded(_ j: Int, _ held: [String: ParameterValue]) throws(Failure) -> any Distribution {
    let model = family.models[j]
    let limits = family.limits[j].filter { held[$0.key] == nil }
    var outside: Failure?
    do throws(Failure) {
      let free = try model.fit(family.rows.matrix, weights: weights[j], holding: held)
      if isInside(free, limits) { return free }
    } catch {
      guard error.kind == .degenerate, !limits.isEmpty else { throw error }
      outside = error
    }
    var best: (part: any Distribution, height: Double)?
    for ends in choices(limits) where !ends.isEmpty {
      do throws(Failure) {
        let part = try model.fit(family.rows.matrix, weights: weights[j], holding: held.merging(ends) { $1 })
        let height = try height(part, j)
        if isInside(part, limits), height > best?.height ?? -.infinity { best = (part, height) }
      } catch {
        guard error.kind == .degenerate || error.kind == .data || error.kind == .argument else { throw error }
        outside = outside ?? error
      }
    }
    if let best { return best.part }
    throw outside ?? Failure(.degenerate, "no parameters within the bounds go with the rows")
  }

  /// Every way to hold some of the names at one of their ends.
  private func choices(_ limits: [String: ClosedRange<Double>]) -> [[String: ParameterValue]] {
    var all: [[String: ParameterValue]] = [[:]]
    for (name, ends) in limits.sorted(by: { $0.key < $1.key }) {
      let finite = [ends.lowerBound, ends.upperBound].filter(\.isFinite)
      all += all.flatMap { choice in finite.map { end in choice.merging([name: .number(end)]) { $1 } } }
    }
    return all
  }

  private func isInside(_ part: any Distribution, _ limits: [String: ClosedRange<Double>]) -> Bool {
    part.parameters.allSatisfy { name, value in
      guard case .number(let x) = value, let ends = limits[name] else { return true }
      return ends.contains(x)
    }
  }
}

// Parameters that components share.
extension ComponentSearch {
  /// From what they shared before, in turn, each shared number is moved to where the likelihood of all components is highest
  /// while their other parameters stay, and components take up what that leaves them. No turn lowers the likelihood, so that a
  /// few will do: EM goes on with the rest.
  mutating func share(after previous: [any Distribution]) throws(Failure) {
    let names = constraints.equal.sorted()
    guard !names.isEmpty else { return }
    for name in names { try meet(name, previous) }
    var last = try total()
    for _ in 0..<10 {
      for name in names { try move(name) }
      for j in parts.indices where isSharer(j) { try takeUp(j) }
      let now = try total()
      if now - last <= 1e-14 * abs(now) { return }
      last = now
    }
  }

  /// The best that component j can be with what it shares.
  private mutating func takeUp(_ j: Int) throws(Failure) {
    let next = try fit(j, holding: shared(j))
    if try height(next, j) >= height(parts[j], j) { parts[j] = next }
  }

  private func total() throws(Failure) -> Double {
    var sum = 0.0
    for j in parts.indices { sum += try height(parts[j], j) }
    return sum
  }

  private func isSharer(_ j: Int) -> Bool { constraints.equal.contains { sharers(of: $0).contains(j) } }

  private func sharers(of name: String) -> [Int] {
    parts.indices.filter { j in
      !constraints.isFixed(name, j) && family.models[j].parameters?.contains { $0.name == name } == true
    }
  }

  /// What component j shares, as it is now.
  private func shared(_ j: Int) -> [String: ParameterValue] {
    var values: [String: ParameterValue] = [:]
    for (name, value) in parts[j].parameters where constraints.equal.contains(name) { values[name] = value }
    return values
  }

  /// The components' own numbers give way to the one that they had before; at an end of the support, to the outermost of their
  /// own.
  private mutating func meet(_ name: String, _ previous: [any Distribution]) throws(Failure) {
    let sharers = sharers(of: name)
    var (numbers, range) = ([Double](), Family.Parameter.Range.real)
    for j in sharers {
      guard let parameter = family.models[j].parameters?.first(where: { $0.name == name }), parameter.kind == .number
      else { throw Failure(.argument, "equal: \(name) must be a number") }
      range = parameter.range
      numbers.append(parts[j].number(name))
    }
    guard let first = sharers.first else { return }
    let common =
      switch range {
      case .lowerEnd: numbers.reduce(numbers[0], min)
      case .upperEnd: numbers.reduce(numbers[0], max)
      default: constraints.clamped(previous[first].number(name), name)
      }
    for j in sharers {
      parts[j] = try replaced(j, name, common)
      try takeUp(j)
    }
  }

  private mutating func move(_ name: String) throws(Failure) {
    let sharers = sharers(of: name)
    guard let first = sharers.first,
      let parameter = family.models[first].parameters?.first(where: { $0.name == name }),
      parameter.range != .lowerEnd, parameter.range != .upperEnd
    else { return }
    let now = parts[first].number(name)
    let ends = constraints.bounds[name] ?? -.infinity ... .infinity
    let isPositive = parameter.range == .positive && now > 0
    func value(_ u: Double) -> Double {
      min(max(isPositive ? now * exp(u) : now + u * unit(of: name, first), ends.lowerBound), ends.upperBound)
    }
    let copy = self
    let end = try LineMaximum.find(width: 0.1) { (u) throws(Failure) in
      var sum = 0.0
      for j in sharers {
        guard let part = try? copy.replaced(j, name, value(u)) else { return -.infinity }
        sum += try copy.height(part, j)
      }
      return sum
    }
    for j in sharers { parts[j] = try replaced(j, name, value(end)) }
  }

  private func unit(of name: String, _ j: Int) -> Double {
    let parameter = family.models[j].parameters?.first { $0.name == name }
    if parameter?.range == .probability || parameter?.range == .fraction { return 1 }
    let sd = family.rows.columns[0].sd
    return sd > 0 ? sd : 1
  }

  private func replaced(_ j: Int, _ name: String, _ x: Double) throws(Failure) -> any Distribution {
    try family.models[j].families[0].make(
      parts[j].parameters.map { $0.name == name ? .number(x) : $0.value })
  }
}

extension Distribution {
  fileprivate func number(_ name: String) -> Double {
    if case .number(let x)? = parameters.first(where: { $0.name == name })?.value { x } else { .nan }
  }
}
