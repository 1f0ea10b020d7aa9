import Testing
import Workbench

/// Families, covariances, constraints and selection as scripts ask for them.
@Suite struct EmBreadthTests {
  @Test(arguments: [
    // The fourteen covariances by name, and what others call four of them.
    """
    local x = frame.load("iris"):matrix()
    local a, b = em.fit(x, {k = 2, covariance = "VVV", seed = 1}), em.fit(x, {k = 2, covariance = "full", seed = 1})
    assert(a.loglik == b.loglik and a.covariance == "VVV" and b.covariance == "VVV")
    local vev = em.fit(x, {k = 2, covariance = "VEV", seed = 1})
    assert(vev.df == 26 and vev.loglik > -215.7259 - 1e-3 and vev.bic < 561.7285 + 1e-3)
    assert(tostring(vev):find("VEV covariance", 1, true))
    assert(em.fit(frame.load("faithful").waiting, {k = 2}).covariance == nil)
    """,
    // The selection of the tour.
    """
    local x = frame.load("iris"):matrix{"sepal_length", "sepal_width", "petal_length", "petal_width"}
    local choice = em.select(x, {family = "mvnormal", k = {1, 2, 3, 4}, covariance = "all", seed = 1})
    assert(choice.best.k == 2 and choice.best.covariance == "VEV")
    assert(choice.best.bic <= 561.7285 + 1e-3)
    assert(#choice.fits + #choice.skipped == 56 and choice.criterion == "bic")
    assert(choice.values[1] == choice.best.bic and choice.table[1].covariance == "VEV" and choice.table[1].k == 2)
    """,
    // Families to choose from, by another criterion.
    """
    random.seed(3)
    local x = dist.mixture({0.5, 0.5}, {dist.gamma(3, 1), dist.gamma(40, 2)}):sample(300)
    local choice = em.select(x, {family = {"normal", "gamma"}, k = {1, 2}, criterion = "aicc", seed = 1, restarts = 5})
    assert(choice.best.family == "gamma" and choice.best.k == 2 and choice.criterion == "aicc")
    assert(choice.values[1] == choice.best.aicc)
    """,
    // Components of two families, one of them known.
    """
    random.seed(4)
    local y = dist.mixture({0.1, 0.9}, {dist.uniform(-30, 30), dist.normal(0, 1)}):sample(5000)
    local robust = em.fit(y, {family = {"uniform", "normal"}, fix = {[1] = {a = -30, b = 30}}, seed = 1})
    assert(robust.k == 2 and robust.df == 3 and robust.components[1].a == -30)
    assert(math.abs(robust.weights[1] - 0.1) < 0.02 and math.abs(robust.components[2].sigma - 1) < 0.05)
    assert(tostring(robust):find("uniform + normal mixture", 1, true))
    """,
    // Laplace components by name, zero inflation, noise.
    """
    random.seed(3)
    local x = dist.mixture({0.4, 0.6}, {dist.laplace(-4, 1), dist.laplace(3, 0.5)}):sample(2000)
    local fit = em.fit(x, {family = "laplace", k = 2, seed = 1})
    assert(fit.converged and math.abs(fit.components[1].location + 4) < 0.2)
    local zeros = em.fit({0, 0, 0, 1.5, 0.2, 0.7, 0, 3.1}, {family = {"point", "exponential"}, seed = 1})
    assert(zeros.weights[1] == 0.5 and math.abs(zeros.components[2].rate - 4 / 5.5) < 1e-12)
    local noisy = em.fit(frame.load("faithful"):matrix(), {k = 3, noise = true, seed = 1})
    assert(noisy.k == 3 and noisy.df == 2 * 5 + 2 and noisy.weights[3] < 0.3)
    assert(tostring(noisy):find("noise", 1, true))
    """,
    // Latent classes: one family stands for every column; mixed columns take a name each.
    """
    random.seed(1)
    local x = dist.product{dist.bernoulli(0.9), dist.bernoulli(0.8), dist.bernoulli(0.1)}:sample(200)
      :vstack(dist.product{dist.bernoulli(0.1), dist.bernoulli(0.3), dist.bernoulli(0.9)}:sample(200))
    local fit = em.fit(x, {family = "bernoulli", k = 2, seed = 1})
    assert(fit.df == 7 and fit.components[1].distributions ~= nil)
    local mixed = dist.product{dist.normal(0, 1), dist.poisson(2)}:sample(150)
      :vstack(dist.product{dist.normal(6, 1), dist.poisson(9)}:sample(150))
    local two = em.fit(mixed, {family = {"normal", "poisson"}, k = 2, seed = 1})
    assert(two.df == 7 and math.abs(two.weights[1] - 0.5) < 0.02)
    local file = os.tmpname()
    two:save(file)
    assert(em.load(file).loglik == two.loglik and em.load(file):posterior(mixed)(3, 1) == two:posterior(mixed)(3, 1))
    os.remove(file)
    -- Constraints of all columns that have the parameter, and of one.
    local shared = em.fit(mixed, {family = {"normal", "poisson"}, k = 2, equal = "sigma", seed = 1})
    local a, b = shared.components[1].distributions, shared.components[2].distributions
    assert(shared.df == 6 and a[1].sigma == b[1].sigma and a[2].lambda ~= b[2].lambda)
    local held = em.fit(mixed, {
      family = {"normal", "poisson"}, k = 2, fix = {lambda2 = {2, false}}, bounds = {sigma1 = {0.1, 0.9}}, seed = 1,
    })
    assert(held.df == 6 and held.components[1].distributions[2].lambda == 2)
    assert(held.components[2].distributions[1].sigma <= 0.9 and tostring(held):find("lambda2", 1, true))
    local ok, e = pcall(em.fit, mixed, {family = {"normal", "poisson"}, k = 2, equal = "lambda1"})
    assert(not ok and tostring(e):find("known: lambda, lambda2, mu, mu1, sigma, sigma1", 1, true), e)
    """,
    // A row that counts twice is the row twice, in a step too.
    """
    local model = dist.mixture({0.5, 0.5}, {dist.normal(0, 1), dist.normal(4, 1)})
    local a, seen = em.step(model, {0, 1, 4, 5}, {row_weights = {1, 2, 1, 1}})
    local b, again = em.step(model, {0, 1, 1, 4, 5})
    assert(math.abs(seen.loglik - again.loglik) < 1e-12 and math.abs(a.weights[1] - b.weights[1]) < 1e-14)
    assert(math.abs(a.components[1].sigma - b.components[1].sigma) < 1e-14)
    """,
    // Constraints of every kind.
    """
    local x = frame.load("faithful").waiting
    local equal = em.fit(x, {k = 2, equal = "sigma", seed = 1})
    assert(equal.df == 4 and math.abs(equal.loglik - -1034.00176036) < 1e-6)
    local known = em.fit(x, {k = 2, fix = {mu = {55, false}}, seed = 1})
    assert(known.df == 4 and known.components[1].mu == 55 and known.loglik < -1034.0017)
    local all = em.fit(x, {k = 2, fix = {sigma = 6, weights = {0.4, 0.6}}, bounds = {mu = {50, 79}}, seed = 1})
    assert(all.df == 2 and all.weights[1] == 0.4 and all.components[1].sigma == 6 and all.components[2].mu == 79)
    local shared = em.fit(frame.load("faithful"):matrix(), {k = 2, equal = "cov", seed = 1})
    assert(shared.covariance == "EEE" and shared.df == 8)
    """,
    // Rows that count twice, labels, priors.
    """
    local x = vector{1, 1.5, 2, 6, 7, 7.5}
    local start = dist.mixture({0.5, 0.5}, {dist.normal(1, 1), dist.normal(7, 1)})
    local twice = em.fit(x, {start = start, row_weights = {2, 1, 1, 1, 1, 2}})
    local long = em.fit(vector{1, 1, 1.5, 2, 6, 7, 7.5, 7.5}, {start = start})
    assert(math.abs(twice.loglik - long.loglik) < 1e-10 and math.abs(twice.bic - long.bic) < 1e-9)
    local labelled = em.fit(x, {k = 2, labels = {2, 0, 0, 0, 0, 1}, equal = "sigma", seed = 1})
    assert(labelled.components[1].mu > labelled.components[2].mu)
    local prior = matrix{{1, 0}, {1, 0}, {0.5, 0.5}, {0, 1}, {0, 1}, {0, 1}}
    assert(em.fit(x, {k = 2, prior = prior, equal = "sigma", seed = 1}).loglik < 0)
    """,
    // Diagnostics.
    """
    local x = frame.load("faithful"):matrix()
    local fit = em.fit(x, {k = 3, covariance = "EEE", seed = 1})
    local u = fit:uncertainty()
    assert(#u == 272 and u:min() >= 0 and u:max() <= 2 / 3)
    local sizes = fit:sizes(x)
    assert(math.abs(sizes.expected:sum() - 272) < 1e-9 and sizes.observed:sum() == 272)
    assert(math.abs(sizes.expected[1] / 272 - fit.weights[1]) < 1e-4)
    local steps = fit:merge()
    assert(#steps == 3 and math.abs(steps[1].entropy - fit:entropy()) < 1e-9 and math.abs(steps[3].entropy) < 1e-9)
    assert(steps[2].k == 2 and steps[2].groups[2] == steps[2].groups[3] and #steps[2].labels == 272)
    local waiting = frame.load("faithful").waiting
    assert(em.fit(waiting, {k = 1}):goodness({replicates = 49, seed = 1}).p == 1 / 50)
    assert(em.fit(waiting, {k = 2}):goodness({test = "ks", replicates = 49, seed = 1}).p > 0.05)
    """,
  ])
  func scriptRuns(_ script: String) throws { _ = try evaluate(script) }

  @Test(arguments: [
    "em.select(frame.load('iris'):matrix(), {k = {1, 2, 3}, covariance = 'all', seed = 1, restarts = 3})",
    "em.select(frame.load('faithful').waiting, {k = {1, 2}, family = {'normal', 'gamma', 'laplace'}, restarts = 2})",
    "em.select({{1, 2}, {2, 1}, {3, 5}, {4, 4}, {7, 1}}, {k = {1, 2, 3, 4}, covariance = {'full', 'EII'}})",
    "em.fit(frame.load('faithful'):matrix(), {k = 3, noise = true, restarts = 3})",
    "em.fit({0, 0, 0, 1.5, 0.2, 0.7, 0, 3.1}, {family = {'point', 'exponential'}})",
    "em.fit(frame.load('iris'):matrix(), {family = 'laplace', k = 2, restarts = 2})",
    "em.fit(frame.load('iris'):matrix(), {family = 'mvt', k = 1, fix = {df = 5}})",
  ])
  func summaryFitsTheScreen(_ script: String) throws {
    let text = try #require(evaluate("return \(script)").first)
    let lines = text.split(separator: "\n")
    #expect(lines.count <= 26 && lines.allSatisfy { $0.count <= 80 }, "\(text)")
  }

  private func evaluate(_ script: String) throws -> [String] {
    try Session.open { try $0.run(.text(script, name: "=test"), describingResults: true) }
  }
}
