import Kernels
import Lua

/// A distribution as a script holds it: frozen, its parameters are fields.
package struct DistributionObject: ScriptObject {
  package static let scriptType = ScriptType("distribution")
  package let value: any Distribution

  package init(_ value: any Distribution) { self.value = value }

  package var brief: String { "\(value.family) distribution" }
}

extension TypeDeclaration {
  static let distribution = TypeDeclaration(
    DistributionObject.self,
    "A probability distribution, frozen; d.mu is its mu.",
    methods: .distributionVerbs + .distributionMoments + .mixtureVerbs + [.saveDistribution],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(distribution)", "The family and its parameters, on one line.", .distribution, returns: "a string",
          example: "print(dist.normal(0, 1))  --> normal(mu = 0, sigma = 1)"
        ) { _, d in d.value.line })
    ],
    fields: [
      Field("family", "string", "the name of its family") { $0.value.family },
      Field("dimension", "integer", "numbers in one value") { $0.value.dimension },
    ],
    named: { d, name in try d.value.parameters.first { $0.name == name }?.value.forScripts() },
    names: { $0.value.parameters.map(\.name) })
}

extension Parameter where Value == DistributionObject {
  /// The receiver of its methods.
  static let distribution = Parameter("self", .object, "the distribution")
}

extension Distribution {
  /// The answer of the one of two that knows this kind of distribution.
  func visit<R>(
    one: (any UnivariateDistribution) throws -> R, several: (any MultivariateDistribution) throws -> R
  ) rethrows -> R {
    switch self {
    case let d as any UnivariateDistribution: try one(d)
    case let d as any MultivariateDistribution: try several(d)
    default: preconditionFailure("a distribution is univariate or multivariate")
    }
  }

  /// `normal(mu = 0, sigma = 1)`
  var line: String {
    "\(family)(\(parameters.map { "\($0.name) = \($0.value.text)" }.joined(separator: ", ")))"
  }
}

extension ParameterValue {
  /// What a script may keep and change: arrays are copied, since the distribution's own are frozen.
  func forScripts() throws -> any Pushable {
    switch self {
    case .number(let x): x
    case .vector(let v): try v.copy()
    case .matrix(let m): try m.copy()
    case .distribution(let d): DistributionObject(d)
    case .distributions(let all): all.map(DistributionObject.init)
    }
  }

  /// As a script would write it, or for what is long, what it is.
  fileprivate var text: String {
    switch self {
    case .number(let x): return Lua.text(x)
    case .vector(let v): return v.count > 8 ? v.brief : braced(v.array.map { Lua.text($0) })
    case .matrix(let m):
      guard m.count <= 9 else { return m.brief }
      return braced((0..<m.rows).map { i in braced((0..<m.columns).map { Lua.text(m[i, $0]) }) })
    case .distribution(let d): return d.line
    case .distributions(let all): return braced(all.map(\.line))
    }
  }

  private func braced(_ items: [String]) -> String { "{\(items.joined(separator: ", "))}" }
}
