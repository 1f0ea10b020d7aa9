import CLua
import Glibc

/// A Lua machine with an API. It belongs to one thread; others only interrupt it, through its handle.
package final class VM {
  package let handle: MachineHandle
  let functions: [Function]
  fileprivate let entries: [Function.Entry]
  private let machine: OpaquePointer
  private let link: Link
  var boxes = BoxList()

  /// What the host's functions share in this machine, and nobody else's.
  package var context: AnyObject?

  package struct OutOfMemory: Error {}

  /// What the C side holds: the way back to this object.
  fileprivate final class Link {
    unowned(unsafe) var vm: VM!
  }

  /// `memoryLimit`: bytes that Lua's own values may take, 0 for any number. `failFrom`: the n-th growth of that memory and all
  /// later ones fail, for tests.
  package init(_ api: API, memoryLimit: Int = 0, failFrom: Int = 0) throws(OutOfMemory) {
    link = Link()
    let host = host_t(
      context: Unmanaged.passUnretained(link).toOpaque(), dispatch: runHostFunction, release: releaseObject)
    guard let machine = vm_create(host, memoryLimit, failFrom) else { throw OutOfMemory() }
    self.machine = machine
    functions = api.functions
    entries = functions.map { Function.Entry($0) }
    handle = MachineHandle(machine)
    link.vm = self
    guard define(api) else { throw OutOfMemory() }
  }

  deinit {
    handle.close()
    vm_close(machine)
    while let box = boxes.removeFirst() { Unmanaged.passUnretained(box).release() }
  }

  package var bytes: Int { vm_bytes(machine) }
  package var growths: Int { vm_growths(machine) }
  package var liveObjects: Int { vm_live_objects(machine) }

  /// Not 0 while a stop is asked for: what native loops poll.
  package var stopFlag: UnsafePointer<Int32> { vm_stop_flag(machine) }

  /// Makes a signal interrupt this machine, until it is closed.
  package func interrupt(onSignal number: Int32) { vm_interrupt_on_signal(machine, number) }

  /// Takes back a stop that was asked for.
  package func forgetStop() {
    var exitStatus: Int32 = 0
    _ = vm_take_stop(machine, &exitStatus)
  }
}

// Running scripts.
extension VM {
  /// Where a script's text comes from.
  package enum Source {
    /// `name` as Lua wants it: `@file` or `=word`.
    case text(String, name: String)
    /// A path; nil is standard input.
    case file(String?)
  }

  /// Compiles without running.
  package func check(_ source: Source) throws(ScriptFailure) {
    try withView { view throws(ScriptFailure) in try load(source, view) }
  }

  /// Runs the script; the texts of its results, as `tostring` makes them, where they are asked for.
  @discardableResult
  package func run(_ source: Source, describingResults: Bool = false) throws(ScriptFailure) -> [String] {
    try withView { view throws(ScriptFailure) in
      let top = stack_top(view)
      try load(source, view)
      try finish(call_main(view, 0, -1), view)
      return try describingResults ? texts(view, from: top + 1) : []
    }
  }

  /// Compiles an input of a prompt without running it.
  package func checkInput(_ text: String, name: String) throws(ScriptFailure) {
    try withView { view throws(ScriptFailure) in try loadInput(text, name, view) }
  }

  /// Runs an input of a prompt, whose locals are globals afterwards. `body` sees its results in slots, while they last.
  package func runInput<R>(
    _ text: String, name: String, _ body: (Call, Range<Int32>) throws(ScriptFailure) -> R
  ) throws(ScriptFailure) -> R {
    try withView { view throws(ScriptFailure) in
      let top = stack_top(view)
      try loadInput(text, name, view)
      try finish(call_input(view), view)
      return try body(Call(view, self), top + 1..<stack_top(view) + 1)
    }
  }

  /// `body` with a view of the machine while nothing runs in it: to look at values, as completion does.
  package func look<R>(_ body: (Call) throws -> R) rethrows -> R {
    var view = vm_outside(machine)
    let top = stack_top(&view)
    defer { stack_set_top(&view, top) }
    return try withUnsafeMutablePointer(to: &view) { try body(Call($0, self)) }
  }

  /// A value's text as `tostring` makes it, which may run a script's code.
  package func text(_ slot: Int32, _ call: Call) throws(ScriptFailure) -> String {
    let view = call.pointer
    let top = stack_top(view)
    defer { stack_set_top(view, top) }
    try finish(push_tostring(view, slot), view)
    return topText(view)
  }

  /// Makes the global `arg`.
  package func setArguments(script: String, _ arguments: [String]) {
    let copies = arguments.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let pointers = copies.map { UnsafePointer($0) }
    _ = pointers.withUnsafeBufferPointer {
      vm_define_arguments(machine, script, $0.baseAddress, Int32(arguments.count))
    }
  }

  private func withView<R>(_ body: (UnsafeMutablePointer<call_t>) throws(ScriptFailure) -> R) throws(ScriptFailure) -> R
  {
    var view = vm_outside(machine)
    let top = stack_top(&view)
    defer { stack_set_top(&view, top) }
    return try body(&view)
  }

  private func load(_ source: Source, _ view: UnsafeMutablePointer<call_t>) throws(ScriptFailure) {
    let status =
      switch source {
      case .file(let path): load_file(view, path)
      case .text(let text, let name):
        text.utf8CString.withUnsafeBufferPointer { load_text(view, $0.baseAddress!, $0.count - 1, name) }
      }
    try compiled(status, view)
  }

  private func loadInput(
    _ text: String, _ name: String, _ view: UnsafeMutablePointer<call_t>
  ) throws(ScriptFailure) {
    let status = text.utf8CString.withUnsafeBufferPointer { load_input(view, $0.baseAddress!, $0.count - 1, name) }
    try compiled(status, view)
  }

  private func compiled(_ status: Int32, _ view: UnsafeMutablePointer<call_t>) throws(ScriptFailure) {
    if status == 0 { return }
    let message = topText(view)
    throw ScriptFailure(cause: .syntax(incomplete: message.hasSuffix("<eof>")), message: message, traceback: "")
  }

  private func texts(_ view: UnsafeMutablePointer<call_t>, from first: Int32) throws(ScriptFailure) -> [String] {
    var texts: [String] = []
    for slot in stride(from: first, through: stack_top(view), by: 1) {
      try finish(push_tostring(view, slot), view)
      texts.append(topText(view))
      stack_set_top(view, stack_top(view) - 1)
    }
    return texts
  }

  private func finish(_ status: Int32, _ view: UnsafeMutablePointer<call_t>) throws(ScriptFailure) {
    var exitStatus: Int32 = 0
    switch Int(vm_take_stop(machine, &exitStatus)) {
    case STOP_EXIT: throw ScriptFailure(cause: .exit(exitStatus), message: "", traceback: "")
    case STOP_INTERRUPTED: throw ScriptFailure(cause: .interrupted, message: "interrupted", traceback: "")
    default: break
    }
    if status == 0 { return }
    let traceback = String(cString: vm_traceback(machine))
    let isText = push_tostring(view, -1) == 0
    throw ScriptFailure(
      cause: .error, message: isText ? topText(view) : "error object has no text", traceback: traceback)
  }

  private func topText(_ view: UnsafeMutablePointer<call_t>) -> String { Call(view, self).string(-1) ?? "" }
}

// Making the API known to the machine.
extension VM {
  /// Ids are positions in `api.functions`.
  private func define(_ api: API) -> Bool {
    var id: Int32 = 0
    func next() -> Int32 {
      defer { id += 1 }
      return id
    }
    for function in api.globals where !defineGlobal(function.name, next()) { return false }
    for module in api.modules {
      let entries = module.functions.map { ($0.name.lastPart, next()) }
      let constructor = module.constructor == nil ? -1 : next()
      guard withEntries(entries, { vm_define_module(machine, module.name, $0, $1, constructor) }) else { return false }
    }
    for type in api.types {
      let methods = type.methods.map { ($0.name.lastPart, next()) }
      let operators = type.operators.map { ($0.event, next()) }
      let index = next()
      let isDefined = withEntries(methods) { methods, methodCount in
        withEntries(operators) { operators, operatorCount in
          vm_define_type(
            machine, type.type.id, type.type.name, methods, methodCount, operators, operatorCount, index)
        }
      }
      guard isDefined else { return false }
    }
    return true
  }

  private func defineGlobal(_ name: String, _ id: Int32) -> Bool {
    withEntries([(name, id)]) { entries, _ in vm_define_global(machine, entries![0]) }
  }

  private func withEntries(_ entries: [(String, Int32)], _ body: (UnsafePointer<entry_t>?, Int32) -> Bool) -> Bool {
    let names = entries.map { strdup($0.0)! }
    defer { for name in names { free(name) } }
    let rows = zip(names, entries).map { entry_t(name: $0, function: $1.1) }
    return rows.withUnsafeBufferPointer { body($0.baseAddress, Int32(rows.count)) }
  }
}

extension String {
  /// `fit` of `em.fit`, `sum` of `vector:sum`.
  fileprivate var lastPart: String { String(split { $0 == "." || $0 == ":" }.last ?? "") }
}

// The way in from Lua. Nothing may be thrown past here, and C raises only when these have returned.
private func runHostFunction(
  _ context: UnsafeMutableRawPointer, _ call: UnsafeMutablePointer<call_t>, _ id: Int32
) -> Int32 {
  let vm = Unmanaged<VM.Link>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.vm! }
  let view = Call(call, vm, function: Int(id))
  do {
    return try vm.entries[Int(id)].run(view)
  } catch is CallbackFailed {
    return Int32(HOST_RAISE_TOP)
  } catch {
    let message = error as? any ScriptMessage
    var text = "\(view.function.name): \(message?.scriptMessage ?? "\(error)")"
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        vm_set_error(call.pointee.vm, message?.scriptKind ?? "internal", $0.baseAddress!, $0.count)
      }
    }
    return Int32(HOST_RAISE)
  }
}

private func releaseObject(_ context: UnsafeMutableRawPointer, _ object: UnsafeMutableRawPointer) {
  let box = Unmanaged<AnyBox>.fromOpaque(object)
  Unmanaged<VM.Link>.fromOpaque(context)._withUnsafeGuaranteedRef { link in
    box._withUnsafeGuaranteedRef { link.vm!.boxes.remove($0) }
  }
  box.release()
}
