/// An error whose words are for whoever wrote the script. It becomes a Lua table with `kind` and `message`; the name of the
/// function that failed is put in front.
package protocol ScriptMessage: Error {
  var scriptKind: String { get }
  var scriptMessage: String { get }
}

/// What was wanted of an argument, and what came.
package struct ArgumentError: ScriptMessage {
  package let scriptMessage: String
  package var scriptKind: String { "argument" }

  package init(_ message: String) { scriptMessage = message }

  package init(_ name: String, mustBe wanted: String, got: String) {
    self.init("\(name) must be \(wanted), got \(got)")
  }
}

/// A value is not of the kind that a parameter wants. Whoever knows the parameter's name makes an `ArgumentError` of it.
package struct Mismatch: Error {
  package let wanted: String
  package init(wanted: String) { self.wanted = wanted }
}

/// A Lua function that the host called failed. Its error object is on top of the stack, and is raised as it is.
package struct CallbackFailed: Error {}

/// How a script ended that did not reach its end.
package struct ScriptFailure: Error {
  package enum Cause: Equatable, Sendable {
    /// A syntax error; `incomplete` where more text could mend it.
    case syntax(incomplete: Bool)
    case error
    case interrupted
    /// `os.exit(status)`
    case exit(Int32)
  }

  package let cause: Cause
  package let message: String
  package let traceback: String
}
