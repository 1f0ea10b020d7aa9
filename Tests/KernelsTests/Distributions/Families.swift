import Testing

@testable import Kernels

/// A family and parameters, by which tests go over all of them.
struct FamilyCase: Sendable, CustomTestStringConvertible {
  let name: String
  let parameters: [Double]
  var testDescription: String { "\(name) \(parameters)" }

  /// Numbers in canonical order; a family with one vector takes all of them in it.
  func distribution() throws -> any UnivariateDistribution {
    let family = try #require(Family.named(name))
    let values: [ParameterValue] =
      family.parameters.count == 1 && family.parameters[0].kind == .vector
      ? [.vector(try Vector(parameters))] : parameters.map { .number($0) }
    return try #require(try family.make(values) as? any UnivariateDistribution)
  }
}
