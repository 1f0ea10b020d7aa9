import Glibc
import Kernels

extension Frame {
  /// Writes a CSV file with a header. Numbers have the fewest digits that read back as the same double, missing cells are
  /// empty, and cells are quoted where they need it. The file appears when it is complete.
  package func write(to path: String, separator: UInt8 = UInt8(ascii: ",")) throws(Failure) {
    let partial = FrameWriter.isSpecial(path) ? path : "\(path).part"
    guard !path.utf8.contains(0), let file = fopen(partial, "we") else { throw FrameWriter.failure(path) }
    let writer = FrameWriter(file: file, path: path, separator: Character(Unicode.Scalar(separator)))
    let written = Result { () throws(Failure) in try writer.write(self) }
    let isClosed = fclose(file) == 0
    do throws(Failure) {
      try written.get()
      guard isClosed, partial == path || rename(partial, path) == 0 else { throw FrameWriter.failure(path) }
    } catch {
      if partial != path { unlink(partial) }
      throw error
    }
  }
}

private struct FrameWriter {
  let file: UnsafeMutablePointer<FILE>
  let path: String
  let separator: Character

  func write(_ frame: Frame) throws(Failure) {
    let levels = frame.columns.map { column in
      if case .factor(let factor) = column { factor.levels.map(cell) } else { [String]() }
    }
    // A line with nothing on it would be skipped.
    let missing = frame.columns.count == 1 ? "\"\"" : ""
    try put(frame.names.map(cell).joined(separator: String(separator)) + "\n")
    for row in 0..<frame.rows {
      if row % 4096 == 0 { try Interruption.check() }
      var line = ""
      for (j, column) in frame.columns.enumerated() {
        if j > 0 { line.append(separator) }
        let value = column.values[row]
        switch column {
        case _ where value.isNaN: line += missing
        case .numbers: line += shortest(value)
        case .factor: line += levels[j][Int(value) - 1]
        }
      }
      try put(line + "\n")
    }
    guard fflush(file) == 0 else { throw FrameWriter.failure(path) }
  }

  private func put(_ line: String) throws(Failure) {
    var line = line
    let written = line.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) }
    guard written == line.utf8.count else { throw FrameWriter.failure(path) }
  }

  /// A text as a cell, quoted where it would not come back as it is.
  private func cell(_ text: String) -> String {
    let isPlain =
      text.allSatisfy { $0 != separator && $0 != "\"" && !$0.isNewline }
      && text.first?.isWhitespace != true && text.last?.isWhitespace != true
    return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }

  private func shortest(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Whether there is a pipe, a terminal or the like, which no file may replace.
  static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  static func failure(_ path: String) -> Failure {
    Failure(.argument, "'\(path)' cannot be written: \(String(cString: strerror(errno)))")
  }
}
