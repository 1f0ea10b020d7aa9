import Testing
import Workbench

@Suite struct EmTests {
  @Test(arguments: [
    // Two eruption regimes in the waiting times, known from elsewhere to ten digits.
    """
    local waiting = frame.load("faithful").waiting
    local fit = em.fit(waiting, {family = "normal", k = 2, equal = "sigma", seed = 1})
    assert(fit.converged and fit.status == "converged")
    assert(math.abs(fit.loglik - -1034.00176036) < 1e-6)
    assert(fit.df == 4 and fit.n == 272 and fit.k == 2 and fit.family == "normal")
    assert(math.abs(fit.bic - 2090.427) < 1e-3 and fit.certificate.gap < 1e-6)
    local short, long = fit.components[1], fit.components[2]
    assert(math.abs(short.mu - 54.6136) < 1e-3 and math.abs(long.mu - 80.0903) < 1e-3 and short.sigma == long.sigma)
    local m = fit.model
    assert(math.abs(m:cdf(m:quantile(0.25)) - 0.25) < 1e-12 and #m:sample(7) == 7)
    local r = fit:posterior(waiting)
    assert(r.rows == 272 and r.cols == 2 and math.abs(r:row(1):sum() - 1) < 1e-12)
    assert(fit:classify(waiting):eq(2):sum() + fit:classify(waiting):eq(1):sum() == 272)
    assert(fit.trace[#fit.trace] == fit.loglik and fit.trace[1] <= fit.loglik and fit.iterations == #fit.trace - 1)
    assert(fit.optima[1].hits >= 10 and fit.optima[1].loglik == fit.loglik and fit.starts == 20)
    """,
    // The family follows from the data or from the start.
    """
    local f = frame.load "faithful"
    assert(em.fit(f.waiting, {k = 1}).family == "normal")
    assert(em.fit(f:matrix(), {k = 2}).family == "mvnormal")
    assert(em.fit({{1, 2}, {3, 5}, {4, 4}, {7, 1}}, {k = 1}).components[1].cov(1, 2) == em.fit({{1, 2}, {3, 5}, {4, 4}, {7, 1}}, {k = 1}).components[1].cov(2, 1))
    local start = dist.mixture({0.5, 0.5}, {dist.binomial(10, 0.6), dist.binomial(10, 0.5)})
    local fit = em.fit({5, 9, 8, 4, 7}, {start = start, fix = "weights"})
    assert(fit.family == "binomial" and fit.df == 2 and fit.starts == 1 and fit.weights[1] == 0.5)
    assert(math.abs(fit.components[1].p - 0.7967890669) < 1e-4 and fit.components[1].trials == 10)
    """,
    // The same seed, the same fit; the default stream moves on.
    """
    local x = frame.load("faithful").eruptions
    local function loglik(options) local fit = em.fit(x, options) return fit.trace[1] end
    assert(loglik{k = 3, seed = 5} == loglik{k = 3, seed = 5})
    random.seed(9)
    local a = loglik{k = 3}
    random.seed(9)
    assert(loglik{k = 3} == a)
    """,
    // Starts from labels and from a posterior; fits in files.
    """
    local iris = frame.load("iris")
    local x = iris:matrix()
    local fit = em.fit(x, {start = iris.species})
    assert(fit.k == 3 and fit.converged and fit.starts == 1)
    local same = em.fit(x, {start = fit:posterior(x)})
    assert(math.abs(same.loglik - fit.loglik) < 1e-6)
    local file = os.tmpname()
    fit:save(file)
    local loaded = em.load(file)
    os.remove(file)
    assert(tostring(loaded) == tostring(fit) and loaded.loglik == fit.loglik and loaded.bic == fit.bic)
    assert(loaded.components[2].cov(1, 2) == fit.components[2].cov(1, 2) and #loaded.trace == #fit.trace)
    assert(loaded:posterior(x)(7, 1) == fit:posterior(x)(7, 1))
    """,
    // Covariances.
    """
    local x = frame.load("iris"):matrix()
    local loglik = {}
    for _, covariance in ipairs{"full", "tied", "diagonal", "spherical"} do
      local fit = em.fit(x, {k = 3, covariance = covariance, seed = 1})
      loglik[covariance] = fit.loglik
      if covariance == "spherical" then assert(fit.components[1].cov(1, 1) == fit.components[1].cov(4, 4)) end
      if covariance == "diagonal" then assert(fit.components[1].cov(1, 2) == 0) end
      if covariance == "tied" then assert(fit.components[1].cov(1, 2) == fit.components[3].cov(1, 2)) end
    end
    assert(math.abs(loglik.full - -180.18547759) < 1e-6)
    assert(loglik.full > loglik.tied and loglik.full > loglik.diagonal and loglik.diagonal > loglik.spherical)
    """,
    // One step; its log-likelihood is of the model that it starts from.
    """
    local heads = vector{5, 9, 8, 4, 7}
    local start = dist.mixture({0.5, 0.5}, {dist.binomial(10, 0.6), dist.binomial(10, 0.5)})
    local next, info = em.step(start, heads, {fix = "weights"})
    assert(math.abs(next.components[1].p - 0.7130122354) < 1e-9 and math.abs(next.components[2].p - 0.5813393083) < 1e-9)
    assert(math.abs(info.loglik - start:logpdf(heads):sum()) < 1e-12 and info.posterior.rows == 5)
    local free = em.step(start, heads)
    assert(math.abs(free:mean() - heads:mean()) < 1e-12)
    """,
    // A function that watches, and one that stops the fit with an error of its own.
    """
    local x = frame.load("faithful").waiting
    local seen, last = 0, nil
    em.fit(x, {k = 2, restarts = 3, on_iteration = function(step)
      seen = seen + 1
      assert(step.starts == 3 and step.iteration >= 1 and step.model:pdf(70) > 0)
      last = step
    end})
    assert(seen > 3 and last.loglik < 0)
    local ok, e = pcall(em.fit, x, {k = 2, on_iteration = function() error({why = "enough"}) end})
    assert(not ok and e.why == "enough")
    """,
    // Mixtures of anything, and of mixtures.
    """
    local m = dist.mixture({0.25, 0.75}, {dist.normal(0, 1), dist.mixture({0.5, 0.5}, {dist.normal(3, 1), dist.normal(9, 2)})})
    assert(math.abs(m:mean() - 4.5) < 1e-15 and m.weights[2] == 0.75 and m.components[2].components[1].mu == 3)
    assert(m:posterior{0, 5}.rows == 2 and m:posterior{0, 5}.cols == 2)
    assert(m:classify{0, 9}[1] == 1 and m:classify{0, 9}[2] == 2)
    local z = dist.mixture({0.1, 0.4, 0.5}, {
      dist.mvnormal({0, 0}, matrix.eye(2)), dist.mvnormal({3, 3}, 2 * matrix.eye(2)), dist.mvnormal({0, 5}, 3 * matrix.eye(2)),
    }):pdf(matrix{{0, 0}, {1, 1}, {2, 2}})
    assert(math.abs(z[1] - 0.017) < 5e-4 and math.abs(z[2] - 0.012) < 5e-4 and math.abs(z[3] - 0.023) < 5e-4)
    """,
  ])
  func scriptRuns(_ script: String) throws { _ = try evaluate(script) }

  @Test func summary() throws {
    let script = """
      return em.fit(frame.load("faithful").waiting, {family = "normal", k = 2, equal = "sigma", seed = 1})
      """
    let lines = try #require(evaluate(script).first).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    #expect(lines[0] == "normal mixture · k = 2 · n = 272 · equal sigma")
    #expect(lines[1] == "  log-likelihood −1034.0018    df 4    BIC 2090.43   AIC 2076.00   ICL 2099.59")
    #expect(
      lines[2].hasPrefix("  converged in ") && lines[2].contains(" steps, gap < 1e-")
        && lines[2].contains("; 20 starts, "))
    #expect(
      lines[3...] == [
        "", "  component   weight       mu   sigma", "  1           0.3608   54.614   5.869",
        "  2           0.6392   80.090   5.869",
      ])
  }

  /// Whatever is fitted, its summary fits the screen.
  @Test(arguments: [
    "em.fit(frame.load('iris'):matrix(), {k = 3})",
    "em.fit(1e8 * frame.load('faithful').waiting, {k = 3, restarts = 30})",
    "em.fit(matrix.zeros(40, 20) + dist.mixture({1}, {dist.normal(0, 1)}):sample(800):reshape(40, 20), {k = 1})",
    "em.fit({{5, 5}, {9, 1}, {8, 2}, {4, 6}, {7, 3}}, {family = 'multinomial', k = 2})",
    "em.fit(frame.load('faithful').waiting, {k = 2, max_iterations = 2})",
    "em.fit(vector.linspace(0, 1, 500), {k = 40, equal = 'sigma', restarts = 2, max_iterations = 50})",
  ])
  func summaryFitsTheScreen(_ script: String) throws {
    let text = try #require(evaluate("return \(script)").first)
    let lines = text.split(separator: "\n")
    #expect(lines.count <= 24 && lines.allSatisfy { $0.count <= 80 }, "\(text)")
  }

  @Test(arguments: [
    ("em.fit(w, {k = 0})", "em.fit: k must be an integer from 1 to 272, got 0"),
    ("em.fit(w, {k = 2.5})", "em.fit: k must be an integer from 1 to 272, got 2.5"),
    ("em.fit(w, {k = 273})", "em.fit: k must be an integer from 1 to 272, got 273"),
    ("em.fit(w)", "em.fit: k must be an integer from 1 to 272, got nothing"),
    ("em.fit(w, {k = 2, tol = 1e-3})", "em.fit: unknown option 'tol' (did you mean 'tolerance'?)"),
    ("em.fit(3, {k = 1})", "em.fit: x must be a vector or a matrix, got 3"),
    ("em.fit({}, {k = 1})", "em.fit: at least one row is wanted, got 0 x 1 numbers"),
    ("em.fit({{1, 2}, {3, 0/0}}, {k = 1})", "em.fit: column 2, row 2 is NaN"),
    (
      "em.fit(w, {k = 2, family = 'norml'})",
      "em.fit: unknown family 'norml' (did you mean 'normal'?)"
    ),
    ("em.fit(w, {k = 2, fix = 'mu'})", "em.fit: fix must be 'weights' or a table of values, got 'mu'"),
    ("em.fit(w, {k = 2, fix = {nu = 1}})", "em.fit: fix: normal has no parameter 'nu' (known: mu, sigma)"),
    (
      "em.fit(w, {k = 3, fix = {mu = {1, false}}})",
      "em.fit: fix: mu must have a value or false for each of 3 components, got 2"
    ),
    ("em.fit(w, {k = 2, fix = {sigma = -1}})", "em.fit: fix: sigma must be positive, got -1"),
    (
      "em.fit(w, {k = 2, bounds = {sigma = {3, 1}}})",
      "em.fit: bounds: sigma must be two numbers, the lower one first, got a table"
    ),
    (
      "em.fit(w, {k = 2, labels = {1, 2}})",
      "em.fit: one label per row is wanted, got 2 labels and 272 rows"
    ),
    (
      "em.fit(w, {k = 2, covariance = 'VEV'})",
      "em.fit: covariance is for mvnormal components, the family here is normal"
    ),
    (
      "em.fit(w, {family = {'uniform', 'normal'}, k = 3})",
      "em.fit: k is 3, but family names 2 components"
    ),
    (
      "em.fit({1, 2, -3, 4}, {family = 'gamma', k = 1})",
      "em.fit: row 3 is -3; gamma data are positive and finite"
    ),
    (
      "em.select(w, {k = 0})",
      "em.select: k must be an integer from 1, or a table of them, got 0"
    ),
    (
      "em.select(w, {k = 300})",
      "em.select: k must be an integer from 1 to 272, got 300"
    ),
    (
      "em.fit({{1, 2}, {3, 1}, {5, 3}}, {k = 1, equal = 'sigma'})",
      "em.fit: equal: mvnormal has no parameter 'sigma' (known: cov, mu)"
    ),
    (
      "em.fit(w, {family = 'binomial', k = 2})",
      "em.fit: binomial components need the number of trials of each row: trials = 10, or a start"
    ),
    (
      "em.fit(w, {start = dist.normal(0, 1)})",
      "em.fit: start must be a mixture, a vector of labels or a posterior matrix, got a normal distribution"
    ),
    (
      "em.fit(w, {k = 3, start = dist.mixture({1}, {dist.normal(0, 1)})})",
      "em.fit: k is 3, but the start has 1 components"
    ),
    (
      "em.fit({1, 1, 1}, {k = 2})",
      "em.fit: all rows are equal (1), which no normal distribution can be fitted to"
    ),
    (
      "dist.mixture({0.5, 0.6}, {dist.normal(0, 1), dist.normal(1, 1)})",
      "dist.mixture: weights must sum to 1, got a sum of 1.1"
    ),
    (
      "dist.mixture({0.5, 0.5}, {dist.normal(0, 1)})",
      "dist.mixture: one weight per component is wanted, got 2 weights and 1 components"
    ),
    (
      "dist.mixture({0.5, 0.5}, {dist.multinomial(3, {0.5, 0.5}), dist.multinomial(4, {0.5, 0.5})})",
      "dist.mixture: components must share one support, but component 1 (multinomial) is over counts of 3 in "
        + "2 categories and component 2 (multinomial) over counts of 4 in 2 categories"
    ),
    ("dist.mixture({1}, {3})", "dist.mixture: components: element 1 must be a distribution, got 3"),
    (
      "dist.normal(0, 1):posterior{1}",
      "distribution:posterior: only a mixture has a posterior, this is normal distribution"
    ),
  ])
  func messages(_ script: String, _ message: String) throws {
    let result = try evaluate(
      """
      local w = frame.load("faithful").waiting
      local ok, e = pcall(function() \(script) end)
      return ok, type(e) == "table" and e.message or e
      """)
    #expect(result == ["false", message])
  }

  private func evaluate(_ script: String) throws -> [String] {
    try Session.open { try $0.run(.text(script, name: "=test"), describingResults: true) }
  }
}
