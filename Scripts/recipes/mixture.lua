-- Fits a mixture to columns of a file.   usage: perigee recipe mixture --data faithful --columns waiting
return recipe{
  name = "mixture",
  summary = "Fit a mixture of any family to columns of a file",
  description = [[
    Fits k components by maximum likelihood, from many starts, and prints the fit: log-likelihood, criteria, how it ended,
    and the components. The picture shows the data with the densities of the components; `save` keeps the fit for em.load.]],
  example = "--data faithful --columns waiting --k 2",
  params = {
    data       = {type = "file", required = true, help = "CSV file with a header line"},
    columns    = {type = "strings", help = "the columns to fit, by default all of numbers"},
    family     = {type = "string", help = "what components are, by default normal or mvnormal"},
    k          = {type = "integer", default = 2, min = 1, help = "number of components"},
    covariance = {type = "string", help = "of mvnormal components, such as full or diagonal"},
    equal      = {type = "string", choices = {"sigma"}, help = "what normal components share"},
    trials     = {type = "number", min = 0, help = "of binomial components"},
    restarts   = {type = "integer", default = 20, min = 1, help = "number of starts"},
    seed       = {type = "integer", default = 1, help = "fixes the starts"},
    out        = {type = "string", default = "mixture.svg", help = "where the picture goes; empty for none"},
    save       = {type = "string", default = "", help = "where the fit goes, as JSON; empty for nowhere"},
  },
  run = function(p)
    local data = frame.read(p.data)
    local names = p.columns or data.numeric
    local x = data:matrix(names)
    local fit = em.fit(x, {
      family = p.family, k = p.k, covariance = p.covariance, equal = p.equal, trials = p.trials, restarts = p.restarts,
      seed = p.seed,
    })
    if p.out ~= "" and x.cols <= 10 then fit:plot(x, {names = names, title = p.data}):save(p.out) end
    if p.save ~= "" then fit:save(p.save) end
    return fit
  end,
}
