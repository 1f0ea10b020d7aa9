/// States of a text before each change. Characters typed in a row are one change.
struct UndoStack {
  enum Change: Equatable {
    case typing, deleting, other
  }

  private var past: [TextBuffer] = []
  private var future: [TextBuffer] = []
  private var last: Change?

  private static let capacity = 1000

  /// To be told before each change.
  mutating func record(_ buffer: TextBuffer, _ change: Change) {
    future = []
    if change == last, change != .other { return }
    last = change
    past.append(buffer)
    if past.count > UndoStack.capacity { past.removeFirst() }
  }

  /// The next change is one of its own.
  mutating func separate() { last = nil }

  mutating func undo(_ buffer: TextBuffer) -> TextBuffer? {
    last = nil
    guard let previous = past.popLast() else { return nil }
    future.append(buffer)
    return previous
  }

  mutating func redo(_ buffer: TextBuffer) -> TextBuffer? {
    last = nil
    guard let next = future.popLast() else { return nil }
    past.append(buffer)
    return next
  }
}
