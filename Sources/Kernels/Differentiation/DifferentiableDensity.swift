/// A family whose log-density can be differentiated, by its argument and by its parameters.
///
/// The formula is in duals, so that derivatives of every order come from it. Terms without slopes may be left out: the value is
/// that of `logpdf`. It is also asked for values outside the support, and its slopes there are not looked at.
protocol DifferentiableDensity: Distribution {
  /// x: numbers, or rows of a matrix · parameters: in canonical order
  static func logDensity(_ x: Dual, _ parameters: [Dual]) throws(Failure) -> Dual
  /// Parameters, and `x`, that are integers, and have no derivatives.
  static var integers: Set<String> { get }
}

extension DifferentiableDensity {
  static var integers: Set<String> { [] }
}

/// A distribution whose parameters may move with the variables of a derivative.
package struct DualDistribution: Sendable {
  /// The same, standing still.
  package let plain: any Distribution
  private let form: Form

  private indirect enum Form: Sendable {
    case family([Dual])
    case mixture(weights: Dual, [DualDistribution])
    case product([DualDistribution])
    case affine(DualDistribution, shift: Double, scale: Double)
    case truncated(DualDistribution)
  }

  package init(_ distribution: any Distribution) throws(Failure) {
    plain = distribution
    switch distribution {
    case let d as any Mixture:
      form = .mixture(
        weights: .constant(.vector(try Vector(d.weights))), try DualDistribution.each(d.components))
    case let d as ProductDistribution: form = .product(try DualDistribution.each(d.parts))
    case let d as Affine: form = .affine(try DualDistribution(d.base), shift: d.shift, scale: d.scale)
    case let d as Truncated: form = .truncated(try DualDistribution(d.base))
    default:
      var parameters: [Dual] = []
      for (_, value) in distribution.parameters {
        switch value {
        case .number(let x): parameters.append(.number(x))
        case .vector(let v): parameters.append(.constant(.vector(v)))
        case .matrix(let m): parameters.append(.constant(.matrix(m)))
        case .distribution, .distributions: break
        }
      }
      form = .family(parameters)
    }
  }

  /// One of a family. plain: with the values of the parameters
  package init(_ plain: any Distribution, parameters: [Dual]) { (self.plain, form) = (plain, .family(parameters)) }

  package init(mixture plain: any Mixture, weights: Dual, _ components: [DualDistribution]) {
    (self.plain, form) = (plain, .mixture(weights: weights, components))
  }

  private static func each(_ parts: [any Distribution]) throws(Failure) -> [DualDistribution] {
    var result: [DualDistribution] = []
    for part in parts { result.append(try DualDistribution(part)) }
    return result
  }

  /// A parameter as it moves, by its name; nil where there is none.
  package func parameter(_ name: String) -> Dual? {
    guard let i = plain.parameters.firstIndex(where: { $0.name == name }) else { return nil }
    switch form {
    case .family(let parameters): return parameters[i]
    case .mixture(let weights, _) where name == "weights": return weights
    default: return nil
    }
  }

  /// x: numbers, or of a multivariate distribution a matrix of rows → the log-density of each
  package func logpdf(_ x: Dual) throws(Failure) -> Dual {
    let value = try exact(x.primal)
    let formula = try logDensity(x)
    guard formula.moves else { return .constant(value) }
    // Outside the support the density stays 0.
    return try formula.at(value).kept(where: try value.mapped { $0 == -.infinity ? 0 : 1 }).at(value)
  }

  private func exact(_ x: Numeric) throws(Failure) -> Numeric {
    switch plain {
    case let d as any UnivariateDistribution:
      switch x {
      case .number(let x): return .number(d.logpdf(x))
      case .vector(let x): return .vector(try d.values(of: d.logpdf(_:into:), x))
      case .matrix(let m): return x.shaping(try d.values(of: d.logpdf(_:into:), m.elements))
      }
    case let d as any MultivariateDistribution:
      guard case .matrix(let rows) = x else { throw Failure(.shape, "a matrix of rows is wanted, got a \(x.named)") }
      return .vector(try d.logpdf(rows))
    default: preconditionFailure("a distribution is univariate or multivariate")
    }
  }

  private func logDensity(_ x: Dual) throws(Failure) -> Dual {
    switch form {
    case .family(let parameters):
      guard let known = plain as? any DifferentiableDensity else {
        throw Failure(.argument, "the density of \(plain.family) has no derivatives here")
      }
      return try DualDistribution.logDensity(known, x, parameters)
    case .mixture(let weights, let components):
      var terms: [Dual] = []
      for (j, component) in components.enumerated() {
        terms.append(try component.logpdf(x) + weights.element(j).log())
      }
      return try Dual.logSumExp(terms)
    case .product(let parts):
      var (start, sum) = (0, Dual.number(0))
      for part in parts {
        sum = try sum + part.logpdf(try x.columns(start..<start + part.plain.dimension))
        start += part.plain.dimension
      }
      return sum
    case .affine(let base, let shift, let scale): return try base.logpdf((x - shift) / scale)
    case .truncated(let base): return try base.logpdf(x)
    }
  }

  private static func logDensity<D: DifferentiableDensity>(
    _ d: D, _ x: Dual, _ parameters: [Dual]
  ) throws(Failure) -> Dual {
    let named = [("x", x)] + zip(d.parameters.map(\.name), parameters).map { ($0, $1) }
    for (name, value) in named where value.moves && D.integers.contains(name) {
      throw Failure(.argument, "\(name) of \(d.family) is an integer, and has no derivative")
    }
    return try D.logDensity(x, parameters)
  }
}
