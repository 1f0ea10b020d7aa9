-- Gaussian mixtures in the plane and beyond: densities, EM three ways, and what k-means does differently.
-- Run:    Scripts/perigee Scripts/studies/gaussian_mixtures.lua
-- Output: gaussian_mixtures.html, and the pictures gaussian_mixtures_*, where it is run.

local log, exp, pi, abs = math.log, math.exp, math.pi, math.abs

-- A density is a surface over the plane.
local function surface()
  local mixture = dist.mixture({0.1, 0.4, 0.5}, {
    dist.mvnormal({0, 0}, matrix.eye(2)), dist.mvnormal({3, 3}, 2 * matrix.eye(2)), dist.mvnormal({0, 5}, 3 * matrix.eye(2)),
  })
  -- By hand at one point: each component is weight · exp(−r²/2σ²) / 2πσ².
  local x, y = 1, 1
  local byHand = 0.1 * exp(-(x ^ 2 + y ^ 2) / 2) / (2 * pi)
    + 0.4 * exp(-((x - 3) ^ 2 + (y - 3) ^ 2) / 4) / (4 * pi) + 0.5 * exp(-(x ^ 2 + (y - 5) ^ 2) / 6) / (6 * pi)
  assert(abs(mixture:pdf({x, y}) - byHand) < 1e-15)
  print(("density at (1, 1): %.6f"):format(byHand))
  plot.surface(mixture, {
    x = {-5, 8}, y = {-4, 11}, points = 200, title = "0.1 N((0,0), I) + 0.4 N((3,3), 2I) + 0.5 N((0,5), 3I)",
    xlabel = "x", ylabel = "y",
  }):save "gaussian_mixtures_surface.png"
end

-- The data: 600 draws of one component, 400 of another.
local function draws()
  return dist.mvnormal({0, 4}, {{3, 0}, {0, 0.5}}):sample(600)
    :vstack(dist.mvnormal({-2, 0}, {{1, 0}, {0, 2}}):sample(400))
end

-- A model here is, for each component, a weight, a mean and a covariance with its three different elements.
local function begin()
  return {{w = 0.5, m1 = 1, m2 = 5, a = 1, b = 0, c = 1}, {w = 0.5, m1 = -1, m2 = -1, a = 1, b = 0, c = 1}}
end
local rounds = 150 -- by then nothing moves any more

-- One: loops over rows and components.
local function em_loops(x)
  local n, model = x.rows, begin()
  local rows = x:table()
  for _ = 1, rounds do
    local sums = {}
    for j = 1, 2 do sums[j] = {w = 0, m1 = 0, m2 = 0} end
    local r = {}
    for i = 1, n do
      local l = {}
      for j, p in ipairs(model) do
        local det = p.a * p.c - p.b ^ 2
        local u, v = rows[i][1] - p.m1, rows[i][2] - p.m2
        l[j] = log(p.w) - log(2 * pi) - 0.5 * log(det) - 0.5 * (p.c * u * u - 2 * p.b * u * v + p.a * v * v) / det
      end
      local r1 = 1 / (1 + exp(l[2] - l[1]))
      r[i] = {r1, 1 - r1}
      for j, s in ipairs(sums) do
        s.w, s.m1, s.m2 = s.w + r[i][j], s.m1 + r[i][j] * rows[i][1], s.m2 + r[i][j] * rows[i][2]
      end
    end
    for j, s in ipairs(sums) do
      local p = {w = s.w / n, m1 = s.m1 / s.w, m2 = s.m2 / s.w, a = 0, b = 0, c = 0}
      for i = 1, n do
        local u, v = rows[i][1] - p.m1, rows[i][2] - p.m2
        p.a, p.b, p.c = p.a + r[i][j] * u * u, p.b + r[i][j] * u * v, p.c + r[i][j] * v * v
      end
      p.a, p.b, p.c = p.a / s.w, p.b / s.w, p.c / s.w
      model[j] = p
    end
  end
  return model
end

-- Two: the same with vectors.
local function em_vectors(x)
  local model = begin()
  local x1, x2 = x:col(1), x:col(2)
  for _ = 1, rounds do
    local l = {}
    for j, p in ipairs(model) do
      local det = p.a * p.c - p.b ^ 2
      local u, v = x1 - p.m1, x2 - p.m2
      l[j] = log(p.w) - log(2 * pi) - 0.5 * log(det) - (p.c * u * u - 2 * p.b * u * v + p.a * v * v) * (0.5 / det)
    end
    local r1 = 1 / (1 + (l[2] - l[1]):exp())
    for j, r in ipairs{r1, 1 - r1} do
      local total = r:sum()
      local m1, m2 = (r * x1):sum() / total, (r * x2):sum() / total
      local u, v = x1 - m1, x2 - m2
      model[j] = {
        w = total / #x1, m1 = m1, m2 = m2, a = (r * u * u):sum() / total, b = (r * u * v):sum() / total,
        c = (r * v * v):sum() / total,
      }
    end
  end
  return model
end

-- Three: em.fit, from the same start until nothing moves any more.
local function em_fit(x)
  local parts = {}
  for j, p in ipairs(begin()) do parts[j] = dist.mvnormal({p.m1, p.m2}, {{p.a, p.b}, {p.b, p.c}}) end
  local fit = em.fit(x, {
    start = dist.mixture({0.5, 0.5}, parts), criterion = "parameters", tolerance = 1e-13, accelerate = "none",
  })
  local model = {}
  for j, c in ipairs(fit.components) do
    model[j] = {w = fit.weights[j], m1 = c.mu[1], m2 = c.mu[2], a = c.cov(1, 1), b = c.cov(1, 2), c = c.cov(2, 2)}
  end
  return model
end

local function three_ways(x)
  print("\nEM, three ways           processor time")
  local results = {}
  for i, way in ipairs{{"loops", em_loops}, {"vector operations", em_vectors}, {"em.fit", em_fit}} do
    local began = os.clock()
    results[i] = way[2](x)
    print(("  %-20s   %.4f s"):format(way[1], os.clock() - began))
  end
  for i = 2, 3 do
    for j, p in ipairs(results[1]) do
      for name, value in pairs(p) do assert(abs(results[i][j][name] - value) < 1e-9, name) end
    end
  end
  print("the results agree to 1e-9\n")
  -- To the end, from many starts.
  local fit = em.fit(x, {k = 2, seed = 1})
  print(fit)
  assert(fit.converged)
  fit:plot(x, {title = "600 + 400 draws, and the mixture that EM finds"}):save "gaussian_mixtures_fit.svg"
end

-- k-means on iris. It gives each row to the nearest center: all clusters are balls of one size, and every row belongs to one
-- cluster wholly. EM for a mixture of normals lets each component have its own shape and size, and shares rows out. Species
-- that are long and close, as versicolor and virginica are, are cut across by k-means and found by EM.
local function kmeans_on_iris()
  local iris = frame.load "iris"
  local x = iris:matrix()
  local km = kmeans.fit(x, {k = 3, restarts = 20, seed = 123})
  assert(abs(km.inertia - 78.851441426) < 1e-6)
  local fit = em.fit(x, {k = 3, seed = 1})
  assert(fit.loglik > -180.18547759 - 1e-6)
  local labels = fit:classify(x)
  print("\nk-means on iris")
  print(stats.crosstab(iris.species, km.labels))
  print("EM on iris")
  print(stats.crosstab(iris.species, labels))
  local a, b = stats.adjusted_rand(iris.species, km.labels), stats.adjusted_rand(iris.species, labels)
  print(("adjusted Rand index: k-means %.3f, EM %.3f"):format(a, b))
  assert(abs(a - 0.7302382722834697) < 1e-12 and b > 0.9)
  plot.pairs(iris, {color = km.labels, title = "k-means: clusters are balls"}):save "gaussian_mixtures_kmeans.svg"
  fit:plot(x, {names = {"sepal length", "sepal width", "petal length", "petal width"}, title = "EM: components have shapes"})
    :save "gaussian_mixtures_iris.svg"
end

return recipe.report("gaussian_mixtures.html", function()
  random.seed(123)
  surface()
  three_ways(draws())
  kmeans_on_iris()
end, {title = "Gaussian mixtures", script = arg and arg[0]})
