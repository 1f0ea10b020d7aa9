import Testing
import Workbench

@Suite struct FrameModuleTests {
  @Test(arguments: [
    // Made of tables, vectors and factors; columns in the order of their names.
    """
    local f = frame{weight = {48.5, 52, 0/0}, name = {"Dolly", "Shaun", ""}, age = vector{6, 3, 1}}
    assert(f.rows == 3 and #f == 3 and f.cols == 3 and table.concat(f.names, " ") == "age name weight")
    assert(f.age[1] == 6 and f.weight[3] ~= f.weight[3] and f.name[2] == "Shaun" and f.name[3] == nil)
    local g = frame{name = f.name, twice = 2 * f.age}
    assert(g.name[1] == "Dolly" and g.twice[2] == 6)
    assert(frame{}.rows == 0 and frame{x = {}}.cols == 1)
    """,
    // Columns are copied in, and are the frame's own when they come out.
    """
    local v = vector{1, 2}
    local f = frame{v = v}
    v[1] = 9
    assert(f.v[1] == 1)
    f.v[2] = 7
    assert(f:column("v")[2] == 7)
    """,
    // A method hides a column of its name, which `column` still reaches.
    """
    local f = frame{head = {1, 2}, rows = {3, 4}}
    assert(f:head(1):column("head")[1] == 1 and f.rows[2] == 4)
    """,
    // Factors.
    """
    local iris = frame.load("iris")
    assert(#iris.numeric == 4 and iris.numeric[4] == "petal_width" and iris.names[5] == "species")
    local species = iris.species
    assert(#species == 150 and species[51] == "versicolor" and table.concat(species.levels, " ") == "setosa versicolor virginica")
    assert(species:eq("setosa"):sum() == 50 and species:ne("setosa"):sum() == 100 and species:eq("rose"):sum() == 0)
    assert(species.codes:sum() == 300 and #species:where(species:eq("setosa")) == 50)
    local counts = species:counts()
    assert(counts.level[3] == "virginica" and counts.count[3] == 50)
    local t = frame{x = {"b", "", "a"}}.x:table()
    assert(#t == 3 and t[1] == "b" and t[2] == false and t[3] == "a")
    """,
    // Rows.
    """
    local iris = frame.load "iris"
    assert(#iris:head() == 6 and #iris:head(0) == 0 and #iris:head(1000) == 150)
    assert(#iris:filter(iris.species:eq("setosa")) == 50)
    assert(#iris:filter(function(row) return row.petal_length > 6.5 end) == #iris:filter(iris.petal_length:gt(6.5)))
    assert(iris:sort_by("petal_length", {descending = true}).petal_length[1] == 6.9)
    assert(iris:sort_by{"species", "petal_length"}.petal_length[51] == 3)
    assert(iris:row(1).species == "setosa" and iris:row(150).petal_width == 1.8)
    assert(frame{s = {"", "a"}}:row(1).s == nil)
    """,
    // Groups.
    """
    local iris = frame.load "iris"
    local groups = iris:group_by "species"
    assert(#groups == 3 and groups[2].species[1] == "versicolor" and #groups[2] == 50)
    local means = iris:group_by("species", function(g) return {mean = g.petal_length:mean(), first = g.species[1]} end)
    assert(table.concat(means.names, " ") == "species first mean" and math.abs(means.mean[1] - 1.462) < 1e-12)
    local partial = iris:group_by("species", function(g) return g.species[1] == "setosa" and {n = 1} or {} end)
    assert(partial.n[1] == 1 and partial.n[2] ~= partial.n[2])
    """,
    // Matrices and descriptions.
    """
    local iris = frame.load "iris"
    local m = iris:matrix{"petal_width", "sepal_length"}
    assert(m.rows == 150 and m.cols == 2 and m(1, 2) == 5.1 and iris:matrix().cols == 4)
    assert(iris:select{"species", "petal_width"}.names[1] == "species")
    local d = iris:describe()
    assert(d.name[3] == "petal_length" and d.q3[3] == 5.1 and d.levels[5] == 3)
    assert(tostring(iris):find("frame · 150 rows · 5 columns", 1, true) == 1)
    """,
    // Files.
    """
    local name = os.tmpname()
    local f = frame.load("iris"):write(name, {separator = "\\t"})
    assert(f.rows == 150 and frame.read(name).species[150] == "virginica")
    local part = frame.read(name, {columns = {"species", 1}, rows = {50, 51}, separator = "\\t", header = true})
    assert(part.rows == 2 and part.names[2] == "sepal_length" and part.species[2] == "versicolor")
    assert(frame.read(name, {missing = {"setosa", "1.4"}, header = true}):describe().missing[5] == 50)
    assert(frame.read(name, {header = false}).names[5] == "column_5")
    os.remove(name)
    assert(frame.read("iris").rows == 150)
    """,
  ])
  func scripts(_ script: String) throws { _ = try evaluate(script) }

  @Test(arguments: [
    (
      "frame.read 'fathful.csv'",
      "frame.read: 'fathful.csv' not found (in the working directory, or name a bundled set: faithful, iris)"
    ),
    ("frame.load 'irs'", "frame.load: no bundled set 'irs' (did you mean 'iris'?)"),
    ("frame.load 'titanic'", "frame.load: no bundled set 'titanic' (known: faithful, iris; frame.read reads files)"),
    ("return frame.load('iris').specis", "frame index: no field or method 'specis' (did you mean 'species'?)"),
    ("frame{{1, 2}}", "frame: columns need names, as in frame{x = {1, 2}}; got [1]"),
    ("frame(3)", "frame: columns must be a table of columns, by name, got 3"),
    ("frame{a = 3}", "frame: column 'a' must be a vector, a factor or a table, got 3"),
    ("frame{a = {1, 'x'}}", "frame: column 'a': element 2 must be a number, got 'x'"),
    ("frame{a = {'x', 1}}", "frame: column 'a': element 2 must be a string, got 1"),
    ("frame{a = {1}, b = {1, 2}}", "frame: column 'b' has 2 rows where 'a' has 1"),
    ("frame.read('iris', {column = 1})", "frame.read: unknown option 'column' (did you mean 'columns'?)"),
    (
      "frame.read('iris', {columns = {'a'}})",
      "frame.read: no column 'a' in 'iris' (columns: sepal_length, sepal_width, petal_length, petal_width, species)"
    ),
    ("frame.read('iris', {columns = {0}})", "frame.read: columns: element 1 must be a name or a number from 1, got 0"),
    ("frame.read('iris', {columns = {6}})", "frame.read: no column 6 in 'iris', which has 5"),
    ("frame.read('iris', {rows = {3, 2}})", "frame.read: rows must be {first, last}, from 1, got a table"),
    (
      "frame.read('iris', {separator = '\"'})",
      "frame.read: separator must be one character, neither a quote nor a line end, got '\"'"
    ),
    ("frame.load('iris'):row(0)", "frame:row: index must be from 1 to 150, got 0"),
    ("frame{x = {}}:row(1)", "frame:row: there are no rows"),
    ("frame.load('iris'):head(-1)", "frame:head: n must be an integer from 0, got -1"),
    ("frame.load('iris'):filter{1}", "frame:filter: which must be a vector or a function, got a table"),
    ("frame.load('iris'):filter(vector{1})", "frame:filter: the mask must have an element for each of 150 rows, got 1"),
    ("frame.load('iris'):filter(function() error('why', 0) end)", "why"),
    (
      "frame.load('iris'):sort_by 'a'",
      "frame:sort_by: no column 'a' (columns: sepal_length, sepal_width, petal_length, petal_width, species)"
    ),
    ("frame.load('iris'):matrix{'species'}", "frame:matrix: column 'species' is a factor; a matrix takes numbers"),
    (
      "frame.load('iris'):group_by('species', function() return 1 end)",
      "frame:group_by: the function's result must be a table of numbers and strings, by name, got 1"
    ),
    (
      "frame.load('iris'):group_by('species', function() return {x = print} end)",
      "frame:group_by: x must be a number or a string, got a function"
    ),
    (
      "frame.load('iris'):write '/nowhere/x.csv'",
      "frame:write: '/nowhere/x.csv' cannot be written: No such file or directory"
    ),
    ("return frame.load('iris').species[151]", "factor index: index must be from 1 to 150, got 151"),
    ("frame.load('iris').species:where(vector{1})", "factor:where: the shapes differ: vector of 150 and mask of 1"),
  ])
  func messages(_ script: String, _ message: String) throws {
    #expect(
      try evaluate("local ok, e = pcall(load([==[\(script)]==])) return ok, type(e) == 'table' and e.message or e") == [
        "false", message,
      ])
  }

  private func evaluate(_ script: String) throws -> [String] {
    try Session.open { try $0.run(.text(script, name: "=test"), describingResults: true) }
  }
}
