import Testing

@testable import Kernels

private func number(_ d: any Distribution, _ name: String) -> Double {
  guard case .number(let value)? = d.parameters.first(where: { $0.name == name })?.value else { return .nan }
  return value
}

/// Fits of some parameters, the others held.
@Suite struct HeldFitTests {
  private static let numbers = [0.5, 1.25, 3.5, 2, 0.75, 6.5, 1.75]
  private static let counts = [0.0, 3, 1, 7, 2, 4, 3]
  private static let weights = [1, 2, 1, 0.5, 1, 1, 3]

  private static func fit(
    _ name: String, _ x: [Double], _ held: [String: Double], weights: [Double]? = nil, trials: Double? = nil
  ) throws -> any Distribution {
    let family = try #require(Family.named(name))
    let column = try Vector(x)
    let sample = Family.Sample(
      rows: Matrix(column.storage, offset: column.offset, rows: x.count, columns: 1),
      weights: try weights.map { try Vector($0) }, trials: trials)
    return try family.fit(sample, holding: held.mapValues { .number($0) })
  }

  // The slope of the likelihood is known to some 1e-13 per standard deviation of one observation.
  @Test(arguments: Reference.rows("held_fit"))
  func agreesWithMpmath(_ row: Reference.Row) throws {
    let isCount = row.cells[0].hasSuffix("binomial")
    let trials = row.cells[0] == "beta_binomial" ? 10.0 : nil
    // Angles reach to 2π.
    let numbers = row.cells[0] == "von_mises" ? Self.numbers.map { min($0, 6) } : Self.numbers
    let d = try Self.fit(
      row.cells[0], isCount ? Self.counts : numbers, [row.cells[1]: row[2]], weights: Self.weights, trials: trials)
    #expect(number(d, row.cells[1]) == row[2])
    expect(number(d, row.cells[3]), row[4], within: 1e-9, "\(row)")
  }

  // By hand.
  @Test func closedForms() throws {
    let x = [1.0, 2, 2, 5]
    expect(number(try Self.fit("laplace", x, ["location": 3]), "scale"), 1.5, within: 1e-9)
    expect(number(try Self.fit("laplace", x, ["scale": 3]), "location"), 2, within: 1e-9)
    expect(number(try Self.fit("uniform", x, ["a": 0]), "b"), 5, within: 0)
    expect(number(try Self.fit("uniform", x, ["b": 7.5]), "a"), 1, within: 0)
    expect(number(try Self.fit("discrete_uniform", x, ["b": 9]), "a"), 1, within: 0)
    expect(number(try Self.fit("pareto", x, ["shape": 3]), "minimum"), 1, within: 0)
    // 4 / log(1·2·2·5 / 0.5⁴).
    expect(number(try Self.fit("pareto", x, ["minimum": 0.5]), "shape"), 4 / 5.768320995793772, within: 1e-9)
    expect(number(try Self.fit("gamma", x, ["shape": 5]), "rate"), 2, within: 1e-9)
    expect(number(try Self.fit("binomial", [5, 9, 8, 4, 7], ["trials": 10]), "p"), 0.66, within: 1e-15)
  }

  // What leaves a free fit without an answer may have one with a parameter held.
  @Test func equalData() throws {
    expect(number(try Self.fit("normal", [3, 3, 3], ["mu": 1]), "sigma"), 2, within: 1e-9)
    expect(number(try Self.fit("gamma", [2, 2], ["shape": 3]), "rate"), 1.5, within: 1e-9)
    expect(number(try Self.fit("gumbel", [2, 2], ["scale": 3]), "location"), 2, within: 1e-9)
    #expect(throws: Failure(.degenerate, "sigma would be 0 with the parameters in fix")) {
      try Self.fit("normal", [3, 3], ["mu": 3])
    }
  }

  // Angles of the other half: the concentration is 0, as large as it can be without pulling there.
  @Test func vonMisesAboutAnotherCentre() throws {
    expect(number(try Self.fit("von_mises", [1, 1.5], ["mu": -2.5]), "kappa"), 0, within: 0)
    let here = number(try Self.fit("von_mises", [1, 1.5], ["mu": 1]), "kappa")
    expect(number(try Self.fit("von_mises", [1, 1.5], ["mu": 1 + 2 * .pi]), "kappa"), here, within: 1e-12)
  }

  @Test(arguments: [1e-200, 1e-3, 1e6, 1e200])
  func unitsDoNotMatter(_ unit: Double) throws {
    let x = Self.numbers.map { $0 * unit }
    let scale = number(try Self.fit("logistic", x, ["location": unit], weights: Self.weights), "scale")
    expect(scale, 0.9431091917704405 * unit, within: 1e-9)
    let rate = number(try Self.fit("gamma", x, ["shape": 3], weights: Self.weights), "rate")
    expect(rate, 1.425 / unit, within: 1e-9)
  }

  @Test func rowsWithoutWeightDoNotCount() throws {
    let all = try Self.fit("weibull", Self.numbers + [1e5], ["shape": 2], weights: Self.weights + [0])
    expect(number(all, "scale"), 2.7072028679840474, within: 1e-9)
  }

  @Test func normalRows() throws {
    let rows = try Matrix(rows: [[0, 0], [2, 0], [2, 4], [4, 4]])
    let sample = Family.Sample(rows: rows)
    let about = try Family.multivariateNormal.fit(sample, holding: ["mu": .vector(Vector([1, 1]))])
    // Σ (x − 1)² / 4 = (1 + 1 + 1 + 9) / 4, and so on.
    guard case .matrix(let cov) = about.parameters[1].value else { return }
    #expect(cov[0, 0] == 3 && cov[1, 1] == 5 && cov[0, 1] == 3)
    let with = try Family.multivariateNormal.fit(sample, holding: ["cov": .matrix(Matrix.identity(2))])
    guard case .vector(let mu) = with.parameters[0].value else { return }
    #expect(mu[0] == 2 && mu[1] == 2)
  }

  @Test func errors() {
    for (name, x, held, message) in [
      ("normal", [1, 2], ["nu": 1], "fix: normal has no parameter 'nu' (known: mu, sigma)"),
      ("normal", [1, 2], ["mu": 1, "sigma": 1], "fix: nothing is left to estimate of normal"),
      ("exponential", [1, 2], ["rate": 1], "fix: nothing is left to estimate of exponential"),
      ("normal", [1, 2], ["sigma": -1], "sigma must be positive, got -1"),
      ("normal", [1, 2], ["mu": .nan], "mu must be finite, got NaN"),
      ("negative_binomial", [1, 2], ["p": 1.5], "p must be from 0 to 1, got 1.5"),
      ("gamma", [1, -2], ["shape": 1], "row 2 is -2; gamma data are positive and finite"),
      ("pareto", [1, 3], ["minimum": 2], "1 is outside of what pareto can be with the parameters in fix"),
      ("binomial", [1, 2], ["p": 0.5], "a binomial fit needs the number of trials"),
      ("normal", [], ["mu": 1], "no data"),
      ("normal", [1, .nan], ["mu": 1], "row 2 is NaN"),
    ] as [(String, [Double], [String: Double], String)] {
      do {
        _ = try Self.fit(name, x, held)
        Issue.record("no error where wanted: \(message)")
      } catch let error as Failure {
        #expect(error.message == message)
      } catch { Issue.record("\(error)") }
    }
  }
}
