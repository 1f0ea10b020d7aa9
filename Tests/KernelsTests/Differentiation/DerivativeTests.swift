import Testing

@testable import Kernels

@Suite struct DerivativeTests {
  // Formulas add a few terms, so that errors are some units of the largest derivative of the row.
  @Test(arguments: Reference.rows("derivatives"))
  func ofLogDensities(_ row: Reference.Row) throws {
    let family = try #require(Family.named(row.cells[0]))
    let (parameters, x) = (row.numbers(1), row[2])
    let (gradient, hessian) = (row.numbers(3), row.numbers(4))
    // Counts have no derivative by their argument.
    let point = gradient.count > parameters.count ? [x] + parameters : parameters
    let (outer, inner) = (Dual.newLevel(), Dual.newLevel())
    let variables = try Dual.constant(.vector(try Vector(point))).variables(outer).variables(inner)
    let all = try point.indices.map { try variables.element($0) }
    let plain = try #require(
      try family.make(parameters.map { .number($0) }) as? any UnivariateDistribution)
    let moving = DualDistribution(plain, parameters: Array(all.suffix(parameters.count)))
    let value = try moving.logpdf(point.count > parameters.count ? all[0] : .number(x))
    guard case .number(let density) = value.primal else { return #expect(Bool(false)) }
    #expect(density == plain.logpdf(x))

    let first = try value.slopes(inner, count: point.count)
    expect(try numbers(first), gradient, within: 1e-12)
    let second = try first.flatMap { try $0.slopes(outer, count: point.count) }
    expect(try numbers(second), hessian, within: 1e-11)
  }

  private func numbers(_ duals: [Dual]) throws -> [Double] {
    duals.map { if case .number(let x) = $0.primal { x } else { .nan } }
  }

  private func expect(_ got: [Double], _ wanted: [Double], within tolerance: Double) {
    let size = wanted.reduce(1) { max($0, abs($1)) }
    #expect(got.count == wanted.count)
    for (a, b) in zip(got, wanted) { #expect(abs(a - b) <= tolerance * size, "\(got), wanted \(wanted)") }
  }

  @Test(arguments: Reference.rows("polygamma"))
  func polygamma(_ row: Reference.Row) {
    // Powers of the C library, a dozen terms.
    #expect(abs(Kernels.polygamma(Int(row[0]), row[1]) / row[2] - 1) < 1e-13)
  }

  // For r = x − μ: ∂/∂μ = Σ⁻¹r, ∂/∂Σ = ½(Σ⁻¹rrᵀΣ⁻¹ − Σ⁻¹). With Σ = (2 1; 1 3), Σ⁻¹ = (3 −1; −1 2)/5, and r = (1, 2):
  // Σ⁻¹r = (1/5, 3/5).
  @Test func ofNormalRows() throws {
    let point = Dual.constant(.vector(try Vector([0.5, -1, 2, 1, 1, 3])))
    let level = Dual.newLevel()
    let variables = try point.variables(level)
    let mu = try variables.slice(0..<2)
    let cov = try Dual.stackedRows([try variables.slice(2..<4), try variables.slice(4..<6)])
    let plain = try MultivariateNormal(mu: try Vector([0.5, -1]), cov: try Matrix(rows: [[2, 1], [1, 3]]))
    let rows = try Matrix(rows: [[1.5, 1]])
    let value = try DualDistribution(plain, parameters: [mu, cov]).logpdf(.constant(.matrix(rows))).element(0)
    let wanted = [0.2, 0.6, -0.28, 0.16, 0.16, -0.02]
    expect(try numbers(try value.slopes(level, count: 6)), wanted, within: 1e-15)
  }

  // ∂/∂wⱼ = pⱼ/p and ∂/∂μ₁ = r₁·(x − μ₁)/σ², r₁ the posterior.
  @Test func ofMixtures() throws {
    let (a, b) = (try Normal(mu: 0, sigma: 1), try Normal(mu: 3, sigma: 2))
    let level = Dual.newLevel()
    let variables = try Dual.constant(.vector(try Vector([0.3, 0.7, 0]))).variables(level)
    let plain = try UnivariateMixture(weights: [0.3, 0.7], components: [a, b])
    let moving = DualDistribution(
      mixture: plain, weights: try variables.slice(0..<2),
      [DualDistribution(a, parameters: [try variables.element(2), .number(1)]), try DualDistribution(b)])
    let value = try moving.logpdf(.number(1.25))
    let p = plain.pdf(1.25)
    let wanted = [a.pdf(1.25) / p, b.pdf(1.25) / p, 0.3 * a.pdf(1.25) / p * 1.25]
    expect(try numbers(try value.slopes(level, count: 3)), wanted, within: 1e-14)
  }

  @Test func outsideTheSupportNothingMoves() throws {
    let level = Dual.newLevel()
    let x = Dual.constant(.vector(try Vector([-1, 0.5]))).variable(level)
    let value = try DualDistribution(try Beta(a: 2, b: 3)).logpdf(x)
    guard case .vector(let slopes) = try value.slopes(level, count: 1)[0].primal else { return #expect(Bool(false)) }
    #expect(slopes[0] == 0)
    #expect(abs(slopes[1] - (1 / 0.5 - 2 / 0.5)) < 1e-14)
  }

  @Test func countsHaveNoDerivative() throws {
    let moving = try DualDistribution(try Poisson(lambda: 2))
    #expect(throws: Failure(.argument, "x of poisson is an integer, and has no derivative")) {
      try moving.logpdf(Dual.number(1).variable(Dual.newLevel()))
    }
  }
}
