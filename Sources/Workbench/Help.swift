import Lua

extension Function {
  /// `help()`, `help(em.fit)`, `help "em.fit"`, `help "em"`, `help "covariance"`
  static let help: Function = Function(
    "help", "Prints what is known of a function, a module or a type of objects.",
    Parameter<Slot?>(
      "topic", optional: .any, otherwise: "an overview",
      "a function, a module, a name such as \"em.fit\", or a word to look for"),
    returns: "nothing", example: "help \"help\""
  ) { call, topic in
    print(try Reference(.perigee).page(for: topic, call))
    return Nothing()
  }
}

/// Help pages outside a script.
package func help(on name: String? = nil) -> String? {
  let reference = Reference(.perigee)
  return name.map { reference.page(named: $0) } ?? reference.overview
}

extension Reference {
  fileprivate func page(for topic: Slot?, _ call: Call) throws -> String {
    guard let slot = topic?.index else { return overview }
    if let function = call.hostFunction(slot) { return page(function) }
    if let module = try module(in: slot, call) { return page(module) }
    guard let name = call.string(slot) else {
      throw ArgumentError("topic", mustBe: "a function, a module or a name", got: call.describe(slot))
    }
    if let page = page(named: name) { return page }
    if let matches = matches(name) { return matches }
    let advice = Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" } ?? "help() lists the modules"
    throw ArgumentError("nothing is known of \(quoted(name)) (\(advice))")
  }

  /// The module whose functions a table holds.
  private func module(in slot: Int32, _ call: Call) throws -> Module? {
    guard case .table = call.content(slot) else { return nil }
    var names: Set<String> = []
    try call.forEachPair(slot) { _, value in if let function = call.hostFunction(value) { names.insert(function.name) }
    }
    return API.perigee.modules.first { $0.functions.contains { names.contains($0.name) } }
  }
}
