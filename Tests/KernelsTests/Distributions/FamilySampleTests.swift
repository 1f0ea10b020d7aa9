import Testing

@testable import Kernels

/// Samplers against the distribution functions, 10⁶ draws each. Seeds are fixed: a bound that chance passes once in 10⁴ samplers
/// is passed always or never.
@Suite struct FamilySampleTests {
  // A new family is a line here.
  static let cases: [FamilyCase] = [
    ("normal", [[5, 0.1], [0, 1e-8], [3e8, 1e8]]),
    ("exponential", [[1], [1e-8], [1e8]]),
    ("lognormal", [[0, 1], [-20, 0.01], [1, 100]]),
    ("gamma", [[1e-3, 1], [0.05, 1], [0.7, 1e8], [1, 1], [1.3, 2], [4, 0.5], [1e4, 1], [1e8, 1e-8]]),
    ("inverse_gamma", [[1e-3, 1], [0.05, 1], [3, 2], [1e6, 1]]),
    ("chi_squared", [[0.1], [1], [7], [1e6]]),
    ("weibull", [[1e-3, 1], [0.05, 1], [1, 2], [3.6, 0.7], [300, 5]]),
    ("half_normal", [[1], [1e-8]]),
    ("uniform", [[-5, 0.1], [0, 1e-300]]),
    ("laplace", [[5, 0.1], [0, 1e8]]),
    ("logistic", [[5, 0.1], [0, 1e8]]),
    ("cauchy", [[5, 0.1], [0, 1e8]]),
    ("gumbel", [[5, 0.1], [0, 1e8]]),
    ("pareto", [[1e-3, 2], [0.05, 2], [1.5, 2], [1e6, 2]]),
    ("triangular", [[-1, 2, -1], [-1, 2, 0.5], [-1, 2, 2], [0, 1, 1e-8]]),
    ("inverse_gaussian", [[1, 1], [2, 1e-8], [3, 1e6], [1e-3, 5]]),
    ("von_mises", [[-2, 0], [-2, 1e-3], [-2, 0.7], [-2, 4], [-2, 100], [-2, 1e6]]),
    ("bernoulli", [[0.3], [1e-3]]),
    ("binomial", [[10, 0.3], [100, 0.97], [1000, 0.5], [1e9, 1e-9], [1e9, 0.3], [1e6, 5e-6]]),
    ("poisson", [[0.01], [1], [9.9], [10], [10.1], [35], [1234.5], [1e6], [1e9], [1e12]]),
    ("geometric", [[1e-9], [0.01], [0.3], [0.999]]),
    (
      "negative_binomial",
      [[1e-3, 0.01], [0.3, 0.1], [1, 0.25], [2.5, 0.3], [40, 0.001], [1e4, 0.9], [1e6, 1e-6]]
    ),
    ("categorical", [[0.1, 0.2, 0, 0.3, 0.4], [1e-9, 0.5, 0.5 - 1e-9]]),
    ("discrete_uniform", [[1, 6], [-1e12, 1e12]]),
    (
      "hypergeometric",
      [[50, 5, 10], [20, 17, 12], [1000, 600, 700], [1e4, 9e3, 200], [1e6, 40, 3e5], [1e9, 3e8, 1e6]]
    ),
    ("beta_binomial", [[10, 2, 3], [10, 1e-3, 2e-3], [10, 1e-8, 1e-8], [1000, 0.5, 0.1], [300, 400, 20]]),
  ].flatMap { name, cases in cases.map { FamilyCase(name: name, parameters: $0) } }

  @Test(arguments: cases)
  func sampleHasTheDistribution(_ family: FamilyCase) throws {
    let d = try family.distribution()
    if case .integers = d.support {
      try expectSampleToFit(d, seed: 21)
    } else {
      #expect(try kolmogorov(d, seed: 21) < 2.33)
    }
  }
}
