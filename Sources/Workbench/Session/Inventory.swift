import Lua

/// A variable of a session.
package struct Variable {
  package let name: String
  package let type: String
  /// "vector of 272", "table of 3".
  package let brief: String
  /// Memory of the host's that the object holds.
  package let nativeBytes: Int
}

extension Session {
  /// The names of all globals that are strings.
  var globalNames: [String] {
    vm.look { call in
      var names: [String] = []
      try? call.withGlobals { globals in
        try call.forEachPair(globals) { key, _ in
          if case .string = call.content(key), let name = call.string(key) { names.append(name) }
        }
      }
      return names
    }
  }

  /// The globals that somebody has made, in the order of their names.
  package var variables: [Variable] {
    globalNames.filter { !ownNames.contains($0) && !isResult($0) }.sorted().compactMap { name in
      vm.look { call in
        try? call.withGlobals { globals in try call.withField(globals, name) { variable(name, $0, call) } }
      }
    }
  }

  private func isResult(_ name: String) -> Bool {
    name == "_" || (name.count == 2 && name.first == "_" && name.last?.isNumber == true)
  }

  private func variable(_ name: String, _ slot: Int32, _ call: Call) -> Variable {
    var type: String
    var brief = ""
    switch call.content(slot) {
    case .none, .null: type = "nil"
    case .boolean(let value): (type, brief) = ("boolean", String(value))
    case .integer(let value): (type, brief) = ("integer", String(value))
    case .number(let value): (type, brief) = ("number", numberText(value))
    case .string: (type, brief) = ("string", quotedInLua(String((call.string(slot) ?? "").prefix(40))))
    case .function: (type, brief) = ("function", call.hostFunction(slot)?.name ?? "")
    case .object: (type, brief) = call.objectType(slot).map { ($0.name, $0.brief) } ?? ("object", "closed")
    case .foreign: type = "userdata"
    case .table:
      var count = 0
      try? call.forEachPair(slot) { _, _ in count += 1 }
      (type, brief) = ("table", "\(count) \(count == 1 ? "element" : "elements")")
    }
    return Variable(name: name, type: type, brief: brief, nativeBytes: call.objectType(slot)?.nativeBytes ?? 0)
  }
}
