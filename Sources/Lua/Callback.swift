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
