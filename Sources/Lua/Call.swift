import CLua

/// A host function's view of its call: arguments in slots from 1, and the stack to push results on. Valid until the function
/// returns.
package struct Call {
  let pointer: UnsafeMutablePointer<call_t>
  private let owner: Unmanaged<VM>
  /// Which of the machine's functions is called.
  private let id: Int

  init(_ pointer: UnsafeMutablePointer<call_t>, _ vm: VM, function id: Int = -1) {
    self.pointer = pointer
    self.id = id
    owner = Unmanaged.passUnretained(vm)
  }

  var function: Function { vm.functions[id] }

  /// How many arguments came.
  package var count: Int32 { pointer.pointee.count }

  package enum Content {
    case none, null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string, table, function, object, foreign
  }

  package func content(_ slot: Int32) -> Content {
    switch Int(value_kind(pointer, slot)) {
    case VALUE_NONE: .none
    case VALUE_NIL: .null
    case VALUE_BOOLEAN: .boolean(value_boolean(pointer, slot))
    case VALUE_INTEGER: .integer(Int(value_integer(pointer, slot)))
    case VALUE_FLOAT: .number(value_number(pointer, slot))
    case VALUE_STRING: .string
    case VALUE_TABLE: .table
    case VALUE_FUNCTION: .function
    case VALUE_OBJECT: .object
    default: .foreign
    }
  }

  package func isAbsent(_ slot: Int32) -> Bool {
    let kind = Int(value_kind(pointer, slot))
    return kind == VALUE_NONE || kind == VALUE_NIL
  }

  /// A number's value, integer or float.
  package func number(_ slot: Int32) -> Double? {
    let kind = Int(value_kind(pointer, slot))
    return kind == VALUE_FLOAT || kind == VALUE_INTEGER ? value_number(pointer, slot) : nil
  }

  /// An integer, or a float without a fraction.
  package func integer(_ slot: Int32) -> Int? {
    switch content(slot) {
    case .integer(let i): i
    case .number(let x): Int(exactly: x)
    default: nil
    }
  }

  /// A string's bytes; those that are no UTF-8 come as replacement characters.
  package func string(_ slot: Int32) -> String? {
    var length = 0
    guard let bytes = value_string(pointer, slot, &length) else { return nil }
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
  }

  /// The object of this type in a slot; nil for anything else and for a closed object.
  package func object<T: ScriptObject>(_ slot: Int32, as type: T.Type = T.self) -> T? {
    boxed(slot, T.scriptType).map { unboxed($0) }
  }

  func boxed(_ slot: Int32, _ type: ScriptType) -> UnsafeMutableRawPointer? { object_of_type(pointer, slot, type.id) }

  /// The value in a box that `boxed` found.
  func unboxed<T: ScriptObject>(_ object: UnsafeMutableRawPointer) -> T {
    Unmanaged<AnyBox>.fromOpaque(object)._withUnsafeGuaranteedRef { unsafeDowncast($0, to: Box<T>.self).value }
  }

  /// A value in the words of an error message: `-1`, `'abc'`, `vector of 3`, `a table`.
  package func describe(_ slot: Int32) -> String {
    switch content(slot) {
    case .none: return "nothing"
    case .null: return "nil"
    case .boolean(let value): return String(value)
    case .integer(let value): return String(value)
    case .number(let value): return text(value, digits: 14)
    case .string: return quoted(string(slot) ?? "")
    case .table: return "a table"
    case .function: return "a function"
    case .object: return brief(slot)
    case .foreign: return "another value"
    }
  }

  /// The function that a slot's host function was declared as.
  package func hostFunction(_ slot: Int32) -> Function? {
    let id = Int(value_function(pointer, slot))
    return id < 0 ? nil : vm.functions[id]
  }

  package func hasMetafield(_ slot: Int32, _ name: String) -> Bool { value_has_metafield(pointer, slot, name) }

  /// Which table, function or object it is: equal for the same one.
  package func identity(_ slot: Int32) -> UnsafeRawPointer? { value_pointer(pointer, slot) }

  /// The type of an object, and what its memory takes that Lua does not see; nil for another value and for a closed object.
  package func objectType(_ slot: Int32) -> (name: String, brief: String, nativeBytes: Int)? {
    var object: UnsafeMutableRawPointer?
    var type: UInt32 = 0
    guard object_at(pointer, slot, &object, &type), let object else { return nil }
    let box = Unmanaged<AnyBox>.fromOpaque(object).takeUnretainedValue()
    return (box.typeName, box.brief, box.nativeBytes)
  }

  /// Whether a stop is asked for: what a long loop polls, and then returns at once.
  package var isStopping: Bool { vm_is_stopping(pointer.pointee.vm) }

  /// What the host's functions share in this machine.
  package var context: AnyObject? {
    get { vm.context }
    nonmutating set { vm.context = newValue }
  }

  /// Tells Lua's collector of memory that an object has taken since it was made, in bytes.
  package func account(for bytes: Int) { vm_add_native_debt(pointer.pointee.vm, max(bytes, 0)) }

  var vm: VM { owner.takeUnretainedValue() }

  /// Throws where a push failed: the stack, or a string or a table, is at its limit.
  package func require(_ pushed: Bool) throws {
    if !pushed { throw ArgumentError("too many values for Lua's stack, or a string or table too long") }
  }

  private func brief(_ slot: Int32) -> String {
    var object: UnsafeMutableRawPointer?
    var type: UInt32 = 0
    guard object_at(pointer, slot, &object, &type), let object else { return "a closed object" }
    return "a \(Unmanaged<AnyBox>.fromOpaque(object).takeUnretainedValue().brief)"
  }
}

// Tables, without metamethods.
extension Call {
  package func length(_ slot: Int32) -> Int { table_length(pointer, slot) }

  /// `body` with the element in a slot of its own.
  package func withElement<R>(_ slot: Int32, _ index: Int, _ body: (Int32) throws -> R) throws -> R {
    try require(table_get_index(pointer, slot, Int64(index)))
    defer { stack_set_top(pointer, stack_top(pointer) - 1) }
    return try body(stack_top(pointer))
  }

  /// `body` with the field in a slot of its own; nil there where the table has none.
  package func withField<R>(_ slot: Int32, _ name: String, _ body: (Int32) throws -> R) throws -> R {
    try require(table_get_field(pointer, slot, name))
    defer { stack_set_top(pointer, stack_top(pointer) - 1) }
    return try body(stack_top(pointer))
  }

  /// The uppermost slot in use; to set it lower gives up those above.
  package var top: Int32 {
    get { stack_top(pointer) }
    nonmutating set { stack_set_top(pointer, newValue) }
  }

  /// Pushes a global's value and returns its slot; nil where the stack is full.
  package func pushGlobal(_ name: String) -> Int32? { push_global(pointer, name) ? top : nil }

  /// Pushes a field's value, without metamethods.
  package func pushField(_ slot: Int32, _ name: String) -> Int32? {
    table_get_field(pointer, slot, name) ? top : nil
  }

  /// `body` with the table of globals in a slot.
  package func withGlobals<R>(_ body: (Int32) throws -> R) throws -> R {
    try require(push_globals(pointer))
    defer { stack_set_top(pointer, stack_top(pointer) - 1) }
    return try body(stack_top(pointer))
  }

  /// Makes a value, the one in a slot or nil, a global.
  package func setGlobal(_ name: String, to slot: Int32?) throws {
    let top = stack_top(pointer)
    defer { stack_set_top(pointer, top) }
    try require(push_globals(pointer))
    try require(slot.map { push_value(pointer, $0) } ?? push_nil(pointer))
    try require(table_set_field(pointer, top + 1, name))
  }

  /// `body` with the slots of each key and value. The order is Lua's, which changes from run to run: sort what it leads to.
  package func forEachPair(_ slot: Int32, _ body: (_ key: Int32, _ value: Int32) throws -> Void) throws {
    let top = stack_top(pointer)
    defer { stack_set_top(pointer, top) }
    try require(push_nil(pointer))
    while table_next(pointer, slot) {
      try body(top + 1, top + 2)
      stack_set_top(pointer, top + 1)
    }
  }

  /// Copies the table's numbers from 1. Returns nil, or the first index that holds no number.
  package func copyNumbers(_ slot: Int32, to out: UnsafeMutableBufferPointer<Double>) -> Int? {
    guard let base = out.baseAddress else { return nil }
    let copied = table_numbers(pointer, slot, base, out.count)
    return copied == out.count ? nil : copied + 1
  }
}

/// A number with so many significant digits, as C's `%g` has it.
package func text(_ value: Double, digits: Int = 6) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
    let length = Int(format_number(buffer.baseAddress!, buffer.count, value, Int32(digits)))
    return String(decoding: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<length]), as: UTF8.self)
  }
}

/// A string as in a message: in single quotes, shortened where it is long.
package func quoted(_ string: String) -> String {
  string.count <= 40 ? "'\(string)'" : "'\(string.prefix(37))...'"
}
