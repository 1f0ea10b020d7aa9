import Kernels
import Lua

/// A script's function as a kernel calls it. Kernels throw `Failure` alone: another error, such as one of the script's, is kept
/// here, the kernel is stopped, and `rethrowing` throws it once the kernel has returned.
final class GuardedCallbacks {
  private let call: Call
  private var error: (any Error)?

  init(_ call: Call) { self.call = call }

  /// One result of a function.
  func result<R>(
    of function: Callback, _ argument: any Pushable, returning kind: Kind<R>
  ) throws(Failure) -> R {
    try guarded { try function(call, argument, returning: kind) }
  }

  /// Whatever calls into Lua.
  func guarded<R>(_ body: () throws -> R) throws(Failure) -> R {
    do { return try body() } catch {
      self.error = error
      throw Failure(.interrupted, "a function of the script failed")
    }
  }

  /// What the kernel returns or throws; what was kept comes before either.
  func rethrowing<R>(_ body: () throws -> R) throws -> R {
    let result = Result { try body() }
    if let error { throw error }
    return try result.get()
  }
}
