/// Univariate normal components, whose μ and σ may be shared, known or bounded.
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
  let constraints: Constraints

  /// Throws where the rows have more than one column, no spread, or are fewer than k, and where constraints are none of a normal
  /// distribution's.
  package init(_ rows: Rows, k: Int, _ constraints: Constraints) throws(Failure) {
    try rows.checkColumns(1, family: "normal")
    try rows.checkSpread()
    try rows.checkComponents(k)
    try constraints.check(Array(repeating: Family.normal.parameters, count: k), family: "normal")
    for (name, ends) in constraints.bounds where name == "sigma" && !(ends.upperBound > 0) {
      throw Failure(.argument, "bounds: sigma must be positive, got at most \(ends.upperBound.named)")
    }
    (self.rows, self.k, self.constraints) = (rows, k, constraints)
  }

  package init(_ rows: Rows, k: Int, equalSigma: Bool = false) throws(Failure) {
    try self.init(rows, k: k, Constraints(equal: equalSigma ? ["sigma"] : []))
  }

  package var name: String { "normal" }
  package var constraint: String? { constraints.isEmpty ? nil : constraints.words.joined(separator: ", ") }
  package var freeParameters: Int {
    constraints.freeNumbers("mu", k: k) + constraints.freeNumbers("sigma", k: k)
  }
  package var kinds: [Int] { constraints.fixed.isEmpty ? Array(repeating: 0, count: k) : Array(0..<k) }
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
    var means = components.mu
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
      means[j] += components.sigma[j] * shift
      let unit = components.sigma[j] / scale
      variances[j] = unit * unit * ratio
    }
    let (mu, sigma) = constrained(means, variances, Array(totals))
    if let j = sigma.indices.first(where: { !(sigma[$0] > floor) && !constraints.isFixed("sigma", $0) }) {
      throw collapse(j)
    }
    return Components(mu: mu, sigma: sigma)
  }

  /// Groups of equal rows start with the spread within all groups.
  package func begin(
    totals: ArraySlice<Double>, sums: ArraySlice<Double>, after components: Components
  ) throws(Collapse) -> Components {
    if let own = try? maximise(totals: totals, sums: sums, after: components) { return own }
    return try NormalFamily(rows, k, constraints.sharing("sigma")).maximise(
      totals: totals, sums: sums, after: components)
  }

  private init(_ rows: Rows, _ k: Int, _ constraints: Constraints) {
    (self.rows, self.k, self.constraints) = (rows, k, constraints)
  }

  /// One σ for all, not even known for some.
  private var hasEqualSigma: Bool { constraints.equal.contains("sigma") && constraints.fixed.isEmpty }

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
    return held(mu: Array(parameters.prefix(k)), sigma: hasEqualSigma ? Array(repeating: sigma[0], count: k) : sigma)
  }

  package var units: [Double] { Array(repeating: rows.columns[0].sd, count: k + (hasEqualSigma ? 1 : k)) }

  package func location(of components: Components, _ j: Int) -> [Double] { [components.mu[j], components.sigma[j]] }

  package func reordered(_ components: Components, _ order: [Int]) -> Components {
    Components(mu: order.map { components.mu[$0] }, sigma: order.map { components.sigma[$0] })
  }

  package func components(from distributions: [any Distribution]) throws(Failure) -> Components {
    let normals = try distributions.all(Normal.self, family: name)
    // The start of what is shared need not be shared itself.
    func shared(_ name: String, _ numbers: [Double]) -> [Double] {
      guard constraints.equal.contains(name) else { return numbers }
      return Array(repeating: numbers.reduce(0, +) / Double(k), count: k)
    }
    return held(mu: shared("mu", normals.map(\.mu)), sigma: shared("sigma", normals.map(\.sigma)))
  }

  package func mixture(weights: [Double], _ components: Components) throws(Failure) -> any Mixture {
    var normals: [Normal] = []
    for j in 0..<k { normals.append(try Normal(mu: components.mu[j], sigma: components.sigma[j])) }
    return try UnivariateMixture(weights: weights, components: normals)
  }
}

// Constraints.
extension NormalFamily {
  /// With what is known, and inside the bounds.
  private func held(mu: [Double], sigma: [Double]) -> Components {
    if constraints.fixed.isEmpty && constraints.bounds.isEmpty { return Components(mu: mu, sigma: sigma) }
    return Components(
      mu: mu.indices.map { constraints.number("mu", $0) ?? constraints.clamped(mu[$0], "mu") },
      sigma: sigma.indices.map { constraints.number("sigma", $0) ?? constraints.clamped(sigma[$0], "sigma") })
  }

  /// The μ and σ of highest likelihood, given each component's own mean and variance, the latter in units of the data's.
  ///
  /// σ² = v + (m − μ)² where μ is not m. A shared σ² is the mean of these, a shared μ the mean of the m with weights n/σ²: then
  /// the two are found in turn, and every turn raises the likelihood.
  private func constrained(
    _ means: [Double], _ variances: [Double], _ totals: [Double]
  ) -> (mu: [Double], sigma: [Double]) {
    let scale = rows.columns[0].sd
    var (mu, squares) = (means, variances)
    for _ in 0..<10_000 {
      let lastMu = mu
      if constraints.equal.contains("mu") {
        mu = meeting("mu", means, zip(totals, squares).map { $0 / max($1, 1e-300) })
      }
      for j in 0..<k { mu[j] = constraints.number("mu", j) ?? constraints.clamped(mu[j], "mu") }
      for j in 0..<k {
        let away = (means[j] - mu[j]) / scale
        squares[j] = variances[j] + away * away
      }
      if constraints.equal.contains("sigma") { squares = meeting("sigma", squares, totals) }
      for j in 0..<k {
        guard let sigma = constraints.number("sigma", j) ?? clampedSigma(squares[j], scale) else { continue }
        squares[j] = (sigma / scale) * (sigma / scale)
      }
      let change = zip(mu, lastMu).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if !constraints.equal.contains("mu") || change <= 1e-15 * scale { break }
    }
    let sigma = (0..<k).map { j in
      constraints.number("sigma", j) ?? constraints.clamped(scale * squares[j].squareRoot(), "sigma")
    }
    return (mu, sigma)
  }

  /// Nil where no bound holds it.
  private func clampedSigma(_ square: Double, _ scale: Double) -> Double? {
    let sigma = scale * square.squareRoot()
    let inside = constraints.clamped(sigma, "sigma")
    return inside == sigma ? nil : inside
  }

  /// Numbers that are not fixed, replaced by their weighted mean.
  private func meeting(_ name: String, _ numbers: [Double], _ weights: [Double]) -> [Double] {
    let free = numbers.indices.filter { !constraints.isFixed(name, $0) }
    let (sum, total) = free.reduce((0.0, 0.0)) { ($0.0 + weights[$1] * numbers[$1], $0.1 + weights[$1]) }
    return numbers.indices.map { constraints.isFixed(name, $0) ? numbers[$0] : sum / total }
  }
}
