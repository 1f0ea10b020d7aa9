/// What the editor asks whoever knows the language and the session. Answers are wanted at once: somebody is typing.
package protocol InputAssistant: AnyObject {
  /// Whether Enter runs this input, rather than going on in a new line.
  func isComplete(_ input: String) -> Bool
  /// What may stand where the cursor is. `text`: what is before the cursor; of a long input, its end.
  func completions(after text: String) -> Completions
  /// A line that helps with what is being typed, such as the signature of a call; nil for none.
  func hint(after text: String) -> String?
}

/// Ways to complete a word.
package struct Completions: Sendable {
  /// How many characters before the cursor the candidates take the place of.
  package let replaced: Int
  package let candidates: [Candidate]

  package struct Candidate: Equatable, Sendable {
    /// What is put in.
    package let text: String
    /// What the menu shows.
    package let label: String
    /// A line of documentation.
    package let summary: String

    package init(_ text: String, label: String? = nil, summary: String = "") {
      self.text = text
      self.label = label ?? text
      self.summary = summary
    }
  }

  package init(replaced: Int, _ candidates: [Candidate]) {
    self.replaced = replaced
    self.candidates = candidates
  }

  package static let none = Completions(replaced: 0, [])

  /// What all candidates begin with.
  var commonPrefix: String {
    guard var common = candidates.first?.text else { return "" }
    for candidate in candidates.dropFirst() { common = common.commonPrefix(with: candidate.text) }
    return common
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
