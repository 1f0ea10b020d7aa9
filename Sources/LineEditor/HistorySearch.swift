/// A search through the history while its words are typed.
struct HistorySearch {
  private let history: History
  /// What was there before, to come back to.
  let original: TextBuffer
  private var index: Int

  var query = "" {
    didSet {
      // A longer query narrows the search from where it is; a shorter one begins anew.
      let start = query.count > oldValue.count ? index : history.entries.count - 1
      isFailing = !query.isEmpty && !find(from: start)
    }
  }
  private(set) var isFailing = false

  init(_ history: History, original: TextBuffer) {
    self.history = history
    self.original = original
    index = history.entries.count - 1
  }

  private mutating func find(from start: Int) -> Bool {
    guard start >= 0, !history.entries.isEmpty, let found = history.search(query, upTo: start) else { return false }
    index = found
    return true
  }

  mutating func older() {
    guard !query.isEmpty else { return }
    isFailing = !find(from: index - 1)
  }

  mutating func newer() {
    let wanted = query.lowercased()
    guard !query.isEmpty, index + 1 < history.entries.count else { return }
    guard let next = history.entries[(index + 1)...].firstIndex(where: { $0.lowercased().contains(wanted) }) else {
      return
    }
    (index, isFailing) = (next, false)
  }

  /// The entry that was found, with the cursor where the query begins in it.
  var found: TextBuffer {
    guard !query.isEmpty, history.entries.indices ~= index else { return original }
    var buffer = TextBuffer(history.entries[index])
    if let match = match(in: buffer) { buffer.cursor = match.lowerBound }
    return buffer
  }

  func match(in buffer: TextBuffer) -> Range<TextPosition>? {
    let wanted = Array(query.lowercased())
    guard !wanted.isEmpty else { return nil }
    for (line, characters) in buffer.lines.enumerated() where characters.count >= wanted.count {
      let lower = characters.map { $0.lowercased() }
      for column in 0...characters.count - wanted.count
      where zip(lower[column...], wanted).allSatisfy({ $0 == String($1) }) {
        return TextPosition(line: line, column: column)..<TextPosition(line: line, column: column + wanted.count)
      }
    }
    return nil
  }

  var status: String { "\(isFailing ? "not found" : "search"): \(query)" }
}
