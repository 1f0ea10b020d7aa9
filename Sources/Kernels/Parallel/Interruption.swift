import Synchronization

/// A request to stop, made by a signal handler or another thread, and polled by every long loop.
///
/// The flag belongs to the host; a thread watches one flag at a time, and hands it on to the workers that it starts.
package enum Interruption {
  package typealias Flag = UnsafePointer<Atomic<Int32>>

  /// The flag that kernels called from this thread poll.
  package static var flag: Flag? {
    get { local.pointer.map { UnsafePointer($0.assumingMemoryBound(to: Atomic<Int32>.self)) } }
    set { local.pointer = UnsafeMutableRawPointer(mutating: newValue) }
  }

  package static func isRequested(_ flag: Flag?) -> Bool {
    flag.map { $0.pointee.load(ordering: .relaxed) != 0 } ?? false
  }

  /// Throws `.interrupted` where a stop was asked for.
  package static func check() throws(Failure) {
    if isRequested(flag) { throw Failure(.interrupted, "interrupted") }
  }

  private static let local = ThreadLocal()
}

/// Polls in a loop that cannot throw and ends with NaN instead; whoever can throw looks at the flag once more.
struct InterruptionPoll {
  private let flag = Interruption.flag
  private var rounds = 0

  /// Whether to stop: looked up at the first call and at every 1024th after.
  @inline(__always)
  mutating func isDue() -> Bool {
    defer { rounds &+= 1 }
    return rounds & 1023 == 0 && Interruption.isRequested(flag)
  }
}
