/// The distribution of shift + scale·X, where X has another distribution: p(y) = p_X((y − shift)/scale) / |scale|, without the
/// divisor where values have probabilities.
///
/// Mean shift + scale·mean, variance scale²·variance, mode shift + scale·mode, entropy that of X, for continuous X plus
/// log |scale|.
package struct Affine: UnivariateDistribution {
  package let base: any UnivariateDistribution
  package let shift: Double
  package let scale: Double
  private let isDiscrete: Bool

  /// `scale` may be negative, but not 0.
  package init(_ base: any UnivariateDistribution, shift: Double, scale: Double) throws(Failure) {
    guard shift.isFinite else { throw Failure(.argument, "shift must be finite, got \(shift.named)") }
    guard scale.isFinite, scale != 0 else {
      throw Failure(.argument, "scale must be finite and not 0, got \(scale.named)")
    }
    if case .mixed = base.support {
      throw Failure(.argument, "\(base.family) has both atoms and a density: shift and scale its components")
    }
    self.base = base
    self.shift = shift
    self.scale = scale
    isDiscrete = base.isDiscrete
  }

  package var family: String { "affine" }
  package var parameters: [(name: String, value: ParameterValue)] {
    [("distribution", .distribution(base)), ("shift", .number(shift)), ("scale", .number(scale))]
  }

  package var support: Support {
    func ends(_ a: Double, _ b: Double) -> (Double, Double) { scale > 0 ? (image(a), image(b)) : (image(b), image(a)) }
    switch base.support {
    case .integers(let a, let b) where shift == shift.rounded() && scale == scale.rounded():
      let (low, high) = ends(a, b)
      return .integers(low, high)
    case .integers(let a, let b), .atoms(let a, let b):
      let (low, high) = ends(a, b)
      return .atoms(low, high)
    case .interval(let a, let b):
      let (low, high) = ends(a, b)
      return .interval(low, high)
    default: preconditionFailure("only univariate distributions that are not mixed come here")
    }
  }

  package var mean: Double { image(base.mean) }
  package var variance: Double { scale * scale * base.variance }
  package var sd: Double { abs(scale) * base.sd }
  package var mode: Double { image(base.mode) }
  package var entropy: Double { isDiscrete ? base.entropy : base.entropy + log(abs(scale)) }

  package func pdf(_ y: Double) -> Double { isDiscrete ? base.pdf(preimage(y)) : base.pdf(preimage(y)) / abs(scale) }

  package func logpdf(_ y: Double) -> Double {
    isDiscrete ? base.logpdf(preimage(y)) : base.logpdf(preimage(y)) - log(abs(scale))
  }

  package func cdf(_ y: Double) -> Double {
    scale > 0 ? base.cdf(preimage(y)) : base.probability(from: preimage(y))
  }

  package func ccdf(_ y: Double) -> Double {
    scale > 0 ? base.ccdf(preimage(y)) : base.probability(below: preimage(y))
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if scale > 0 { return image(base.quantile(p)) }
    // The largest x with P(X ≥ x) ≥ p.
    let x = base.upperQuantile(p)
    guard isDiscrete, p > 0, base.ccdf(x) == p else { return image(x) }
    if case .integers = base.support { return image(x + 1) }
    return image(base.quantile(min(1, base.cdf(x).nextUp)))
  }

  package func sample(_ words: inout Words) -> Double { image(base.sample(&words)) }

  private func image(_ x: Double) -> Double { shift.addingProduct(scale, x) }

  /// The x of a y. Of isolated values, the one whose image y is, where there is one.
  private func preimage(_ y: Double) -> Double {
    let x = (y - shift) / scale
    guard isDiscrete, x.isFinite else { return x }
    for near in [x.rounded(), x, x.nextUp, x.nextDown] where image(near) == y { return near }
    return x
  }
}
