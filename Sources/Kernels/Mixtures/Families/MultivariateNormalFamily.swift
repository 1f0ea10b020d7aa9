/// Multivariate normal components under a model of their covariances.
///
/// log p = −Σ log L_cc − d/2·log 2π − ‖L⁻¹(x − μ)‖²/2 with cov = L·Lᵀ. Sums are Σ r·e_c and Σ r·e_b·e_c, b ≤ c, of
/// e = x − μ for each component, about its current mean.
package struct MultivariateNormalFamily<Covariance: CovarianceModel>: ComponentFamily {
  package struct Components: Codable, Sendable {
    /// k of d.
    var means: [[Double]]
    /// k of d × d.
    var covariances: [[Double]]
    /// k of L⁻¹, row after row, up to the diagonal.
    var inverseFactors: [[Double]]
    /// k of the log-density at the mean.
    var peaks: [Double]
  }

  package let k: Int
  package let pooled: Components
  let rows: Rows

  /// Throws where a column is constant or, if the model minds, a linear combination of others, and where rows are fewer than k.
  package init(_ rows: Rows, k: Int) throws(Failure) {
    try rows.checkSpread()
    try rows.checkSquares()
    try rows.checkComponents(k)
    if Covariance.needsIndependentColumns { try rows.checkMoreRowsThanColumns() }
    try rows.checkRoom(doubles: 4 * Double(k) * Double(rows.dimension) * Double(rows.dimension))
    (self.rows, self.k) = (rows, k)
    var covariances = [try rows.covariance()]
    Covariance.constrain(&covariances, shares: [1], d: rows.dimension)
    let means = rows.columns.map(\.mean)
    do throws(Collapse) {
      let one = try Components(means: [means], covariances: covariances, sds: rows.columns.map(\.sd))
      self.pooled = one.repeated(k)
    } catch {
      throw Failure(
        .degenerate, "one normal for all rows \(error.reason); drop columns, or use covariance = \"diagonal\"")
    }
  }

  private var d: Int { rows.dimension }
  private var pairs: Int { d * (d + 1) / 2 }
  package var name: String { "mvnormal" }
  package var constraint: String? { Covariance.name }
  package var freeParameters: Int { k * d + Covariance.freeParameters(k: k, d: d) }
  package var sumCount: Int { k * (d + pairs) }
  package var workspace: Int { 2 * d * Block.capacity }

  package func logDensities(_ block: Block, _ components: Components, into out: UnsafeMutablePointer<Double>) {
    for j in 0..<k {
      components.means[j].withUnsafeBufferPointer { mean in
        components.inverseFactors[j].withUnsafeBufferPointer { factor in
          mahalanobis(block, mean, factor, peak: components.peaks[j], into: out + j * Block.capacity)
        }
      }
    }
  }

  /// out: peak − ‖L⁻¹(x − μ)‖²/2 for each row (written). Four groups at a time, whose chains of multiply-adds overlap.
  private func mahalanobis(
    _ block: Block, _ mean: UnsafeBufferPointer<Double>, _ factor: UnsafeBufferPointer<Double>, peak: Double,
    into out: UnsafeMutablePointer<Double>
  ) {
    let e = block.workspace
    for g in stride(from: 0, to: block.groups, by: 4) {
      for c in 0..<d {
        for q in 0..<4 { e.setLanes(4 * c + q, block.lanes(column: c, group: g + q) - mean[c]) }
      }
      var (q0, q1, q2, q3) = (Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero)
      var next = 0
      for r in 0..<d {
        var (y0, y1, y2, y3) = (Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero, Block.Lanes.zero)
        for c in 0...r {
          let f = Block.Lanes(repeating: factor[next + c])
          y0.addProduct(f, e.lanes(4 * c))
          y1.addProduct(f, e.lanes(4 * c + 1))
          y2.addProduct(f, e.lanes(4 * c + 2))
          y3.addProduct(f, e.lanes(4 * c + 3))
        }
        next += r + 1
        q0.addProduct(y0, y0)
        q1.addProduct(y1, y1)
        q2.addProduct(y2, y2)
        q3.addProduct(y3, y3)
      }
      out.setLanes(g, peak - 0.5 * q0)
      out.setLanes(g + 1, peak - 0.5 * q1)
      out.setLanes(g + 2, peak - 0.5 * q2)
      out.setLanes(g + 3, peak - 0.5 * q3)
    }
  }

  package func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, _ components: Components,
    into sums: UnsafeMutablePointer<Double>
  ) {
    for j in 0..<k {
      components.means[j].withUnsafeBufferPointer { mean in
        Scatter(d: d).add(
          block, responsibilities + j * Block.capacity, about: mean, first: sums + j * (d + pairs),
          second: sums + j * (d + pairs) + d)
      }
    }
  }

  package func maximise(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    var (means, covariances) = (components.means, [[Double]]())
    for (j, total) in totals.enumerated() {
      let own = sums.dropFirst(j * (d + pairs)).prefix(d + pairs).map { $0 / total }
      for c in 0..<d { means[j][c] += own[c] }
      covariances.append(Scatter(d: d).covariance(first: own[..<d], second: own[d...]))
    }
    let n = totals.reduce(0, +)
    Covariance.constrain(&covariances, shares: totals.map { $0 / n }, d: d)
    return try Components(means: means, covariances: covariances, sds: rows.columns.map(\.sd))
  }

  /// Groups too small or too flat for a covariance of their own start with the one within all groups.
  package func begin(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    if let own = try? maximise(totals: totals, sums: sums, after: components) { return own }
    let shared = MultivariateNormalFamily<TiedCovariance>(rows, k, pooled: pooled)
    let tied = try shared.maximise(totals: totals, sums: sums, after: shared.pooled)
    var covariances = tied.covariances
    Covariance.constrain(&covariances, shares: Array(repeating: 1 / Double(k), count: k), d: d)
    return try Components(means: tied.means, covariances: covariances, sds: rows.columns.map(\.sd))
  }

  private init<Other>(_ rows: Rows, _ k: Int, pooled: MultivariateNormalFamily<Other>.Components) {
    (self.rows, self.k) = (rows, k)
    self.pooled = Components(
      means: pooled.means, covariances: pooled.covariances, inverseFactors: pooled.inverseFactors, peaks: pooled.peaks)
  }
}

extension MultivariateNormalFamily {
  package func parameters(of components: Components) -> [Double] {
    components.means.flatMap { $0 } + components.covariances.flatMap { $0 }
  }

  /// Covariances keep whatever linear constraint their model has, since steps are linear combinations.
  package func components(with parameters: ArraySlice<Double>) -> Components? {
    let (means, covariances) = (parameters.prefix(k * d), parameters.dropFirst(k * d))
    return try? Components(
      means: (0..<k).map { Array(means.dropFirst($0 * d).prefix(d)) },
      covariances: (0..<k).map { Array(covariances.dropFirst($0 * d * d).prefix(d * d)) }, sds: rows.columns.map(\.sd))
  }

  package var units: [Double] {
    let sds = rows.columns.map(\.sd)
    let squares = sds.flatMap { a in sds.map { a * $0 } }
    return (0..<k).flatMap { _ in sds } + (0..<k).flatMap { _ in squares }
  }

  package func location(of components: Components, _ j: Int) -> [Double] { components.means[j] }

  package func reordered(_ components: Components, _ order: [Int]) -> Components {
    Components(
      means: order.map { components.means[$0] }, covariances: order.map { components.covariances[$0] },
      inverseFactors: order.map { components.inverseFactors[$0] }, peaks: order.map { components.peaks[$0] })
  }

  package func components(from distributions: [any Distribution]) throws(Failure) -> Components {
    let parts = try distributions.all(MultivariateNormal.self, family: name)
    for (j, part) in parts.enumerated() where part.dimension != d {
      throw Failure(
        .shape, "component \(j + 1) of the start has dimension \(part.dimension), the data has \(d) columns")
    }
    var covariances = parts.map { $0.covariance.elements.array }
    Covariance.constrain(&covariances, shares: Array(repeating: 1 / Double(k), count: k), d: d)
    do throws(Collapse) {
      return try Components(means: parts.map { $0.mean.array }, covariances: covariances, sds: rows.columns.map(\.sd))
    } catch { throw Failure(.degenerate, "the start: " + error.message(rows: "")) }
  }

  package func mixture(weights: [Double], _ components: Components) throws(Failure) -> any Mixture {
    var parts: [MultivariateNormal] = []
    for j in 0..<k {
      let cov = Matrix(try Vector(components.covariances[j]).storage, rows: d, columns: d)
      parts.append(try MultivariateNormal(mu: try Vector(components.means[j]), cov: cov))
    }
    return try MultivariateMixture(weights: weights, components: parts)
  }
}

extension MultivariateNormalFamily.Components {
  /// Factors the covariances.
  ///
  /// sds: of the columns, d. Throws where a component has less than 1e-9 of a column's spread, or a column is, but for 1e-6 of
  /// its spread in the component, a linear combination of those before it.
  fileprivate init(means: [[Double]], covariances: [[Double]], sds: [Double]) throws(Collapse) {
    let d = sds.count
    (self.means, self.covariances, inverseFactors, peaks) = (means, covariances, [], [])
    for (j, covariance) in covariances.enumerated() {
      for c in 0..<d where !(covariance[c * (d + 1)] > 1e-18 * sds[c] * sds[c]) {
        throw Collapse(
          component: j, reason: "has collapsed: it has no spread in column \(c + 1)",
          advice: "a smaller k, covariance = \"tied\", or more restarts")
      }
      var factor = covariance
      let minor = factor.withUnsafeMutableBufferPointer { f in f.baseAddress.flatMap { Cholesky.factorise($0, d) } }
      let flat = (0..<(minor ?? d + 1) - 1).first {
        let pivot = factor[$0 * (d + 1)]
        return pivot * pivot < 1e-12 * covariance[$0 * (d + 1)]
      }
      if let c = flat ?? minor.map({ $0 - 1 }) {
        throw Collapse(
          component: j, reason: "has collapsed: column \(c + 1) is a linear combination of the columns before it",
          advice: "a smaller k, covariance = \"tied\" or \"diagonal\", or more restarts")
      }
      inverseFactors.append(Self.inverse(factor, d))
      peaks.append((0..<d).reduce(-Double(d) * logRootTwoPi) { $0 - log(factor[$1 * (d + 1)]) })
    }
  }

  fileprivate func repeated(_ k: Int) -> Self {
    var all = self
    all.means = Array(repeating: means[0], count: k)
    all.covariances = Array(repeating: covariances[0], count: k)
    all.inverseFactors = Array(repeating: inverseFactors[0], count: k)
    all.peaks = Array(repeating: peaks[0], count: k)
    return all
  }

  /// factor: L, d × d, column after column (lower triangle read) → L⁻¹, row after row, up to the diagonal
  private static func inverse(_ factor: [Double], _ d: Int) -> [Double] {
    func start(_ r: Int) -> Int { r * (r + 1) / 2 }
    var inverse = [Double](repeating: 0, count: d * (d + 1) / 2)
    for r in 0..<d {
      for c in 0...r {
        var sum = c == r ? 1.0 : 0.0
        for i in c..<r { sum = sum.addingProduct(-factor[r + i * d], inverse[start(i) + c]) }
        inverse[start(r) + c] = sum / factor[r * (d + 1)]
      }
    }
    return inverse
  }
}
