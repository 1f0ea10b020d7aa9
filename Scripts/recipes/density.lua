-- The distribution of one column.   usage: perigee recipe density --data faithful --column eruptions
return recipe{
  name = "density",
  summary = "Draw the density of one column, in three ways",
  description = [[
    A histogram, which shows the data; a kernel density, which smooths them; and a normal mixture, which explains them. Where
    the mixture follows the kernel density with few components, its components are worth a look; where it does not, k is too
    small or the components are not normal.]],
  example = "--data faithful --column eruptions --k 2",
  params = {
    data      = {type = "file", required = true, help = "CSV file with a header line"},
    column    = {type = "string", required = true, help = "the column"},
    k         = {type = "integer", default = 2, min = 1, help = "components of the mixture"},
    bandwidth = {type = "number", min = 0, help = "of the kernel density, by default Silverman's"},
    seed      = {type = "integer", default = 1, help = "fixes the starts of the fit"},
    out       = {type = "string", default = "density.svg", help = "where the picture goes"},
  },
  run = function(p)
    local x = frame.read(p.data):column(p.column)
    local fit = em.fit(x, {k = p.k, family = "normal", seed = p.seed})
    plot.histogram(x, {density = true, color = "gray", alpha = 0.35, xlabel = p.column, title = p.data})
      :density(x, {label = "kernel density", fill = 0, bandwidth = p.bandwidth})
      :curve(fit.model, {label = ("mixture of %d"):format(p.k)})
      :save(p.out)
    return fit
  end,
}
