import Kernels
import Testing

/// How sure a classification is, and which components belong together.
@Suite struct DiagnosticsTests {
  static let posterior = [
    [0.5, 0.5, 0.0], [0.6, 0.4, 0.0], [0.0, 0.1, 0.9], [0.0, 0.0, 1.0], [0.4, 0.55, 0.05],
  ]

  /// Entropies of all partitions of three components, written out.
  @Test func merging() throws {
    func entropy(_ groups: [[Int]]) -> Double {
      Self.posterior.reduce(0) { sum, row in
        groups.reduce(sum) { sum, group in
          let r = group.reduce(0) { $0 + row[$1] }
          return r > 0 ? sum - r * log(r) : sum
        }
      }
    }
    let merging = try ComponentMerging(posterior: try Matrix(rows: Self.posterior))
    #expect(merging.steps.map(\.count) == [3, 2, 1])
    #expect(abs(merging.steps[0].entropy - entropy([[0], [1], [2]])) < 1e-14)
    let pairs = [[[0, 1], [2]], [[0, 2], [1]], [[1, 2], [0]]].map(entropy)
    #expect(abs(merging.steps[1].entropy - (pairs.min() ?? 0)) < 1e-14)
    #expect(merging.steps[1].groups == [1, 1, 2] && merging.steps[1].labels.array == [1, 1, 2, 2, 1])
    #expect(abs(merging.steps[2].entropy) < 1e-14 && merging.steps[2].groups == [1, 1, 1])
  }

  /// Two equal components far from a third: known by heart.
  @Test func sizesUncertaintyEntropy() throws {
    let model = try UnivariateMixture(
      weights: [0.25, 0.25, 0.5],
      components: [try Normal(mu: 0, sigma: 1), try Normal(mu: 0, sigma: 1), try Normal(mu: 1000, sigma: 1)])
    let rows = try Matrix(rows: [[0.3], [-1], [1000], [999], [1001]])
    let (expected, observed) = try model.sizes(rows)
    #expect(zip(expected, [1, 1, 3]).allSatisfy { abs($0 - $1) < 1e-14 } && observed == [2, 0, 3])
    #expect(zip(try model.uncertainty(rows).array, [0.5, 0.5, 0, 0, 0]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(abs(try model.classificationEntropy(rows) - 2 * log(2.0)) < 1e-14)
    let steps = try ComponentMerging(posterior: try model.posterior(rows)).steps
    #expect(steps[1].groups == [1, 1, 2] && abs(steps[1].entropy) < 1e-14)
  }

  /// Published by Baudry et al. in kind: two of three normals that cover one curved group are merged first.
  @Test func facesOfOneGroup() throws {
    let rows = try DataSets.faithful()
    let fit = try EM.fit(rows, try MultivariateNormalFamily<EEE>(rows, k: 3), EMOptions(seed: 1))
    let steps = try ComponentMerging(posterior: try fit.model.posterior(rows.matrix)).steps
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.entropy >= $1.entropy })
    // Two components share the long eruptions, the third has the short ones.
    let (short, groups) = (steps[1].groups[0], steps[1].groups)
    #expect(groups[1] == groups[2] && groups[1] != short)
  }
}
