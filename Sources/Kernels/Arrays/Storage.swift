import Glibc
import Synchronization

/// A block of doubles in native memory, which vectors and matrices look into.
package final class Storage: @unchecked Sendable {
  package let base: UnsafeMutablePointer<Double>
  package let count: Int

  /// Room for `count` doubles, of any value. Throws `.memory` where the machine or `Storage.limit` has no more.
  package convenience init(uninitialized count: Int) throws(Failure) {
    try self.init(count) { bytes in
      if let spare = Storage.takeSpare(bytes) { return spare }
      var pointer: UnsafeMutableRawPointer?
      return posix_memalign(&pointer, 64, bytes) == 0 ? pointer : nil
    }
  }

  /// `count` zeros; large blocks cost nothing until they are written to.
  package convenience init(zeros count: Int) throws(Failure) {
    try self.init(count) { bytes in
      if bytes >= Storage.large { Storage.releaseSpare() }
      return calloc(bytes, 1)
    }
  }

  private init(_ count: Int, allocate: (Int) -> UnsafeMutableRawPointer?) throws(Failure) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Double>.stride)
    guard count >= 0, !overflow else { throw Failure(.memory, "not enough memory for \(count) doubles") }
    guard let block = Storage.reserve(bytes) || Storage.reclaimAndReserve(bytes) ? allocate(max(bytes, 64)) : nil else {
      throw Failure(.memory, "not enough memory for \(count) doubles (\(Storage.gibibytes(bytes)) GiB)")
    }
    if bytes >= Storage.large { Storage.askForLargePages(block, bytes) }
    self.base = block.bindMemory(to: Double.self, capacity: count)
    self.count = count
  }

  /// Fresh memory comes six times faster in pages of 2 MiB than of 4 KiB. Smaller blocks the C library takes from what it has
  /// had before.
  private static func askForLargePages(_ block: UnsafeMutableRawPointer, _ bytes: Int) {
    let page = 4096
    let start = block.alignedUp(toMultipleOf: page)
    _ = madvise(start, (block + bytes - start) & ~(page - 1), Int32(MADV_HUGEPAGE))
  }

  deinit {
    let bytes = count * MemoryLayout<Double>.stride
    Storage.used.subtract(bytes, ordering: .relaxed)
    if bytes >= Storage.large { Storage.keep(base, bytes) } else { free(base) }
  }
}

// The last large block that was freed is kept for the next one of about its size: in a chain of operations on vectors the
// machine takes longer to find fresh pages than to write to them. A request of another size gives it back first.
extension Storage {
  /// Bytes from which on a block is large, and up to which one is kept.
  private static let large = 1 << 22
  private static let mostKept = 1 << 28
  /// The block's address, or 0. While it is kept, its first word holds its bytes.
  private static let spare = Atomic<UInt>(0)

  private static func keep(_ base: UnsafeMutablePointer<Double>, _ bytes: Int) {
    guard bytes <= mostKept else { return free(base) }
    UnsafeMutableRawPointer(base).storeBytes(of: bytes, as: Int.self)
    free(UnsafeMutableRawPointer(bitPattern: spare.exchange(UInt(bitPattern: base), ordering: .acquiringAndReleasing)))
  }

  /// A kept block of `bytes`, or a little more.
  private static func takeSpare(_ bytes: Int) -> UnsafeMutableRawPointer? {
    guard bytes >= large, let block = exchangeSpare() else { return nil }
    let kept = block.load(as: Int.self)
    if bytes <= kept, kept <= bytes + bytes / 8 { return block }
    free(block)
    return nil
  }

  private static func releaseSpare() { free(exchangeSpare()) }

  private static func exchangeSpare() -> UnsafeMutableRawPointer? {
    UnsafeMutableRawPointer(bitPattern: spare.exchange(0, ordering: .acquiringAndReleasing))
  }
}

// The account of native memory: Lua's collector cannot see these bytes, and overcommitted memory kills the process where
// an error would do.
extension Storage {
  /// Bytes held by all storage of the process.
  package static var bytesInUse: Int { used.load(ordering: .relaxed) }

  /// The most bytes that all storage may hold; by default, the machine's memory.
  package static var limit: Int {
    get { most.load(ordering: .relaxed) }
    set { most.store(newValue, ordering: .relaxed) }
  }

  /// What frees memory for an allocation on this thread that met the limit: the host of a garbage collector.
  package final class Reclaimer {
    fileprivate let reclaim: () -> Void
    package init(_ reclaim: @escaping () -> Void) { self.reclaim = reclaim }
  }

  /// `body` with a reclaimer for this thread.
  package static func withReclaimer<R, E: Error>(
    _ reclaimer: Reclaimer, _ body: () throws(E) -> R
  ) throws(E) -> R {
    let before = local.pointer
    local.pointer = Unmanaged.passUnretained(reclaimer).toOpaque()
    defer {
      local.pointer = before
      withExtendedLifetime(reclaimer) {}
    }
    return try body()
  }

  private static let local = ThreadLocal()
  private static let used = Atomic<Int>(0)
  private static let most = Atomic<Int>(sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)))

  private static func reserve(_ bytes: Int) -> Bool {
    let (_, now) = used.add(bytes, ordering: .relaxed)
    if now <= limit { return true }
    used.subtract(bytes, ordering: .relaxed)
    return false
  }

  private static func reclaimAndReserve(_ bytes: Int) -> Bool {
    guard let reclaimer = local.pointer else { return false }
    Unmanaged<Reclaimer>.fromOpaque(reclaimer).takeUnretainedValue().reclaim()
    releaseSpare()
    return reserve(bytes)
  }

  private static func gibibytes(_ bytes: Int) -> Double { (Double(bytes) / 0x1p30 * 100).rounded() / 100 }
}
