import Glibc
import Testing

@testable import Workbench

/// Recipes as scripts run them.
@Suite struct RecipeTests {
  private static let greet = """
    local greet = recipe{
      name = "greet", summary = "Greets",
      params = {
        who = {type = "string", required = true, help = "whom"},
        times = {type = "integer", default = 1, min = 1, max = 3},
        tone = {type = "string", choices = {"kind", "curt"}, default = "kind"},
        loud = {type = "boolean", default = false},
        share = {type = "number", min = 0, max = 1, default = 0.5},
        names = {type = "strings"},
        data = {type = "file"},
      },
      run = function(p) return p end,
    }
    """

  @Test(arguments: [
    """
    local p = recipe.run(greet, {who = "you"})
    assert(p.who == "you" and p.times == 1 and p.tone == "kind" and p.loud == false and p.share == 0.5)
    assert(p.names == nil and p.data == nil)
    p = recipe.run(greet, {who = "you", names = {"a", "b"}, data = "iris", times = 3, loud = true, share = 1})
    assert(p.names[2] == "b" and p.data == "iris" and p.times == 3 and p.loud == true and p.share == 1)
    assert(recipe.run(greet, {who = "you", names = "a"}).names[1] == "a")
    assert(tostring(greet):find("--who <string>", 1, true) and greet.name == "greet" and #greet.params == 7)
    """
  ])
  func scripts(_ script: String) throws { _ = try evaluate(Self.greet + script) }

  @Test(arguments: [
    ("recipe.run(greet)", "recipe.run: who is required: a string"),
    ("recipe.run(greet, {who = 1})", "recipe.run: who must be a string, got 1"),
    ("recipe.run(greet, {who = 'x', times = 0})", "recipe.run: times must be an integer from 1 to 3, got 0"),
    ("recipe.run(greet, {who = 'x', times = 1.5})", "recipe.run: times must be an integer from 1 to 3, got 1.5"),
    ("recipe.run(greet, {who = 'x', tone = 'rude'})", "recipe.run: tone must be 'kind' or 'curt', got 'rude'"),
    ("recipe.run(greet, {who = 'x', share = 2})", "recipe.run: share must be a number from 0 to 1, got 2"),
    (
      "recipe.run(greet, {who = 'x', data = 'none.csv'})",
      "recipe.run: data must be a file, or a bundled set (faithful, iris), got 'none.csv'"
    ),
    ("recipe.run(greet, {woh = 'x'})", "recipe.run: unknown parameter 'woh' (did you mean 'who'?)"),
    ("recipe.run('mixtur')", "recipe.run: no recipe 'mixtur' (did you mean 'mixture'?)"),
    ("recipe.run('/none.lua')", "recipe.run: '/none.lua' not found"),
    ("recipe{name = 'a', summary = 'b'}", "recipe: run must be a function, got nothing"),
    (
      "recipe{name = 'a', summary = 'b', run = print, params = {k = {}}}",
      "recipe: params.k: type must be 'boolean', 'integer', 'number', 'string', 'strings' or 'file', got nothing"
    ),
    (
      "recipe{name = 'a', summary = 'b', run = print, params = {k = {type = 'integer', default = 'x'}}}",
      "recipe: params.k: default must be an integer, got 'x'"
    ),
    (
      "recipe.report('/none/x.html', print)",
      "recipe.report: the report '/none/x.html' cannot be written: No such file or directory"
    ),
  ])
  func messages(_ script: String, _ message: String) throws {
    let result = try evaluate(
      Self.greet + """
        local ok, e = pcall(function() \(script) end)
        return ok, type(e) == "table" and e.message or e
        """)
    #expect(result == ["false", message])
  }

  /// So many times A, by sha256sum: lengths about the ends of blocks.
  @Test(arguments: [
    (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (3, "cb1ad2119d8fafb69566510ee712661f9f14b83385006ef92aec47f523a38358"),
    (55, "8963cc0afd622cc7574ac2011f93a3059b3d65548a77542a1559e3d202e6ab00"),
    (56, "6ea719cefa4b31862035a7fa606b7cc3602f46231117d135cc7119b3c1412314"),
    (63, "1b58d00f5b1fbd2a1884d666a2be33c2fa7463dff32cd60ef200c0f750a6b70f"),
    (64, "d53eda7a637c99cc7fb566d96e9fa109bf15c478410a3f5eb4d4c4e26cd081f6"),
    (65, "836203944f4c0280461ad73d31457c22ba19d1d99e232dc231000085899e00a2"),
    (119, "17d2f0f7197a6612e311d141781f2b9539c4aef7affd729246c401890e000dde"),
    (120, "a4f4256159ea6fb23b27eb8c5eb9cfb9083475985f355a85c78de8f2fef2b3ac"),
    (1000, "c2e686823489ced2017f6059b8b239318b6364f6dcd835d0a519105a1eadd6e4"),
  ])
  func digests(_ count: Int, _ digest: String) {
    #expect(SHA256.hexadecimal(of: [UInt8](repeating: UInt8(ascii: "A"), count: count)) == digest)
  }

  /// A report holds everything, and loads nothing.
  @Test func report() throws {
    let page = try evaluate(
      """
      local file, picture = os.tmpname(), os.tmpname() .. ".svg"
      recipe.report(file, function()
        print "1 < 2 & so on"
        plot.line({1, 2}, {1, 2}, {title = "shown"}):show()
        plot.line({1, 2}, {1, 2}):save(picture)
      end, {title = "a <title>"})
      local text = io.open(file):read "a"
      os.remove(file)
      os.remove(picture)
      return text
      """)[0]
    #expect(page.contains("1 &lt; 2 &amp; so on") && page.contains("<h1>a &lt;title&gt;</h1>"))
    #expect(page.split(separator: "<img ").count == 3 && page.contains("Perigee \(version)"))
    #expect(!page.contains("src=\"http") && !page.contains("href="))
  }

  private func evaluate(_ script: String) throws -> [String] {
    try Session.open { try $0.run(.text(script, name: "=test"), describingResults: true) }
  }
}
