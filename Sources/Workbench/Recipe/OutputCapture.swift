@preconcurrency import Glibc
import Kernels

/// Keeps what is written to standard output, and passes it on at the end.
final class OutputCapture {
  private let file: Int32
  private let original: Int32

  init() throws(Failure) {
    guard let temporary = TemporaryFile() else {
      throw Failure(.argument, "no temporary file for the output: \(String(cString: strerror(errno)))")
    }
    file = temporary.descriptor
    unlink(temporary.path)
    fflush(stdout)
    original = dup(STDOUT_FILENO)
    dup2(file, STDOUT_FILENO)
  }

  /// What was written; standard output is what it was.
  func finish() -> String {
    fflush(stdout)
    dup2(original, STDOUT_FILENO)
    close(original)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    lseek(file, 0, SEEK_SET)
    while case let count = read(file, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    close(file)
    fwrite(bytes, 1, bytes.count, stdout)
    fflush(stdout)
    return String(decoding: bytes, as: UTF8.self)
  }
}
