import Lua

extension Session {
  /// The signature of the call that a text ends in, or the meaning of the option that is being typed; nil elsewhere.
  package func hint(after text: String) -> String? {
    let context = CursorContext(text)
    if case .none = context.word, context.frames.isEmpty { return nil }
    return vm.look { call in
      let lookup = Lookup(call: call)
      if let frame = context.frames.last, frame.isTable, let key = frame.key,
        let option = lookup.optionDocumentation(context).first(where: { $0.name == key })
      {
        return "\(option.name): \(option.line)"
      }
      for frame in context.frames.reversed() {
        if let callee = frame.callee, let function = lookup.function(callee) { return function.signature }
      }
      return nil
    }
  }

  /// What is known of a name, of the value that it stands for, or of all that mentions a word; nil where nothing is.
  package func explain(_ topic: String) -> String? {
    let reference = Reference(.perigee)
    if let page = reference.page(named: topic) { return page }
    return pageOfValue(topic, reference) ?? reference.matches(topic)
  }

  /// `?fit` of a variable explains its type, `?f` of one that holds a function that function.
  private func pageOfValue(_ topic: String, _ reference: Reference) -> String? {
    // As if a field of it were asked for: then the text is the way to a value.
    guard case .field(let chain, "") = CursorContext("\(topic).").word else { return nil }
    return vm.look { call in
      let lookup = Lookup(call: call)
      if let function = lookup.function(chain) { return reference.page(function) }
      return lookup.follow(chain) { found in lookup.type(found).flatMap { reference.page(named: $0.type.name) } }
    }
  }
}
