import CLua
import Synchronization

/// A type of objects that scripts hold, such as `vector`: its name and the number that marks its boxes.
package final class ScriptType: Sendable {
  package let name: String
  let id: UInt32

  private static let count = Atomic<UInt32>(0)

  package init(_ name: String) {
    self.name = name
    self.id = ScriptType.count.add(1, ordering: .relaxed).oldValue
  }
}

/// A value that scripts hold as an object with methods.
package protocol ScriptObject: Pushable {
  static var scriptType: ScriptType { get }
  /// Memory that Lua's collector cannot see, in bytes.
  var nativeBytes: Int { get }
  /// For messages: "vector of 3".
  var brief: String { get }
}

extension ScriptObject {
  package var nativeBytes: Int { 0 }
  package var brief: String { Self.scriptType.name }

  package func push(to call: Call) throws -> Int32 {
    let box = Box(self)
    let reference = Unmanaged.passUnretained(box)
    try call.require(push_object(call.pointer, reference.toOpaque(), Self.scriptType.id, nativeBytes))
    // Last, so that a failure before leaks nothing.
    _ = reference.retain()
    call.vm.boxes.insert(box)
    return 1
  }
}

/// An object that keeps a Lua value for as long as it lives itself: such as functions, which may lead back to it, and which a
/// reference of the host's would then keep for ever.
package struct Keeping<Object: ScriptObject>: Pushable {
  let object: Object
  let value: any Pushable
  package init(_ object: Object, _ value: any Pushable) { (self.object, self.value) = (object, value) }

  package func push(to call: Call) throws -> Int32 {
    _ = try object.push(to: call)
    _ = try value.push(to: call)
    try call.require(object_keep(call.pointer, -2, -1))
    stack_set_top(call.pointer, stack_top(call.pointer) - 1)
    return 1
  }
}

extension Call {
  /// `body` with the value that the object in a slot keeps, in a slot of its own.
  package func withKept<R>(_ slot: Int32, _ body: (Int32) throws -> R) throws -> R {
    try require(push_kept(pointer, slot))
    defer { stack_set_top(pointer, stack_top(pointer) - 1) }
    return try body(stack_top(pointer))
  }
}

/// What Lua's userdata points to.
class AnyBox {
  var brief: String { "object" }
  var typeName: String { "object" }
  var nativeBytes: Int { 0 }
  fileprivate unowned(unsafe) var next: AnyBox?
  fileprivate unowned(unsafe) var previous: AnyBox?
}

/// The boxes that a machine holds, each retained once. Lua loses a finalizer when memory fails in the middle of it; what is left
/// here when the machine has closed is released then.
struct BoxList {
  private unowned(unsafe) var first: AnyBox?

  mutating func insert(_ box: AnyBox) {
    box.next = first
    first?.previous = box
    first = box
  }

  /// The caller releases it, when this list is no longer being changed.
  mutating func remove(_ box: AnyBox) {
    if let previous = box.previous { previous.next = box.next } else { first = box.next }
    box.next?.previous = box.previous
  }

  mutating func removeFirst() -> AnyBox? {
    let box = first
    if let box { remove(box) }
    return box
  }
}

final class Box<Value: ScriptObject>: AnyBox {
  let value: Value
  init(_ value: Value) { self.value = value }
  override var brief: String { value.brief }
  override var typeName: String { Value.scriptType.name }
  override var nativeBytes: Int { value.nativeBytes }
}
