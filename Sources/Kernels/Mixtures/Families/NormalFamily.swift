/// Univariate normal components, each with its own σ or all with one.
///
/// log p = −log σ − ½·log 2π − z²/2 with z = (x − μ)/σ. Sums are Σ r·z and Σ r·z² for each component, about its current μ in
/// units of its current σ, so that neither a shift nor a scale of the data costs digits.
package struct NormalFamily: ComponentFamily {
  package struct Components: Codable, Sendable {
    let mu: [Double]
    let sigma: [Double]
    /// 1/σ.
    let inverses: [Double]
    /// The log-density at μ.
    let peaks: [Double]

    init(mu: [Double], sigma: [Double]) {
      (self.mu, self.sigma) = (mu, sigma)
      inverses = sigma.map { 1 / $0 }
      peaks = sigma.map { -log($0) - logRootTwoPi }
    }
  }

  package let k: Int
  let rows: Rows
  let hasEqualSigma: Bool

  /// Throws where the rows have more than one column, no spread, or are fewer than k.
  package init(_ rows: Rows, k: Int, equalSigma: Bool = false) throws(Failure) {
    try rows.checkColumns(1, family: "normal")
    try rows.checkSpread()
    try rows.checkComponents(k)
    (self.rows, self.k, self.hasEqualSigma) = (rows, k, equalSigma)
  }

  package var name: String { "normal" }
  package var constraint: String? { hasEqualSigma ? "equal sigma" : nil }
  package var freeParameters: Int { k + (hasEqualSigma ? 1 : k) }
  package var sumCount: Int { 2 * k }

  package func logDensities(
    _ block: Block, _ components: Components, _ logWeights: [Double], into out: UnsafeMutablePointer<Double>
  ) {
    for j in 0..<k {
      let (mu, inverse) = (components.mu[j], components.inverses[j])
      let top = Block.Lanes(repeating: logWeights[j] + components.peaks[j])
      let column = out + j * Block.capacity
      for g in 0..<block.groups {
        let z = (block.lanes(column: 0, group: g) - mu) * inverse
        column.setLanes(g, top.addingProduct(z * -0.5, z))
      }
    }
  }

  package func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, _ components: Components,
    into sums: UnsafeMutablePointer<Double>
  ) {
    for j in 0..<k {
      let (mu, inverse) = (components.mu[j], components.inverses[j])
      let r = responsibilities + j * Block.capacity
      var (first, second) = (Block.Lanes.zero, Block.Lanes.zero)
      for g in 0..<block.groups {
        let z = (block.lanes(column: 0, group: g) - mu) * inverse
        let weighted = r.lanes(g) * z
        first += weighted
        second.addProduct(weighted, z)
      }
      sums[2 * j] += first.sum()
      sums[2 * j + 1] += second.sum()
    }
  }

  package func maximise(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    var mu = components.mu
    // In units of the data's, since a square may be out of range.
    let scale = rows.columns[0].sd
    var variances = [Double](repeating: 0, count: k)
    for j in 0..<k {
      let total = totals[totals.startIndex + j]
      let shift = sums[sums.startIndex + 2 * j] / total
      let square = shift * shift
      var ratio = sums[sums.startIndex + 2 * j + 1] / total - square
      // Rows this far from the mean say nothing of their spread but rounding; the next step sees them from near by.
      if ratio < 1e-10 * square { ratio = 1e-10 * square }
      mu[j] += components.sigma[j] * shift
      let unit = components.sigma[j] / scale
      variances[j] = unit * unit * ratio
    }
    if hasEqualSigma {
      let shared = zip(totals, variances).reduce(0) { $0 + $1.0 * $1.1 } / totals.reduce(0, +)
      variances = Array(repeating: shared, count: k)
    }
    let sigma = variances.map { scale * $0.squareRoot() }
    if let j = sigma.firstIndex(where: { !($0 > floor) }) { throw collapse(j) }
    return Components(mu: mu, sigma: sigma)
  }

  /// Groups of equal rows start with the spread within all groups.
  package func begin(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    if let own = try? maximise(totals: totals, sums: sums, after: components) { return own }
    return try NormalFamily(rows, k, hasEqualSigma: true).maximise(totals: totals, sums: sums, after: components)
  }

  private init(_ rows: Rows, _ k: Int, hasEqualSigma: Bool) {
    (self.rows, self.k, self.hasEqualSigma) = (rows, k, hasEqualSigma)
  }

  /// A σ of rows that are equal to within rounding.
  private var floor: Double { 1e-9 * rows.columns[0].sd }

  private func collapse(_ j: Int) -> Collapse {
    if hasEqualSigma {
      return Collapse(component: nil, reason: "the shared sigma has shrunk to nothing", advice: "a smaller k")
    }
    return Collapse(
      component: j, reason: "has collapsed: its sigma has shrunk to nothing",
      advice: "equal = \"sigma\", a smaller k, or more restarts")
  }

  package var pooled: Components {
    Components(
      mu: Array(repeating: rows.columns[0].mean, count: k), sigma: Array(repeating: rows.columns[0].sd, count: k))
  }

  package func parameters(of components: Components) -> [Double] {
    components.mu + (hasEqualSigma ? [components.sigma[0]] : components.sigma)
  }

  package func components(with parameters: ArraySlice<Double>) -> Components? {
    let sigma = Array(parameters.dropFirst(k))
    guard sigma.allSatisfy({ $0 > floor }) else { return nil }
    return Components(
      mu: Array(parameters.prefix(k)), sigma: hasEqualSigma ? Array(repeating: sigma[0], count: k) : sigma)
  }

  package var units: [Double] { Array(repeating: rows.columns[0].sd, count: freeParameters) }

  package func location(of components: Components, _ j: Int) -> [Double] { [components.mu[j]] }

  package func reordered(_ components: Components, _ order: [Int]) -> Components {
    Components(mu: order.map { components.mu[$0] }, sigma: order.map { components.sigma[$0] })
  }

  package func components(from distributions: [any Distribution]) throws(Failure) -> Components {
    let normals = try distributions.all(Normal.self, family: name)
    if hasEqualSigma {
      // The start of a shared σ need not be shared itself.
      let mean = normals.reduce(0) { $0 + $1.sigma } / Double(k)
      return Components(mu: normals.map(\.mu), sigma: Array(repeating: mean, count: k))
    }
    return Components(mu: normals.map(\.mu), sigma: normals.map(\.sigma))
  }

  package func mixture(weights: [Double], _ components: Components) throws(Failure) -> any Mixture {
    var normals: [Normal] = []
    for j in 0..<k { normals.append(try Normal(mu: components.mu[j], sigma: components.sigma[j])) }
    return try UnivariateMixture(weights: weights, components: normals)
  }
}
