-- One more component, or not?   usage: perigee recipe bootstrap-k --data faithful --columns waiting --k 1
return recipe{
  name = "bootstrap-k",
  summary = "Test k components against k + 1 by a bootstrapped likelihood ratio",
  description = [[
    The likelihood ratio of mixtures with k and k + 1 components does not follow the chi-squared distribution that it would
    follow for regular models, since the smaller model lies on the edge of the larger one. McLachlan (1987) therefore draws
    data from the fitted smaller model, fits both models to each set of draws, and counts how often their ratio is as large as
    the one seen. A small p says that k components are not enough.]],
  example = "--data faithful --columns waiting --k 1 --replicates 39",
  params = {
    data       = {type = "file", required = true, help = "CSV file with a header line"},
    columns    = {type = "strings", required = true, help = "the columns to fit"},
    family     = {type = "string", help = "what components are, by default normal or mvnormal"},
    covariance = {type = "string", help = "of mvnormal components, such as full or diagonal"},
    k          = {type = "integer", default = 1, min = 1, help = "components of the smaller model"},
    replicates = {type = "integer", default = 99, min = 19, help = "number of bootstrap samples"},
    restarts   = {type = "integer", default = 10, min = 1, help = "starts of each fit"},
    seed       = {type = "integer", default = 1, help = "fixes draws and starts"},
    out        = {type = "string", default = "bootstrap-k.svg", help = "where the picture goes; empty for none"},
  },
  run = function(p)
    local x = frame.read(p.data):matrix(p.columns)
    local function ratio(rows)
      local function fit(k)
        return em.fit(rows, {family = p.family, covariance = p.covariance, k = k, restarts = p.restarts, seed = p.seed})
      end
      local smaller, larger = fit(p.k), fit(p.k + 1)
      return 2 * (larger.loglik - smaller.loglik), smaller
    end
    local seen, smaller = ratio(x)
    local stream = random.stream(p.seed)
    local drawn = vector.zeros(p.replicates)
    for i = 1, p.replicates do
      -- A fit that fails on its draws, as when a component has collapsed, is not a smaller ratio: other draws take its place.
      local ok, value
      repeat ok, value = pcall(ratio, smaller.model:sample(x.rows, stream)) until ok
      drawn[i] = value
    end
    local larger = drawn:ge(seen):sum()
    local pValue = (1 + larger) / (p.replicates + 1)
    print(("likelihood ratio of %d against %d components: %.4f"):format(p.k, p.k + 1, seen))
    print(("as large in %d of %d samples from the smaller model: p = %.4f"):format(larger, p.replicates, pValue))
    if p.out ~= "" then
      plot.histogram(drawn, {label = ("if k = %d"):format(p.k), xlabel = "likelihood ratio", title = p.data})
        :line({seen, seen}, {0, p.replicates / 6}, {label = "seen"})
        :save(p.out)
    end
    return pValue
  end,
}
