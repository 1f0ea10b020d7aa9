import FoundationEssentials
import Glibc
import Kernels

/// A JSON file. Doubles have the fewest digits that read back as the same double; infinities and NaN are strings.
struct JSONFile {
  let path: String

  /// What the file holds; nil where there is no file.
  func read<Value: Decodable>(_ type: Value.Type) throws(Failure) -> Value? {
    guard !path.utf8.contains(0) else { throw Failure(.argument, "\(quotedPath) is no path of a file") }
    guard access(path, F_OK) == 0 else { return nil }
    do {
      let decoder = JSONDecoder()
      decoder.nonConformingFloatDecodingStrategy = .convertFromString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      return try decoder.decode(type, from: try Data(contentsOf: URL(filePath: path)))
    } catch let failure as Failure {
      throw failure
    } catch let error as DecodingError {
      throw Failure(.data, "\(quotedPath) does not hold what is wanted: \(error.summary)")
    } catch {
      throw Failure(.argument, "\(quotedPath) cannot be read")
    }
  }

  /// Takes the place of what the path led to when it is complete and on the disk: a reader finds the old file or the new one.
  func write(_ value: some Encodable, indented: Bool = false) throws(Failure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = indented ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : []
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(value) else { throw Failure(.argument, "\(quotedPath): nothing to write") }
    let partial = "\(path).part"
    guard !path.utf8.contains(0), let file = fopen(partial, "we") else { throw cannotBeWritten }
    let isWritten =
      data.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) } == data.count && fflush(file) == 0
      && fsync(fileno(file)) == 0
    guard fclose(file) == 0, isWritten, rename(partial, path) == 0 else {
      let failure = cannotBeWritten
      unlink(partial)
      throw failure
    }
  }

  func remove() { unlink(path) }

  private var quotedPath: String { "'\(path)'" }

  private var cannotBeWritten: Failure {
    Failure(.argument, "\(quotedPath) cannot be written: \(String(cString: strerror(errno)))")
  }
}

extension DecodingError {
  fileprivate var summary: String {
    switch self {
    case .dataCorrupted(let context): context.debugDescription
    case .keyNotFound(let key, _): "'\(key.stringValue)' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of another type"
    @unknown default: "it cannot be decoded"
    }
  }
}
