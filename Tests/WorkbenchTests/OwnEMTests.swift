import Testing
import Workbench

@Suite struct OwnEMTests {
  /// Dempster, Laird and Rubin's linkage: the fixed point is (15 + √53809)/394, the rate of convergence 0.1328.
  private static let linkage = """
    local y = {125, 18, 20, 34}
    local function map(theta)
      local hidden = y[1] * theta[1] / (2 + theta[1])
      return {(hidden + y[4]) / (hidden + y[2] + y[3] + y[4])}
    end
    local function loglik(theta)
      local t = theta[1]
      return y[1] * math.log(2 + t) + (y[2] + y[3]) * math.log(1 - t) + y[4] * math.log(t)
    end
    local exact = (15 + math.sqrt(53809)) / 394

    """

  @Test(arguments: [
    """
    for _, accelerate in ipairs{"none", "squarem"} do
      for _, criterion in ipairs{"gap", "parameters"} do
        local s = em.solve{start = {0.5}, map = map, loglik = loglik, accelerate = accelerate, criterion = criterion,
          tolerance = 1e-12}
        assert(s.converged and math.abs(s.x[1] - exact) < 1e-6 and s.status == "converged", tostring(s))
        assert(math.abs(s.loglik - loglik(s.x)) < 1e-12 and s.evaluations >= #s.trace)
        for i = 2, #s.trace do assert(s.trace[i] >= s.trace[i - 1] - 1e-12) end
      end
    end
    local plain = em.solve{start = {0.5}, map = map, loglik = loglik, accelerate = "none", tolerance = 1e-9}
    assert(math.abs(plain.certificate.rate - 0.1328) < 1e-3)
    -- The table of oracles: the steps from 0.5.
    local seen = {}
    em.solve{start = {0.5}, map = function(t) seen[#seen + 1] = t[1] return map(t) end, loglik = loglik, accelerate = "none"}
    for i, t in ipairs{0.608247423, 0.624321050, 0.626488879, 0.626777322} do assert(math.abs(seen[i + 1] - t) < 1e-9) end
    assert(em.solve{start = {0.5}, map = map, loglik = loglik, max_iterations = 2}.status == "max_iterations")
    """,
    // Hasselblad's deaths: slow, and acceleration pays. The numbers are published to ten digits.
    """
    local deaths = {162, 267, 271, 185, 111, 61, 27, 8, 3, 1}
    local function terms(p, i)
      return p[1] * math.exp(-p[2]) * p[2] ^ i, (1 - p[1]) * math.exp(-p[3]) * p[3] ^ i
    end
    local function map(p)
      local a, b, c, n = 0, 0, 0, 0
      for i = 0, 9 do
        local u, v = terms(p, i)
        local r, y = u / (u + v), deaths[i + 1]
        a, b, c, n = a + y * r, b + y * r * i, c + y * (1 - r) * i, n + y
      end
      return {a / n, b / a, c / (n - a)}
    end
    local function loglik(p)
      local sum, logFactorial = 0, 0
      for i = 0, 9 do
        if i > 0 then logFactorial = logFactorial + math.log(i) end
        local u, v = terms(p, i)
        sum = sum + deaths[i + 1] * (math.log(u + v) - logFactorial)
      end
      return sum
    end
    local projected = 0
    local s = em.solve{
      start = {0.3, 1, 2.5}, map = map, loglik = loglik, n = 1096,
      project = function(p)
        projected = projected + 1
        return {math.min(1, math.max(0, p[1])), math.max(1e-9, p[2]), math.max(1e-9, p[3])}
      end,
    }
    -- Plain EM takes 2,909 evaluations, the SQUAREM of R 72.
    assert(s.converged and projected > 0 and s.evaluations < 72, tostring(s))
    assert(math.abs(s.loglik - -1989.945859883) < 1e-6, s.loglik)
    assert(math.abs(s.x[1] - 0.35988) < 1e-2 and math.abs(s.x[2] - 1.2561) < 1e-2 and math.abs(s.x[3] - 2.66340) < 1e-2)
    """,
    // Errors of the functions come through as they are.
    """
    local t = {}
    local bad = function() error(t) end
    for _, o in ipairs{{map = bad, loglik = loglik}, {map = map, loglik = bad}, {map = map, loglik = loglik, project = bad}} do
      o.start = {0.01}
      local ok, e = pcall(em.solve, o)
      assert(not ok and e == t)
    end
    """,
  ])
  func maps(_ script: String) throws { _ = try evaluate(Self.linkage + script) }

  private static let laplace = """
    local laplace = em.family{
      name = "laplace",
      parameters = {location = "real", scale = "positive"},
      logpdf = function(x, p) return -(x - p.location):abs() / p.scale - math.log(2 * p.scale) end,
      fit = function(x, w)
        local location = stats.weighted_quantile(x, w, 0.5)
        return {location = location, scale = ((x - location):abs() * w):sum() / w:sum()}
      end,
    }
    local function normal(options)
      options.name = "gauss"
      options.parameters = {mu = "real", sigma = "positive"}
      options.logpdf = options.logpdf or function(x, p)
        return ((x - p.mu) / p.sigma) ^ 2 * -0.5 - autodiff.log(p.sigma) - 0.5 * math.log(2 * math.pi)
      end
      return em.family(options)
    end
    local waiting = frame.load("faithful").waiting

    """

  @Test(arguments: [
    // The parameters and log-likelihood of a native fit, from the density alone in three ways, and with the fit.
    """
    local slope = function(x, p)
      local z = (x - p.mu) / p.sigma
      return {mu = z / p.sigma, sigma = (z * z - 1) / p.sigma}
    end
    local fit = function(x, w)
      local mu = x:dot(w) / w:sum()
      return {mu = mu, sigma = math.sqrt(((x - mu) ^ 2):dot(w) / w:sum())}
    end
    for name, options in pairs{d = {}, a = {gradient = "autodiff"}, g = {gradient = slope}, f = {fit = fit}} do
      local got = em.fit(waiting, {family = normal(options), k = 2, seed = 1, restarts = 4})
      assert(math.abs(got.loglik - -1034.00174983) < 1e-6, name .. got.loglik)
      assert(got.converged and got.df == 5 and got.k == 2 and got.n == 272 and #got.warnings == 0, name)
      assert(math.abs(got.weights[1] - 0.3608859) < 1e-4 and math.abs(got.components[1].mu - 54.6148511) < 1e-2)
      assert(math.abs(got.components[2].sigma - 5.867738) < 1e-2)
    end
    -- A row that counts twice is the row twice.
    local weights, rows, labels = {}, {}, {}
    for i = 1, #waiting do
      weights[i] = i % 3
      for _ = 1, i % 3 do
        rows[#rows + 1] = waiting[i]
        labels[#labels + 1] = waiting[i] > 70 and 2 or 1
      end
    end
    local start = waiting:gt(70) + 1
    local heavy = em.fit(waiting, {family = normal{fit = fit}, k = 2, start = start, row_weights = weights})
    local long = em.fit(rows, {family = normal{fit = fit}, k = 2, start = labels})
    assert(math.abs(heavy.loglik - long.loglik) < 1e-8 and math.abs(heavy.bic - long.bic) < 1e-8)
    assert(math.abs(heavy.components[1].mu - long.components[1].mu) < 1e-6)
    local mine = em.fit(waiting, {family = normal{fit = fit}, k = 2, seed = 1})
    local native = em.fit(waiting, {k = 2, seed = 1})
    assert(math.abs(mine.bic - native.bic) < 1e-4 and math.abs(mine.icl - native.icl) < 1e-2)
    assert((mine:posterior(waiting) - native:posterior(waiting)):abs():flatten():max() < 1e-3)
    assert(mine:classify(waiting) == native:classify(waiting))
    assert((mine:logpdf(waiting) - native.model:logpdf(waiting)):abs():max() < 1e-4)
    """,
    // Starts, fixed weights, one component, interruption by a callback.
    """
    local one = em.fit({1, 2, 4, 9}, {family = laplace, k = 1})
    assert(one.components[1].location == 3 and one.components[1].scale == 2.5 and one.df == 2)
    local fit = em.fit(waiting, {family = laplace, k = 2, start = waiting:gt(68) + 1, fix = "weights"})
    assert(fit.weights == vector{0.5, 0.5} and fit.df == 4 and fit.starts == 1)
    local swapped = em.fit(waiting, {family = laplace, k = 2, start = waiting:lt(68) + 1})
    assert(swapped.components[1].location > swapped.components[2].location)
    local t, calls = {}, 0
    local ok, e = pcall(em.fit, waiting, {family = laplace, k = 2, on_iteration = function(p)
      calls = calls + 1
      assert(p.start == 1 and p.starts == 20 and p.iteration == calls)
      if calls == 3 then error(t) end
    end})
    assert(not ok and e == t and calls == 3)
    """,
    // A gradient that is wrong is told of, and so is a start where the density is nothing.
    """
    local fit = em.fit(waiting, {family = normal{gradient = function(x, p)
      local z = (x - p.mu) / p.sigma
      return {mu = z, sigma = (z * z - 1) / p.sigma}
    end}, k = 1})
    assert(#fit.warnings == 1 and fit.warnings[1]:find("by mu"), fit.warnings[1])
    assert(tostring(fit):find("warning: the gradient of gauss by mu"))
    local ok, e = pcall(em.fit, {1, 2, 4}, {family = normal{logpdf = function(x, p) return x * (0/0) end}, k = 1})
    assert(not ok and e.message:find("give start"), e.message)
    """,
  ])
  func families(_ script: String) throws { _ = try evaluate(Self.laplace + script) }

  @Test func oneScreen() throws {
    let solution = try evaluate(
      Self.linkage + "return tostring(em.solve{start = {0.5}, map = map, loglik = loglik, accelerate = 'none'})")
    #expect(solution[0].hasPrefix("EM · 1 parameter\n  log-likelihood 67.38"), "\(solution)")
    let fit = try evaluate(Self.laplace + "return tostring(em.fit(waiting, {family = laplace, k = 2, seed = 1}))")
    #expect(fit[0].hasPrefix("laplace mixture · k = 2 · n = 272\n  log-likelihood"), "\(fit)")
    #expect(fit[0].contains("component   weight   location    scale"), "\(fit)")
  }

  /// A family that knows a fit which knows it is garbage like any other.
  @Test func cyclesAreCollected() throws {
    try Session.open { session in
      _ = try session.run(
        .text(
          Self.laplace + """
            collectgarbage()
            for i = 1, 20 do
              local fit
              local family = em.family{
                name = "cycle", parameters = {location = "real"},
                logpdf = function(x, p) return (x - p.location) ^ 2 * -0.5, fit end,
                fit = function(x, w) return {location = x:dot(w) / w:sum()} end,
              }
              fit = em.fit({1, 2, 4}, {family = family, k = 1})
            end
            """, name: "=test"))
      let before = session.liveObjects
      _ = try session.run(.text("collectgarbage() collectgarbage()", name: "=test"))
      #expect(session.liveObjects <= before && session.liveObjects < 10)
    }
  }

  @Test(arguments: [
    ("em.solve{map = map, loglik = loglik}", "em.solve: start must be a vector or a table of numbers, got nothing"),
    (
      "em.solve{start = {0.5}, map = map, loglik = loglik, tol = 1}",
      "em.solve: unknown option 'tol' (did you mean 'tolerance'?)"
    ),
    (
      "em.solve{start = {0.5}, map = function(t) return {1, 2} end, loglik = loglik}",
      "em.solve: map must return 1 finite numbers, got {1, 2} at {0.5}"
    ),
    (
      "em.solve{start = {0.5}, map = function(t) return 'a' end, loglik = loglik}",
      "em.solve: map must return a vector or a table of numbers, got 'a'"
    ),
    ("em.solve{start = {2}, map = map, loglik = loglik}", "em.solve: loglik must be finite, got NaN at {2}"),
    (
      "em.solve{start = {0.5}, map = function(t) return {t[1] / 2} end, loglik = loglik}",
      "em.solve: the log-likelihood fell from 64.6"
    ),
    ("em.family{name = 'a', parameters = {}, logpdf = print}", "em.family: parameters: at least one is wanted"),
    (
      "em.family{name = 'a', parameters = {b = 'wide'}, logpdf = print}",
      "em.family: parameters: b must be one of 'real', 'positive', 'probability', got 'wide'"
    ),
    ("em.fit(matrix{{1, 2}}, {family = laplace, k = 1})", "em.fit: laplace components are for one column, got 2"),
    ("em.fit({1, 2}, {family = laplace, k = 1, equal = 'sigma'})", "em.fit: equal is not for a family from em.family"),
    (
      "em.fit({1, 2}, {family = short, k = 1})", "em.fit: logpdf must return 2 numbers for 2, got 1"
    ),
    (
      "em.fit({1, 2}, {family = none, k = 1})", "em.fit: fit of none must return a table of parameters, got 'a'"
    ),
    (
      "em.fit({1, 1}, {family = laplace, k = 1})",
      "em.fit: component 1 has left the range of its parameters: location = 1, scale = 0"
    ),
  ])
  func messages(_ script: String, _ message: String) throws {
    let result = try evaluate(
      Self.linkage + Self.laplace + """
        local p = {b = "real"}
        local short = em.family{name = "short", parameters = p, logpdf = function() return {1} end,
          fit = function() return {b = 1} end}
        local none = em.family{name = "none", parameters = p, logpdf = function() return {1} end, fit = function() return "a" end}
        local ok, e = pcall(function() \(script) end)
        return ok, type(e) == "table" and e.message or e
        """)
    #expect(result[0] == "false" && result[1].hasPrefix(message), "\(result)")
  }

  private func evaluate(_ script: String) throws -> [String] {
    try Session.open { try $0.run(.text(script, name: "=test"), describingResults: true) }
  }
}
