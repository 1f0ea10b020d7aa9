import CLua
import Synchronization

/// What other threads, and values that may outlive the machine, hold of it.
package final class MachineHandle: Sendable {
  /// The lock keeps the machine open while a call below is under way.
  private let machine: Mutex<Machine?>

  private struct Machine: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  init(_ machine: OpaquePointer) {
    self.machine = Mutex(Machine(pointer: machine))
  }

  /// Stops what runs.
  package func interrupt() {
    machine.withLock { if let machine = $0 { vm_interrupt(machine.pointer) } }
  }

  /// Collects fully: for a native allocation that failed. Only on the machine's own thread.
  package func collect() {
    // Not under the lock: finalizers may come back here.
    if let machine = machine.withLock({ $0 }) { vm_collect(machine.pointer) }
  }

  func release(reference: Int32) {
    machine.withLock { if let machine = $0 { reference_release(machine.pointer, reference) } }
  }

  /// The machine is about to be closed.
  func close() {
    machine.withLock { $0 = nil }
  }
}
