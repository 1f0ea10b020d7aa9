/// Multivariate normal components under a model of their covariances.
///
/// log p = −Σ log L_cc − d/2·log 2π − ‖L⁻¹(x − μ)‖²/2 with cov = L·Lᵀ. Sums are moments of x − μ for each component, about its
/// current mean.
package struct MultivariateNormalFamily<Covariance: CovarianceModel>: ComponentFamily {
  package struct Components: Codable, Sendable {
    /// k means of d, and zeros that fill the last cache line.
    let centres: [[Double]]
    /// k, in the form of the shape.
    let covariances: [[Double]]
    let shapes: [Covariance.Shape]
  }

  package let k: Int
  package let pooled: Components
  let rows: Rows

  /// Throws where a column is constant or, if the model minds, a linear combination of others, and where rows are fewer than k.
  package init(_ rows: Rows, k: Int) throws(Failure) {
    try rows.checkSpread()
    try rows.checkSquares()
    try rows.checkComponents(k)
    if Shape.needsIndependentColumns { try rows.checkMoreRowsThanColumns() }
    try rows.checkRoom(doubles: 4 * Double(k) * Double(Shape.count(rows.dimension)))
    (self.rows, self.k) = (rows, k)
    var covariances = [try Shape.pooled(rows)]
    do throws(Collapse) {
      try Covariance.constrain(&covariances, shares: [1], after: covariances)
      let one = try Components(means: [rows.columns.map(\.mean)], covariances: covariances, sds: rows.columns.map(\.sd))
      self.pooled = one.reordered(Array(repeating: 0, count: k))
    } catch {
      throw Failure(
        .degenerate, "one normal for all rows \(error.reason); drop columns, or use covariance = \"diagonal\"")
    }
  }

  package typealias Shape = Covariance.Shape
  private var d: Int { rows.dimension }
  private var own: Int { Shape.momentCount(d) }
  package var name: String { "mvnormal" }
  package var covariance: String? { Covariance.name }
  package var constraint: String? { "\(Covariance.name) covariance" }
  package var freeParameters: Int { k * d + Covariance.freeParameters(k: k, d: d) }
  package var sumCount: Int { k * own }
  package var workspace: Int { Shape.workspace(d) }

  package func logDensities(
    _ block: Block, _ components: Components, _ logWeights: [Double], into out: UnsafeMutablePointer<Double>
  ) {
    let (shapes, centres) = (components.shapes, components.centres)
    let tops = (0..<k).map { logWeights[$0] + shapes[$0].peak }
    if k > 1, Shape.leadingColumns(d) < d {
      return Shortlist(block: block, shapes: shapes, centres: centres, tops: tops, out: out).logDensities()
    }
    for j in 0..<k {
      centres[j].withUnsafeBufferPointer { centre in
        guard let centre = centre.baseAddress else { return }
        shapes[j].lower(
          out + j * Block.capacity, from: tops[j], block.base, groups: block.groups, about: centre, columns: 0..<d)
      }
    }
  }

  package func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, _ components: Components,
    into sums: UnsafeMutablePointer<Double>
  ) {
    Shape.accumulate(block, responsibilities, about: components.centres, to: sums)
  }

  package func maximise(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    var (means, covariances) = estimates(totals, sums, components)
    try Covariance.constrain(&covariances, shares: shares(totals), after: components.covariances)
    return try Components(means: means, covariances: covariances, sds: rows.columns.map(\.sd))
  }

  /// Groups too small or too flat for a covariance of their own start with the one within all groups.
  package func begin(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    if let own = try? maximise(totals: totals, sums: sums, after: components) { return own }
    var (means, covariances) = estimates(totals, sums, components)
    covariances = Array(repeating: Pooling.mean(of: covariances, shares: shares(totals)), count: k)
    try Covariance.constrain(&covariances, shares: equalShares, after: components.covariances)
    return try Components(means: means, covariances: covariances, sds: rows.columns.map(\.sd))
  }

  /// → each component's mean, and the covariance about it
  private func estimates(
    _ totals: ArraySlice<Double>, _ sums: ArraySlice<Double>, _ components: Components
  ) -> (means: [[Double]], covariances: [[Double]]) {
    var (means, covariances) = ([[Double]](), [[Double]]())
    for (j, total) in totals.enumerated() {
      let moments = sums.dropFirst(j * own).prefix(own).map { $0 / total }
      means.append((0..<d).map { components.centres[j][$0] + moments[$0] })
      covariances.append(Shape.covariance(moments: moments[...], d))
    }
    return (means, covariances)
  }

  private var equalShares: [Double] { Array(repeating: 1 / Double(k), count: k) }

  private func shares(_ totals: ArraySlice<Double>) -> [Double] {
    let sum = totals.reduce(0, +)
    return totals.map { $0 / sum }
  }
}

extension MultivariateNormalFamily {
  package func parameters(of components: Components) -> [Double] {
    components.centres.flatMap { $0.prefix(d) } + components.covariances.flatMap { $0 }
  }

  /// Linear combinations of covariances leave most models: the nearest ones inside are taken.
  package func components(with parameters: ArraySlice<Double>) -> Components? {
    let (means, rest) = (parameters.prefix(k * d), parameters.dropFirst(k * d))
    let size = Shape.count(d)
    var covariances = (0..<k).map { Array(rest.dropFirst($0 * size).prefix(size)) }
    do throws(Collapse) {
      try Covariance.constrain(&covariances, shares: equalShares, after: covariances)
      return try Components(
        means: (0..<k).map { Array(means.dropFirst($0 * d).prefix(d)) }, covariances: covariances,
        sds: rows.columns.map(\.sd))
    } catch { return nil }
  }

  package var units: [Double] {
    let sds = rows.columns.map(\.sd)
    return (0..<k).flatMap { _ in sds } + (0..<k).flatMap { _ in Shape.units(sds) }
  }

  package func location(of components: Components, _ j: Int) -> [Double] { Array(components.centres[j].prefix(d)) }

  package func reordered(_ components: Components, _ order: [Int]) -> Components { components.reordered(order) }

  package func components(from distributions: [any Distribution]) throws(Failure) -> Components {
    let parts = try distributions.all(MultivariateNormal.self, family: name)
    for (j, part) in parts.enumerated() where part.dimension != d {
      throw Failure(
        .shape, "component \(j + 1) of the start has dimension \(part.dimension), the data has \(d) columns")
    }
    var covariances = parts.map { Shape.covariance(from: $0.covariance.elements.array, d) }
    do throws(Collapse) {
      try Covariance.constrain(&covariances, shares: equalShares, after: covariances)
      return try Components(means: parts.map { $0.mean.array }, covariances: covariances, sds: rows.columns.map(\.sd))
    } catch { throw Failure(.degenerate, "the start: " + error.message(rows: "")) }
  }

  package func mixture(weights: [Double], _ components: Components) throws(Failure) -> any Mixture {
    var parts: [MultivariateNormal] = []
    for j in 0..<k {
      let elements = Shape.matrix(components.covariances[j], d)
      let cov = Matrix(try Vector(elements).storage, rows: d, columns: d)
      parts.append(try MultivariateNormal(mu: try Vector(location(of: components, j)), cov: cov))
    }
    return try MultivariateMixture(weights: weights, components: parts)
  }
}

extension MultivariateNormalFamily.Components {
  /// means: k of d · sds: of the columns, d. Throws where a covariance has no inverse.
  fileprivate init(means: [[Double]], covariances: [[Double]], sds: [Double]) throws(Collapse) {
    let zeros = [Double](repeating: 0, count: rowStride(sds.count) - sds.count)
    var shapes: [Covariance.Shape] = []
    for (j, covariance) in covariances.enumerated() {
      shapes.append(try Covariance.Shape(covariance, sds: sds, component: j))
    }
    self.init(centres: means.map { $0 + zeros }, covariances: covariances, shapes: shapes)
  }

  fileprivate func reordered(_ order: [Int]) -> Self {
    Self(
      centres: order.map { centres[$0] }, covariances: order.map { covariances[$0] }, shapes: order.map { shapes[$0] })
  }
}
