-- Task:   which of two coins was tossed in each of five rounds of ten tosses, and how biased are they?
--         After C. B. Do and S. Batzoglou, What is the expectation maximization algorithm?, Nature Biotechnology 26 (2008).
-- Run:    Scripts/perigee Scripts/examples/two_coins.lua
-- Output: the biases after each of ten EM steps, then the fit to the end.
local heads = vector{5, 9, 8, 4, 7}
local start = dist.mixture({0.5, 0.5}, {dist.binomial(10, 0.6), dist.binomial(10, 0.5)})

local model = start
for i = 1, 10 do
  local info
  model, info = em.step(model, heads, {fix = "weights"})
  local a, b = model.components[1], model.components[2]
  print(("step %2d   p = %.4f %.4f   log-likelihood %.4f"):format(i, a.p, b.p, info.loglik))
end
assert(math.abs(model.components[1].p - 0.7967441495) < 1e-9)
assert(math.abs(model.components[2].p - 0.5196586622) < 1e-9)

local fit = em.fit(heads, {start = start, fix = "weights", criterion = "parameters", tolerance = 1e-10})
print()
print(fit)
assert(fit.converged and fit.df == 2)
assert(math.abs(fit.components[1].p - 0.7967890669) < 1e-7)
assert(math.abs(fit.components[2].p - 0.5195831201) < 1e-7)
