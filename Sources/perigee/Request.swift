/// What an input of the prompt asks for.
enum Request: Equatable {
  case nothing
  case lua(String)
  /// `:name argument`
  case command(String, String)
  /// `?topic`, `topic?`
  case help(String)
  /// `!command`
  case shell(String)

  init(_ input: String) {
    let text = input.trimmingSpaces
    let rest = text.dropFirst().trimmingSpaces
    switch text.first {
    case nil: self = .nothing
    case "?": self = .help(rest)
    case "!": self = .shell(rest)
    case ":" where !text.hasPrefix("::"):
      let name = rest.prefix { !$0.isWhitespace }
      self = .command(String(name), rest.dropFirst(name.count).trimmingSpaces)
    case _ where text.hasSuffix("?") && text.dropLast().allSatisfy { $0.isLetter || $0.isNumber || "._:".contains($0) }:
      self = .help(String(text.dropLast()))
    default: self = .lua(input)
    }
  }
}

extension StringProtocol {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
