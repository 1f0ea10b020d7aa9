import LuaSyntax

/// How parts of the text look. The terminal's own sixteen colours, so that they suit its background.
package struct Palette: Sendable {
  package enum Style: Int, Sendable {
    case plain, keyword, string, number, comment, name, symbol
    /// What is offered but not there: suggestions, hints.
    case faint
    case prompt, selected, match, error
  }

  /// What there is to show styles with.
  package enum Means: Sendable {
    /// Text alone, as for a file.
    case none
    /// A terminal, but no colours: what has no other sign is still told apart.
    case attributes
    case colors
  }

  private let means: Means

  package init(_ means: Means) { self.means = means }

  /// The text in that style, and what comes after it plain again.
  package func callAsFunction(_ text: String, _ style: Style) -> String {
    let code = code(of: style)
    return code.isEmpty || text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[m"
  }

  private func code(of style: Style) -> String {
    switch (means, style) {
    case (.none, _): ""
    case (.attributes, .selected), (.colors, .selected): "7"
    case (.attributes, .faint): "2"
    case (.attributes, .match): "4"
    case (.attributes, _): ""
    case (.colors, .plain), (.colors, .name), (.colors, .symbol): ""
    case (.colors, .keyword): "35"
    case (.colors, .string): "32"
    case (.colors, .number): "36"
    case (.colors, .comment), (.colors, .faint): "90"
    case (.colors, .prompt): "1;34"
    case (.colors, .match): "1;4"
    case (.colors, .error): "31"
    }
  }

  /// Lua text with its colours.
  package func highlighted(_ text: String) -> String {
    var state = LuaLexer.State.code
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      let (tokens, next) = LuaLexer.tokens(of: String(line), from: state)
      state = next
      let bytes = Array(line.utf8)
      return tokens.map { self(String(decoding: bytes[$0.range], as: UTF8.self), Style($0.kind)) }.joined()
    }
    return lines.joined(separator: "\n")
  }
}

extension Palette.Style {
  init(_ kind: LuaLexer.Kind) {
    self =
      switch kind {
      case .space: .plain
      case .comment: .comment
      case .string: .string
      case .number: .number
      case .keyword: .keyword
      case .name: .name
      case .symbol: .symbol
      }
  }
}
