import Glibc
import Testing

/// `perigee recipe`, and the recipes and studies that come with the program.
@Suite struct RecipeCommandTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

  @Test func list() throws {
    let run = try Command.run(["recipe"])
    #expect(run.status == 0)
    for name in ["bootstrap-k", "compare", "density", "kmeans", "mixture", "select", "simulate"] {
      #expect(run.output.contains("\n  \(name) "), "\(run.output)")
    }
    let help = try Command.run(["recipe", "mixture", "--help"])
    #expect(help.status == 0 && help.output.contains("--data <file>") && help.output.contains("(required)"))
    #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(help.output)")
  }

  /// The example of each recipe, and a number that it must print.
  @Test(arguments: [
    ("mixture", "−1034.0017"), ("kmeans", "0.7302"), ("density", "−276.3600"),
    ("compare", "BIC prefers the second model"),
    ("bootstrap-k", "in 0 of 39 samples"), ("simulate", "1000"), ("select", "561.7"),
  ])
  func examples(_ name: String, _ number: String) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let list = try Command.run(["recipe", name, "--help"])
    let example = try #require(list.output.split(separator: "\n").last { $0.hasPrefix("example: ") })
    let words = example.split(separator: " ").dropFirst(2).map {
      $0.replacing("Scripts/", with: "\(Self.root)/Scripts/")
    }
    let run = try Command.run(words.map { String($0) }, folder: folder.path)
    #expect(run.status == 0 && run.output.contains(number), "\(run.output)\(run.errors)")
  }

  @Test(arguments: [
    (["mixture"], "data is required: a file, or a bundled set (faithful, iris)"),
    (["mixture", "--data", "none.csv"], "data must be a file, or a bundled set (faithful, iris), got 'none.csv'"),
    (["mixture", "--data", "iris", "--k", "0"], "k must be an integer from 1, got '0'"),
    (["mixture", "--data", "iris", "--k", "2.5"], "k must be an integer from 1, got '2.5'"),
    (["mixture", "--data", "iris", "--kk", "2"], "unknown parameter 'kk'"),
    (["mixture", "--data"], "--data needs a value"),
    (["mixture", "--data", "iris", "--data", "iris"], "--data comes twice"),
    (["mixture", "iris"], "a flag such as --data is wanted, got 'iris'"), (["mixtures"], "did you mean 'mixture'?"),
    (["kmeans", "--data", "iris", "--report", "/none/x.html"], "the report '/none/x.html' cannot be written"),
  ])
  func wrongFlags(_ words: [String], _ message: String) throws {
    let run = try Command.run(["recipe"] + words)
    #expect(run.status == 2 && run.output.isEmpty && run.errors.contains(message), "\(run.errors)")
  }

  @Test func flagsOfAllKinds() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write(
      "mine.lua",
      """
      return recipe{name = "mine", summary = "mine", params = {
        row_weights = {type = "strings"}, loud = {type = "boolean", default = true}, x = {type = "number", default = 1},
      }, run = function(p) print(p.row_weights[1], p.row_weights[2], p.loud, p.x) end}
      """)
    let run = try Command.run(
      ["recipe", "./mine.lua", "--row-weights", "a, b", "--no-loud", "--x=-1e3"], folder: folder.path)
    #expect(run.status == 0 && run.output == "a\tb\tfalse\t-1000.0\n", "\(run.output)\(run.errors)")
    let failing = try Command.run(["recipe", "./mine.lua"], folder: folder.path)
    #expect(failing.status == 1 && failing.errors.contains("mine.lua:3"), "\(failing.errors)")
  }

  /// Parameters, output, picture, data, seed, version and script, on one page.
  @Test func report() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let run = try Command.run(
      ["--seed", "5", "recipe", "kmeans", "--data", "iris", "--truth", "species", "--report", "out.html"],
      folder: folder.path)
    let page = Command.contents("\(folder.path)/out.html")
    #expect(run.status == 0 && run.output.contains("adjusted Rand index 0.7302"), "\(run.errors)")
    for part in [
      "<th>truth</th><td>species</td>", "adjusted Rand index 0.7302", "k-means · k = 3", "data:image/svg+xml;base64,",
      "<th>SHA-256 of iris</th>", "<th>seed</th><td>5</td>", "Perigee 0.1", "return recipe{",
    ] {
      #expect(page.contains(part), "\(part)")
    }
  }

  /// Each study checks its own numbers, and leaves its page.
  @Test(arguments: ["expectation_maximization", "fund_managers", "gaussian_mixtures", "shared_sigma"]) func studies(
    _ name: String
  ) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let run = try Command.run(["\(Self.root)/Scripts/studies/\(name).lua"], folder: folder.path)
    #expect(run.status == 0 && !run.output.isEmpty && run.errors.isEmpty, "\(run.output)\(run.errors)")
    let page = Command.contents("\(folder.path)/\(name).html")
    #expect(page.contains("data:image/svg+xml;base64,") && page.contains("</html>"))
  }

  /// Ctrl-C ends gnuplot with the script, and leaves no half of a picture.
  @Test func interruptedPicture() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let script =
      "while true do pcall(function() plot.scatter(random.uniform(5e5), random.uniform(5e5), {bin = false}):save 'x.svg' end) end"
    let run = try Command.run(["-e", script], folder: folder.path, interruptAfter: 500_000)
    #expect(run.status == 130 && run.errors.contains("interrupted"))
    #expect(access("\(folder.path)/x.svg.part", F_OK) != 0)
  }

  /// A missing gnuplot matters only where a picture is asked for.
  @Test func withoutGnuplot() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let run = try Command.run(
      ["-e", "local fig = plot.line({1, 2}, {1, 2}) print(fig) fig:save 'x.svg'"], folder: folder.path, path: "/nowhere"
    )
    #expect(run.status == 1 && run.output == "figure: line\n")
    #expect(
      run.errors.contains("pictures are drawn by gnuplot, which is not installed: sudo apt-get install gnuplot-nox"))
  }
}
