import LineEditor
import Workbench

/// What the line editor asks about inputs, answered by the session; and about commands, by their list.
final class Assistant: InputAssistant {
  private let session: Session

  init(_ session: Session) { self.session = session }

  func isComplete(_ input: String) -> Bool {
    switch Request(input) {
    case .lua(let code): !session.isIncomplete(code)
    case .command, .help, .shell, .nothing: true
    }
  }

  func completions(after text: String) -> Completions {
    if text.hasPrefix("?") { return completions(of: String(text.dropFirst())) }
    guard text.hasPrefix(":") else { return completions(of: text) }
    guard let space = text.firstIndex(of: " ") else {
      let known = PromptCommand.all.filter { $0.name.hasPrefix(text.dropFirst()) }
      return Completions(
        replaced: text.count, known.map { .init(":\($0.name)", summary: "\($0.usage)  \($0.summary)") })
    }
    let argument = String(text[text.index(after: space)...])
    guard let command = PromptCommand.named(String(text[..<space].dropFirst())), command.takesFile else {
      return completions(of: argument)
    }
    return Completions(session.files(argument))
  }

  private func completions(of text: String) -> Completions { Completions(session.completions(after: text)) }

  func hint(after text: String) -> String? {
    if text.hasPrefix(":") || text.hasPrefix("!") || text.hasPrefix("?") { return nil }
    return session.hint(after: text)
  }
}

extension Completions {
  fileprivate init(_ found: (replaced: Int, candidates: [Completion])) {
    self.init(
      replaced: found.replaced,
      found.candidates.map { Candidate($0.text, label: $0.label, summary: $0.summary) })
  }
}
