import Glibc

/// Inputs of this and earlier sessions, the oldest first: those of other projects, then those of this one, so that what was typed
/// here is found first. On the disk, a line each in one file that all sessions append to.
package final class History {
  private let path: String?
  private let project: String
  package private(set) var entries: [String]

  /// What is kept of a file that has grown to twice as many.
  private static let capacity = 10_000

  /// `path`: the file, made with its folder when it is first written; nil for a history that is not kept. `project`: whose
  /// inputs these are, a folder.
  package init(path: String? = nil, project: String = "") {
    self.path = path
    self.project = project
    let records = path.map(History.read) ?? []
    if let path, records.count > 2 * History.capacity {
      History.replace(path, records.suffix(History.capacity))
    }
    entries = History.unique(
      records.filter { $0.project != project }.map(\.input) + records.filter { $0.project == project }.map(\.input))
  }

  /// Returns when the input is on the disk. Blank inputs, and one that repeats the last, are not kept.
  package func append(_ input: String) {
    guard input.contains(where: { !$0.isWhitespace }), input != entries.last else { return }
    entries.append(input)
    guard let path, History.makeFolder(of: path) else { return }
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }  // a history that cannot be kept is no reason not to work
    defer { close(file) }
    var line = Record(project: project, input: input).line
    _ = line.withUTF8 { write(file, $0.baseAddress, $0.count) }  // appended whole, whoever else writes
    fdatasync(file)
  }

  /// The newest entry before `index` that begins so; its index.
  func previous(before index: Int, prefix: String) -> Int? {
    entries[..<index].lastIndex { $0.hasPrefix(prefix) && $0 != prefix }
  }

  func next(after index: Int, prefix: String) -> Int? {
    guard index + 1 < entries.count else { return nil }
    return entries[(index + 1)...].firstIndex { $0.hasPrefix(prefix) && $0 != prefix }
  }

  /// The newest entry up to `index` with the text in it, whatever its case.
  func search(_ text: String, upTo index: Int) -> Int? {
    let wanted = text.lowercased()
    return entries[...min(index, entries.count - 1)].lastIndex { $0.lowercased().contains(wanted) }
  }

  private struct Record {
    let project: String
    let input: String

    var line: String { "\(escape(project))\t\(escape(input))\n" }

    init(project: String, input: String) {
      self.project = project
      self.input = input
    }

    init?(_ line: Substring) {
      guard let tab = line.utf8.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      project = unescape(line[..<tab])
      input = unescape(line[line.utf8.index(after: tab)...])
    }
  }

  private static func read(_ path: String) -> [Record] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { Record($0) }
  }

  private static func replace(_ path: String, _ records: some Sequence<Record>) {
    let partial = "\(path).\(getpid())"
    guard let file = fopen(partial, "wex") else { return }
    fchmod(fileno(file), 0o600)
    let isWritten = records.allSatisfy { fputs($0.line, file) >= 0 }
    if fclose(file) != 0 || !isWritten || rename(partial, path) != 0 { unlink(partial) }
  }

  private static func makeFolder(of path: String) -> Bool {
    let parts = path.split(separator: "/").dropLast()
    var folder = path.hasPrefix("/") ? "" : "."
    for part in parts {
      folder += "/\(part)"
      if mkdir(folder, 0o700) != 0, errno != EEXIST { return false }
    }
    return true
  }

  /// Each input once, where it came last.
  private static func unique(_ inputs: [String]) -> [String] {
    var seen: Set<String> = []
    return inputs.reversed().filter { seen.insert($0).inserted }.reversed()
  }
}

private func escape(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\": escaped += "\\\\"
    case "\n": escaped += "\\n"
    case "\t": escaped += "\\t"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}

private func unescape(_ text: Substring) -> String {
  var plain = ""
  var isEscaped = false
  for scalar in text.unicodeScalars {
    if isEscaped {
      plain.unicodeScalars.append(scalar == "n" ? "\n" : scalar == "t" ? "\t" : scalar)
      isEscaped = false
    } else if scalar == "\\" {
      isEscaped = true
    } else {
      plain.unicodeScalars.append(scalar)
    }
  }
  return plain
}
