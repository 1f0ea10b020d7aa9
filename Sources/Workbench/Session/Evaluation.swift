import Lua
import LuaSyntax

/// What an input of the prompt answered.
package struct Evaluation {
  /// The texts of its values.
  package let values: [String]
  /// What does and prints the same in a script.
  package let script: String
  /// What its author had better know.
  package let warnings: [String]
}

extension Session {
  /// Runs an input of the prompt: an expression, a statement, or several, the last of which may be an expression. Its locals are
  /// there for the next input, `_` is its last value and `_1` to `_9` the last nine, the newest first; a `;` at its end mutes.
  ///
  /// width: the columns that the values' texts may take, as far as that can be
  package func evaluate(_ input: String, width: Int = 80) throws(ScriptFailure) -> Evaluation {
    inputCount += 1
    let name = "input \(inputCount)"
    inputs[name] = input
    lastFailure = nil
    do {
      let chunk = try compiled(input, name).get()
      let isMuted = LuaLexer.code(input).tokens.last.map { input.utf8.text(in: $0.range) == ";" } ?? false
      let (values, isSilent) = try withKernels { () throws(ScriptFailure) in
        try vm.runInput(chunk.code, name: "=\(name)") { call, slots throws(ScriptFailure) in
          for slot in slots { remember(slot, call) }
          var texts: [String] = []
          if !isMuted { for slot in slots { texts.append(try ValueText(vm, call, width: width).text(slot)) } }
          return (texts, isMuted || slots.isEmpty)
        }
      }
      return Evaluation(
        values: values, script: isSilent ? chunk.silentScript : chunk.printingScript, warnings: warnings())
    } catch {
      lastFailure = error
      throw error
    }
  }

  /// Whether more lines could make a valid input of this one, which is not valid as it stands.
  package func isIncomplete(_ input: String) -> Bool {
    if case .failure(let failure) = compiled(input, "input") { return failure.cause == .syntax(incomplete: true) }
    return false
  }

  /// The one chunk to run for an input. Whether text is valid is found out by compiling alone.
  private func compiled(_ input: String, _ name: String) -> Result<Chunk, ScriptFailure> {
    let tokens = LuaLexer.code(input).tokens
    // `return x` and `x = 1 return x` want no statement after them, and take one `;` at most.
    let semicolons = tokens.reversed().prefix { input.utf8.text(in: $0.range) == ";" }
    let code = semicolons.last.map { input.utf8.text(in: 0..<$0.range.lowerBound) } ?? input
    let expressionFailure = failure(of: Chunk.expression(code).code, name)
    guard let expressionFailure, !tokens.isEmpty else {
      return .success(tokens.isEmpty ? .statements(input) : .expression(code))
    }
    if let last = Statements.last(in: code), last.kind == .expression, last.start > 0 {
      let chunk = Chunk.mixed(
        code.utf8.text(in: 0..<last.start), code.utf8.text(in: last.start..<code.utf8.count))
      if failure(of: chunk.code, name) == nil { return .success(chunk) }
    }
    guard let statementFailure = failure(of: input, name) else { return .success(.statements(input)) }
    // What begins as an expression had better be explained as one.
    let first = input.utf8.text(in: tokens[0].range)
    let isNoStatement = statementFailure.message.hasSuffix("unexpected symbol near '\(first)'")
    let isHalfExpression = expressionFailure.cause == .syntax(incomplete: true)
    return .failure(isNoStatement || isHalfExpression ? expressionFailure : statementFailure)
  }

  private func failure(of code: String, _ name: String) -> ScriptFailure? {
    do throws(ScriptFailure) {
      try vm.checkInput(code, name: "=\(name)")
      return nil
    } catch {
      return error
    }
  }

  /// Makes a value `_` and `_1`, and moves the earlier ones on.
  private func remember(_ slot: Int32, _ call: Call) {
    try? call.withGlobals { globals in
      for i in stride(from: 8, through: 1, by: -1) {
        try call.withField(globals, "_\(i)") { try call.setGlobal("_\(i + 1)", to: $0) }
      }
    }
    try? call.setGlobal("_1", to: slot)
    try? call.setGlobal("_", to: slot)
  }

  /// A module's name was given another value: nothing forbids that, but it is seldom meant.
  private func warnings() -> [String] {
    API.perigee.modules.compactMap { module in
      let name = module.name
      let isModule = vm.look { call in
        (try? call.withGlobals { try call.withField($0, name) { call.isModule($0, module) } }) ?? true
      }
      if isModule {
        replacedModules.remove(name)
        return nil
      }
      guard replacedModules.insert(name).inserted else { return nil }
      return "\(name) is the name of a module; \(name) = require \"\(name)\" gets it back"
    }
  }
}

/// An input as it is compiled.
private enum Chunk {
  case expression(String)
  case statements(String)
  /// Statements, and an expression after them.
  case mixed(String, String)

  var code: String {
    switch self {
    case .expression(let code): "return \(code)"
    case .statements(let code): code
    case .mixed(let head, let tail): "\(head) return \(tail)"
    }
  }

  var printingScript: String {
    switch self {
    case .expression(let code): "print(\(code))"
    case .statements(let code): code
    case .mixed(let head, let tail): "\(head)print(\(tail))"
    }
  }

  /// Of expressions, calls alone may stand as statements; any may be assigned.
  var silentScript: String {
    switch self {
    case .expression(let code): code.last == ")" || code.last == "}" ? code : "_ = \(code)"
    case .statements(let code): code
    case .mixed(let head, let tail): "\(head)\(Chunk.expression(tail).silentScript)"
    }
  }
}

extension Call {
  /// Whether the slot holds a module's table, rather than what somebody gave its name to.
  func isModule(_ slot: Int32, _ module: Module) -> Bool {
    guard case .table = content(slot) else { return false }
    guard let first = module.functions.first else { return true }
    let name = String(first.name.drop { $0 != "." }.dropFirst())
    return (try? withField(slot, name) { hostFunction($0)?.name == first.name }) ?? false
  }
}

extension String.UTF8View {
  /// The text of these bytes, which begin and end at characters.
  func text(in range: Range<Int>) -> String {
    let start = index(startIndex, offsetBy: range.lowerBound)
    return String(Substring(self[start..<index(start, offsetBy: range.count)]))
  }
}
