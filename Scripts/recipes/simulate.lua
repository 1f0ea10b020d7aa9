-- Draws from a distribution in a JSON file.   usage: perigee recipe simulate --model Scripts/data/waiting.json --n 1000
return recipe{
  name = "simulate",
  summary = "Draw from a mixture, or any distribution, given in JSON",
  description = [[
    The model is a JSON file as distribution:save writes it, {"family": "normal", "mu": 0, "sigma": 1} or a mixture with
    weights and components, or a fit that fit:save has written. The draws go into a CSV file, of a mixture with the component
    that each came from, where that is asked for. The same seed gives the same draws on every machine.]],
  example = "--model Scripts/data/waiting.json --n 1000",
  params = {
    model  = {type = "file", required = true, help = "JSON file of a distribution or a fit"},
    n      = {type = "integer", default = 1000, min = 1, help = "number of draws"},
    labels = {type = "boolean", default = false, help = "whether to add the component, of a mixture"},
    seed   = {type = "integer", default = 1, help = "fixes the draws"},
    data   = {type = "string", default = "simulated.csv", help = "where the draws go"},
    out    = {type = "string", default = "", help = "where a picture goes, of one or two dimensions; empty for none"},
  },
  run = function(p)
    local model = dist.load(p.model)
    local stream = random.stream(p.seed)
    local x, labels
    if p.labels then
      -- A component for each row, then a draw of it: the draws of one component stay together in the file.
      local counts = dist.multinomial(p.n, model.weights):sample(nil, stream)
      labels = vector{}
      for j, component in ipairs(model.components) do
        local n = math.tointeger(counts[j])
        local draws = component:sample(n, stream)
        x = not x and draws or (model.dimension == 1 and x:concat(draws) or x:vstack(draws))
        labels = labels:concat(j * vector.ones(n))
      end
    else
      x = model:sample(p.n, stream)
    end
    local columns = {component = labels}
    if model.dimension == 1 then
      columns.x = x
    else
      for j = 1, model.dimension do columns["x" .. j] = x:col(j) end
    end
    local draws = frame(columns)
    draws:write(p.data)
    if p.out ~= "" and model.dimension == 1 then
      plot.histogram(x, {density = true, label = "draws"}):curve(model, {label = "density"}):save(p.out)
    elseif p.out ~= "" and model.dimension == 2 then
      plot.scatter(x:col(1), x:col(2), {xlabel = "x1", ylabel = "x2"}):contour(model, {color = "gray"}):save(p.out)
    end
    return draws:describe()
  end,
}
