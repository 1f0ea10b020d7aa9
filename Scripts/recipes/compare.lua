-- Two fits to the same columns.   usage: perigee recipe compare --data faithful --columns waiting --k1 1 --k2 2
return recipe{
  name = "compare",
  summary = "Compare two mixtures of the same data, side by side",
  description = [[
    Fits both models and prints their log-likelihoods, free parameters and criteria. A smaller BIC is better; a difference
    above 10 is decisive by the usual reading (Kass and Raftery, 1995). A larger log-likelihood alone means nothing where one
    model has more parameters.]],
  example = "--data faithful --columns waiting --k1 1 --k2 2",
  params = {
    data        = {type = "file", required = true, help = "CSV file with a header line"},
    columns     = {type = "strings", required = true, help = "the columns to fit"},
    family1     = {type = "string", help = "of the first model"},
    family2     = {type = "string", help = "of the second model"},
    k1          = {type = "integer", default = 1, min = 1, help = "components of the first model"},
    k2          = {type = "integer", default = 2, min = 1, help = "components of the second model"},
    covariance1 = {type = "string", help = "of mvnormal components of the first model"},
    covariance2 = {type = "string", help = "of mvnormal components of the second model"},
    seed        = {type = "integer", default = 1, help = "fixes the starts"},
    out         = {type = "string", default = "compare.svg", help = "where the picture goes, of one or two columns"},
  },
  run = function(p)
    local data = frame.read(p.data)
    local names = p.columns or data.numeric
    local x = data:matrix(names)
    local first = em.fit(x, {family = p.family1, k = p.k1, covariance = p.covariance1, seed = p.seed})
    local second = em.fit(x, {family = p.family2, k = p.k2, covariance = p.covariance2, seed = p.seed})
    local row = "%-10s %14s %14s %14s"
    print(row:format("", "first", "second", "difference"))
    for _, name in ipairs{"loglik", "df", "bic", "aic", "icl"} do
      local a, b = first[name], second[name]
      print(row:format(name, ("%.4f"):format(a), ("%.4f"):format(b), ("%.4f"):format(b - a)))
    end
    print(("\nBIC prefers the %s model\n"):format(first.bic <= second.bic and "first" or "second"))
    if p.out ~= "" and x.cols <= 2 then
      plot.grid({
        first:plot(x, {names = names, title = ("k = %d"):format(p.k1)}),
        second:plot(x, {names = names, title = ("k = %d"):format(p.k2)}),
      }, {columns = 2}):save(p.out)
    end
    print(first)
    return second
  end,
}
