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

/// A Lua machine with everything of Perigee in it: what the script runner, the prompt and the tests share.
package final class Session {
  private let vm: VM
  private let reclaimer: Storage.Reclaimer

  package init(_ options: SessionOptions = SessionOptions()) throws {
    vm = try VM(.perigee, memoryLimit: options.memoryLimit)
    let handle = vm.handle
    reclaimer = Storage.Reclaimer { handle.collect() }
    vm.context = SessionState(seed: options.seed ?? RandomSource.defaultSeed)
    if options.memoryLimit > 0 { Storage.limit = options.memoryLimit }
    if let threads = options.threads { Parallel.threads = threads }
    if options.isQuiet { ProgressLine.isWanted.store(false, ordering: .relaxed) }
  }

  /// `body` with a session of its own, on a thread whose stack is deep enough for Lua.
  package static func open<R>(_ options: SessionOptions = SessionOptions(), _ body: (Session) throws -> R) throws -> R {
    try onDeepStack { try body(Session(options)) }
  }

  package var handle: MachineHandle { vm.handle }
  package var liveObjects: Int { vm.liveObjects }

  /// Makes the signal interrupt what runs here.
  package func interrupt(onSignal number: Int32) { vm.interrupt(onSignal: number) }

  /// An interrupt that came while nothing ran stops nothing later.
  package func forgetInterrupt() { vm.forgetStop() }

  package func setArguments(script: String, _ arguments: [String]) { vm.setArguments(script: script, arguments) }

  /// Runs a script; the texts of its results, where they are asked for.
  @discardableResult
  package func run(_ source: VM.Source, describingResults: Bool = false) throws(ScriptFailure) -> [String] {
    // Kernels on this thread watch this machine's flag, and take memory back from its garbage.
    let before = Interruption.flag
    Interruption.flag = UnsafeRawPointer(vm.stopFlag).assumingMemoryBound(to: Atomic<Int32>.self)
    defer { Interruption.flag = before }
    return try Storage.withReclaimer(reclaimer) { () throws(ScriptFailure) in
      try vm.run(source, describingResults: describingResults)
    }
  }

  /// Runs an input of the prompt, an expression or a statement; the texts of its values.
  package func evaluate(_ input: String) throws(ScriptFailure) -> [String] {
    let expression = VM.Source.text("return \(input)", name: "=input")
    let isExpression = (try? vm.check(expression)) != nil
    return try run(isExpression ? expression : .text(input, name: "=input"), describingResults: true)
  }

  /// Whether more lines could make a valid input of this one, which is not valid as it stands.
  package func isIncomplete(_ input: String) -> Bool {
    if (try? vm.check(.text("return \(input)", name: "=input"))) != nil { return false }
    do throws(ScriptFailure) { try vm.check(.text(input, name: "=input")) } catch {
      return error.cause == .syntax(incomplete: true)
    }
    return false
  }
}
