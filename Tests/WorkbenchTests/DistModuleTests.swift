import Testing
import Workbench

@Suite struct DistModuleTests {
  @Test(arguments: [
    // By position, by name, with tables for vectors and matrices; parameters are fields.
    """
    local d = dist.normal(1, 2)
    assert(d.mu == 1 and d.sigma == 2 and d.family == "normal" and d.dimension == 1)
    local e = dist.normal{sigma = 2, mu = 1}
    assert(e.mu == 1 and e.sigma == 2)
    local m = dist.mvnormal({0, 4}, {{3, 0}, {0, 0.5}})
    assert(m.mu[2] == 4 and m.cov(2, 2) == 0.5 and m.dimension == 2)
    assert(dist.mvnormal{mu = vector{0}, cov = matrix{{2}}}.cov(1, 1) == 2)
    local c = dist.multinomial(10, {0.6, 0.4})
    assert(c.trials == 10 and c.p[1] == 0.6)
    """,
    // Frozen: what comes out is a copy, what went in is not looked at again.
    """
    local mu = vector{0, 1}
    local d = dist.mvnormal(mu, matrix.eye(2))
    mu[1] = 9
    local got = d.mu
    got[2] = 9
    assert(d.mu[1] == 0 and d.mu[2] == 1 and d:mean()[2] == 1)
    assert(not pcall(function() d.mu = 3 end))
    """,
    // Verbs answer in kind.
    """
    local d = dist.normal(0, 1)
    assert(math.abs(d:pdf(0) - 0.3989422804014327) < 1e-16 and math.abs(d:cdf(1.96) - 0.9750021048517795) < 1e-15)
    local v = d:cdf{-1e9, 0, 1e9}
    assert(#v == 3 and v[1] == 0 and v[2] == 0.5 and v[3] == 1)
    local m = d:logpdf(matrix{{0, 1}, {2, 3}, {4, 5}})
    assert(m.rows == 3 and m.cols == 2 and m(1, 2) == d:logpdf(1) and m(3, 1) == d:logpdf(4))
    assert(math.abs(d:quantile(d:cdf(-3)) + 3) < 1e-14 and d:ccdf(3) == d:cdf(-3))
    assert(#d:pdf{} == 0)
    """,
    // A row or rows in several dimensions.
    """
    local d = dist.mvnormal({0, 0}, {{1, 0.5}, {0.5, 1}})
    local one = d:logpdf{1, 2}
    assert(type(one) == "number" and one == d:logpdf(vector{1, 2}))
    local many = d:pdf(matrix{{1, 2}, {0, 0}})
    assert(#many == 2 and math.abs(many[1] - math.exp(one)) < 1e-16)
    assert(math.abs(d:cdf{0, 0} - 1 / 3) < 1e-12 and math.abs(d:cdf(matrix{{0, 0}, {1 / 0, 0}})[2] - 0.5) < 1e-15)
    assert(dist.mvnormal({0}, {{1}}):pdf(0) == dist.normal(0, 1):pdf(0))
    """,
    // Moments.
    """
    local b = dist.binomial(10, 0.6)
    assert(b:mean() == 6 and b:mode() == 6 and math.abs(b:variance() - 2.4) < 1e-15 and b:sd() ^ 2 - 2.4 < 1e-15)
    assert(b:support().kind == "integers" and b:support().low == 0 and b:support().high == 10)
    assert(b:parameters().trials == 10 and b:parameters().p == 0.6)
    local m = dist.multinomial(4, {0.25, 0.75})
    assert(m:mean()[2] == 3 and m:mode()[1] == 1 and m:covariance()(1, 2) == -0.75 and m:support().total == 4)
    assert(math.abs(dist.normal(0, 1):entropy() - 1.4189385332046727) < 1e-15)
    """,
    // Zero inflation: an atom among continuous numbers has a probability, and takes all of the posterior.
    """
    local d = dist.mixture({0.3, 0.7}, {dist.point(0), dist.exponential(1)})
    assert(d:pdf(0) == 0.3 and d:cdf(0) == 0.3 and d:quantile(0.3) == 0 and d:quantile(0.31) > 0)
    assert(d:support().kind == "mixed" and d:support().low == 0 and d:mode() == 0)
    assert(d:posterior{0, 1}(1, 1) == 1 and d:posterior{0, 1}(2, 1) == 0 and #d:sample(5) == 5)
    """,
    // Samples: one, several, from a stream; the default stream is fixed by its seed.
    """
    local d, m = dist.normal(0, 1), dist.mvnormal({0, 5}, {{1, 0}, {0, 1}})
    assert(type(d:sample()) == "number" and #d:sample(3) == 3 and #d:sample(0) == 0)
    assert(#m:sample() == 2 and m:sample(4).rows == 4 and m:sample(4).cols == 2)
    random.seed(7)
    local all = d:sample(10)
    random.seed(7)
    local first, rest = d:sample(4), d:sample(6)
    for i = 1, 10 do assert(all[i] == (i <= 4 and first[i] or rest[i - 4])) end
    local s = random.stream(7)
    assert(d:sample(10, s) == all and s.position == 10)
    assert(d:sample(nil, random.stream(7)) == all[1])
    """,
    // Fits.
    """
    local d = dist.fit("normal", {1, 2, 2, 4})
    assert(d.mu == 2.25 and math.abs(d.sigma - math.sqrt(19) / 4) < 1e-15)
    assert(dist.fit("normal", {1, 2, 4}, {weights = {1, 2, 1}}).mu == 2.25)
    assert(dist.fit("binomial", {5, 9, 8, 4, 7}, {trials = 10}).p == 0.66)
    assert(dist.fit("multinomial", {{5, 5}, {9, 1}}).p[1] == 0.7)
    local m = dist.fit("mvnormal", {{1, 2}, {3, 1}, {0, 0}})
    assert(math.abs(m.mu[1] - 4 / 3) < 1e-15)
    """,
    // Univariate families with more than two parameters, or names of one letter.
    """
    local t, s, f = dist.t(4, 1, 2), dist.skew_normal{location = 0, scale = 1, shape = 3}, dist.f{d1 = 3, d2 = 20}
    assert(t.df == 4 and t.mu == 1 and t.sigma == 2 and s.shape == 3 and f.d2 == 20)
    assert(math.abs(dist.t(1, 0, 1):cdf(1) - 0.75) < 1e-15 and math.abs(dist.beta(2, 1):cdf(0.5) - 0.25) < 1e-16)
    local x = t:sample(2000, random.stream(1))
    assert(math.abs(dist.fit("t", x).mu - 1) < 0.3)
    """,
    // On one line.
    """
    assert(tostring(dist.normal(0, 1)) == "normal(mu = 0, sigma = 1)")
    assert(tostring(dist.binomial(10, 0.6)) == "binomial(trials = 10, p = 0.6)")
    assert(tostring(dist.mvnormal({0, 4}, {{3, 0}, {0, 0.5}})) == "mvnormal(mu = {0, 4}, cov = {{3, 0}, {0, 0.5}})")
    assert(tostring(dist.mvnormal(vector.zeros(20), matrix.eye(20))) == "mvnormal(mu = vector of 20, cov = matrix of 20 x 20)")
    """,
  ])
  func runs(_ script: String) throws {
    try Session.open { session in _ = try session.run(.text(script, name: "=test")) }
  }

  @Test(arguments: [
    ("dist.normal(0, -1)", "dist.normal: sigma must be positive, got -1"),
    ("dist.normal(0/0, 1)", "dist.normal: mu must be finite, got NaN"),
    ("dist.normal(0)", "dist.normal: sigma must be a number, got nothing"),
    ("dist.normal(0, 1, 2)", "dist.normal: takes 2 arguments (mu, sigma), got 3"),
    ("dist.normal{mu = 0, sgima = 1}", "dist.normal: unknown option 'sgima' (did you mean 'sigma'?)"),
    ("dist.binomial(2.5, 0.5)", "dist.binomial: trials must be an integer from 0 to 9007199254740991, got 2.5"),
    (
      "dist.mvnormal({0, 0}, {{1, 2}, {2, 1}})",
      "dist.mvnormal: cov must be positive definite, but its leading minor of order 2 is not"
    ),
    ("dist.mvnormal({0, 0}, {{1}})", "dist.mvnormal: cov must be 2 x 2 for a mu of 2, got 1 x 1"),
    ("dist.multinomial(3, {0.5, 0.25})", "dist.multinomial: p must sum to 1, got a sum of 0.75"),
    ("dist.normal(0, 1):pdf()", "distribution:pdf: x must be a number, a vector or a matrix, got nothing"),
    ("dist.normal(0, 1).nu", "distribution index: no field or method 'nu' (did you mean 'mu'?)"),
    (
      "dist.multinomial(3, {0.5, 0.5}):pdf{1, 1, 1}",
      "distribution:pdf: x must be a row of 2 numbers or a matrix of 2 columns, got a table"
    ),
    (
      "dist.multinomial(3, {0.5, 0.5}):quantile{0.5, 0.5}",
      "distribution:quantile: multinomial has no quantile: rows have no order"
    ),
    ("dist.normal(0, 1):sample(-1)", "distribution:sample: n must be an integer from 0, got -1"),
    ("dist.beta(0, 1)", "dist.beta: a must be from 1e-100 to 1e100, got 0"),
    (
      "dist.fit('t', {1, 2, 3, 4})",
      "dist.fit: df would be infinite: the tails are no heavier than those of a normal sample; fit normal"
    ),
    ("dist.fit('norml', {1, 2})", "dist.fit: unknown family 'norml' (did you mean 'normal'?)"),
    ("dist.fit('normal', {1, 0/0})", "dist.fit: row 2 is NaN"),
    (
      "dist.fit('binomial', {1, 2, 2.5}, {trials = 10})",
      "dist.fit: row 3 is 2.5; binomial data are integers from 0 to 10"
    ),
    ("dist.fit('binomial', {1})", "dist.fit: a binomial fit needs the number of trials"),
    ("dist.fit('normal', {3, 3})", "dist.fit: sigma would be 0: all values with a weight are 3"),
    ("dist.fit('normal', {{1, 2}, {3, 4}})", "dist.fit: one column of data is wanted, got 2"),
    ("dist.fit('normal', {1, 2}, {wieghts = {1, 1}})", "dist.fit: unknown option 'wieghts' (did you mean 'weights'?)"),
  ])
  func errors(_ expression: String, _ message: String) throws {
    try expectError(expression, message)
  }
}

@Suite struct RandomModuleTests {
  @Test(arguments: [
    // The default stream has seed 0 until it is given another.
    """
    local x = random.uniform(5)
    assert(x == random.uniform(5, random.stream(0)))
    random.seed(0)
    assert(random.uniform() == x[1])
    random.seed(-1)
    assert(random.uniform(2) == random.uniform(2, random.stream(-1)))
    """,
    // Streams.
    """
    local a, b = random.stream(1), random.stream(1)
    local child = a:split()
    assert(a.position == 0 and random.uniform(3, a) == random.uniform(3, b))
    assert(random.uniform(3, child) == random.uniform(3, random.stream(1):split()))
    assert(random.uniform(3, child) ~= random.uniform(3, a:split()))
    assert(tostring(a) == "stream(position = 3)")
    assert(random.uniform(1, random.stream(1):jump(2))[1] == random.uniform(3, random.stream(1))[3])
    """,
    // Permutations and choices.
    """
    local p = random.permutation(100)
    assert(#p == 100 and p:sum() == 5050 and p:min() == 1 and p:sort() == vector.range(1, 100))
    assert(random.shuffle(vector.range(1, 50)):sort() == vector.range(1, 50))
    local m = random.shuffle(matrix{{1, 10}, {2, 20}, {3, 30}})
    assert(m:col(1) * 10 == m:col(2) and m:col(1):sum() == 6)
    local c = random.choice(10, 1000)
    assert(#c == 1000 and c:min() == 1 and c:max() == 10)
    assert(random.choice(5, 5, {replace = false}):sort() == vector{1, 2, 3, 4, 5})
    assert(random.choice({7, 8}, 20, {weights = {0, 1}}) == vector.fill(20, 8))
    assert(random.choice(3, 2, {replace = false, weights = {1, 0, 1}}):sum() == 4)
    assert(type(random.choice{4, 5}) == "number" and #random.choice(matrix{{1, 2}, {3, 4}}) == 2)
    assert(#random.choice({}, 0) == 0)
    """,
  ])
  func runs(_ script: String) throws {
    try Session.open { session in _ = try session.run(.text(script, name: "=test")) }
  }

  @Test func theSeedOfTheSessionIsThatOfTheDefaultStream() throws {
    let script = "return random.uniform(2) == random.uniform(2, random.stream(5))"
    let results = try Session.open(SessionOptions(seed: 5)) { session in
      try session.run(.text(script, name: "=test"), describingResults: true)
    }
    #expect(results == ["true"])
  }

  @Test(arguments: [
    ("random.seed(1.5)", "random.seed: seed must be an integer, got 1.5"),
    ("random.choice({}, 1)", "random.choice: cannot choose from nothing"),
    ("random.choice(2.5)", "random.choice: values must be a vector, a matrix, or an integer from 0, got 2.5"),
    ("random.choice(3, 4, {replace = false})", "random.choice: cannot choose 4 of 3 without replacement"),
    ("random.choice(2, 1, {weights = {1}})", "random.choice: weights must be one for each choice, 2, got 1"),
    (
      "random.choice(2, 1, {weights = {1, -1}})",
      "random.choice: weights must be finite and not negative, weight 2 is -1"
    ),
    ("random.uniform(1, 2)", "random.uniform: stream must be a stream, got 2"),
  ])
  func errors(_ expression: String, _ message: String) throws {
    try expectError(expression, message)
  }
}

/// The message of a Lua error, without its place.
private func expectError(_ expression: String, _ message: String, at location: SourceLocation = #_sourceLocation) throws
{
  let script = "local ok, e = pcall(function() return \(expression) end) return ok and 'no error' or e.message"
  let results = try Session.open { session in try session.run(.text(script, name: "=test"), describingResults: true) }
  #expect(results == [message], sourceLocation: location)
}
