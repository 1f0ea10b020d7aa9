-- Clusters the rows of a file.   usage: perigee recipe kmeans --data iris --k 3 --truth species
return recipe{
  name = "kmeans",
  summary = "Cluster the rows of a file about k centers",
  description = [[
    Finds the k centers with the least sum of squared distances to the rows, from many starts. Columns on different scales
    should be standardised first, since a column of large numbers decides alone. With `truth`, a column of known groups, the
    clusters are compared to it: a table of counts and the adjusted Rand index, which is 1 for perfect agreement and about 0
    for none.]],
  example = "--data iris --k 3 --truth species",
  params = {
    data        = {type = "file", required = true, help = "CSV file with a header line"},
    columns     = {type = "strings", help = "the columns to use, by default all of numbers"},
    k           = {type = "integer", default = 3, min = 1, help = "number of clusters"},
    standardise = {type = "boolean", default = false, help = "whether each column is divided by its standard deviation"},
    truth       = {type = "string", default = "", help = "a column of known groups; empty for none"},
    restarts    = {type = "integer", default = 20, min = 1, help = "number of starts"},
    seed        = {type = "integer", default = 1, help = "fixes the starts"},
    out         = {type = "string", default = "kmeans.svg", help = "where the picture goes; empty for none"},
  },
  run = function(p)
    local data = frame.read(p.data)
    local names = p.columns or data.numeric
    local columns = {}
    for _, name in ipairs(names) do
      local column = data:column(name)
      columns[name] = p.standardise and column / column:sd() or column
    end
    local km = kmeans.fit(frame(columns):matrix(names), {k = p.k, restarts = p.restarts, seed = p.seed})
    if p.truth ~= "" then
      print(stats.crosstab(data:column(p.truth), km.labels))
      print(("adjusted Rand index %.4f\n"):format(stats.adjusted_rand(data:column(p.truth), km.labels)))
    end
    if p.out ~= "" and #names <= 10 then km:plot{names = names, title = p.data}:save(p.out) end
    return km
  end,
}
