-- Chooses a mixture by a criterion.   usage: perigee recipe select --data iris --most 4
return recipe{
  name = "select",
  summary = "Choose the number of components and the shape of covariances",
  description = [[
    Fits mixtures of every size up to `most`, and of every covariance asked for, and puts them in the order of a criterion,
    which weighs the log-likelihood against the number of parameters. Models within 2 of the best are as good as it; above 10
    behind there is little to be said for a model. The picture shows the criterion for every size, `fit` the best model.]],
  example = "--data iris --most 4 --restarts 5",
  params = {
    data       = {type = "file", required = true, help = "CSV file with a header line"},
    columns    = {type = "strings", help = "the columns to fit, by default all of numbers"},
    most       = {type = "integer", default = 6, min = 1, max = 50, help = "the largest number of components"},
    covariance = {type = "strings", default = {"all"}, help = "of several columns: all, or names such as EEE,VVV"},
    criterion  = {type = "string", default = "bic", help = "bic, aic, aicc, icl, caic or sabic"},
    restarts   = {type = "integer", default = 20, min = 1, help = "starts of each fit"},
    seed       = {type = "integer", default = 1, help = "fixes the starts"},
    out        = {type = "string", default = "select.svg", help = "where the picture goes; empty for none"},
    fit        = {type = "string", default = "", help = "where a picture of the best fit goes; empty for none"},
  },
  run = function(p)
    local data = frame.read(p.data)
    local names = p.columns or data.numeric
    local x = data:matrix(names)
    local sizes, covariance = {}, nil
    for k = 1, p.most do sizes[k] = k end
    if x.cols > 1 then covariance = p.covariance[1] == "all" and "all" or p.covariance end
    local choice = em.select(x, {
      k = sizes, covariance = covariance, criterion = p.criterion, restarts = p.restarts, seed = p.seed,
    })
    if p.out ~= "" then choice:plot{title = p.data}:save(p.out) end
    if p.fit ~= "" and x.cols <= 10 then choice.best:plot(x, {names = names}):save(p.fit) end
    print(choice)
    print()
    return choice.best
  end,
}
