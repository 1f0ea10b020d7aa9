import Kernels
import Lua
import Testing
import Workbench

/// What every family must have, through Lua.
@Suite struct FamilyTests {
  /// One distribution of each family. A family without one here fails its test.
  private static let makers = [
    "normal": "dist.normal(1, 2)", "binomial": "dist.binomial(10, 0.6)",
    "mvnormal": "dist.mvnormal({0, 4}, {{3, 1}, {1, 0.5}})", "multinomial": "dist.multinomial(10, {0.6, 0.4})",
    "exponential": "dist.exponential(2)", "lognormal": "dist.lognormal(0, 0.5)", "gamma": "dist.gamma(2, 0.5)",
    "inverse_gamma": "dist.inverse_gamma(3, 4)", "chi_squared": "dist.chi_squared(3)",
    "weibull": "dist.weibull(1.5, 2)", "half_normal": "dist.half_normal(2)", "uniform": "dist.uniform(-1, 3)",
    "laplace": "dist.laplace(1, 2)", "logistic": "dist.logistic(1, 2)", "cauchy": "dist.cauchy(1, 2)",
    "gumbel": "dist.gumbel(1, 2)", "pareto": "dist.pareto(3, 1)", "triangular": "dist.triangular(0, 3, 1)",
    "inverse_gaussian": "dist.inverse_gaussian(1, 2)", "von_mises": "dist.von_mises(0, 2)",
    "bernoulli": "dist.bernoulli(0.3)", "poisson": "dist.poisson(4.2)", "geometric": "dist.geometric(0.25)",
    "negative_binomial": "dist.negative_binomial(2.5, 0.3)", "categorical": "dist.categorical{0.2, 0.5, 0.3}",
    "discrete_uniform": "dist.discrete_uniform(1, 6)", "point": "dist.point(3)",
    "hypergeometric": "dist.hypergeometric(50, 5, 10)", "beta_binomial": "dist.beta_binomial(10, 2, 3)",
    "beta": "dist.beta(2, 3)", "f": "dist.f(3, 20)", "t": "dist.t(5, 1, 2)",
    "skew_normal": "dist.skew_normal(0, 1, 4)", "mvt": "dist.mvt(5, {0, 4}, {{3, 0}, {0, 0.5}})",
    "dirichlet": "dist.dirichlet{2, 3, 5}", "wishart": "dist.wishart(6, {{2, 0.5}, {0.5, 1}})",
    "inverse_wishart": "dist.inverse_wishart(9, {{2, 0.5}, {0.5, 1}})",
    "von_mises_fisher": "dist.von_mises_fisher({0, 0, 1}, 20)",
  ]

  // A mean that does not exist is NaN; nothing else is.
  private static let verbs = """
    local d, family = %DISTRIBUTION%, "%FAMILY%"
    assert(d.family == family and d.dimension >= 1)
    local x = d:sample(3, random.stream(1))
    local rows = d.dimension > 1
    local missing = {cauchy = {mean = true, variance = true, sd = true, covariance = true}}
    local function check(verb, ...)
      local ok, answer = pcall(d[verb], d, ...)
      if not ok then
        assert(rows, family .. ":" .. verb .. ": " .. answer.message)
        assert(answer.message:find("has no " .. verb .. ": ", 1, true), answer.message)
        return
      end
      local values = type(answer) == "number" and {answer} or answer
      if type(values) == "userdata" then values = {values:sum()} end
      for _, value in pairs(values) do
        local isMissing = missing[family] and missing[family][verb]
        assert(type(value) ~= "number" or value == value or isMissing, family .. ":" .. verb .. " is NaN")
      end
    end
    check("pdf", x)
    check("logpdf", x)
    check("cdf", x)
    check("ccdf", x)
    check("quantile", vector{0.1, 0.5, 0.9})
    for _, verb in ipairs{"mean", "variance", "sd", "mode", "entropy", "support", "parameters", "covariance"} do
      check(verb)
    end
    local again = dist[family](d:parameters())
    assert(tostring(again) == tostring(d))
    """

  @Test(arguments: Family.all.map(\.name))
  func hasEveryVerb(_ name: String) throws {
    let maker = try #require(Self.makers[name], "no distribution of \(name) to test")
    let script = Self.verbs.replacing("%DISTRIBUTION%", with: maker).replacing("%FAMILY%", with: name)
    try Session.open { session in _ = try session.run(.text(script, name: "=\(name)")) }
  }

  @Test func mixturesHaveEveryVerb() throws {
    try Session.open { session in
      _ = try session.run(
        .text(
          """
          local m = dist.mixture({0.3, 0.7}, {dist.normal(0, 1), dist.normal(5, 2)})
          for _, verb in ipairs{"mean", "variance", "sd", "mode", "entropy"} do
            local value = m[verb](m)
            assert(value == value, verb)
          end
          assert(math.abs(m:cdf(m:quantile(0.2)) - 0.2) < 1e-12 and math.abs(m:cdf(1) + m:ccdf(1) - 1) < 1e-15)
          local rows = dist.mixture({0.5, 0.5}, {dist.mvnormal({0}, {{1}}), dist.mvnormal({4}, {{1}})})
          local ok, e = pcall(rows.entropy, rows)
          assert(not ok and e.message:find("mixture has no entropy: no closed form", 1, true), tostring(e))
          assert(rows:mean()[1] == 2 and #rows:mode() == 1)
          """, name: "=mixture"))
    }
  }

  // Every family says what its page needs.
  @Test(arguments: Family.all.map(\.name))
  func hasItsFacts(_ name: String) throws {
    let family = try #require(Family.named(name))
    let rows = Set(family.facts.rows.map(\.name))
    #expect(rows.isSuperset(of: ["density", "domain"]) && (rows.contains("mean") || rows.contains("mode")))
    #expect(!family.facts.example.isEmpty)
    for parameter in family.parameters where parameter.kind == .number {
      #expect(!parameter.summary.isEmpty)
    }
    // Where a reader would look for a moment, the formula is that of the parameters by their names.
    let page = try #require(Reference(.perigee).page(named: "dist.\(name)"))
    for row in family.facts.rows { #expect(page.contains(row.text)) }
  }

  @Test func theListOfFamiliesFitsOneScreen() throws {
    let page = try #require(Reference(.perigee).page(named: "dist"))
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 46, "\(page)")
    for family in Family.all { #expect(page.contains(family.name), "\(family.name)") }
  }

  @Test(arguments: [
    "assert(dist.gamma{shape = 2, scale = 4}.rate == 0.25 and dist.gamma{shape = 2, mean = 8}.rate == 0.25)",
    "assert(dist.exponential{scale = 4}.rate == 0.25 and dist.exponential{mean = 4}.rate == 0.25)",
    "assert(dist.negative_binomial{size = 2, mean = 6}.p == 0.25 and dist.negative_binomial{size = 2, mean = 0}.p == 1)",
    "assert(dist.normal{mu = 1, variance = 9}.sigma == 3)",
    "assert(dist.poisson{mean = 3}.lambda == 3 and dist.geometric{mean = 3}.p == 0.25)",
    "local d = dist.fit('gamma', {1, 2, 2, 5}, {fix = {shape = 5}}) assert(math.abs(d.rate - 2) < 1e-9)",
    "local d = dist.fit('mvnormal', {{0, 0}, {2, 0}, {2, 4}, {4, 4}}, {fix = {mu = {1, 1}}}) assert(d.cov(1, 1) == 3)",
    "local d = dist.fit('binomial', {5, 9, 8, 4, 7}, {fix = {trials = 10}}) assert(d.p == 0.66)",
    "help(dist) help(dist.gamma) help 'stream'",
    """
    -- Where it is known which coin was tossed, maximum likelihood is a closed form.
    local xs, zs, m = vector{7, 9, 2, 6, 0}, vector{1, 1, 2, 1, 2}, 10
    local A, B = zs:eq(1), zs:eq(2)
    assert(math.abs(xs:where(A):sum() / (m * A:sum()) - 11 / 15) < 1e-15)
    local loglik = dist.binomial(m, 11 / 15):logpdf(xs:where(A)):sum() + dist.binomial(m, 0.1):logpdf(xs:where(B)):sum()
    assert(math.abs(loglik + 7.65526775410810973) < 1e-12)
    local u = dist.uniform(0.1, 3):sample(100000)
    assert(u:log():mean() < math.log(u:mean()))
    """,
  ])
  func runs(_ script: String) throws {
    try Session.open { session in _ = try session.run(.text(script, name: "=test")) }
  }

  @Test(arguments: [
    ("dist.gamma{shape = 2, rate = 1, scale = 1}", "dist.gamma: rate and scale say the same: give one of them"),
    ("dist.gamma{shape = 2, mean = 1, scale = 1}", "dist.gamma: scale and mean say the same: give one of them"),
    ("dist.gamma{shape = 2, scale = -1}", "dist.gamma: scale must be positive, got -1"),
    ("dist.gamma{shape = 2}", "dist.gamma: rate must be a number, got nothing"),
    ("dist.gamma{shape = 2, scael = 3}", "dist.gamma: unknown option 'scael' (did you mean 'scale'?)"),
    ("dist.gamma(2, 1, 3)", "dist.gamma: takes 2 arguments (shape, rate), got 3"),
    ("dist.fit('normal', {1, 2}, {fix = {nu = 1}})", "dist.fit: fix: normal has no parameter 'nu' (known: mu, sigma)"),
    ("dist.fit('normal', {1, 2}, {fix = 5})", "dist.fit: fix must be a table of parameters by name, got 5"),
    ("dist.fit('normal', {1, 2}, {fix = {5}})", "dist.fit: fix: parameters are given by name, got 1"),
    ("dist.fit('normal', {1, 2}, {fix = {mu = {1, 2}}})", "dist.fit: mu must be a number"),
    (
      "dist.fit('multinomial', {{1, 2}}, {fix = {p = {0.5, 0.5}}})",
      "dist.fit: fix: multinomial is fitted with all of its parameters or none"
    ),
  ])
  func errors(_ expression: String, _ message: String) throws {
    let script = "local ok, e = pcall(function() return \(expression) end) return ok and 'no error' or e.message"
    let results = try Session.open { session in try session.run(.text(script, name: "=test"), describingResults: true) }
    #expect(results == [message])
  }
}
