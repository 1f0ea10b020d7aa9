-- Are there two kinds of fund managers?
--
-- 255 funds, 100 months of alphas each: what a fund earned in a month beyond its market. Suppose that there are two kinds of
-- managers, skilled and lucky, and that a mixture of two normal distributions is behind what we see. EM will find two
-- components. Does that mean that there are two?
--
-- The study writes EM three ways, times them and sees that they agree, and then asks what can be known at all.
-- Run:    Scripts/perigee Scripts/studies/fund_managers.lua
-- Output: fund_managers.html, and the pictures fund_managers_alphas.svg and fund_managers_power.svg, where it is run.

local exp, sqrt, abs = math.exp, math.sqrt, math.abs

-- The simulated alphas: two populations whose means differ by a fiftieth of their standard deviation.
local weights, means, sigma = {0.49, 0.51}, {5.7e-4, 5.9e-4}, math.sqrt(9.5e-7)
local truth = dist.mixture(weights, {dist.normal(means[1], sigma), dist.normal(means[2], sigma)})

-- All three begin at means -1 and 1, variances 0.2 and weights 0.5, and stop when no parameter moves any more: when the
-- absolute changes of weights, means and standard deviations add up to less than 1e-4.
local function begin() return {w = {0.5, 0.5}, mu = {-1, 1}, sigma = {sqrt(0.2), sqrt(0.2)}} end

local function change(a, b)
  local sum = 0
  for _, name in ipairs{"w", "mu", "sigma"} do
    for j = 1, 2 do sum = sum + abs(a[name][j] - b[name][j]) end
  end
  return sum
end

-- One: loops over every element, as one would in C.
local function em_loops(x)
  local n, model, steps = #x, begin(), 0
  local values = x:table()
  repeat
    -- E: how likely each component is to have made each value. Far from both means each density is 0 in double precision, so
    -- we work with logarithms and subtract the larger one.
    local r = {}
    for i = 1, n do
      local l = {}
      for j = 1, 2 do
        local z = (values[i] - model.mu[j]) / model.sigma[j]
        l[j] = math.log(model.w[j]) - math.log(model.sigma[j]) - 0.5 * z * z
      end
      local most = math.max(l[1], l[2])
      local p1, p2 = exp(l[1] - most), exp(l[2] - most)
      r[i] = p1 / (p1 + p2)
    end
    -- M: weighted means and variances.
    local next = {w = {}, mu = {}, sigma = {}}
    for j = 1, 2 do
      local total, sum, squares = 0, 0, 0
      for i = 1, n do
        local share = j == 1 and r[i] or 1 - r[i]
        total, sum = total + share, sum + share * values[i]
      end
      local mu = sum / total
      for i = 1, n do
        local share = j == 1 and r[i] or 1 - r[i]
        squares = squares + share * (values[i] - mu) ^ 2
      end
      next.w[j], next.mu[j], next.sigma[j] = total / n, mu, sqrt(squares / total)
    end
    local moved = change(model, next)
    model, steps = next, steps + 1
  until moved < 1e-4
  return model, steps
end

-- Two: the same with vectors. No loop over rows is left; the formulas are those of the book.
local function em_vectors(x)
  local model, steps = begin(), 0
  repeat
    local l = {}
    for j = 1, 2 do
      local z = (x - model.mu[j]) / model.sigma[j]
      l[j] = math.log(model.w[j] / model.sigma[j]) - 0.5 * z * z
    end
    local r1 = 1 / (1 + (l[2] - l[1]):exp())
    local next = {w = {}, mu = {}, sigma = {}}
    for j, r in ipairs{r1, 1 - r1} do
      local total = r:sum()
      local mu = (r * x):sum() / total
      next.w[j], next.mu[j], next.sigma[j] = total / #x, mu, sqrt((r * (x - mu) ^ 2):sum() / total)
    end
    local moved = change(model, next)
    model, steps = next, steps + 1
  until moved < 1e-4
  return model, steps
end

-- Three: one call. Plain EM, to walk the same way as the others.
local function em_fit(x)
  local fit = em.fit(x, {
    start = dist.mixture({0.5, 0.5}, {dist.normal(-1, sqrt(0.2)), dist.normal(1, sqrt(0.2))}),
    criterion = "parameters", tolerance = 1e-4, accelerate = "none",
  })
  local a, b = fit.components[1], fit.components[2]
  return {w = {fit.weights[1], fit.weights[2]}, mu = {a.mu, b.mu}, sigma = {a.sigma, b.sigma}}, fit.iterations, fit
end

local function timed(f, x)
  local began = os.clock()
  local model, steps, fit = f(x)
  return model, steps, os.clock() - began, fit
end

local function three_ways(x)
  print("EM, three ways             steps   processor time")
  local results = {}
  for i, way in ipairs{{"loops over elements", em_loops}, {"vector operations", em_vectors}, {"em.fit", em_fit}} do
    local model, steps, seconds, fit = timed(way[2], x)
    results[i] = {model = model, steps = steps, fit = fit}
    print(("  %-22s   %5d   %.4f s"):format(way[1], steps, seconds))
  end
  for i = 2, 3 do
    assert(results[i].steps == results[1].steps)
    assert(change(results[1].model, results[i].model) < 1e-10)
  end
  print("the results agree to 1e-10\n")
  print(results[3].fit)
  return results[3].fit
end

-- Can they be told apart? For funds of one kind each, all that a fund's months say about its kind is in their mean: its
-- standard deviation is a tenth of a month's, and the two kinds of funds are a fifth of that apart. We ask how often a test of
-- one component against two finds the second one when it is there: its power.
local function ratio(x)
  local function loglik(k) return em.fit(x, {k = k, equal = "sigma", restarts = 4, seed = 1}).loglik end
  return 2 * (loglik(2) - loglik(1))
end

local function power()
  local funds, months, rounds = 255, 100, 200
  local deviation = sigma / sqrt(months)
  local stream = random.stream(2)
  local function ratios(gap)
    -- In units of the deviation of a fund's mean, for which EM knows no difference.
    local model = dist.mixture(weights, {dist.normal(0, 1), dist.normal(gap, 1)})
    local values = vector.zeros(rounds)
    for i = 1, rounds do values[i] = ratio(model:sample(funds, stream)) end
    return values
  end
  -- What the ratio is where there is one kind only; the test rejects where it is above 95 % of these.
  local limit = ratios(0):quantile(0.95)
  print(("\nlikelihood ratio that one kind of fund exceeds once in twenty times: %.2f"):format(limit))
  local ours = (means[2] - means[1]) / deviation
  local gaps, found = {ours, 1, 2, 2.5, 3, 4}, {}
  print("distance of the kinds, in standard deviations    power")
  for i, gap in ipairs(gaps) do
    found[i] = ratios(gap):gt(limit):sum() / rounds
    print(("  %.2f%s %22.3f"):format(gap, i == 1 and "  (these funds)           " or (" "):rep(26), found[i]))
  end
  -- The test finds these two kinds no more often than it finds two kinds where there is one.
  assert(found[1] < 0.12 and found[#found] > 0.95)
  print("\nThe answer is no: two kinds of managers this close cannot be told from one.")
  local fig = plot.line(gaps, found, {
    marks = true, label = "power", xlabel = "distance of the means, in standard deviations of a fund's mean",
    ylabel = "share of simulations where two kinds are found", ylim = {0, 1.05}, title = "255 funds, 100 months",
  })
  fig:line({0, 4}, {0.05, 0.05}, {label = "chance", dashed = true}):save "fund_managers_power.svg"
end

return recipe.report("fund_managers.html", function()
  random.seed(1)
  local alphas = truth:sample(255 * 100)
  local fit = three_ways(alphas)
  -- The mean of a mixture fitted by EM is that of the data.
  assert(abs(fit.model:mean() - alphas:mean()) < 1e-12)
  fit:plot(alphas, {names = "alpha", title = "Two components that are one"}):save "fund_managers_alphas.svg"
  power()
end, {title = "Are there two kinds of fund managers?", script = arg and arg[0]})
