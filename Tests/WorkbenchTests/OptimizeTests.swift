import Testing
import Workbench

@Suite struct OptimizeTests {
  @Test(arguments: ["lbfgs", "tnewton", "slsqp", "bobyqa", "nelder_mead"])
  func everyAlgorithm(_ algorithm: String) throws {
    for gradient in ["'differences'", "'autodiff'", "slope"] {
      _ = try evaluate(
        """
        local function valley(x) return (1 - x[1]) ^ 2 + 100 * (x[2] - x[1] ^ 2) ^ 2 end
        local function slope(x)
          local b = x[2] - x[1] ^ 2
          return {-2 * (1 - x[1]) - 400 * x[1] * b, 200 * b}
        end
        local best = optimize.minimize(valley, {-1.2, 1}, {algorithm = "\(algorithm)", gradient = \(gradient)})
        assert(best.converged and best.status == "converged" and best.algorithm == "\(algorithm)", tostring(best))
        assert(math.abs(best.x[1] - 1) < 1e-4 and math.abs(best.x[2] - 1) < 1e-4, tostring(best))
        assert(best.value == valley(best.x) and best.evaluations > 2)
        -- The least within bounds lies at (0.5, 0.25).
        local held = optimize.minimize(valley, {-1.2, 1}, {
          algorithm = "\(algorithm)", gradient = \(gradient), lower = {-2, -2}, upper = {0.5, 2}})
        assert(math.abs(held.x[1] - 0.5) < 1e-5 and math.abs(held.x[2] - 0.25) < 1e-5, tostring(held))
        """)
    }
  }

  @Test(arguments: [
    // Of all minima the least: near −1.3 rather than near 1.4.
    """
    local f = function(x) return x[1] ^ 4 - 4 * x[1] ^ 2 + x[1] end
    local best = optimize.minimize(f, {1.4}, {algorithm = "direct", lower = -3, upper = 3, max_evaluations = 500})
    assert(math.abs(4 * best.x[1] ^ 3 - 8 * best.x[1] + 1) < 1e-3 and best.x[1] < 0, tostring(best))
    local short = optimize.minimize(f, {1.4}, {algorithm = "nelder_mead", max_evaluations = 5})
    assert(short.status == "max_evaluations" and not short.converged and short.evaluations == 5, tostring(short))
    """,
    """
    local x, info = optimize.root(math.cos, 0, 3)
    assert(math.abs(x - math.pi / 2) < 1e-15 and info.evaluations < 20 and math.abs(info.value) < 1e-15)
    assert(math.abs(optimize.root(function(p) return dist.normal(0, 1):cdf(p) - 0.975 end, -5, 5) - 1.959963984540054) < 1e-14)
    """,
    // An error of the function is raised as it is, once the search has returned, from every kind of callback.
    """
    local t = {}
    local function bad(n) local i = 0 return function(x) i = i + 1 if i == n then error(t) end return x[1] ^ 2 end end
    for _, algorithm in ipairs{"lbfgs", "slsqp", "bobyqa", "nelder_mead", "tnewton", "direct"} do
      for n = 1, 5 do
        local ok, e = pcall(optimize.minimize, bad(n), {1, 1}, {algorithm = algorithm, lower = -3, upper = 4})
        assert(not ok and e == t, algorithm)
      end
    end
    local ok, e = pcall(optimize.minimize, function(x) return x[1] ^ 2 end, {1}, {gradient = function() error(t) end})
    assert(not ok and e == t)
    ok, e = pcall(optimize.root, function(x) if x > 0.3 and x < 0.9 then error(t) end return x - 0.5 end, 0, 1)
    assert(not ok and e == t)
    -- A search within a search.
    local outer = optimize.minimize(function(y)
      return optimize.minimize(function(x) return (x[1] - y[1]) ^ 2 end, {0}).value + (y[1] - 2) ^ 2
    end, {0})
    assert(math.abs(outer.x[1] - 2) < 1e-6)
    """,
  ])
  func scripts(_ script: String) throws { _ = try evaluate(script) }

  @Test func oneScreen() throws {
    let text = try evaluate(
      "return tostring(optimize.minimize(function(x) return (x[1] - 3) ^ 2 + 1 end, {0}, {gradient = 'autodiff'}))")
    #expect(
      text[0].hasPrefix("minimum · lbfgs · 1 number\n  value 1.0") && text[0].hasSuffix("  x = vector{3}"), "\(text)")
  }

  @Test(arguments: [
    (
      "optimize.minimize(f, {5}, {upper = 4})",
      "optimize.minimize: start 1 must be finite and within its bounds, -inf to 4, got 5"
    ),
    ("optimize.minimize(f, {})", "optimize.minimize: the start must be from 1 to 1048576 numbers, got 0"),
    (
      "optimize.minimize(f, {1}, {lower = {1, 2}})",
      "optimize.minimize: lower must be a number or a vector of 1, got a vector of 2"
    ),
    (
      "optimize.minimize(function() return 0/0 end, {1})",
      "optimize.minimize: the function must be finite at the start, got NaN"
    ),
    (
      "optimize.minimize(function() return 'x' end, {1})",
      "optimize.minimize: the function's result must be a number, got 'x'"
    ),
    (
      "optimize.minimize(f, {1}, {gradient = function() return {1, 2} end})",
      "optimize.minimize: the gradient must be 1 numbers, got 2"
    ),
    (
      "optimize.minimize(f, {1}, {gradient = 'exact'})",
      "optimize.minimize: gradient must be a function, 'autodiff' or 'differences', got 'exact'"
    ),
    (
      "optimize.root(function(x) return 1 end, 0, 1)",
      "optimize.root: the function must change its sign between 0 and 1, got 1 and 1"
    ),
  ])
  func messages(_ script: String, _ message: String) throws {
    let result = try evaluate(
      """
      local function f(x) return x[1] ^ 2 end
      local ok, e = pcall(function() \(script) end)
      return ok, type(e) == "table" and e.message or e
      """)
    #expect(result == ["false", message])
  }

  private func evaluate(_ script: String) throws -> [String] {
    try Session.open { try $0.run(.text(script, name: "=test"), describingResults: true) }
  }
}
