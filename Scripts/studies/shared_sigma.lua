-- Two normals with one common sigma, and a mistake that is easily made.
--
-- A mixture of N(5, 2) with weight 0.3 and N(15, 2) with weight 0.7. To try out EM one needs data from it. Somebody draws
-- positions at random, computes the density there, and fits these numbers. They are numbers, EM returns a fit, and the fit is
-- nonsense: values of a density are no draws from it.
-- Run:    Scripts/perigee Scripts/studies/shared_sigma.lua
-- Output: shared_sigma.html, and the pictures shared_sigma_wrong.svg and shared_sigma_right.svg, where it is run.

local truth = dist.mixture({0.3, 0.7}, {dist.normal(5, 2), dist.normal(15, 2)})
local start = dist.mixture({0.5, 0.5}, {dist.normal(3.4, 2.3), dist.normal(8.0, 2.3)})

-- The wrong way: heights of the density at random positions. They lie between 0 and its maximum, 0.14, and know nothing of
-- where they were taken.
local function wrong()
  local positions = dist.uniform(-5, 25):sample(10000)
  local heights = truth:pdf(positions)
  local fit = em.fit(heights, {start = start, equal = "sigma"})
  print("Fitted to values of the density:")
  print(fit)
  -- Both means are inside the range of the heights, far from 5 and 15.
  local top = truth:pdf(15)
  for j = 1, 2 do assert(fit.components[j].mu > 0 and fit.components[j].mu < top) end
  plot.grid({
    plot.scatter(positions, heights, {title = "density at random positions", xlabel = "x", ylabel = "p(x)"}),
    plot.histogram(heights, {title = "what EM was given", xlabel = "p(x)", density = true}),
  }, {columns = 2}):save "shared_sigma_wrong.svg"
end

-- The right way: for each draw choose a component with its weight, then draw from that. `truth:sample` does just this.
local function draws(n)
  local first = random.uniform(n):lt(0.3)
  local a, b = dist.normal(5, 2):sample(n), dist.normal(15, 2):sample(n)
  return first * a + (1 - first) * b
end

local function right()
  local x = draws(10000)
  -- The same distribution as that of truth:sample, by Kolmogorov's distance: 1.36 / sqrt(n) is exceeded once in twenty times.
  local sorted = x:sort()
  local distance = (truth:cdf(sorted) - vector.range(1, #x) / #x):abs():max()
  assert(distance < 1.36 / math.sqrt(#x))
  local fig = plot.figure{title = "EM at work: every seventh iteration", xlabel = "x", ylabel = "density"}
  fig:histogram(x, {bins = 60, density = true, color = "gray", alpha = 0.3})
  local fit = em.fit(x, {
    start = start, equal = "sigma", accelerate = "none", criterion = "parameters", tolerance = 1e-12,
    on_iteration = function(step)
      if step.iteration == 1 or step.iteration % 7 == 0 then
        fig:curve(step.model, {from = -5, to = 25, label = "iteration " .. step.iteration, width = 1})
      end
    end,
  })
  fig:curve(fit.model, {from = -5, to = 25, label = "fit", width = 2.5, color = "black"})
  fig:save "shared_sigma_right.svg"
  print("\nFitted to draws:")
  print(fit)
  print(("\ntrue: weights 0.3 0.7, means 5 15, sigma 2; distance of the draws from it %.4f"):format(distance))
  -- Within four standard errors: sqrt(0.3 · 0.7 / n) of the weight, sigma / sqrt(n · weight) of the means, sigma / sqrt(2n).
  assert(math.abs(fit.weights[1] - 0.3) < 4 * math.sqrt(0.21 / 10000))
  assert(math.abs(fit.components[1].mu - 5) < 4 * 2 / math.sqrt(3000))
  assert(math.abs(fit.components[2].mu - 15) < 4 * 2 / math.sqrt(7000))
  assert(math.abs(fit.components[1].sigma - 2) < 4 * 2 / math.sqrt(20000))
  assert(fit.components[1].sigma == fit.components[2].sigma)
end

return recipe.report("shared_sigma.html", function()
  random.seed(7)
  wrong()
  right()
end, {title = "Two normals with one common sigma", script = arg and arg[0]})
