import Lua

/// A script with declared parameters.
struct Recipe: Sendable {
  let name: String
  let summary: String
  /// A paragraph.
  let description: String
  /// Flags of a run that shows what it does.
  let example: String
  let parameters: [RecipeParameter]
  let run: Callback

  /// The values of all parameters: those given, checked, and the defaults of the others. Throws for unknown names and for
  /// required ones that are not given.
  func values(_ given: [String: (RecipeParameter) throws -> RecipeValue]) throws -> [(RecipeParameter, RecipeValue)] {
    let known = parameters.map(\.name)
    if let unknown = given.keys.filter({ !known.contains($0) }).min() {
      let advice = Spelling.nearest(to: unknown, in: known).map { "did you mean '\($0)'?" }
      throw ArgumentError(
        "unknown parameter \(quoted(unknown)) (\(advice ?? "known: \(known.joined(separator: ", "))"))")
    }
    var values: [(RecipeParameter, RecipeValue)] = []
    for parameter in parameters {
      if let read = given[parameter.name] {
        values.append((parameter, try read(parameter)))
      } else if parameter.isRequired {
        throw ArgumentError("\(parameter.name) is required: \(parameter.wanted)")
      } else if let fallback = parameter.fallback {
        values.append((parameter, fallback))
      }
    }
    return values
  }
}

/// A recipe as a script holds it.
struct RecipeObject: ScriptObject {
  static let scriptType = ScriptType("recipe")
  let recipe: Recipe

  var brief: String { "recipe \(quoted(recipe.name))" }
}

extension TypeDeclaration {
  private static let object = Parameter<RecipeObject>("recipe", .object, "the recipe")

  static let recipe = TypeDeclaration(
    RecipeObject.self, "A script with declared parameters.", methods: [],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(recipe)", "Its help page.", object, returns: "a string",
          example: """
            local function run() print "hello" end
            print(recipe{name = "hello", summary = "Says hello", run = run})
            """
        ) { _, object in object.recipe.page })
    ],
    fields: [
      Field("name", "string", "what it is called") { $0.recipe.name },
      Field("summary", "string", "what it does, in a line") { $0.recipe.summary },
      Field("example", "string", "flags of a run that shows what it does") { $0.recipe.example },
      Field("params", "string[]", "the names of its parameters") { $0.recipe.parameters.map(\.name) },
    ])
}

extension Recipe {
  /// What `--help` prints, in 80 columns.
  var page: String {
    let flags = parameters.map { ("\($0.flag) <\($0.form.rawValue)>", $0.line) }
    let report = ("--report <file>", "one HTML page: parameters, output, pictures, script")
    let width = (flags + [report]).map(\.0.count).max() ?? 0
    let lines = (flags + [report]).flatMap { flag, meaning in
      let words = wrappedLines(meaning, width: max(80 - width - 4, 24))
      return words.enumerated().map { i, line in
        "  \(i == 0 ? flag : "")\(String(repeating: " ", count: width - (i == 0 ? flag.count : 0)))  \(line)"
      }
    }
    var parts = ["\(name): \(summary)"]
    if !description.isEmpty { parts += ["", wrappedLines(description, width: 80).joined(separator: "\n")] }
    parts += [
      "",
      "usage: perigee recipe \(name)\(parameters.filter(\.isRequired).map { " \($0.flag) <\($0.form.rawValue)>" }.joined()) [flags]",
    ]
    parts += [""] + lines
    if !example.isEmpty { parts += ["", "example: perigee recipe \(name) \(example)"] }
    return parts.joined(separator: "\n")
  }
}

extension RecipeParameter {
  fileprivate var line: String {
    let bounds = least == nil && most == nil && choices == nil ? "" : ", \(wanted)"
    let state =
      isRequired
      ? " (required\(bounds))"
      : " (\(fallback.map { "default \($0.text.isEmpty ? "none" : $0.text)" } ?? "may be left out")\(bounds))"
    return help + state
  }
}

private func wrappedLines(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(whereSeparator: \.isWhitespace) {
    if let last = lines.last, last.count + 1 + word.count <= width {
      lines[lines.count - 1] = "\(last) \(word)"
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
