import Testing
import Workbench

@Suite struct AutodiffTests {
  @Test(arguments: [
    // Derivatives of math's functions, at 0.4, by their formulas.
    """
    local x, d = 0.4, function(f) return autodiff.derivative(f)(0.4) end
    local wanted = {
      abs = 1, acos = -1 / math.sqrt(1 - x * x), asin = 1 / math.sqrt(1 - x * x), atan = 1 / (1 + x * x), ceil = 0,
      cos = -math.sin(x), deg = 180 / math.pi, exp = math.exp(x), expm1 = math.exp(x), floor = 0, log = 1 / x,
      log1p = 1 / (1 + x), rad = math.pi / 180, round = 0, sign = 0, sin = math.cos(x), sqrt = 0.5 / math.sqrt(x),
      tan = 1 / math.cos(x) ^ 2, lgamma = -2.561384544585116, cosh = (math.exp(x) - math.exp(-x)) / 2,
      sinh = (math.exp(x) + math.exp(-x)) / 2, tanh = 4 / (math.exp(x) + math.exp(-x)) ^ 2, log10 = 1 / (x * math.log(10)),
    }
    for name, value in pairs(wanted) do
      assert(math.abs(d(autodiff[name]) - value) < 1e-14 * math.max(1, math.abs(value)), name)
    end
    -- Every function of math is there that has a derivative.
    for name, f in pairs(math) do
      local skipped = {random = 1, randomseed = 1, tointeger = 1, type = 1, ult = 1, frexp = 1, ldexp = 1,
        atan2 = 1, cosh = 1, log10 = 1, pow = 1, sinh = 1, tanh = 1}
      assert(type(f) ~= "function" or skipped[name] or autodiff[name], name)
    end
    """,
    """
    local d = autodiff.derivative
    local function near(a, b) assert(math.abs(a - b) < 1e-13 * math.max(1, math.abs(b)), a .. " " .. b) end
    near(d(function(x) return x ^ 3 + 2 ^ x - x / 3 + 5 % x + autodiff.pow(x, 3) - x ^ 3 end)(2), 12 + 4 * math.log(2) - 1 / 3 - 2)
    near(d(function(x) return autodiff.atan(x, 2) + autodiff.atan(3, x) end)(2), 2 / 8 - 3 / 13)
    near(d(function(x) return autodiff.log(x, 10) end)(5), 1 / (5 * math.log(10)))
    near(d(function(x) return autodiff.max(x, 1, x * x) + autodiff.min(x, 7) end)(3), 7)
    near(d(function(x) return autodiff.fmod(-7, x) end)(2), 3)
    near(d(function(x) local i, f = autodiff.modf(x) return i + 3 * f end)(2.5), 3)
    near(d(function(x) if x > 1 and 1 < x and x >= 1 then return x * x end return 0 end)(2), 4)
    -- x to the x, four times: by mpmath.
    near(d(d(d(d(function(x) return x ^ x end))))(1.5), 20.631906025686254)
    -- Each level has its own variable: d/dx of x times d/dy of x + y is 1, not 2.
    near(d(function(x) return x * d(function(y) return x + y end)(1) end)(1), 1)
    near(d(function(x) return d(function(y) return x * x * y * y end)(x) end)(3), 6 * 9)
    -- Arrays answer in kind.
    local v = d(function(x) return x:exp() * 2 end)(vector{0, 1})
    assert(v[1] == 2 and math.abs(v[2] - 2 * math.exp(1)) < 1e-15)
    assert(d(function(x) return 5 end)(1) == 0 and d(function(x) return 5 end)(vector{1, 2}) == 0)
    """,
    """
    local g, h = autodiff.gradient, autodiff.hessian
    assert(g(function(x) return x[1] * x[2] + (x * x):sum() end){2, 3} == vector{7, 8})
    local H = h(function(x) return x[1] ^ 2 * x[2] + autodiff.exp(x[2]) end){3, 0}
    assert(H(1, 1) == 0 and H(1, 2) == 6 and H(2, 1) == 6 and H(2, 2) == 1)
    -- Least squares: the gradient is 2 * X' * (X * b - y).
    local X, y = matrix{{1, 0}, {1, 1}, {1, 3}}, vector{1, 2, 4}
    local function loss(b) local r = X:matmul(b) - y return r:dot(r) end
    local r = X:matmul(vector{0.5, 2}) - y
    local wanted = X:t():matmul(r) * 2
    assert((g(loss){0.5, 2} - wanted):abs():max() < 1e-14)
    -- A gradient of gradients is the Hessian.
    local row = g(function(b) return g(loss)(b)[1] end){0.5, 2}
    assert(row[1] == 6 and row[2] == 8)
    -- Pieces of vectors, and tables of duals.
    local f = function(x) return x:slice(2):sum() + x:where(x:gt(2)):sum() + x:mean() * 3 + #x end
    assert(g(f){1, 2, 3} == vector{1, 2, 3})
    local n = 0
    g(function(x) for i, v in ipairs(x) do n = n + 1 end return x[1] end){1, 2}
    assert(n == 2)
    """,
    // The score of a fit is zero, and its Hessian the information: for a normal, n/σ² and 2n/σ².
    """
    local x = frame.load("faithful").waiting
    local d = dist.fit("normal", x)
    local function loglik(p) return dist.normal(p[1], p[2]):logpdf(x):sum() end
    assert(autodiff.gradient(loglik){d.mu, d.sigma}:abs():max() < 1e-9)
    local H = autodiff.hessian(loglik){d.mu, d.sigma}
    assert(math.abs(H(1, 1) / (-#x / d.sigma ^ 2) - 1) < 1e-12 and math.abs(H(2, 2) / (-2 * #x / d.sigma ^ 2) - 1) < 1e-10)
    -- Of a mixture, and by names.
    local function mix(p)
      return dist.mixture({p[1], 1 - p[1]}, {dist.normal{mu = p[2], sigma = 6}, dist.normal(p[3], 6)}):logpdf(x):sum()
    end
    local fit = em.fit(x, {k = 2, equal = "sigma", seed = 1})
    local s = fit.components[1].sigma
    local function tied(p)
      return dist.mixture({p[1], 1 - p[1]}, {dist.normal(p[2], p[4]), dist.normal(p[3], p[4])}):logpdf(x):sum()
    end
    local score = autodiff.gradient(tied){fit.weights[1], fit.components[1].mu, fit.components[2].mu, s}
    assert(score:abs():max() < 1e-3 and autodiff.gradient(mix){0.4, 55, 80}:abs():max() > 0.1)
    -- Rows.
    local rows = matrix{{1, 2}, {0, -1}, {2, 2}}
    local function cloud(p) return dist.mvnormal({p[1], 0}, {{p[2], 0.5}, {0.5, 2}}):logpdf(rows):sum() end
    local step = 1e-5
    local g = autodiff.gradient(cloud){0.3, 1.5}
    local rough = (cloud{0.3, 1.5 + step} - cloud{0.3, 1.5 - step}) / (2 * step)
    assert(math.abs(g[2] - rough) < 1e-8)
    assert(math.abs(autodiff.derivative(function(t) return dist.normal(0, 1):pdf(t) end)(1) + dist.normal(0, 1):pdf(1)) < 1e-15)
    """,
  ])
  func scripts(_ script: String) throws { _ = try evaluate(script) }

  @Test(arguments: [
    ("autodiff.derivative(3)", "autodiff.derivative: f must be a function, got 3"),
    (
      "autodiff.gradient(function(x) return x end){1, 2}",
      "gradient: the function's result must be a number, got a vector of 2"
    ),
    (
      "autodiff.gradient(function(x) return x end)(1)",
      "gradient: x must be a vector or a table of numbers, got a number"
    ),
    (
      "autodiff.derivative(function(x) return 'a' end)(1)",
      "derivative: the function's result must be a number, a vector or a matrix, got 'a'"
    ),
    (
      "autodiff.derivative(function(s) return dist.normal(0, s):logpdf(1) end)(-1)",
      "dist.normal: sigma must be positive, got -1"
    ),
    (
      "autodiff.derivative(function(s) return dist.gamma{shape = 2, scale = s}:logpdf(1) end)(1)",
      "dist.gamma: where a derivative is taken, give rate rather than scale"
    ),
    (
      "autodiff.derivative(function(n) return dist.binomial(n, 0.5):logpdf(1) end)(3)",
      "dual distribution:logpdf: trials of binomial is an integer, and has no derivative"
    ),
    (
      "autodiff.derivative(function(x) return dist.normal(0, 1):quantile(x) end)(0.3)",
      "distribution:quantile: normal has no quantile: only pdf and logpdf can be differentiated"
    ),
    ("autodiff.derivative(function(x) return x[1] end)(1)", "dual index: a dual number has no elements"),
  ])
  func messages(_ script: String, _ message: String) throws {
    let result = try evaluate(
      "local ok, e = pcall(function() local _ = \(script) end) return ok, type(e) == 'table' and e.message or e")
    #expect(result == ["false", message])
  }

  @Test func errorsOfFunctionsComeThrough() throws {
    let result = try evaluate(
      "local t = {} local ok, e = pcall(autodiff.derivative(function() error(t) end), 1) return ok, e == t")
    #expect(result == ["false", "true"])
  }

  private func evaluate(_ script: String) throws -> [String] {
    try Session.open { try $0.run(.text(script, name: "=test"), describingResults: true) }
  }
}
