@preconcurrency import Glibc
import Lua

/// What `perigee recipe` is asked for.
struct RecipeCommand {
  private let words: [String]

  init(_ words: [String]) { self.words = words }

  /// Exit status: 0, or 2 for a wrong command line. Throws what the recipe throws.
  func run(_ call: Call) throws -> Int {
    guard let name = words.first, name != "--help", name != "-h" else {
      print(try overview(call))
      return 0
    }
    let recipe: Recipe
    let file: String
    do { file = try RecipeFolders.file(of: name) } catch { return refuse(error, "perigee recipe lists them") }
    recipe = try Recipe.load(file, call)
    let flags = Array(words.dropFirst())
    if flags.contains(where: { $0 == "--help" || $0 == "-h" }) {
      print(recipe.page)
      return 0
    }
    let run: RecipeRun
    do {
      var texts = try RecipeCommand.texts(flags, recipe)
      let report = texts.removeValue(forKey: "report")
      if let report { try Report.requireWritable(report) }
      let values = try recipe.values(texts.mapValues { text in { try $0.value(ofText: text) } })
      run = RecipeRun(recipe, values, file: file, report: report)
    } catch { return refuse(error, "perigee recipe \(name) --help lists the flags") }
    _ = try run.push(to: call)
    if let text = try call.textOfTop() { print(text) }
    return 0
  }

  private func overview(_ call: Call) throws -> String {
    let files = RecipeFolders.files
    let width = files.map(\.name.count).max() ?? 0
    let lines = files.map { name, path in
      let summary = (try? Recipe.load(path, call).summary) ?? "(\(path) is no recipe)"
      return "  \(name)\(String(repeating: " ", count: width - name.count))  \(summary)"
    }
    return (["usage: perigee recipe NAME [flags]    perigee recipe NAME --help", ""] + lines).joined(separator: "\n")
  }

  private func refuse(_ error: any Error, _ advice: String) -> Int {
    fflush(stdout)
    fputs("perigee recipe: \((error as? any ScriptMessage)?.scriptMessage ?? "\(error)")\n  \(advice)\n", stderr)
    return 2
  }

  /// The text behind each flag, by the parameter's name. `--flag` alone is true, `--no-flag` is false.
  private static func texts(_ flags: [String], _ recipe: Recipe) throws -> [String: String] {
    let booleans = Set(recipe.parameters.filter { $0.form == .boolean }.map(\.name))
    var texts: [String: String] = [:]
    var rest = flags[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--"), word.count > 2 else {
        throw ArgumentError("a flag such as --data is wanted, got \(quoted(word))")
      }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      var name = parts[0].map { $0 == "-" ? "_" : String($0) }.joined()
      var text = parts.count > 1 ? String(parts[1]) : nil
      if text == nil, name.hasPrefix("no_"), booleans.contains(String(name.dropFirst(3))) {
        (name, text) = (String(name.dropFirst(3)), "false")
      }
      if text == nil, booleans.contains(name), !["true", "false"].contains(rest.first) { text = "true" }
      guard let value = text ?? rest.popFirst() else { throw ArgumentError("\(word) needs a value") }
      guard texts.updateValue(value, forKey: name) == nil else { throw ArgumentError("\(word) comes twice") }
    }
    return texts
  }
}
