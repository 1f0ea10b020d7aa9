import Lua
import Testing

@Suite struct BindingTests {
  @Test func valuesCrossTheBorder() throws {
    #expect(
      try evaluate("return cell.apply(math.sqrt, 4), cell.new(3):get(), cell.new(2).value, cell.new(5)[4]") == [
        "2.0", "3", "2", "4",
      ])
    #expect(
      try evaluate("local a, n, list, record = cell.echo('né') return a, n, #list, record.text, record.none") == [
        "né", "3", "2", "né", "nil",
      ])
    #expect(try evaluate("return (cell.new(1) + cell.new(2)):get(), cell(7):get()") == ["3", "7"])
    #expect(
      try evaluate("return require('cell') == cell, cell.paint{sizes = {1, 2}, colour = 'green'}, cell.paint()") == [
        "true", "2", "0",
      ])
    #expect(try evaluate("return cell.new(1):set(9):get()") == ["9"])
  }

  @Test(arguments: [
    ("cell.new('x')", "cell.new: value must be an integer, got 'x'"),
    ("cell.new(1.5)", "cell.new: value must be an integer, got 1.5"),
    ("cell.new(1, -1)", "cell.new: bytes must be an integer from 0, got -1"),
    ("cell.new(1, 2, 3)", "cell.new: takes 2 arguments (value, bytes), got 3"),
    ("cell.paint{tol = 1}", "cell.paint: unknown option 'tol' (did you mean 'tolerance'?)"),
    ("cell.paint{clusters = 1}", "cell.paint: unknown option 'clusters' (known: colour, tolerance, sizes)"),
    ("cell.paint{[1] = 1}", "cell.paint: unknown option [1] (known: colour, tolerance, sizes)"),
    ("cell.paint{tolerance = -1}", "cell.paint: tolerance must be positive, got -1"),
    ("cell.paint{tolerance = {}}", "cell.paint: tolerance must be a positive number, got a table"),
    ("cell.paint{colour = 'blue'}", "cell.paint: colour must be 'red' or 'green', got 'blue'"),
    ("cell.paint{sizes = {1, 10}}", "cell.paint: sizes: element 2 must be an integer from 1 to 9, got 10"),
    ("cell.paint(7)", "cell.paint: options must be a table of options, got 7"),
    ("cell.apply(3)", "cell.apply: f must be a function, got 3"),
    ("cell.apply(print)", "cell.apply: the function's result must be a number, got nil"),
    ("cell.echo(nil)", "cell.echo: text must be a string, got nil"),
    ("cell.new().get(cell)", "cell:get: self must be a cell, got a table"),
    ("return cell.new().valeu", "cell index: no field or method 'valeu' (did you mean 'value'?)"),
    ("return cell.new() + 1", "cell + cell: other must be a cell, got 1"),
    ("return cell.new():map(function() error(io.stdout) end)", "file ("),
    (
      "local c <close> = cell.new() do local d <close> = c end return c:get()",
      "cell:get: self must be a cell, got a closed object"
    ),
  ])
  func errorsSayWhatWasWanted(script: String, message: String) throws {
    #expect(
      try evaluate(
        "local ok, e = pcall(load([==[\(script)]==], '=s')) return type(e) == 'table' and e.message or tostring(e)")[0]
        .hasPrefix(message))
  }

  @Test func errorsAreTablesThatSayWhere() throws {
    let script = """
      local function work()
        cell.new('x')
      end
      local ok, e = pcall(work)
      return ok, type(e), e.kind, e.message, e.where, tostring(e), 'failed: ' .. e, getmetatable(e)
      """
    #expect(
      try evaluate(script) == [
        "false", "table", "argument", "cell.new: value must be an integer, got 'x'", "test:2",
        "test:2: cell.new: value must be an integer, got 'x'",
        "failed: test:2: cell.new: value must be an integer, got 'x'", "false",
      ])
  }

  @Test func errorsOfCallbacksPassUnchanged() throws {
    let script = "local own = {} local ok, e = pcall(cell.apply, function() error(own) end) return ok, e == own"
    #expect(try evaluate(script) == ["false", "true"])
  }

  @Test func textsOfAnyBytes() throws {
    #expect(try evaluate(#"return cell.echo("\xff\xfe\0a")"#)[0] == "\u{FFFD}\u{FFFD}\0a")
  }

  @Test func onlyTextIsLoaded() throws {
    for script in [
      "load(string.dump(function() end))", "load(string.dump(function() end), 'x', 'b')",
      "load(string.dump(function() end), 'x', 'bt')",
    ] {
      #expect(
        try evaluate(
          "return select('#', pcall(function() return assert(\(script)) end)), pcall(function() assert(\(script)) end)")[
            1] == "false")
    }
    #expect(
      try evaluate("return load('return ...', 'x', 't', {})(5), load(function() return nil end) ~= nil") == [
        "5", "true",
      ])
    #expect(
      try evaluate(
        "return debug.sethook, debug.getregistry, debug.setmetatable, package.loadlib, os.setlocale, #package.searchers"
      ) == ["nil", "nil", "nil", "nil", "nil", "2"])
  }

  @Test func exitAndSyntax() throws {
    func cause(_ script: String) -> ScriptFailure.Cause? {
      do { _ = try evaluate(script) } catch let failure as ScriptFailure { return failure.cause } catch {}
      return nil
    }
    #expect(cause("os.exit(7)") == .exit(7))
    #expect(cause("pcall(os.exit, false)") == .exit(1))
    #expect(cause("coroutine.wrap(function() pcall(os.exit, true) end)()") == .exit(0))
    #expect(cause("for i = 1, 2 do") == .syntax(incomplete: true))
    #expect(cause("for i = do") == .syntax(incomplete: false))
    #expect(cause("error {}") == .error)
  }

  @Test func functionsAreKnownByTheirDeclarations() throws {
    let reference = Reference(testAPI(Counter()))
    let page = try #require(reference.page(named: "cell.paint"))
    #expect(page.contains("cell.paint([options])") && page.contains("default \"red\""))
    #expect(page.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(reference.page(named: "nothing") == nil)
  }

  @Test(arguments: [("tol", "tolerance"), ("tolerence", "tolerance"), ("wieghts", "weights"), ("xyz", nil), ("", nil)])
  func spelling(word: String, meant: String?) {
    #expect(Spelling.nearest(to: word, in: ["weights", "tolerance", "k"]) == meant)
  }
}
