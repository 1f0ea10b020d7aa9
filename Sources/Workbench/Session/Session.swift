import Kernels
import Lua
import Synchronization

package typealias ScriptFailure = Lua.ScriptFailure

/// What a session is started with.
package struct SessionOptions: Sendable {
  /// Of the default random stream.
  package var seed: UInt64?
  /// By default, one per processor.
  package var threads: Int?
  /// No progress on standard error.
  package var isQuiet: Bool
  /// Bytes that arrays may take, and Lua's own values; 0 for what the machine has.
  package var memoryLimit: Int

  package init(seed: UInt64? = nil, threads: Int? = nil, isQuiet: Bool = false, memoryLimit: Int = 0) {
    self.seed = seed
    self.threads = threads
    self.isQuiet = isQuiet
    self.memoryLimit = memoryLimit
  }
}

/// A Lua machine with everything of Perigee in it: what the script runner, the prompt and the tests share. It evaluates, completes,
/// explains, and can be interrupted.
package final class Session {
  private(set) var vm: VM
  private let options: SessionOptions
  private var reclaimer: Storage.Reclaimer
  private var signal: Int32?
  /// What was there before anybody defined anything.
  private(set) var ownNames: Set<String> = []
  /// Inputs of the prompt, by the names of their chunks.
  var inputs: [String: String] = [:]
  var inputCount = 0
  /// The modules that were assigned to, of which was warned already.
  var replacedModules: Set<String> = []
  /// How the last input that failed did so.
  package internal(set) var lastFailure: ScriptFailure?

  package init(_ options: SessionOptions = SessionOptions()) throws {
    self.options = options
    (vm, reclaimer) = try Session.machine(options)
    if options.memoryLimit > 0 { Storage.limit = options.memoryLimit }
    if let threads = options.threads { Parallel.threads = threads }
    if options.isQuiet { ProgressLine.isWanted.store(false, ordering: .relaxed) }
    ownNames = Set(globalNames)
  }

  private static func machine(_ options: SessionOptions) throws -> (VM, Storage.Reclaimer) {
    let vm = try VM(.perigee, memoryLimit: options.memoryLimit)
    let handle = vm.handle
    vm.context = SessionState(seed: options.seed ?? RandomSource.defaultSeed)
    return (vm, Storage.Reclaimer { handle.collect() })
  }

  /// Begins anew: no variable is left, and the default random stream is at its start.
  package func reset() throws {
    (vm, reclaimer) = try Session.machine(options)
    if let signal { vm.interrupt(onSignal: signal) }
    (inputs, replacedModules, lastFailure) = ([:], [], nil)
  }

  /// `body` with a session of its own, on a thread whose stack is deep enough for Lua.
  package static func open<R>(_ options: SessionOptions = SessionOptions(), _ body: (Session) throws -> R) throws -> R {
    try onDeepStack { try body(Session(options)) }
  }

  package var handle: MachineHandle { vm.handle }
  package var liveObjects: Int { vm.liveObjects }

  /// Makes the signal interrupt what runs here.
  package func interrupt(onSignal number: Int32) {
    signal = number
    vm.interrupt(onSignal: number)
  }

  /// An interrupt that came while nothing ran stops nothing later.
  package func forgetInterrupt() { vm.forgetStop() }

  package func setArguments(script: String, _ arguments: [String]) {
    vm.setArguments(script: script, arguments)
    ownNames.insert("arg")
  }

  /// Runs a script; the texts of its results, where they are asked for.
  @discardableResult
  package func run(_ source: VM.Source, describingResults: Bool = false) throws(ScriptFailure) -> [String] {
    try withKernels { () throws(ScriptFailure) in try vm.run(source, describingResults: describingResults) }
  }

  /// Kernels on this thread watch this machine's flag, and take memory back from its garbage.
  func withKernels<R>(_ body: () throws(ScriptFailure) -> R) throws(ScriptFailure) -> R {
    let before = Interruption.flag
    Interruption.flag = UnsafeRawPointer(vm.stopFlag).assumingMemoryBound(to: Atomic<Int32>.self)
    defer { Interruption.flag = before }
    return try Storage.withReclaimer(reclaimer, body)
  }
}
