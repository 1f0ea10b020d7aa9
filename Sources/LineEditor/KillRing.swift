/// Texts that were cut, the newest last. Cuts that follow one another make one text.
struct KillRing {
  private var texts: [String] = []
  private var joins = false
  /// What the last yank put in, counted from the newest.
  private var yanked = 0

  private static let capacity = 60

  mutating func cut(_ text: String, forward: Bool) {
    guard !text.isEmpty else { return }
    if joins, let last = texts.popLast() {
      texts.append(forward ? last + text : text + last)
    } else {
      texts.append(text)
    }
    if texts.count > KillRing.capacity { texts.removeFirst() }
    joins = true
  }

  /// Something else was done than to cut.
  mutating func pause() { joins = false }

  mutating func newest() -> String? {
    yanked = 0
    return texts.last
  }

  /// The text before the one that was put in last; after the oldest, the newest again.
  mutating func older() -> String? {
    guard !texts.isEmpty else { return nil }
    yanked = (yanked + 1) % texts.count
    return texts[texts.count - 1 - yanked]
  }
}
