import CLua

/// A Lua function that the host keeps and calls. Given up when its last holder goes.
package final class Callback: @unchecked Sendable {
  private let reference: Int32
  private let owner: MachineHandle

  init?(_ call: Call, _ slot: Int32) {
    guard push_value(call.pointer, slot) else { return nil }
    reference = reference_keep(call.pointer)
    owner = call.vm.handle
    if reference < 0 { return nil }
  }

  deinit { owner.release(reference: reference) }

  /// Calls the function; its first result is on top of the stack, to be returned as it is.
  package func pushResult(_ call: Call, _ arguments: any Pushable...) throws -> Int32 {
    try call.require(reference_push(call.pointer, reference))
    var slots: Int32 = 0
    for argument in arguments { slots += try argument.push(to: call) }
    if call_function(call.pointer, slots, 1) != 0 { throw CallbackFailed() }
    return 1
  }

  /// Calls the function; its result, as `kind` reads it. Only on the machine's own thread, within a host function.
  package func callAsFunction<R>(_ call: Call, _ arguments: any Pushable..., returning kind: Kind<R>) throws -> R {
    let top = stack_top(call.pointer)
    try call.require(reference_push(call.pointer, reference))
    var slots: Int32 = 0
    for argument in arguments { slots += try argument.push(to: call) }
    if call_function(call.pointer, slots, 1) != 0 { throw CallbackFailed() }
    defer { stack_set_top(call.pointer, top) }
    do {
      return try kind.read(call, top + 1)
    } catch let mismatch as Mismatch {
      throw ArgumentError("the function's result", mustBe: mismatch.wanted, got: call.describe(top + 1))
    }
  }
}

extension Kind where Value == Callback {
  package static var function: Kind {
    Kind("a function", type: "function") { call, slot in
      if case .function = call.content(slot) { Callback(call, slot) } else { nil }
    }
  }
}

extension Call {
  /// The Lua function that the function which is being called is bound to.
  package var boundCallback: Callback {
    get throws {
      try require(push_bound_value(pointer))
      defer { stack_set_top(pointer, stack_top(pointer) - 1) }
      guard let callback = Callback(self, stack_top(pointer)) else {
        throw ArgumentError("not enough memory for a reference")
      }
      return callback
    }
  }
}

extension Kind where Value == Slot {
  /// A function, to be bound.
  package static var functionSlot: Kind {
    Kind("a function", type: "function") { call, slot in
      if case .function = call.content(slot) { Slot(index: slot) } else { nil }
    }
  }
}

extension Kind where Value == Void {
  /// Whatever it is, it is not looked at.
  package static var ignored: Kind { Kind("anything", type: "any") { (_: Call, _: Int32) throws -> Void in } }
}

extension Call {
  /// `body` with the first result of a script's file in a slot of its own.
  package func withResult<R>(ofFile path: String, _ body: (Int32) throws -> R) throws -> R {
    let top = stack_top(pointer)
    if load_file(pointer, path) != 0 || call_function(pointer, 0, 1) != 0 { throw CallbackFailed() }
    defer { stack_set_top(pointer, top) }
    return try body(top + 1)
  }

  /// The text of the value on top of the stack, as `tostring` makes it; nil where that is nil or nothing.
  package func textOfTop() throws -> String? {
    let top = stack_top(pointer)
    guard top > 0, !isAbsent(top) else { return nil }
    if push_tostring(pointer, top) != 0 { throw CallbackFailed() }
    defer { stack_set_top(pointer, top) }
    return string(top + 1)
  }
}
