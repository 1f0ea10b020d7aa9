import Glibc

/// Runs `body` on a thread of its own with a stack of 16 MiB, which 200 nested calls between Lua and the host need; waits for
/// its result.
package func onDeepStack<R>(_ body: () throws -> R) throws -> R {
  try withoutActuallyEscaping(body) { body in
    let work = Work(body)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 16 << 20)
    defer { pthread_attr_destroy(&attributes) }
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { context in
        Unmanaged<AnyWork>.fromOpaque(context!).takeUnretainedValue().run()
        return nil
      }, Unmanaged<AnyWork>.passUnretained(work).toOpaque())
    if status != 0 { return try body() }  // no thread to be had: the stack that there is must do
    pthread_join(thread, nil)
    return try work.result!.get()
  }
}

private class AnyWork {
  func run() {}
}

private final class Work<R>: AnyWork {
  private let body: () throws -> R
  private(set) var result: Result<R, any Error>?

  init(_ body: @escaping () throws -> R) { self.body = body }

  override func run() { result = Result { try body() } }
}
