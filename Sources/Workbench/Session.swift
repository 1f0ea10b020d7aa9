import Kernels
import Lua
import Synchronization

/// A Lua machine with everything of Perigee in it: what the script runner, the prompt and the tests share.
package final class Session {
  private let vm: VM

  package init(memoryLimit: Int = 0) throws {
    vm = try VM(.perigee, memoryLimit: memoryLimit)
  }

  package var handle: MachineHandle { vm.handle }
  package var liveObjects: Int { vm.liveObjects }

  /// Makes the signal interrupt what runs here.
  package func interrupt(onSignal number: Int32) { vm.interrupt(onSignal: number) }

  package func setArguments(script: String, _ arguments: [String]) { vm.setArguments(script: script, arguments) }

  /// Runs a script; the texts of its results, where they are asked for.
  @discardableResult
  package func run(_ source: VM.Source, describingResults: Bool = false) throws(ScriptFailure) -> [String] {
    // Kernels on this thread watch this machine's flag, and take memory back from its garbage.
    let before = Interruption.flag
    Interruption.flag = UnsafeRawPointer(vm.stopFlag).assumingMemoryBound(to: Atomic<Int32>.self)
    defer { Interruption.flag = before }
    let handle = vm.handle
    let result = Storage.$reclaim.withValue({ handle.collect() }) {
      Result { () throws(ScriptFailure) in try vm.run(source, describingResults: describingResults) }
    }
    return try result.get()
  }

  /// Compiles without running.
  package func check(_ source: VM.Source) throws(ScriptFailure) { try vm.check(source) }
}
