-- The EM algorithm, as in a lecture: why it climbs, and two coins.
--
-- 1. Jensen's inequality. 2. Complete information: a closed form. 3. Incomplete information: EM, step by step, as loops and as
-- vectors. 4. Many tosses and random starts. 5. What EM does at each step: it climbs a lower bound that touches the
-- log-likelihood where we stand.
-- Run:    Scripts/perigee Scripts/studies/expectation_maximization.lua
-- Output: expectation_maximization.html, and the pictures expectation_maximization_*, where it is run.

local log, exp, abs = math.log, math.exp, math.abs

-- 1. The logarithm is concave: its second derivative, -1/x², is negative. A chord therefore lies below it, and so does any
-- mean of points on it: E log X <= log E X. EM rests on this alone.
local function jensen()
  local second = autodiff.derivative(autodiff.derivative(function(x) return autodiff.log(x) end))
  for _, x in ipairs{0.25, 0.5, 1, 2, 4} do assert(abs(second(x) - -1 / x ^ 2) < 1e-13) end
  local u = dist.uniform(0.1, 3):sample(100000)
  print(("Jensen: E log X = %.4f <= log E X = %.4f"):format(u:log():mean(), log(u:mean())))
  assert(u:log():mean() < log(u:mean()))
  -- X is 0.5 or 2.5, each half of the time.
  local a, b = 0.5, 2.5
  local fig = plot.curve(function(x) return x:log() end, {
    from = 0.2, to = 3, label = "log x", xlabel = "x", title = "Jensen's inequality: the mean of logs is below the log of the mean",
  })
  fig:line({a, b}, {log(a), log(b)}, {label = "chord", marks = true})
  fig:scatter({1.5, 1.5}, {log(1.5), (log(a) + log(b)) / 2}, {color = "black", point_size = 1})
  fig:text(1.55, log(1.5) + 0.12, "log E X", {align = "right"})
  fig:text(1.55, (log(a) + log(b)) / 2 - 0.12, "E log X", {align = "left"})
  fig:save "expectation_maximization_jensen.svg"
end

-- 2. Five rounds of ten tosses, each with one of two coins, and somebody wrote down which. Maximum likelihood is the share of
-- heads of each coin; a minimiser that knows nothing of this finds the same.
local function complete()
  local heads, coin, tosses = vector{7, 9, 2, 6, 0}, vector{1, 1, 2, 1, 2}, 10
  local A, B = heads:where(coin:eq(1)), heads:where(coin:eq(2))
  local exact = {A:sum() / (tosses * #A), B:sum() / (tosses * #B)}
  local best = optimize.minimize(function(theta)
    return -(dist.binomial(tosses, theta[1]):logpdf(A):sum() + dist.binomial(tosses, theta[2]):logpdf(B):sum())
  end, {0.5, 0.5}, {lower = 0, upper = 1})
  print("\nComplete information")
  print(("  closed form   %.6f  %.6f"):format(exact[1], exact[2]))
  print(("  minimiser     %.6f  %.6f   at %.10f"):format(best.x[1], best.x[2], best.value))
  assert(abs(exact[1] - 11 / 15) < 1e-15 and abs(exact[2] - 0.1) < 1e-15)
  assert(abs(best.x[1] - exact[1]) < 1e-5 and abs(best.x[2] - exact[2]) < 1e-5)
  assert(abs(best.value - 7.6552677541393193) < 1e-9)
end

-- 3. Nobody wrote down which coin (Do and Batzoglou, 2008). E: how likely is each coin, given the tosses? M: the share of
-- heads of each coin, where a round counts as much as it is likely to be that coin's.
local heads, tosses = {5, 9, 8, 4, 7}, 10

local function step_loops(theta)
  local h, n, loglik = {0, 0}, {0, 0}, 0
  for i = 1, #heads do
    local l = {}
    for j = 1, 2 do l[j] = heads[i] * log(theta[j]) + (tosses - heads[i]) * log(1 - theta[j]) end
    local p = {exp(l[1]), exp(l[2])}
    for j = 1, 2 do
      local r = p[j] / (p[1] + p[2])
      h[j], n[j], loglik = h[j] + r * heads[i], n[j] + r * tosses, loglik + r * l[j]
    end
  end
  return {h[1] / n[1], h[2] / n[2]}, loglik
end

local function step_vectors(theta)
  local x = vector(heads)
  local l = {}
  for j = 1, 2 do l[j] = log(theta[j]) * x + log(1 - theta[j]) * (tosses - x) end
  local r = 1 / (1 + (l[2] - l[1]):exp())
  local s = 1 - r
  local next = {(r * x):sum() / (tosses * r:sum()), (s * x):sum() / (tosses * s:sum())}
  return next, (r * l[1] + s * l[2]):sum()
end

local function incomplete()
  -- Σ w·(h log θ + (10 − h) log(1 − θ)), at the model entering each step.
  local published = {-32.69, -31.26, -30.76, -30.33, -30.07, -29.95, -29.90, -29.88, -29.87}
  local theta, same = {0.6, 0.5}, {0.6, 0.5}
  print("\nTwo coins\n  step  theta_A   theta_B   expected log-likelihood")
  for i = 1, 10 do
    local loglik, other
    theta, loglik = step_loops(theta)
    same, other = step_vectors(same)
    print(("  %4d  %.6f  %.6f  %.4f"):format(i, theta[1], theta[2], loglik))
    assert(abs(theta[1] - same[1]) < 1e-14 and abs(theta[2] - same[2]) < 1e-14 and abs(loglik - other) < 1e-12)
    if published[i] then assert(abs(loglik - published[i]) < 0.0051) end
    if i == 1 then assert(abs(theta[1] - 0.7130122354) < 1e-9 and abs(theta[2] - 0.5813393083) < 1e-9) end
  end
  assert(abs(theta[1] - 0.7967441495) < 1e-9 and abs(theta[2] - 0.5196586622) < 1e-9)
  local fit = em.fit(heads, {
    start = dist.mixture({0.5, 0.5}, {dist.binomial(10, 0.6), dist.binomial(10, 0.5)}), fix = "weights",
    criterion = "parameters", tolerance = 1e-10,
  })
  print(("  limit %.6f  %.6f"):format(fit.components[1].p, fit.components[2].p))
  assert(abs(fit.components[1].p - 0.7967890669) < 1e-7 and abs(fit.components[2].p - 0.5195831201) < 1e-7)
end

-- 4. 50 rounds of 100 tosses with each of two coins, 0.8 and 0.35. With so many tosses hardly a round is in doubt, and EM finds
-- them from nearly every start. Where both coins of the start are far below all rounds, the lower one gets none of them: EM
-- then has nothing to estimate it from, and says so.
local function many()
  local x = dist.binomial(100, 0.8):sample(50):concat(dist.binomial(100, 0.35):sample(50))
  print("\n50 + 50 rounds of 100 tosses, ten random starts\n     start                  end                 steps")
  local found = 0
  for _ = 1, 10 do
    local start = random.uniform(2):sort()
    local ok, fit = pcall(em.fit, x, {
      start = dist.mixture({0.5, 0.5}, {dist.binomial(100, start[1]), dist.binomial(100, start[2])}), accelerate = "none",
    })
    if ok then
      local a, b = fit.components[1].p, fit.components[2].p
      print(("  %.4f %.4f   ->   %.4f %.4f   %12d"):format(start[1], start[2], a, b, fit.iterations))
      -- Four standard errors of a share among 5000 tosses.
      assert(abs(math.max(a, b) - 0.8) < 4 * math.sqrt(0.8 * 0.2 / 5000))
      assert(abs(math.min(a, b) - 0.35) < 4 * math.sqrt(0.35 * 0.65 / 5000))
      found = found + 1
    else
      print(("  %.4f %.4f   ->   %s"):format(start[1], start[2], fit.message:match("component %d has lost all its rows")))
    end
  end
  assert(found >= 8)
  em.fit(x, {family = "binomial", trials = 100, k = 2, seed = 1}):plot(x, {names = "heads of 100"})
    :save "expectation_maximization_coins.svg"
end

-- 5. One parameter, so that it can be drawn: coin B is known to be fair, coin A is not. With posteriors r at the current
-- theta, Jensen gives log p(x; t) >= Σ r log(p(x, coin; t) / r) for every t, with equality at t = theta: a bound that touches.
-- Its maximum is the next theta, where the log-likelihood must be higher still.
local function bounds()
  local x = vector(heads)
  local function log_joint(t) return log(0.5) + x * log(t) + (tosses - x) * log(1 - t) end
  local fair = log_joint(0.5)
  local function loglik(t)
    local a = log_joint(t)
    local most = a:maximum(fair)
    return (most + ((a - most):exp() + (fair - most):exp()):log()):sum()
  end
  local function bound(theta)
    local r = 1 / (1 + (fair - log_joint(theta)):exp())
    local entropy = -(r * r:log() + (1 - r) * (1 - r):log()):sum()
    return function(t) return (r * log_joint(t) + (1 - r) * fair):sum() + entropy end, (r * x):sum() / (tosses * r:sum())
  end
  local function over(f) return function(ts) return ts:map(f) end end
  local fig = plot.curve(over(loglik), {
    from = 0.3, to = 0.95, label = "log-likelihood", color = "black", width = 2.5, xlabel = "theta of coin A",
    ylabel = "log-likelihood", title = "EM climbs lower bounds that touch", ylim = {-42, -29},
  })
  local theta, before = 0.4, -math.huge
  print("\nLower bounds that touch\n   theta    log-likelihood  bound there     next")
  for i = 1, 4 do
    local f, next = bound(theta)
    print(("  %.5f   %.8f    %.8f   %.5f"):format(theta, loglik(theta), f(theta), next))
    assert(abs(f(theta) - loglik(theta)) < 1e-12 and loglik(theta) > before)
    for _, t in ipairs{0.2, 0.35, 0.5, 0.65, 0.8, 0.9} do assert(f(t) <= loglik(t) + 1e-12) end
    assert(f(next) >= f(next - 1e-3) and f(next) >= f(next + 1e-3) and loglik(next) >= f(next))
    fig:curve(over(f), {from = 0.3, to = 0.95, label = "bound " .. i, dashed = true})
    fig:scatter({theta}, {loglik(theta)}, {color = "black", point_size = 1.2})
    theta, before = next, loglik(theta)
  end
  fig:save "expectation_maximization_bounds.svg"
end

return recipe.report("expectation_maximization.html", function()
  random.seed(1234)
  jensen()
  complete()
  incomplete()
  many()
  bounds()
end, {title = "Expectation and maximisation", script = arg and arg[0]})
