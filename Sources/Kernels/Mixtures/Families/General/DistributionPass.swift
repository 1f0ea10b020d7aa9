// A pass.
extension DistributionFamily {
  package func logDensities(
    _ block: Block, _ components: Components, _ logWeights: [Double], into out: UnsafeMutablePointer<Double>
  ) {
    let count = 8 * block.groups
    for (j, part) in components.parts.enumerated() {
      let column = UnsafeMutableBufferPointer(start: out + j * Block.capacity, count: count)
      if let one = part as? any UnivariateDistribution {
        one.logpdf(UnsafeBufferPointer(start: block.base, count: count), into: column)
      } else if let several = part as? any MultivariateDistribution {
        // An interrupt, which the pass sees for itself.
        do throws(Failure) { try block.logDensities(several, into: column) } catch { column.update(repeating: 0) }
      }
      for i in 0..<count where !(column[i] > -1e290) { column[i] = -1e300 }
    }
    if hasAtoms { silenceDensitiesAtAtoms(out, block.rows) }
    for j in 0..<k { for i in 0..<count { out[j * Block.capacity + i] += logWeights[j] } }
  }

  private var hasAtoms: Bool {
    models.contains(where: \.isDiscrete) && models.contains { !$0.isDiscrete && !$0.isProduct }
  }

  /// out: log pⱼ at 256·j + i
  private func silenceDensitiesAtAtoms(_ out: UnsafeMutablePointer<Double>, _ rows: Int) {
    for i in 0..<rows {
      let isAtom = (0..<k).contains { models[$0].isDiscrete && out[$0 * Block.capacity + i] > -1e290 }
      guard isAtom else { continue }
      for j in 0..<k where !models[j].isDiscrete { out[j * Block.capacity + i] = -1e300 }
    }
  }

  package func accumulate(
    _ block: Block, _ responsibilities: UnsafePointer<Double>, _ components: Components,
    into sums: UnsafeMutablePointer<Double>
  ) {}
}

extension Block {
  /// out: 8·groups (written; zero behind the rows)
  fileprivate func logDensities(
    _ d: any MultivariateDistribution, into out: UnsafeMutableBufferPointer<Double>
  ) throws(Failure) {
    let matrix = try Matrix(uninitializedRows: rows, columns: columns)
    for c in 0..<columns { for i in 0..<rows { matrix[i, c] = self[row: i, column: c] } }
    let densities = try d.logpdf(matrix)
    for i in out.indices { out[i] = i < rows ? densities[i] : 0 }
  }
}
