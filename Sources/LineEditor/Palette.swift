import LuaSyntax

/// How parts of the text look. The terminal's own sixteen colours, so that they suit its background.
package struct Palette: Sendable {
  package enum Style: Int, Sendable {
    case plain, keyword, string, number, comment, name, symbol
    /// What is offered but not there: suggestions, hints.
    case faint
    case prompt, selected, match, error, emphasis
  }

  package let hasColors: Bool

  package init(hasColors: Bool) { self.hasColors = hasColors }

  /// The text in that style, and what comes after it plain again.
  package func callAsFunction(_ text: String, _ style: Style) -> String {
    let code = code(of: style)
    return code.isEmpty || text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[m"
  }

  /// Without colours, what has no other sign is still told apart: the selected one is shown in reverse.
  private func code(of style: Style) -> String {
    guard hasColors else {
      return switch style {
      case .selected: "7"
      case .faint: "2"
      case .match: "4"
      default: ""
      }
    }
    return switch style {
    case .plain, .name, .symbol: ""
    case .keyword: "35"
    case .string: "32"
    case .number: "36"
    case .comment, .faint: "90"
    case .prompt: "1;34"
    case .selected: "7"
    case .match: "1;4"
    case .error: "31"
    case .emphasis: "1"
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
