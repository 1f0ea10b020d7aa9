import Glibc

/// Lines as they come, from a file, a pipe or a terminal that cannot do more.
final class PlainLines {
  private let input: Int32
  private let output: Int32
  private var bytes: [UInt8] = []
  private var position = 0

  init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  func read(prompt: String) -> LineEditor.Input {
    var prompt = prompt
    prompt.withUTF8 { _ = write(output, $0.baseAddress, $0.count) }
    var searched = position
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) { return .text(take(upTo: end)) }
      bytes.removeFirst(position)
      position = 0
      searched = bytes.count
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = Glibc.read(input, &chunk, chunk.count)
      if count < 0, errno == EINTR {
        bytes = []
        return .interrupted
      }
      if count <= 0 { return bytes.isEmpty ? .end : .text(take(upTo: bytes.count)) }
      bytes += chunk[..<count]
    }
  }

  private func take(upTo end: Int) -> String {
    defer { position = min(end + 1, bytes.count) }
    var line = bytes[position..<end]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }
}
