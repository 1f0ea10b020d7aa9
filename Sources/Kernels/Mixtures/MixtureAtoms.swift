extension UnivariateMixture {
  /// A mixture with both kinds of components, as two mixtures with their shares, the components of nested ones taken apart.
  var split:
    (
      discrete: (weight: Double, distribution: UnivariateMixture)?,
      continuous: (weight: Double, distribution: UnivariateMixture)?
    )
  {
    (side { $0.isDiscrete }, side { !$0.isDiscrete })
  }

  private func side(
    _ isWanted: (any UnivariateDistribution) -> Bool
  ) -> (weight: Double, distribution: UnivariateMixture)? {
    let chosen = leaves.filter { isWanted($0.part) }
    let total = chosen.reduce(0) { $0 + $1.weight }
    guard total > 0,
      let mixture = try? UnivariateMixture(weights: chosen.map { $0.weight / total }, components: chosen.map(\.part))
    else { return nil }
    return (total, mixture)
  }

  /// Components that are not mixed themselves, of positive weight.
  private var leaves: [(weight: Double, part: any UnivariateDistribution)] {
    zip(weights, parts).flatMap { weight, part -> [(weight: Double, part: any UnivariateDistribution)] in
      guard weight > 0 else { return [] }
      if case .mixed = part.support, let nested = part as? UnivariateMixture {
        return nested.leaves.map { (weight * $0.weight, $0.part) }
      }
      return [(weight, part)]
    }
  }

  /// The numbers between two of them that have a probability that counts, ascending; nil where there are more than `most`.
  func atoms(from low: Double, to high: Double, atMost most: Int) -> [Double]? {
    var found = [low]
    while let last = found.last, last < high, let next = following(last) {
      found.append(next)
      if found.count > most { return nil }
    }
    return found
  }

  private func following(_ x: Double) -> Double? {
    let candidates = zip(weights, parts).compactMap { weight, part -> Double? in
      let p = part.cdf(x)
      guard weight > 0, p < 1 else { return nil }
      let next = part.quantile(p.nextUp)
      return next > x ? next : nil
    }
    return candidates.min()
  }
}
