import Glibc
import Kernels

/// Writes the first words of the draws of `count` streams in turn to standard output, without end, for programs that test random
/// bits. One stream is that of seed 1; several are its children.
func writeRandomBits(streams count: Int) {
  var parent = RandomStream(seed: 1)
  var streams = count == 1 ? [parent] : (0..<count).map { _ in parent.split() }
  let turns = max(1, 8192 / count)
  var words = [UInt64](repeating: 0, count: turns * count)
  while true {
    for i in words.indices {
      var draw = streams[i % count].draw()
      words[i] = draw.next()
    }
    guard words.withUnsafeBytes(writeAll) else { return }
  }
}

/// To standard output; false where nobody reads any more.
private func writeAll(_ bytes: UnsafeRawBufferPointer) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = write(1, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
    if count <= 0 { return false }
    rest = rest.dropFirst(count)
  }
  return true
}
