import Dispatch
import Glibc
import Synchronization

/// Loops over chunks of rows on all threads.
///
/// Chunk sizes are constants of the caller and results come in chunk order, so that a sum has the same bits on any number of
/// threads. Every chunk polls `Interruption`.
package enum Parallel {
  /// How many threads a loop may use; by default, one per processor.
  package static var threads: Int {
    get { most.load(ordering: .relaxed) }
    set { most.store(max(1, newValue), ordering: .relaxed) }
  }

  private static let most = Atomic<Int>(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// `body` of each range of `chunk` indices in `0..<count`, the results in order. Fewer than `spreadFrom` indices are done
  /// sooner than another thread is woken.
  package static func map<T>(
    _ count: Int, chunk: Int, spreadFrom least: Int = 0, _ body: (Range<Int>) throws(Failure) -> T
  ) throws(Failure) -> [T] {
    let chunks = (count + chunk - 1) / chunk
    let flag = Interruption.flag
    func run(_ c: Int) throws(Failure) -> T {
      if Interruption.isRequested(flag) { throw Failure(.interrupted, "interrupted") }
      return try body(c * chunk..<min(count, (c + 1) * chunk))
    }
    if chunks <= 1 || threads == 1 || count < least {
      var results: [T] = []
      results.reserveCapacity(chunks)
      for c in 0..<chunks { results.append(try run(c)) }
      return results
    }
    return try spread(chunks, flag, run)
  }

  /// `body` of each range of `chunk` indices in `0..<count`.
  package static func forEach(
    _ count: Int, chunk: Int, _ body: (Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    _ = try map(count, chunk: chunk, body)
  }

  /// Threads take the next chunk as they come free; each result has its own slot. What they call polls the same flag.
  private static func spread<T>(
    _ chunks: Int, _ flag: Interruption.Flag?, _ run: (Int) throws(Failure) -> T
  ) throws(Failure) -> [T] {
    var results: [Result<T, Failure>?] = Array(repeating: nil, count: chunks)
    let next = Atomic<Int>(0)
    results.withUnsafeMutableBufferPointer { slots in
      nonisolated(unsafe) let slots = slots
      nonisolated(unsafe) let flag = flag
      withoutActuallyEscaping(run) { run in
        nonisolated(unsafe) let run = run
        DispatchQueue.concurrentPerform(iterations: min(threads, chunks)) { _ in
          let before = Interruption.flag
          Interruption.flag = flag
          defer { Interruption.flag = before }
          while true {
            let c = next.add(1, ordering: .relaxed).oldValue
            if c >= chunks { return }
            do throws(Failure) { slots[c] = .success(try run(c)) } catch { slots[c] = .failure(error) }
          }
        }
      }
    }
    var values: [T] = []
    values.reserveCapacity(chunks)
    for result in results { if let result { values.append(try result.get()) } }
    return values
  }
}
