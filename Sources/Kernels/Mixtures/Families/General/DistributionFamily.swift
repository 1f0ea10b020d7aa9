/// Components of any families of distributions, not all of one where that is wanted: weighted maximum likelihood is the family's
/// own fit.
///
/// A fit sees all rows, so that the M-step takes n × k responsibilities in place of sums. Where some components give single
/// numbers a probability and others a density, as in zero inflation, densities count nothing at such numbers.
package struct DistributionFamily: ComponentFamily {
  package struct Components: Codable, Sendable {
    let parts: [any Distribution]

    init(_ parts: [any Distribution]) { self.parts = parts }

    package init(from decoder: any Decoder) throws {
      parts = try [DistributionCode](from: decoder).map(\.distribution)
    }
    package func encode(to encoder: any Encoder) throws { try parts.map(DistributionCode.init).encode(to: encoder) }
  }

  package let k: Int
  package let pooled: Components
  package let units: [Double]
  package let freeParameters: Int
  let rows: Rows
  let models: [ComponentKind]
  let constraints: Constraints
  /// Between which ends a parameter of component j is searched, by name: k.
  let limits: [[String: ClosedRange<Double>]]
  /// Rows that a component of each can have made: k; nil for all rows.
  let possible: [[Bool]?]

  /// models: what each component is, k. Throws where the rows are not theirs, or fewer than k.
  package init(_ rows: Rows, _ models: [ComponentKind], _ constraints: Constraints = .none) throws(Failure) {
    (self.rows, self.models, self.constraints, k) = (rows, models, constraints, models.count)
    limits = models.map { $0.limits.merging(constraints.bounds) { $1 } }
    try rows.checkComponents(models.count)
    for model in models { try model.check(columns: rows.dimension) }
    try constraints.check(models.map { $0.parameters ?? [] }, family: DistributionFamily.name(of: models))
    let isMixed = Set(models.map(\.name)).count > 1
    var (possible, parts) = ([[Bool]?](), [any Distribution]())
    for (j, model) in models.enumerated() {
      let held = constraints.fixed(j)
      let own = try model.possible(rows, holding: held, mustBeAll: !isMixed)
      possible.append(own)
      parts.append(try DistributionFamily.pooled(rows, model, own, held))
    }
    if let i = (0..<rows.count).first(where: { i in possible.allSatisfy { $0?[i] == false } }) {
      throw Failure(.data, "row \(i + 1) is possible under no component")
    }
    (self.possible, pooled) = (possible, Components(parts))
    units = zip(models, parts).flatMap { DistributionFamily.units($0, $1, rows) }
    freeParameters = DistributionFamily.count(models, parts, constraints)
  }

  package var name: String { DistributionFamily.name(of: models) }
  package var constraint: String? { constraints.isEmpty ? nil : constraints.words.joined(separator: ", ") }
  package var sumCount: Int { 0 }
  package var takesRows: Bool { true }
  package func mayVanish(_ j: Int) -> Bool { models[j].parameters?.count == constraints.fixed(j).count }
  package var kinds: [Int] {
    constraints.fixed.isEmpty ? DistributionFamily.kinds(of: models) : Array(0..<k)
  }

  static func kinds(of models: [ComponentKind]) -> [Int] {
    let names = models.map(\.name)
    return names.map { names.firstIndex(of: $0) ?? 0 }
  }

  static func name(of models: [ComponentKind]) -> String {
    let names = models.map(\.name)
    return Set(names).count == 1 ? names[0] : names.joined(separator: " + ")
  }

  /// Of the rows that are possible; a guess where those do not determine it.
  private static func pooled(
    _ rows: Rows, _ model: ComponentKind, _ possible: [Bool]?, _ held: [String: ParameterValue]
  ) throws(Failure) -> any Distribution {
    let weights = try Vector((0..<rows.count).map { possible?[$0] == false ? 0 : rows.weights?[$0] ?? 1 })
    do throws(Failure) { return try model.fit(rows.matrix, weights: weights, holding: held) } catch {
      guard error.kind == .degenerate || error.kind == .data else { throw error }
      // The rows of several components may be none of one.
      if let guess = try? model.guess(rows, holding: held) { return guess }
      throw error
    }
  }

  /// A spread of the data for locations, and the size of what is positive.
  private static func units(_ model: ComponentKind, _ part: any Distribution, _ rows: Rows) -> [Double] {
    let sd = rows.columns.map(\.sd).max() ?? 1
    guard let parameters = model.parameters else { return part.numbers.map { max(abs($0), 1e-3) } }
    return zip(parameters, part.parameters).flatMap { parameter, value -> [Double] in
      let numbers = [value.value].flatMap { DistributionFamily.numbers(of: $0) }
      switch parameter.range {
      case .positive, .notNegative, .positiveDefinite:
        let size = numbers.reduce(0) { max($0, abs($1)) }
        return numbers.map { _ in size > 0 ? size : 1 }
      case .probability, .fraction, .probabilities, .integer: return numbers.map { _ in 1 }
      case .real, .lowerEnd, .upperEnd: return numbers.map { _ in sd > 0 ? sd : 1 }
      }
    }
  }

  private static func numbers(of value: ParameterValue) -> [Double] {
    switch value {
    case .number(let x): [x]
    case .vector(let v): v.array
    case .matrix(let m): m.elements.array
    case .distribution, .distributions: []
    }
  }

  /// Free parameters: those that are not fixed, shared ones once.
  private static func count(_ models: [ComponentKind], _ parts: [any Distribution], _ constraints: Constraints) -> Int {
    var (count, shared) = (0, Set<String>())
    for (j, (model, part)) in zip(models, parts).enumerated() {
      guard let parameters = model.parameters else {
        count += model.families.enumerated().reduce(0) { sum, entry in
          guard let product = part as? ProductDistribution else { return sum }
          return sum + entry.element.freeNumbers(product.parts[entry.offset])
        }
        continue
      }
      for parameter in parameters where !constraints.isFixed(parameter.name, j) {
        if constraints.equal.contains(parameter.name), !shared.insert(parameter.name).inserted { continue }
        count += parameter.freeNumbers(in: part)
      }
    }
    return count
  }
}

extension Family {
  fileprivate func freeNumbers(_ part: any Distribution) -> Int {
    parameters.reduce(0) { $0 + $1.freeNumbers(in: part) }
  }
}

extension Family.Parameter {
  /// How many numbers of a value are estimated.
  fileprivate func freeNumbers(in part: any Distribution) -> Int {
    let value = part.parameters.first { $0.name == name }?.value
    switch (value, range) {
    // Trials are known.
    case _ where name == "trials": return 0
    case (.vector(let v)?, .probabilities): return v.count - 1
    // A direction has length 1.
    case (.vector(let v)?, _): return part.family == "von_mises_fisher" ? v.count - 1 : v.count
    case (.matrix(let m)?, _): return m.rows * (m.rows + 1) / 2
    default: return 1
    }
  }
}

// Parameters.
extension DistributionFamily {
  package func parameters(of components: Components) -> [Double] { components.parts.flatMap(\.numbers) }

  package func components(with parameters: ArraySlice<Double>) -> Components? {
    var (rest, parts) = (parameters, [any Distribution]())
    for part in pooled.parts {
      let count = part.numbers.count
      guard let next = part.with(numbers: rest.prefix(count)), isInBounds(next) else { return nil }
      parts.append(next)
      rest = rest.dropFirst(count)
    }
    return Components(parts)
  }

  func isInBounds(_ part: any Distribution) -> Bool {
    part.parameters.allSatisfy { name, value in
      guard case .number(let x) = value, let ends = constraints.bounds[name] else { return true }
      return ends.contains(x)
    }
  }

  /// The mean, or the median where there is none.
  package func location(of components: Components, _ j: Int) -> [Double] {
    let part = components.parts[j]
    if let one = part as? any UnivariateDistribution { return [one.mean.isFinite ? one.mean : one.quantile(0.5)] }
    guard let several = part as? any MultivariateDistribution else { return [] }
    if let mean = try? several.mean { return mean.array }
    return (try? several.mode)?.array ?? []
  }

  package func reordered(_ components: Components, _ order: [Int]) -> Components {
    Components(order.map { components.parts[$0] })
  }

  package func components(from distributions: [any Distribution]) throws(Failure) -> Components {
    var parts: [any Distribution] = []
    for (j, (model, part)) in zip(models, distributions).enumerated() {
      let families = (part as? ProductDistribution)?.parts.map(\.family) ?? [part.family]
      guard families == model.families.map(\.name) else {
        throw Failure(.argument, "component \(j + 1) of the start is \(part.family), \(model.name) is wanted")
      }
      guard part.dimension == rows.dimension else {
        throw Failure(
          .shape,
          "component \(j + 1) of the start has dimension \(part.dimension), the data has \(rows.dimension) columns")
      }
      parts.append(try held(part, model, j))
    }
    return Components(try shared(parts))
  }

  /// What components are to share is the first one's; a start need not share it.
  private func shared(_ parts: [any Distribution]) throws(Failure) -> [any Distribution] {
    var (first, result) = ([String: ParameterValue](), [any Distribution]())
    for (j, part) in parts.enumerated() {
      let names = models[j].parameters?.map(\.name).filter { constraints.equal.contains($0) } ?? []
      var values = part.parameters
      for i in values.indices where names.contains(values[i].name) && !constraints.isFixed(values[i].name, j) {
        if let value = first[values[i].name] {
          values[i].value = value
        } else {
          first[values[i].name] = values[i].value
        }
      }
      result.append(names.isEmpty ? part : try models[j].families[0].make(values.map(\.value)))
    }
    return result
  }

  /// With what is fixed, and inside the bounds.
  private func held(_ part: any Distribution, _ model: ComponentKind, _ j: Int) throws(Failure) -> any Distribution {
    guard !constraints.isEmpty, model.parameters != nil else { return part }
    return try model.families[0].make(
      part.parameters.map { name, value in
        if let fixed = constraints.fixed(j)[name] { return fixed }
        if case .number(let x) = value { return .number(constraints.clamped(x, name)) }
        return value
      })
  }

  package func mixture(weights: [Double], _ components: Components) throws(Failure) -> any Mixture {
    let one = components.parts.compactMap { $0 as? any UnivariateDistribution }
    if one.count == k { return try UnivariateMixture(weights: weights, components: one) }
    return try MultivariateMixture(
      weights: weights, components: components.parts.compactMap { $0 as? any MultivariateDistribution })
  }
}
