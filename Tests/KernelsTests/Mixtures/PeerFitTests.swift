import Kernels
import Testing

/// Fits by mixtools and flexmix, by Scripts/reference/mixture_peers.R: normals under constraints, Poissons, latent classes.
@Suite struct PeerFitTests {
  private func fit(_ row: Reference.Row) throws -> Fit {
    let (k, d, numbers) = (Int(row[1]), Int(row[2]), row.numbers(3))
    let rows = try Rows(Matrix(try Vector(numbers).storage, rows: numbers.count / d, columns: d))
    var options = EMOptions(seed: 1)
    options.restarts = 10
    func normal(_ fixed: [[String: ParameterValue]], equal: Set<String> = []) throws -> Fit {
      try EM.fit(rows, try NormalFamily(rows, k: 2, Constraints(equal: equal, fixed: fixed)), options)
    }
    switch row.cells[0] {
    case "mu_known": return try normal([["mu": .number(55)], [:]])
    case "sigma_known": return try normal([["sigma": .number(5)], ["sigma": .number(7)]])
    case "sigma_equal": return try normal([], equal: ["sigma"])
    case "both_known": return try normal([["mu": .number(52)], ["mu": .number(82), "sigma": .number(6)]])
    case "poisson":
      let kinds = Array(repeating: try DistributionFamilyTests.kind("poisson"), count: k)
      return try EM.fit(rows, try DistributionFamily(rows, kinds), options)
    default:
      let column = try #require(Family.named("bernoulli"))
      let kind = ComponentKind(Array(repeating: column, count: d))
      return try EM.fit(rows, try DistributionFamily(rows, Array(repeating: kind, count: k)), options)
    }
  }

  @Test(arguments: Reference.rows("mixture_peers"))
  func peers(_ row: Reference.Row) throws {
    let fit = try fit(row)
    #expect(fit.status == .converged)
    #expect(abs(fit.loglik - row[4]) < 1e-6, "\(fit.loglik - row[4])")
    let (weights, parameters) = (row.numbers(5), row.numbers(6))
    #expect(zip(fit.model.weights, weights).allSatisfy { abs($0 - $1) < 1e-3 })
    let found: [Double] =
      switch fit.model.components {
      case let parts as [Normal]: parts.map(\.mu) + parts.map(\.sigma)
      case let parts as [Poisson]: parts.map(\.lambda)
      default:
        fit.model.components.flatMap { part in
          ((part as? ProductDistribution)?.parts ?? []).compactMap { ($0 as? Bernoulli)?.p }
        }
      }
    #expect(found.count == parameters.count)
    for (a, b) in zip(found, parameters) { #expect(abs(a - b) < 1e-3 * max(1, abs(b))) }
  }
}
