/// Help pages, written from the declarations of an API, for a terminal of 80 columns.
package struct Reference {
  private let api: API

  package init(_ api: API) { self.api = api }

  /// Every name that has a page.
  package var names: [String] {
    api.functions.filter(\.isDocumented).map(\.name) + api.modules.map(\.name) + api.types.map(\.type.name)
  }

  package func page(named name: String) -> String? {
    if let function = api.functions.first(where: { $0.name == name && $0.isDocumented }), !isModule(name) {
      return page(function)
    }
    let pages = api.modules.filter { $0.name == name }.map(page) + api.types.filter { $0.type.name == name }.map(page)
    return pages.isEmpty ? nil : pages.joined(separator: "\n\n")
  }

  private func isModule(_ name: String) -> Bool { api.modules.contains { $0.name == name } }

  /// What there is, a line each.
  package var overview: String {
    let rows = api.modules.map { ($0.name, $0.summary) }
    let globals = api.globals.map { ($0.name, $0.summary) }
    return "Modules\n\(table(rows))\n\nFunctions\n\(table(globals))\n\nhelp \"NAME\" says more of each."
  }

  /// What says a word in its name, its summary, or what is said of its parameters, a line each; nil where nothing does.
  package func matches(_ word: String) -> String? {
    let wanted = word.lowercased()
    func mentions(_ texts: [String]) -> Bool { texts.contains { $0.lowercased().contains(wanted) } }
    let functions = api.functions.filter(\.isDocumented).filter { function in
      mentions(
        [function.name, function.summary, function.notes]
          + (function.parameters + function.parameters.flatMap(\.options)).flatMap { [$0.name, $0.summary] + $0.words })
    }
    let rows =
      api.modules.filter { mentions([$0.name, $0.summary]) }.map { ($0.name, $0.summary) }
      + api.types.filter { mentions([$0.type.name, $0.summary] + $0.fields.flatMap { [$0.name, $0.summary] }) }
      .map { ($0.type.name, $0.summary) } + functions.map { ($0.name, $0.summary) }
    return rows.isEmpty ? nil : "Of '\(word)'\n\(table(rows))\n\nhelp \"NAME\" says more of each."
  }

  package func page(_ function: Function) -> String {
    var parts = [wrapped(function.signature, width: width).joined(separator: "\n    "), indented(function.summary)]
    let parameters = function.parameters.filter { $0.options.isEmpty }
    if !parameters.isEmpty { parts.append(table(parameters.map { ($0.name, $0.line) })) }
    if !function.alternatives.isEmpty {
      let rows = function.alternatives.map { ($0.parameter.name, "\($0.parameter.summary); instead of \($0.replaced)") }
      parts.append("By name\n\(table(rows))")
    }
    for options in function.parameters where !options.options.isEmpty {
      parts.append("Options\n\(table(options.options.map { ($0.name, $0.line) }))")
    }
    if !function.notes.isEmpty { parts.append(indented(function.notes, wrap: false)) }
    parts.append(filled("Returns \(function.result)"))
    if !function.example.isEmpty { parts.append("Example\n\(indented(function.example, wrap: false))") }
    return parts.joined(separator: "\n\n")
  }

  package func page(_ module: Module) -> String {
    if let guide = module.guide { return "\(filled("\(module.name): \(module.summary)"))\n\n\(guide)" }
    let functions = (module.constructor.map { [$0] } ?? []) + module.functions
    return "\(filled("\(module.name): \(module.summary)"))\n\n\(table(functions.map { ($0.signature, $0.summary) }))"
  }

  private func page(_ type: TypeDeclaration) -> String {
    var parts = [filled("\(type.type.name): \(type.summary)")]
    if !type.fields.isEmpty { parts.append("Fields\n\(table(type.fields.map { ($0.name, $0.line) }))") }
    if !type.operators.isEmpty {
      parts.append("Operators\n\(table(type.operators.map { ($0.function.name, $0.function.summary) }))")
    }
    parts.append("Methods\n\(table(type.methods.map { ($0.signature, $0.summary) }))")
    return parts.joined(separator: "\n\n")
  }
}

extension Function {
  /// `em.fit(x, options)`; what may be left out in brackets.
  package var signature: String {
    var names = (isMethod ? Array(parameters.dropFirst()) : parameters).map { $0.isRequired ? $0.name : "[\($0.name)]" }
    if isVariadic { names.append("...") }
    return "\(name)(\(names.joined(separator: ", ")))"
  }

  /// `fit` of `em.fit`, `sum` of `vector:sum`.
  package var shortName: String { String(name.split { $0 == "." || $0 == ":" }.last ?? "") }

  /// The type of its first result, by the words for it: `vector` of "a vector of n".
  package var resultType: String? { resultTypes.first }

  /// `distribution` and `table` of "a mixture, and a table".
  package var resultTypes: [String] {
    result.split(separator: ";").first.map { phrase in
      String(phrase).ranges(of: ", and a ").isEmpty
        ? [Function.type(phrase)] : String(phrase).split(separator: ", and ").map { Function.type($0) }
    } ?? []
  }

  private static func type(_ phrase: Substring) -> String {
    var words = phrase.split(separator: " ").map { $0.trimmingPunctuation }
    while let first = words.first, ["a", "an", "the", "new"].contains(first) { words.removeFirst() }
    return switch words.first {
    case "mixture": "distribution"
    case "true": "boolean"
    case let word: word ?? ""
    }
  }

  /// Functions that stand behind fields and elements have no page of their own.
  package var isDocumented: Bool { !example.isEmpty }
}

extension ParameterDocumentation {
  /// Type, meaning and default in a line.
  package var line: String {
    let isFallbackKnown = fallback.map { "; default \($0)" } ?? (isRequired ? "" : "; may be left out")
    return "\(summary) (\(type)\(isFallbackKnown))"
  }
}

extension Substring {
  fileprivate var trimmingPunctuation: String { String(prefix { $0.isLetter || $0 == "_" }) }
}

private let width = 80

/// Names and meanings in two columns; a long name has a line of its own.
private func table(_ rows: [(String, String)]) -> String {
  let column = min(rows.map(\.0.count).max() ?? 0, 24) + 2
  return rows.map { name, meaning in
    let lines = wrapped(meaning, width: width - column - 2)
    let pad = String(repeating: " ", count: column + 2)
    let head = "  " + wrapped(name, width: width - 4).joined(separator: "\n    ")
    let rest = lines.dropFirst().map { "\n\(pad)\($0)" }.joined()
    guard let first = lines.first else { return head }
    if name.count > column - 2 { return "\(head)\n\(pad)\(first)\(rest)" }
    return "\(head)\(String(repeating: " ", count: column - name.count))\(first)\(rest)"
  }.joined(separator: "\n")
}

private func indented(_ text: String, wrap: Bool = true) -> String {
  let lines =
    wrap
    ? wrapped(text, width: width - 2) : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  return lines.map { "  \($0)" }.joined(separator: "\n")
}

private func filled(_ text: String) -> String { wrapped(text, width: width).joined(separator: "\n") }

private func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, last.count + 1 + word.count <= width {
      lines[lines.count - 1] = "\(last) \(word)"
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
