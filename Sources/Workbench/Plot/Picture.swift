import Glibc
import Kernels
import Plotting

/// What can be saved and shown: a figure, or several side by side.
protocol Picture {
  var title: String { get }
  var size: (width: Int, height: Int) { get }
  func drawn(as format: PictureFormat) throws(Failure) -> [UInt8]
}

extension Figure: Picture {}
extension FigureGrid: Picture {}

extension Picture {
  /// Draws into a file, of the format that its name ends with. The file appears when it is complete.
  func save(to path: String) throws(Failure) {
    guard !path.utf8.contains(0), let format = PictureFormat(file: path) else {
      throw Failure(.argument, "the file's name must end with .svg, .png, .pdf or .txt, got '\(path)'")
    }
    try write(try drawn(as: format), to: path)
  }
}

/// What was at `path` is there until the whole file takes its place.
func write(_ bytes: [UInt8], to path: String) throws(Failure) {
  func failure() -> Failure {
    Failure(.argument, "'\(path)' cannot be written: \(String(cString: strerror(errno)))")
  }
  let partial = "\(path).part"
  guard !path.utf8.contains(0), let file = fopen(partial, "we") else { throw failure() }
  let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0
  guard fclose(file) == 0, isWritten, rename(partial, path) == 0 else {
    let error = failure()
    unlink(partial)
    throw error
  }
}
