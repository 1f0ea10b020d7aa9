/// What a kernel could not do. The message says what was wanted and what came, without the name of the function: whoever
/// called knows that, and puts it in front.
package struct Failure: Error, Equatable, Codable, Sendable {
  /// What a caller may want to tell apart.
  package enum Kind: String, Codable, Sendable {
    case argument, shape, data, singular, degenerate, memory, interrupted
  }

  package let kind: Kind
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
