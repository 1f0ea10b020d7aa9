import Glibc
import Lua

/// A failure as its author wants to see it: what, in which line, at which word of it, and on which way there.
package struct Diagnosis {
  package let message: String
  /// `input 3:1`, or a file and its line.
  package let place: String?
  /// The line that failed.
  package let line: String?
  /// What to point at, in characters of the line.
  package let mark: Range<Int>
  /// The functions of the user's own that were under way, the innermost first.
  package let trace: [String]

  private static let longestTrace = 6

  /// `source`: the text of a chunk, by its name.
  init(_ failure: ScriptFailure, source: (String) -> String?) {
    let (place, message) = Diagnosis.split(failure.message)
    self.message = message
    self.place = place.map { "\($0.name):\($0.line)" }
    let lines = place.flatMap { source($0.name) }?.split(separator: "\n", omittingEmptySubsequences: false)
    let line = place.flatMap { place in lines.flatMap { place.line <= $0.count ? String($0[place.line - 1]) : nil } }
    self.line = line
    mark = line.map { Diagnosis.mark(in: $0, for: message) } ?? 0..<0
    let own = failure.frames.filter { !$0.hasPrefix("[C]") }
    trace = own.count > 1 ? Array(own.prefix(Diagnosis.longestTrace)) : []
  }

  /// `name:12: message` in its parts.
  private static func split(_ text: String) -> (place: (name: String, line: Int)?, message: String) {
    let firstLine = text.prefix { $0 != "\n" }
    for colon in firstLine.indices where firstLine[colon] == ":" && colon > firstLine.startIndex {
      let digits = firstLine[firstLine.index(after: colon)...].prefix { $0.isWholeNumber }
      guard let line = Int(digits), line > 0, firstLine[digits.endIndex...].hasPrefix(": ") else { continue }
      let rest = firstLine.index(digits.endIndex, offsetBy: 2)
      return ((String(firstLine[..<colon]), line), String(text[rest...]))
    }
    return (nil, text)
  }

  /// Lua says which word, or which name was nil, but not where in the line; our own functions say their names.
  private static func mark(in line: String, for message: String) -> Range<Int> {
    let indentation = line.prefix { $0 == " " || $0 == "\t" }.count
    if message.hasSuffix("near <eof>") { return line.count..<line.count + 1 }
    for word in words(of: message) {
      guard let range = line.ranges(of: word).last(where: { isWhole($0, in: line) }) else { continue }
      let start = line.distance(from: line.startIndex, to: range.lowerBound)
      return start..<start + word.count
    }
    return indentation..<max(indentation + 1, line.count)
  }

  /// What the message quotes, and the function that it begins with.
  private static func words(of message: String) -> [String] {
    var words: [String] = []
    let parts = message.split(separator: "'", omittingEmptySubsequences: false)
    for i in stride(from: 1, to: parts.count - 1, by: 2) where !parts[i].isEmpty { words.append(String(parts[i])) }
    if let colon = message.firstRange(of: ": ") {
      let name = message[..<colon.lowerBound]
      if !name.contains(" ") {
        words.append(String(name))
        if let dot = name.lastIndex(where: { $0 == "." || $0 == ":" }) { words.append(String(name[dot...])) }
      }
    }
    return words
  }

  private static func isWhole(_ range: Range<String.Index>, in line: String) -> Bool {
    func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
    let joinsBefore =
      range.lowerBound > line.startIndex && isWord(line[range.lowerBound])
      && isWord(line[line.index(before: range.lowerBound)])
    let joinsAfter =
      range.upperBound < line.endIndex && isWord(line[line.index(before: range.upperBound)])
      && isWord(line[range.upperBound])
    return !joinsBefore && !joinsAfter
  }
}

extension ScriptFailure {
  /// The functions that were under way, the innermost first.
  package var frames: [String] {
    traceback.split(separator: "\n").dropFirst().map { line in String(line.drop { $0 == "\t" }) }
  }
}

extension Session {
  package func diagnose(_ failure: ScriptFailure) -> Diagnosis {
    Diagnosis(failure) { name in inputs[name] ?? text(ofFile: name) }
  }

  private func text(ofFile path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)  // the head of a file is enough of it
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
