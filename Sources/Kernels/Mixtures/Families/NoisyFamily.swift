/// A continuous family and, as the last component, noise: uniform over the box of the data, with nothing to estimate but its
/// weight.
///
/// J. D. Banfield, A. E. Raftery, Model-based Gaussian and non-Gaussian clustering, Biometrics 49 (1993), 803–821,
/// doi:10.2307/2532201.
package struct NoisyFamily<Base: ComponentFamily>: ComponentFamily {
  package typealias Components = Base.Components

  let base: Base
  private let uniforms: [Uniform]
  /// Of the noise, in the box.
  private let logDensity: Double

  /// Throws where a column is constant, so that the box has no volume.
  package init(_ base: Base, rows: Rows) throws(Failure) {
    self.base = base
    try rows.checkSpread()
    var uniforms: [Uniform] = []
    for column in rows.columns { uniforms.append(try Uniform(a: column.least, b: column.most)) }
    self.uniforms = uniforms
    logDensity = rows.columns.reduce(0) { $0 - log($1.most - $1.least) }
  }

  package var name: String { base.name }
  package var covariance: String? { base.covariance }
  package var constraint: String? {
    [base.constraint, "noise"].compactMap { $0 }.joined(separator: ", ")
  }
  package var k: Int { base.k + 1 }
  package var freeParameters: Int { base.freeParameters }
  package var sumCount: Int { base.sumCount }
  package var workspace: Int { base.workspace }
  package var logConstant: Double { base.logConstant }
  package var takesRows: Bool { base.takesRows }
  package func mayVanish(_ j: Int) -> Bool { j == base.k || base.mayVanish(j) }
  package var kinds: [Int] { base.kinds + [base.k] }

  package func logDensities(
    _ block: Block, _ components: Components, _ logWeights: [Double], into out: UnsafeMutablePointer<Double>
  ) {
    base.logDensities(block, components, Array(logWeights.dropLast()), into: out)
    (out + base.k * Block.capacity).update(repeating: logWeights[base.k] + logDensity, count: Block.capacity)
  }

  package func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, _ components: Components,
    into sums: UnsafeMutablePointer<Double>
  ) {
    base.accumulate(block, responsibilities, components, into: sums)
  }

  package func maximise(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    try base.maximise(totals: totals.dropLast(), sums: sums, after: components)
  }

  package func begin(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    try base.begin(totals: totals.dropLast(), sums: sums, after: components)
  }

  package func maximise(by responsibilities: Matrix, after components: Components) throws(Failure) -> Components? {
    try base.maximise(by: responsibilities, after: components)
  }

  package func begin(by responsibilities: Matrix, after components: Components) throws(Failure) -> Components? {
    try base.begin(by: responsibilities, after: components)
  }

  package var pooled: Components { base.pooled }
  package func parameters(of components: Components) -> [Double] { base.parameters(of: components) }
  package func components(with parameters: ArraySlice<Double>) -> Components? { base.components(with: parameters) }
  package var units: [Double] { base.units }

  package func location(of components: Components, _ j: Int) -> [Double] {
    j < base.k ? base.location(of: components, j) : uniforms.map(\.mean)
  }

  /// The noise stays last.
  package func reordered(_ components: Components, _ order: [Int]) -> Components {
    base.reordered(components, order.filter { $0 < base.k })
  }

  package func components(from distributions: [any Distribution]) throws(Failure) -> Components {
    try base.components(from: Array(distributions.prefix(base.k)))
  }

  package func mixture(weights: [Double], _ components: Components) throws(Failure) -> any Mixture {
    let share = weights.dropLast().reduce(0, +)
    let inner = weights.dropLast().map { share > 0 ? $0 / share : 1 / Double(base.k) }
    let parts = try base.mixture(weights: inner, components).components
    if let one = uniforms.first, uniforms.count == 1 {
      return try UnivariateMixture(
        weights: weights, components: parts.compactMap { $0 as? any UnivariateDistribution } + [one])
    }
    return try MultivariateMixture(
      weights: weights,
      components: parts.compactMap { $0 as? any MultivariateDistribution } + [try ProductDistribution(uniforms)])
  }
}
