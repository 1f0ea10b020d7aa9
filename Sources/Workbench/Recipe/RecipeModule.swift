@preconcurrency import Glibc
import Kernels
import Lua

extension Module {
  static let recipe = Module(
    "recipe", "Scripts with declared parameters, run from the command line and from other scripts.", constructor: make,
    functions: [run, list, report, command])

  private static let name = Parameter("name", .string, "what it is called")
  private static let summary = Parameter("summary", .string, "what it does, in a line")
  private static let description = Parameter("description", .string, default: "", "the same in a paragraph")
  private static let example = Parameter("example", .string, default: "", "flags of a run that shows what it does")
  private static let params = Parameter(
    "params", Kind<[RecipeParameter]>.recipeParameters, default: [],
    """
    by name, tables with type (boolean, integer, number, string, strings or file), help, and default or required = true; \
    min and max for numbers, choices for strings
    """)
  private static let body = Parameter("run", Kind<Callback>.function, "a function of a table with the values")

  private static let make = Function(
    "recipe", "A recipe: what its script returns.",
    .options([name, summary, description, example, params, body]), returns: "a recipe",
    example: """
      local greet = recipe{
        name = "greet", summary = "Greets somebody",
        params = {who = {type = "string", default = "world", help = "whom"}},
        run = function(p) print("hello, " .. p.who) end,
      }
      recipe.run(greet, {who = "you"})
      """
  ) { _, options in
    RecipeObject(
      recipe: Recipe(
        name: options[name], summary: options[summary], description: options[description], example: options[example],
        parameters: options[params], run: options[body]))
  }

  private static let which = Parameter(
    "recipe", Kind<RecipeSource>.recipeSource, "a recipe, its file, or the name of one that recipe.list finds")
  private static let reportFile = Parameter(
    "report", optional: Kind<String>.string, otherwise: "none", "an HTML file that gets parameters, output and pictures"
  )

  private static let run = Function(
    "recipe.run", "Runs a recipe, when all its parameters have been checked.", which,
    Parameter("params", optional: Kind<Slot>.table, otherwise: "their defaults", "values by name"),
    .options([reportFile]),
    returns: "what the recipe returns",
    example: """
      local fit = recipe.run("mixture", {
        data = "faithful", columns = {"waiting"}, k = 2, out = "",
      })
      print(fit.loglik)
      """
  ) { call, source, params, options in
    let (recipe, file) = try source.resolved(call)
    var given: [String: (RecipeParameter) throws -> RecipeValue] = [:]
    if let params {
      try call.forEachPair(params.index) { key, _ in
        guard case .string = call.content(key), let name = call.string(key) else {
          throw ArgumentError("a parameter's key must be its name, got \(call.describe(key))")
        }
        given[name] = { parameter in
          try call.withField(params.index, name) { try parameter.value(call, $0) }
        }
      }
    }
    return RecipeRun(recipe, try recipe.values(given), file: file, report: options[reportFile])
  }

  private static let list = Function(
    "recipe.list",
    "The recipes in ./recipes, in the user's configuration folder, and those that come with the program.",
    returns: "a table of tables with name, summary and file",
    example: "for _, r in ipairs(recipe.list()) do print(r.name, r.summary) end"
  ) { call in
    try RecipeFolders.files.map { name, path in
      let summary: String
      do { summary = try Recipe.load(path, call).summary } catch let error as any ScriptMessage {
        summary = "is no recipe: \(error.scriptMessage)"
      }
      return Record([("name", name), ("summary", summary), ("file", path)])
    }
  }

  private static let title = Parameter("title", .string, default: "Report", "of the page")
  private static let script = Parameter(
    "script", optional: Kind<String>.string, otherwise: "none", "the file of a script that the page shows")

  private static let report = Function(
    "recipe.report",
    "Runs a function, and puts what it printed and the pictures that it saved or showed on one HTML page.",
    Parameter("file", Kind<String>.string, "where the page goes"),
    Parameter("run", Kind<Callback>.function, "the function"),
    .options([title, script]), returns: "what the function returns",
    example: """
      local file = os.tmpname()
      recipe.report(file, function() print(1 + 1) end, {title = "A sum"})
      os.remove(file)
      """
  ) { _, file, run, options in
    // A text that is run has no file: its name in `arg` is empty.
    let script = options[script].flatMap { $0.isEmpty ? nil : $0 }
    return ReportRun(Report(title: options[title], summary: "", script: script, parameters: []), file: file, run, [])
  }

  private static let command = Function(
    "recipe.command", "Does what `perigee recipe` does with these words.",
    Parameter("words", .list(of: Kind<String>.string), "a recipe's name and flags; none for a list of recipes"),
    returns: "the exit status",
    example: "assert(recipe.command{\"mixture\", \"--help\"} == 0)"
  ) { call, words in try RecipeCommand(words).run(call) }
}

/// A recipe that is at hand, or where to find one.
enum RecipeSource: Sendable {
  case object(RecipeObject)
  case name(String)

  func resolved(_ call: Call) throws -> (Recipe, file: String?) {
    switch self {
    case .object(let object): return (object.recipe, nil)
    case .name(let name):
      let file = try RecipeFolders.file(of: name)
      return (try Recipe.load(file, call), file)
    }
  }
}

extension Kind where Value == RecipeSource {
  static var recipeSource: Kind {
    Kind("a recipe, a name or a file", type: "recipe|string") { call, slot in
      if let object = call.object(slot, as: RecipeObject.self) { return .object(object) }
      return call.string(slot).map { .name($0) }
    }
  }
}

extension Recipe {
  /// What the script in a file returns.
  static func load(_ file: String, _ call: Call) throws -> Recipe {
    try call.withResult(ofFile: file) { slot in
      guard let object = call.object(slot, as: RecipeObject.self) else {
        throw ArgumentError("\(quoted(file)) must return recipe{…}, but returns \(call.describe(slot))")
      }
      return object.recipe
    }
  }
}
