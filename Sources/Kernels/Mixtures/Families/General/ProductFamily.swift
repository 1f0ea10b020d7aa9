/// Components that are products of the same number of parts: column by column, families of their own.
///
/// Given the responsibilities, columns have nothing to do with each other: log-densities add up, and each column is maximised as
/// the one column of a `DistributionFamily`, under its own constraints.
package struct ProductFamily: ComponentFamily {
  package struct Components: Codable, Sendable {
    let parts: [DistributionFamily.Components]
  }

  package let k: Int
  private let models: [ComponentKind]
  private let constraints: Constraints
  /// Of one part each.
  private let parts: [DistributionFamily]
  /// The columns of each part.
  private let ranges: [Range<Int>]

  /// models: products of as many parts, k. Throws as `DistributionFamily` does, and says in which column.
  package init(_ rows: Rows, _ models: [ComponentKind], _ constraints: Constraints = .none) throws(Failure) {
    try rows.checkComponents(models.count)
    try constraints.check(models.map(\.heldParameters), family: DistributionFamily.name(of: models))
    let ranges = try ProductDistribution.ranges(of: models[0].families, columns: rows.dimension)
    var parts: [DistributionFamily] = []
    for (p, range) in ranges.enumerated() {
      let kinds = models.map { ComponentKind([$0.families[p]], trials: $0.trials) }
      let columns = try Rows(rows.matrix.columns(range), weights: rows.weights)
      parts.append(
        try ProductDistribution.naming(range) { () throws(Failure) in
          try DistributionFamily(columns, kinds, constraints.part(p, of: models))
        })
    }
    (self.models, self.constraints, self.parts, self.ranges, k) = (models, constraints, parts, ranges, models.count)
  }

  package var name: String { DistributionFamily.name(of: models) }
  package var constraint: String? { constraints.isEmpty ? nil : constraints.words.joined(separator: ", ") }
  package var freeParameters: Int { parts.reduce(0) { $0 + $1.freeParameters } }
  package var sumCount: Int { 0 }
  package var takesRows: Bool { true }
  package func mayVanish(_ j: Int) -> Bool { parts.allSatisfy { $0.mayVanish(j) } }
  package var units: [Double] { parts.flatMap(\.units) }
  package var pooled: Components { Components(parts: parts.map(\.pooled)) }
  package var kinds: [Int] { constraints.fixed.isEmpty ? DistributionFamily.kinds(of: models) : Array(0..<k) }

  /// The columns of one part, and its log-densities.
  package var workspace: Int { ((ranges.map(\.count).max() ?? 1) + k) * Block.capacity }

  package func logDensities(
    _ block: Block, _ components: Components, _ logWeights: [Double], into out: UnsafeMutablePointer<Double>
  ) {
    for j in 0..<k { (out + j * Block.capacity).update(repeating: logWeights[j], count: Block.capacity) }
    let (densities, none) = (block.workspace, Array(repeating: 0.0, count: k))
    for (p, range) in ranges.enumerated() {
      let columns = block.leaving(k * Block.capacity).columns(range)
      parts[p].logDensities(columns, components.parts[p], none, into: densities)
      for j in 0..<k {
        let (total, part) = (out + j * Block.capacity, densities + j * Block.capacity)
        for g in 0..<block.groups { total.setLanes(g, total.lanes(g) + part.lanes(g)) }
      }
    }
  }

  package func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, _ components: Components,
    into sums: UnsafeMutablePointer<Double>
  ) {}

  /// There are no sums: `maximise(by:after:)` is what is called.
  package func maximise(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components { components }

  package func maximise(by responsibilities: Matrix, after components: Components) throws(Failure) -> Components? {
    try eachPart { (p) throws(Failure) in try parts[p].maximise(by: responsibilities, after: components.parts[p]) }
  }

  package func begin(by responsibilities: Matrix, after components: Components) throws(Failure) -> Components? {
    try eachPart { (p) throws(Failure) in try parts[p].begin(by: responsibilities, after: components.parts[p]) }
  }

  private func eachPart(
    _ body: (Int) throws(Failure) -> DistributionFamily.Components?
  ) throws(Failure) -> Components? {
    var next: [DistributionFamily.Components] = []
    for (p, range) in ranges.enumerated() {
      let part = try ProductDistribution.naming(range) { () throws(Failure) in try body(p) }
      guard let part else { return nil }
      next.append(part)
    }
    return Components(parts: next)
  }

  package func parameters(of components: Components) -> [Double] {
    zip(parts, components.parts).flatMap { $0.parameters(of: $1) }
  }

  package func components(with parameters: ArraySlice<Double>) -> Components? {
    var (rest, next) = (parameters, [DistributionFamily.Components]())
    for part in parts {
      guard let components = part.components(with: rest.prefix(part.units.count)) else { return nil }
      next.append(components)
      rest = rest.dropFirst(part.units.count)
    }
    return Components(parts: next)
  }

  package func location(of components: Components, _ j: Int) -> [Double] {
    zip(parts, components.parts).flatMap { $0.location(of: $1, j) }
  }

  package func reordered(_ components: Components, _ order: [Int]) -> Components {
    Components(parts: zip(parts, components.parts).map { $0.reordered($1, order) })
  }

  package func components(from distributions: [any Distribution]) throws(Failure) -> Components {
    var products: [ProductDistribution] = []
    for (j, distribution) in distributions.enumerated() {
      guard let product = distribution as? ProductDistribution, product.parts.count == parts.count else {
        throw Failure(
          .argument, "component \(j + 1) of the start is \(distribution.family), \(models[j].name) is wanted")
      }
      products.append(product)
    }
    var next: [DistributionFamily.Components] = []
    for (p, part) in parts.enumerated() { next.append(try part.components(from: products.map { $0.parts[p] })) }
    return Components(parts: next)
  }

  package func mixture(weights: [Double], _ components: Components) throws(Failure) -> any Mixture {
    var products: [ProductDistribution] = []
    for j in 0..<k { products.append(try ProductDistribution(components.parts.map { $0.parts[j] })) }
    return try MultivariateMixture(weights: weights, components: products)
  }
}

extension Constraints {
  /// Those of one part.
  ///
  /// models: products, k
  fileprivate func part(_ p: Int, of models: [ComponentKind]) -> Constraints {
    let names = Set(models.flatMap { $0.families[p].parameters.map(\.name) })
    func own<Value>(_ values: [String: Value]) -> [String: Value] {
      ProductDistribution.part(p, of: values, names: names)
    }
    let equal = own(Dictionary(uniqueKeysWithValues: equal.map { ($0, true) }))
    return Constraints(equal: Set(equal.keys), fixed: fixed.map(own), bounds: own(bounds))
  }
}

extension Block {
  /// Some of the columns, packed anew at the beginning of the workspace.
  fileprivate func columns(_ range: Range<Int>) -> Block {
    for g in 0..<groups {
      for (place, c) in range.enumerated() {
        workspace.setLanes(g * range.count + place, lanes(column: c, group: g))
      }
    }
    return Block(
      base: UnsafePointer(workspace), columns: range.count, rows: rows,
      workspace: workspace + range.count * Block.capacity)
  }
}
