import Kernels
import Testing

/// Maximum-likelihood fits of well-known data, from publications or recomputed to full convergence elsewhere.
@Suite struct PublishedFits {
  @Test func waitingTimesWithOneSigma() throws {
    let rows = try DataSets.waiting()
    let fit = try EM.fit(rows, try NormalFamily(rows, k: 2, equalSigma: true), EMOptions(seed: 1))
    #expect(fit.status == .converged)
    #expect(abs(fit.loglik - -1034.00176036) < 1e-6)
    #expect(fit.df == 4 && fit.n == 272)
    #expect(abs(fit.bic - 2090.427) < 1e-3)
    #expect(fit.certificate.gap < 1e-6)
    #expect(abs(fit.model.weights[0] - 0.3608494) < 1e-6)
    #expect(abs(fit.normals[0].mu - 54.6136257) < 1e-5 && abs(fit.normals[1].mu - 80.0903032) < 1e-5)
    #expect(abs(fit.normals[0].sigma - 5.869092) < 1e-5)
    #expect(fit.normals[0].sigma == fit.normals[1].sigma)
  }

  @Test func waitingTimes() throws {
    let rows = try DataSets.waiting()
    let fit = try EM.fit(rows, try NormalFamily(rows, k: 2), EMOptions(seed: 1))
    #expect(fit.status == .converged)
    #expect(abs(fit.loglik - -1034.00174983) < 1e-6)
    #expect(abs(fit.model.weights[0] - 0.3608859) < 1e-5)
    #expect(abs(fit.normals[0].mu - 54.6148511) < 1e-4 && abs(fit.normals[1].mu - 80.0910662) < 1e-4)
    #expect(abs(fit.normals[0].sigma - 5.871215) < 1e-4 && abs(fit.normals[1].sigma - 5.867738) < 1e-4)
  }

  @Test func eruptions() throws {
    let rows = try DataSets.eruptions()
    let fit = try EM.fit(rows, try NormalFamily(rows, k: 2), EMOptions(seed: 1))
    #expect(abs(fit.loglik - -276.3600405) < 1e-6)
    #expect(abs(fit.model.weights[0] - 0.3484047) < 1e-6)
    #expect(abs(fit.normals[0].mu - 2.0186079) < 1e-6 && abs(fit.normals[1].mu - 4.2733435) < 1e-6)
    #expect(abs(fit.normals[0].variance - 0.0555177) < 1e-6 && abs(fit.normals[1].variance - 0.1910241) < 1e-6)
  }

  @Test func bothColumns() throws {
    let rows = try DataSets.faithful()
    let fit = try EM.fit(rows, try MultivariateNormalFamily<VVV>(rows, k: 2), EMOptions(seed: 1))
    #expect(fit.status == .converged)
    #expect(abs(fit.loglik - -1130.26396) < 1e-5)
    #expect(abs(fit.model.weights[0] - 0.3558729) < 1e-6)
    let means = fit.model.components.compactMap { ($0 as? MultivariateNormal)?.mean.array }
    for (found, published) in zip(means.flatMap { $0 }, [2.0363885, 54.4785170, 4.2896620, 79.9681158]) {
      #expect(abs(found - published) < 1e-5 * published)
    }
  }

  /// mclust's BIC by covariance shape: tied is its EEE, diagonal VVI, spherical VII. Ours is smaller or equal, up to 1e-3.
  @Test(arguments: [(1, 2607.623), (2, 2325.220), (3, 2314.316), (4, 2331.223)])
  func tiedCovariance(k: Int, bic: Double) throws {
    let rows = try DataSets.faithful()
    let fit = try EM.fit(rows, try MultivariateNormalFamily<EEE>(rows, k: k), EMOptions(seed: 1))
    #expect(fit.bic <= bic + 1e-3)
    if k == 3 { #expect(abs(fit.loglik - -1126.31593) < 1e-5) }
  }

  @Test(arguments: [(1, 2607.623), (2, 2322.192), (3, 2349.696), (4, 2351.493)])
  func fullCovariance(k: Int, bic: Double) throws {
    let rows = try DataSets.faithful()
    let fit = try EM.fit(rows, try MultivariateNormalFamily<VVV>(rows, k: k), EMOptions(seed: 1))
    #expect(fit.bic <= bic + 1e-3)
  }

  @Test(arguments: [(1, 3055.835), (2, 2346.065), (3, 2342.366), (4, 2343.486)])
  func diagonalCovariance(k: Int, bic: Double) throws {
    let rows = try DataSets.faithful()
    let fit = try EM.fit(rows, try MultivariateNormalFamily<VVI>(rows, k: k), EMOptions(seed: 1))
    #expect(fit.bic <= bic + 1e-3)
  }

  @Test(arguments: [(1, 4024.721), (2, 3458.305), (3, 3336.598), (4, 3242.826)])
  func sphericalCovariance(k: Int, bic: Double) throws {
    let rows = try DataSets.faithful()
    let fit = try EM.fit(rows, try MultivariateNormalFamily<VII>(rows, k: k), EMOptions(seed: 1))
    #expect(fit.bic <= bic + 1e-3)
  }

  @Test func iris() throws {
    let rows = try DataSets.iris()
    let fit = try EM.fit(rows, try MultivariateNormalFamily<VVV>(rows, k: 3), EMOptions(seed: 1))
    #expect(fit.status == .converged)
    #expect(fit.df == 44)
    #expect(abs(fit.loglik - -180.18547759) < 1e-6)
  }
}

/// Which of two coins was tossed, nobody wrote down: C. B. Do, S. Batzoglou, doi:10.1038/nbt1406.
@Suite struct TwoCoins {
  let heads: Rows
  let start: UnivariateMixture

  init() throws {
    heads = try DataSets.rows([5, 9, 8, 4, 7])
    start = try UnivariateMixture(
      weights: [0.5, 0.5], components: [try Binomial(trials: 10, p: 0.6), try Binomial(trials: 10, p: 0.5)])
  }

  @Test func steps() throws {
    let family = try BinomialFamily(heads, k: 2, trials: 10)
    let published = [-32.69, -31.26, -30.76, -30.33, -30.07, -29.95, -29.90, -29.88, -29.87]
    var model: any Mixture = start
    for i in 1...10 {
      let step = try EM.step(heads, family, from: model, fixesWeights: true)
      // As published: Σ r·(h·log θ + (10 − h)·log(1 − θ)) under the model entering the step.
      var expected = 0.0
      for (j, coin) in model.components.compactMap({ $0 as? Binomial }).enumerated() {
        for t in 0..<5 {
          let h = heads.matrix[t, 0]
          expected += step.posterior[t, j] * (h * log(coin.p) + (10 - h) * log(1 - coin.p))
        }
      }
      if i <= published.count { #expect(abs(expected - published[i - 1]) < 0.005) }
      model = step.next
      let p = model.components.compactMap { ($0 as? Binomial)?.p }
      if i == 1 { #expect(abs(p[0] - 0.7130122354) < 1e-10 && abs(p[1] - 0.5813393083) < 1e-10) }
      if i == 10 { #expect(abs(p[0] - 0.7967441495) < 1e-10 && abs(p[1] - 0.5196586622) < 1e-10) }
      #expect(step.posterior.rows == 5 && step.posterior.columns == 2)
    }
  }

  @Test(arguments: [true, false])
  func limit(accelerates: Bool) throws {
    var options = EMOptions(seed: 1, accelerates: accelerates)
    (options.criterion, options.tolerance) = (.parameters, 1e-10)
    let fit = try EM.fit(
      heads, try BinomialFamily(heads, k: 2, trials: 10), start: .mixture(start), fixesWeights: true, options)
    #expect(abs(fit.binomials[0].p - 0.7967890669) < 1e-8 && abs(fit.binomials[1].p - 0.5195831201) < 1e-8)
    #expect(fit.df == 2 && fit.model.weights == [0.5, 0.5])

    let counts = try Rows(try Matrix(rows: [[5, 5], [9, 1], [8, 2], [4, 6], [7, 3]]))
    let pairs = try MultivariateMixture(
      weights: [0.5, 0.5],
      components: [
        try Multinomial(trials: 10, p: try Vector([0.6, 0.4])), try Multinomial(trials: 10, p: try Vector([0.5, 0.5])),
      ])
    let same = try EM.fit(
      counts, try MultinomialFamily(counts, k: 2), start: .mixture(pairs), fixesWeights: true, options)
    let p = same.model.components.compactMap { ($0 as? Multinomial)?.p[0] }
    #expect(abs(p[0] - fit.binomials[0].p) < 1e-9 && abs(p[1] - fit.binomials[1].p) < 1e-9)
    #expect(abs(same.loglik - fit.loglik) < 1e-12 * abs(fit.loglik))
  }
}
