import LuaSyntax

/// The tokens of each line of a text, found anew only where the text has changed.
struct LexedText {
  struct Span {
    let kind: LuaLexer.Kind
    /// In characters.
    let columns: Range<Int>
  }

  private struct Line {
    var spans: [Span]
    var start: LuaLexer.State
    var end: LuaLexer.State
  }

  private var text: [[Character]] = []
  private var lines: [Line] = []

  subscript(line: Int) -> [Span] { lines[line].spans }

  mutating func update(_ new: [[Character]]) {
    // Lines that were not touched share their storage, which makes these comparisons quick.
    let shorter = min(text.count, new.count)
    let head = (0..<shorter).first { text[$0] != new[$0] } ?? shorter
    let tail = (0..<shorter - head).first { text[text.count - 1 - $0] != new[new.count - 1 - $0] } ?? shorter - head
    var state = head > 0 ? lines[head - 1].end : .code
    var fresh: [Line] = []
    for line in new[head..<new.count - tail] {
      fresh.append(LexedText.lex(line, from: state))
      state = fresh[fresh.count - 1].end
    }
    lines.replaceSubrange(head..<lines.count - tail, with: fresh)
    var next = head + fresh.count
    while next < lines.count, lines[next].start != state {  // a long string was opened or closed above
      lines[next] = LexedText.lex(new[next], from: state)
      state = lines[next].end
      next += 1
    }
    text = new
  }

  private static func lex(_ characters: [Character], from start: LuaLexer.State) -> Line {
    let (tokens, end) = LuaLexer.tokens(of: String(characters), from: start)
    var column = 0
    var byte = 0
    let spans = tokens.map { token in
      let first = column
      while byte < token.range.upperBound {
        byte += characters[column].utf8.count
        column += 1
      }
      return Span(kind: token.kind, columns: first..<column)
    }
    return Line(spans: spans, start: start, end: end)
  }
}

// Brackets.
extension LexedText {
  /// How far a partner is looked for.
  private static let reach = 2000

  private static let partners: [Character: Character] = ["(": ")", "[": "]", "{": "}"]

  /// The bracket at a position, or else the one before it, with the one that belongs to it.
  func matchingBrackets(at position: TextPosition) -> [TextPosition] {
    for column in [position.column, position.column - 1] where text[position.line].indices ~= column {
      let place = TextPosition(line: position.line, column: column)
      guard let bracket = bracket(at: place), let partner = partner(of: bracket, at: place) else { continue }
      return [place, partner]
    }
    return []
  }

  private func bracket(at position: TextPosition) -> Character? {
    let character = text[position.line][position.column]
    guard "()[]{}".contains(character) else { return nil }
    let span = lines[position.line].spans.first { $0.columns.contains(position.column) }
    return span?.kind == .symbol ? character : nil
  }

  private func partner(of bracket: Character, at position: TextPosition) -> TextPosition? {
    let isForward = LexedText.partners[bracket] != nil
    var open: [Character] = []
    var line = position.line
    while lines.indices ~= line, abs(line - position.line) < LexedText.reach {
      let spans = isForward ? lines[line].spans : lines[line].spans.reversed()
      for span in spans where span.kind == .symbol && span.columns.count == 1 {
        let place = TextPosition(line: line, column: span.columns.lowerBound)
        guard isForward ? place >= position : place <= position else { continue }
        let character = text[line][place.column]
        guard "()[]{}".contains(character) else { continue }
        if (LexedText.partners[character] != nil) == isForward {
          open.append(character)
        } else if let last = open.popLast() {
          guard LexedText.partners[isForward ? last : character] == (isForward ? character : last) else { return nil }
          if open.isEmpty { return place }
        }
      }
      line += isForward ? 1 : -1
    }
    return nil
  }
}

// Indentation.
extension LexedText {
  static let indentStep = 2

  private static let openers: Set<String> = ["function", "then", "do", "repeat", "else", "(", "[", "{"]
  private static let closers: Set<String> = ["end", "until", "else", "elseif", ")", "]", "}"]

  /// The indentation of what follows the part of a line before `column`.
  func indentation(after line: Int, upTo column: Int) -> Int {
    let characters = text[line]
    var level = 0
    var isLeading = true
    for span in lines[line].spans where span.columns.upperBound <= column {
      if span.kind == .space || span.kind == .comment { continue }
      let word = String(characters[span.columns])
      // Closers that a line begins with have moved it to the left already.
      if LexedText.closers.contains(word), !isLeading { level -= 1 }
      if !LexedText.closers.contains(word) { isLeading = false }
      if LexedText.openers.contains(word), span.kind != .string { level += 1 }
    }
    let own = characters.prefix { $0 == " " }.count
    return max(0, own + LexedText.indentStep * min(1, level))
  }

  /// Whether a line holds nothing but a word that belongs further to the left, so far.
  static func isCloser(_ line: some Sequence<Character>) -> Bool {
    closers.contains(String(String(line).drop { $0 == " " }))
  }
}
