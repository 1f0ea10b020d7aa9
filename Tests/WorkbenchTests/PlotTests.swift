import Glibc
import Testing
import Workbench

/// Pictures as scripts ask for them.
@Suite struct PlotTests {
  @Test(arguments: [
    // Layers by both ways, in any order.
    """
    local fig = plot.figure{title = "t", xlabel = "x", log = "y", size = {300, 200}}
    assert(fig.title == "t" and #fig.layers == 0)
    fig:line({1, 2}, {1, 2}):scatter({1, 2}, {1, 2}, {color = {"a", "b"}}):curve(function(t) return t * t end)
    assert(table.concat(fig.layers, " ") == "line scatter curve" and tostring(fig) == "figure 't': line, scatter, curve")
    assert(table.concat(plot.histogram({1, 2}, {title = "h", bins = {0, 1, 2}}).layers) == "histogram")
    """,
    // A curve goes from where the figure begins to where it ends; alone, over the distribution.
    """
    local seen
    plot.line({2, 7}, {0, 0}):curve(function(t) seen = t return t end, {points = 11})
    assert(seen[1] == 2 and seen[#seen] == 7 and #seen == 11 and seen[2] == 2.5)
    plot.figure{xlim = {0, 1}}:curve(function(t) seen = t return t end, {points = 3})
    assert(seen[2] == 0.5)
    assert(plot.curve(dist.normal(0, 1)).layers[1] == "curve")
    """,
    // Functions of the plane get vectors of all places.
    """
    local u, v
    plot.contour(function(x, y) u, v = x, y return x + y end, {x = {0, 1}, y = {2, 4}, points = 3})
    assert(#u == 9 and u[1] == 0 and v[1] == 2 and v[2] == 3 and u[4] == 0.5 and v[9] == 4)
    plot.surface(dist.mvnormal({0, 0}, {{1, 0}, {0, 1}}))
    plot.image({{1, 2}, {3, 0/0}})
    """,
    // Fits and clusters draw themselves, in as many panels as they have columns.
    """
    local f, iris = frame.load "faithful", frame.load "iris"
    local one = em.fit(f.waiting, {k = 2, seed = 1})
    assert(table.concat(one:plot().layers, " ") == "histogram line line line")
    assert(table.concat(one:plot("trace").layers) == "line")
    """,
    """
    local f, iris = frame.load "faithful", frame.load "iris"
    local two = em.fit(f:matrix(), {k = 2, seed = 1})
    assert(table.concat(two:plot().layers, " ") == "scatter contour ellipse ellipse")
    local four = em.fit(iris:matrix(), {k = 3, seed = 1})
    assert(four:plot().rows == 4 and four:plot().cols == 4)
    assert(kmeans.fit(f.waiting, {k = 2}):plot().layers[2] == "line")
    assert(#kmeans.fit(f:matrix(), {k = 2}):plot().layers == 2)
    assert(kmeans.fit(iris:matrix(), {k = 3}):plot{names = {"a", "b", "c", "d"}}.rows == 4)
    assert(plot.pairs(iris, {color = iris.species, names = {"sepal_length", "petal_length"}}).rows == 2)
    local counts = em.fit(dist.binomial(10, 0.3):sample(100), {family = "binomial", trials = 10, k = 1, seed = 1})
    assert(#counts:plot().layers == 3)
    local grid = plot.grid({plot.figure(), plot.figure(), plot.figure()}, {columns = 3})
    assert(grid.rows == 1 and grid.cols == 3)
    """,
    // Data that are not those of the fit any more are not drawn as if they were.
    """
    local x = frame.load("faithful").waiting:copy()
    local fit = em.fit(x, {k = 2, seed = 1})
    x[1] = 0
    local ok, e = pcall(function() fit:plot() end)
    assert(not ok and e.message:find("the data have changed since the fit", 1, true))
    fit:plot(x)
    local file = os.tmpname()
    fit:save(file)
    ok, e = pcall(function() em.load(file):plot() end)
    assert(not ok and e.message:find("a fit from a file does not hold its data", 1, true))
    em.load(file):plot(x)
    os.remove(file)
    """,
    // The criterion of each covariance over the number of components, and the best.
    """
    local x = frame.load("faithful"):matrix()
    local choice = em.select(x, {k = {1, 2, 3}, covariance = {"EEE", "VVV"}, restarts = 4, seed = 1})
    assert(table.concat(choice:plot().layers, " ") == "line line scatter")
    """,
    // R: cor(iris[, 1:4]) has 0.8717538 and -0.1175698, and 0.7425467 for the two widths and lengths of setosa alone.
    """
    local iris = frame.load "iris"
    local file = os.tmpname() .. ".svg"
    plot.pairs(iris, {color = iris.species}):save(file)
    local text = io.open(file):read "a"
    os.remove(file)
    for _, shown in ipairs{"0.87", "−0.12", "0.74", "setosa", "petal_width"} do assert(text:find(">" .. shown, 1, true), shown) end
    """,
    // What a figure was given is its own.
    """
    local x = vector{1, 2}
    local fig = plot.line(x, x)
    x[1] = 1e9
    local file = os.tmpname() .. ".txt"
    fig:save(file)
    local text = io.open(file):read "a"
    os.remove(file)
    assert(text:find("1.2", 1, true) and not text:find("e+", 1, true))
    """,
    // Nothing that a callback does upsets the figure that it is drawn in.
    """
    local fig = plot.line({0, 1}, {0, 1})
    local ok, e = pcall(function() fig:curve(function(t) fig:line({1}, {1}) return t end) end)
    assert(not ok and tostring(e):find "in use" and #fig.layers == 1)
    fig:curve(function(t) assert(#fig.layers == 1 and tostring(fig) == "figure: line") return t end)
    assert(#fig.layers == 2)
    fig = plot.line({0, 1}, {0, 1})
    ok, e = pcall(function() fig:curve(function() error "mine" end) end)
    assert(not ok and tostring(e):find "mine" and #fig.layers == 1)
    """,
  ])
  func scripts(_ script: String) throws { _ = try evaluate(script) }

  @Test(arguments: [
    ("plot.figure{titel = 'x'}", "plot.figure: unknown option 'titel' (did you mean 'title'?)"),
    ("plot.line({1}, {1, 2})", "plot.line: x and y must be of one length, got 1 and 2"),
    (
      "plot.line({1}, {1}, {color = 'mauve'})",
      "plot.line: color must be a color: black, blue, brown, gray, green, orange, pink, red, sky, white, or \"#rrggbb\", got 'mauve'"
    ),
    (
      "plot.scatter({1}, {1}, {color = {1, 2}})",
      "plot.scatter: one color per point is wanted, got 2 colors and 1 points"
    ),
    ("plot.histogram({})", "plot.histogram: a histogram needs at least one finite number"),
    (
      "plot.histogram({1}, {bins = 0})",
      "plot.histogram: bins must be an integer from 1 to 10000, or the edges of bins, got 0"
    ),
    (
      "plot.curve(function(t) return t end)",
      "plot.curve: from and to are needed: the figure has no layers yet that say where x begins and ends"
    ),
    (
      "plot.curve(function(t) return {1} end, {from = 0, to = 1})",
      "plot.curve: the function's result must be a vector of 500, as its argument, got vector of 1"
    ),
    ("plot.curve(dist.normal(0, 1), {from = 1, to = 0})", "plot.curve: to must be greater than from, 1, got 0"),
    (
      "plot.contour(dist.normal(0, 1))",
      "plot.contour: z must be a distribution of two dimensions, a function of two vectors, or a matrix, got a normal distribution"
    ),
    ("plot.figure():save 'x.gif'", "figure:save: the file's name must end with .svg, .png, .pdf or .txt, got 'x.gif'"),
    (
      "plot.figure():save '/no/such/folder/x.svg'",
      "figure:save: '/no/such/folder/x.svg' cannot be written: No such file or directory"
    ),
    ("plot.figure{log = 'x', xlim = {0, 1}}", "plot.figure: xlim must be positive on a logarithmic axis, got 0"),
    (
      "plot.line({1, 2}, {-1, -2}, {log = 'y'}):save '/tmp/x.svg'",
      "figure:save: the y axis is logarithmic, but nothing on it is positive"
    ),
    (
      "plot.line({1}, {1}):surface({{1, 2}, {3, 4}})",
      "figure:surface: a surface is drawn in space, and cannot be in one figure with a line"
    ),
    ("plot.pairs{{1}, {2}}", "plot.pairs: from 2 to 10 columns are wanted, got 1: choose some by name"),
    ("plot.grid{}", "plot.grid: figures must be a table of 1 to 100 figures, got 0 of them"),
    (
      "plot.ellipse({0, 0}, {{1, 2}, {2, 1}})",
      "plot.ellipse: the covariance of an ellipse must be symmetric and positive"
    ),
    (
      "em.fit({1, 2, 3}, {k = 1}):plot 'traces'", "fit:plot: what must be \"trace\", a vector or a matrix, got 'traces'"
    ),
  ])
  func messages(_ script: String, _ message: String) throws {
    let result = try evaluate(
      """
      local ok, e = pcall(function() \(script) end)
      return ok, type(e) == "table" and e.message or e
      """)
    #expect(result == ["false", message])
  }

  /// Every file is the picture that its name says, and no part of one is left behind.
  @Test func files() throws {
    _ = try evaluate(
      """
      local base = os.tmpname()
      local starts = {svg = "<?xml", png = "\\x89PNG", pdf = "%PDF", txt = " "}
      for ending, start in pairs(starts) do
        local file = base .. "." .. ending
        plot.histogram({1, 2, 2, 3}):save(file)
        local handle = io.open(file, "rb")
        assert(handle:read "a":sub(1, #start) == start, ending)
        handle:close()
        assert(not io.open(file .. ".part"))
        os.remove(file)
      end
      os.remove(base)
      """)
  }

  private func evaluate(_ script: String) throws -> [String] {
    try Session.open { try $0.run(.text(script, name: "=test"), describingResults: true) }
  }
}
