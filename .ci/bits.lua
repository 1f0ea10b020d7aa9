-- The bits of a few fits, which no choice of CPU or number of threads may change.   usage: perigee .ci/bits.lua
local function bits(fit)
  local words = {}
  local function add(x)
    if type(x) == "number" then words[#words + 1] = ("%a"):format(x) return end
    for i = 1, #x do words[#words + 1] = ("%a"):format(x[i]) end
  end
  add(fit.loglik)
  add(fit.weights)
  return table.concat(words, " ")
end

local iris = frame.load("iris"):matrix{"sepal_length", "sepal_width", "petal_length", "petal_width"}
for _, covariance in ipairs{"full", "tied", "diagonal", "spherical"} do
  print(covariance, bits(em.fit(iris, {k = 3, covariance = covariance, seed = 1})))
end
local waiting = frame.load("faithful").waiting
print("normal", bits(em.fit(waiting, {k = 2, seed = 1})))
print("equal sigma", bits(em.fit(waiting, {k = 3, equal = "sigma", seed = 1})))

random.seed(7)
print("normal of many rows", bits(em.fit(dist.normal(0, 1):sample(20000), {k = 4, seed = 1, max_iterations = 30})))
local columns = {}
for c = 1, 20 do columns["x" .. c] = dist.normal(c, 2):sample(3000) end
local names = {}
for c = 1, 20 do names[c] = "x" .. c end
print("wide rows", bits(em.fit(frame(columns):matrix(names), {k = 3, seed = 1, max_iterations = 30})))
print("binomial", bits(em.fit(dist.binomial(12, 0.4):sample(5000), {family = "binomial", trials = 12, k = 2, seed = 1})))
