import Testing
import Workbench

@Suite struct StatsTests {
  @Test(arguments: [
    // Numbers of R 4.2.2 and NumPy; those of kernels are tested there.
    """
    local f = frame.load "faithful"
    assert(math.abs(stats.cor(f.eruptions, f.waiting) - 0.90081116832181307) < 1e-14)
    assert(math.abs(stats.cor(f:matrix())(1, 2) - 0.90081116832181307) < 1e-14)
    assert(math.abs(stats.cor(f.eruptions, f.waiting, {method = "spearman"}) - 0.77797205765161215) < 1e-14)
    assert(math.abs(stats.cor(f.eruptions, f.waiting, {method = "kendall"}) - 0.57476735389502132) < 1e-14)
    assert(math.abs(stats.cov(f.eruptions, f.waiting) - 13.977807846754938) < 1e-12)
    local c = stats.cov(f:matrix())
    assert(c.rows == 2 and c(1, 2) == c(2, 1) and math.abs(c(2, 2) - f.waiting:var()) < 1e-12)
    assert(stats.histogram(f.waiting, {bins = 6}).counts == vector{32, 51, 20, 67, 81, 21})
    assert(#stats.histogram(f.waiting).counts == 10)
    local h = stats.histogram({1, 2, 2, 3}, {edges = {0, 2, 4}, weights = {1, 1, 2, 4}})
    assert(h.counts == vector{1, 7} and h.density == vector{1 / 16, 7 / 16} and h.centers == vector{1, 3})
    local k = stats.kde(f.waiting)
    assert(math.abs(k.bandwidth - 3.9875588285791754) < 1e-13 and math.abs(k(60) - 0.014981215905147128) < 1e-15)
    local x, y = k:grid(2000)
    assert(math.abs((y:sum() - (y[1] + y[2000]) / 2) * (x[2] - x[1]) - 1) < 1e-3)
    """,
    """
    local test = stats.ks_test({0.1, 0.35, 0.4, 0.62, 0.93, 0.99}, dist.uniform(0, 1))
    assert(math.abs(test.statistic - 0.26333333333333342) < 1e-15 and math.abs(test.p_value - 0.71394902322260589) < 1e-12)
    assert(test.method == "exact" and test.alternative == "two_sided")
    local two = stats.ks_test({1.1, 2.2, 2.2, 3.7, 5, 8.5}, {0.5, 2.2, 4.1, 9, 7.7}, {alternative = "greater"})
    assert(math.abs(two.p_value - 0.52380952380952572) < 1e-14)
    assert(stats.ks_test(dist.normal(0, 1):sample(4000), dist.normal(0.2, 1):sample(4000)).method == "asymptotic")
    local ad = stats.ad_test({0.1, 0.35, 0.4, 0.62, 0.93, 0.99}, dist.uniform(0, 1))
    assert(math.abs(ad.statistic - 0.69601789564815952) < 1e-14 and ad.p_value > 0.5 and ad.p_value < 0.6)
    -- P-values of true hypotheses are uniform.
    random.seed(11)
    local p = {}
    for i = 1, 300 do p[i] = stats.ad_test(dist.gamma(2, 1):sample(30), dist.gamma(2, 1)).p_value end
    assert(stats.ks_test(p, dist.uniform(0, 1)).p_value > 0.01)
    """,
    """
    local F = stats.ecdf({3, 1, 2, 2}, {weights = {1, 1, 1, 1}})
    assert(F(2) == 0.75 and F:cdf{0, 1} == vector{0, 0.25} and F:quantile(0.5) == 2 and F.n == 4 and #F.values == 3)
    assert(stats.weighted_quantile({1, 2, 3}, {1, 1, 4}, 0.5) == 3)
    assert(stats.weighted_quantile({1, 2, 3, 4}, {1, 1, 1, 1}, {0.5, 1}) == vector{2.5, 4})
    local b = stats.bootstrap({1, 2, 4, 8}, function(x) return x:mean() end, {seed = 1, replicates = 500})
    assert(b.estimate == 3.75 and b.low < 3.75 and b.high > 3.75 and #b.replicates == 500)
    local again = stats.bootstrap({1, 2, 4, 8}, function(x) return x:mean() end, {seed = 1, replicates = 500})
    assert(again.replicates == b.replicates)
    local rows = stats.bootstrap(matrix{{1, 2}, {2, 1}, {3, 5}}, function(m) return m:col(1):dot(m:col(2)) end)
    assert(rows.estimate == 19)
    local t = {}
    local ok, e = pcall(stats.bootstrap, {1, 2}, function() error(t) end)
    assert(not ok and e == t)
    """,
  ])
  func scripts(_ script: String) throws { _ = try evaluate(script) }

  @Test func oneScreen() throws {
    let test = try evaluate("return tostring(stats.ks_test({0.1, 0.4, 0.7}, dist.uniform(0, 1)))")
    #expect(
      test == ["Kolmogorov–Smirnov test · n = 3 against uniform(a = 0, b = 1)\n  D 0.3    p-value 0.888 (exact)"],
      "\(test)")
    let bars = try evaluate("return tostring(stats.histogram({1, 2, 2, 3}, {bins = 2}))")
    #expect(bars[0].hasPrefix("histogram · total 4\n  1.0000 to 2.0000   1   █"), "\(bars)")
  }

  @Test(arguments: [
    ("stats.ks_test({1, 0/0}, dist.normal(0, 1))", "stats.ks_test: row 2 is NaN"),
    ("stats.ks_test({}, dist.normal(0, 1))", "stats.ks_test: a sample must have at least one number"),
    (
      "stats.ks_test({1}, dist.poisson(2))",
      "stats.ks_test: the distribution must be continuous, poisson gives some numbers a probability"
    ),
    (
      "stats.ad_test({1}, dist.mvnormal({0, 0}, {{1, 0}, {0, 1}}))",
      "stats.ad_test: against must be a univariate distribution, got a mvnormal distribution"
    ),
    ("stats.cor({1, 2}, {1})", "stats.cor: as many numbers of both are wanted, got 2 and 1"),
    ("stats.cov({1, 2})", "stats.cov: y is wanted too, or a matrix of several columns"),
    ("stats.cov({1}, {2})", "stats.cov: at least two rows are wanted, got 1"),
    ("stats.kde{2, 2}", "stats.kde: all numbers are 2: give the bandwidth"),
    ("stats.histogram({}, {bins = 3})", "stats.histogram: an empty sample needs a range"),
    ("stats.histogram({1, 1 / 0})", "stats.histogram: row 2 is inf"),
    ("stats.weighted_quantile({1, 2}, {1, 1}, 2)", "stats.weighted_quantile: p must be between 0 and 1, got 2"),
    (
      "stats.bootstrap({1, 2}, function() return 'a' end)",
      "stats.bootstrap: the function's result must be a number, got 'a'"
    ),
  ])
  func messages(_ script: String, _ message: String) throws {
    let result = try evaluate(
      "local ok, e = pcall(function() \(script) end) return ok, type(e) == 'table' and e.message or e")
    #expect(result == ["false", message])
  }

  private func evaluate(_ script: String) throws -> [String] {
    try Session.open { try $0.run(.text(script, name: "=test"), describingResults: true) }
  }
}
