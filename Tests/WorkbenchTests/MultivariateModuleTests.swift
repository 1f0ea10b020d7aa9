import Testing
import Workbench

@Suite struct MultivariateModuleTests {
  @Test(arguments: [
    // A value of a matrix distribution is a matrix, several are a table.
    """
    local w = dist.wishart(5, {{2, 0.5}, {0.5, 1}})
    local one, some = w:sample(), w:sample(3)
    assert(one.rows == 2 and one.cols == 2 and #some == 3 and some[2](1, 2) == some[2](2, 1))
    assert(type(w:logpdf(one)) == "number")
    local logs = w:logpdf(some)
    assert(#logs == 3 and logs[2] == w:logpdf(some[2]))
    assert(w:pdf({{1, 0}, {0, 1}}) == w:pdf({{{1, 0}, {0, 1}}})[1])
    assert(w:mean() == matrix{{10, 2.5}, {2.5, 5}} and w:mode() == matrix{{4, 1}, {1, 2}})
    assert(w:variance()(1, 1) == 40 and w:covariance().rows == 4 and w:sd()(1, 1) == math.sqrt(40))
    assert(w:support().kind == "positive_definite" and w:support().order == 2)
    local fit = dist.fit("wishart", w:sample(200, random.stream(1)))
    assert(fit.family == "wishart" and math.abs(fit.df - 5) < 2)
    local v = dist.inverse_wishart{df = 6, scale = {{2, 0.5}, {0.5, 1}}}
    assert(dist.fit("inverse_wishart", v:sample(200, random.stream(2))).scale.rows == 2)
    local m = dist.mixture({0.5, 0.5}, {w, v})
    assert(#m:sample(4) == 4 and m:posterior(some).rows == 3 and #m:classify(some) == 3 and m:mean().rows == 2)
    """,
    // Rows.
    """
    local t = dist.mvt(5, {0, 4}, {{3, 0}, {0, 0.5}})
    assert(t.df == 5 and t:mean()[2] == 4 and t:sample(3).cols == 2 and math.abs(t:cdf{0, 4} - 0.25) < 1e-9)
    local d = dist.dirichlet{2, 3, 5}
    assert(d.alpha[3] == 5 and math.abs(d:sample():sum() - 1) < 1e-15 and d:support().kind == "simplex")
    local f = dist.von_mises_fisher({0, 0, 1}, 20)
    assert(f.kappa == 20 and f:mode()[3] == 1 and #f:sample() == 3 and f:support().kind == "sphere")
    assert(dist.fit("von_mises_fisher", f:sample(100)).kappa > 10)
    """,
    // Products.
    """
    local d = dist.product{dist.normal(0, 1), dist.poisson(3)}
    assert(d.dimension == 2 and d:mean()[2] == 3 and d:sample(4).cols == 2)
    assert(math.abs(d:logpdf{0, 2} - dist.normal(0, 1):logpdf(0) - dist.poisson(3):logpdf(2)) < 1e-14)
    assert(d:support().kind == "product" and d:support().parts[2].kind == "integers")
    local fit = dist.fit({"normal", "poisson"}, {{1.5, 3}, {0.5, 4}, {2, 2}})
    local held = dist.fit({"normal", "poisson"}, {{1.5, 3}, {0.5, 4}, {2, 2}}, {fix = {mu = 1, lambda2 = 5}})
    assert(held.distributions[1].mu == 1 and held.distributions[2].lambda == 5)
    -- By a search, which is good to 1e-12 standard deviations.
    assert(math.abs(held.distributions[1].sigma ^ 2 - (0.25 + 0.25 + 1) / 3) < 1e-11)
    local ok, e = pcall(dist.fit, {"normal", "poisson"}, {{1.5, 3}}, {fix = {rate = 1}})
    assert(not ok and tostring(e):find("no parameter 'rate'", 1, true))
    assert(fit.family == "product" and fit:mean()[2] == 3)
    local m = dist.mixture({0.5, 0.5}, {d, dist.product{dist.normal(5, 1), dist.poisson(9)}})
    assert(#m:mode() == 2 and m:posterior({{0, 2}, {5, 9}}).rows == 2)
    """,
  ])
  func runs(_ script: String) throws {
    try Session.open { session in _ = try session.run(.text(script, name: "=test")) }
  }

  @Test(arguments: [
    (
      "dist.wishart(5, {{2, 0.5}, {0.5, 1}}):pdf{1, 2}",
      "distribution:pdf: x must be a matrix of 2 x 2 or a table of them, got a table"
    ),
    (
      "dist.wishart(5, {{2, 0.5}, {0.5, 1}}):cdf(matrix.eye(2))",
      "distribution:cdf: wishart has no cdf: matrices have no order by elements that probabilities are known for"
    ),
    (
      "dist.wishart(5, {{2, 0.5}, {0.5, 1}}):pdf(matrix.eye(3))",
      "distribution:pdf: matrices of 2 x 2 are wanted, but matrix 1 is 3 x 3"
    ),
    ("dist.fit('wishart', {1, 2})", "dist.fit: x must be a table of matrices, got a table"),
    ("dist.fit('normal', {matrix.eye(2)})", "dist.fit: x must be a vector or a matrix, got a table"),
    ("dist.normal(0, 1):pdf{matrix.eye(2)}", "distribution:pdf: x must be a number, a vector or a matrix, got a table"),
    ("dist.product{}", "dist.product: a product needs at least one distribution"),
    (
      "dist.fit({'normal'}, {{1, 2}, {2, 3}})",
      "dist.fit: one column per family is wanted, got 2 columns and 1 families"
    ),
    (
      "dist.fit({'normal', 'norml'}, {{1, 2}})",
      "dist.fit: unknown family 'norml' (did you mean 'normal'?)"
    ),
    ("dist.dirichlet{1, 1}:quantile(0.5)", "distribution:quantile: dirichlet has no quantile: rows have no order"),
  ])
  func errors(_ expression: String, _ message: String) throws {
    let script = "local ok, e = pcall(function() return \(expression) end) return ok and 'no error' or e.message"
    let results = try Session.open { session in try session.run(.text(script, name: "=test"), describingResults: true) }
    #expect(results == [message])
  }
}
