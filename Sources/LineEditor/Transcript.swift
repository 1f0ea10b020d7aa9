/// Text that was copied from a terminal, prompts and all.
struct Transcript {
  let prompts: [String]
  let continuations: [String]

  /// The inputs in a text whose first line begins with a prompt: that of each prompt, with its continuations; what is between
  /// them was printed, and is left out. Any other text is one input, as it is.
  func inputs(in text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }), rest(of: first, after: prompts) != nil
    else { return [text] }
    var inputs: [String] = []
    var isOutput = false
    for line in lines {
      if let input = rest(of: line, after: prompts) {
        inputs.append(String(input))
        isOutput = false
      } else if let more = rest(of: line, after: continuations), !isOutput, let last = inputs.popLast() {
        inputs.append("\(last)\n\(more)")
      } else {
        isOutput = true
      }
    }
    return inputs.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  private func rest(of line: Substring, after marks: [String]) -> Substring? {
    let line = line.drop { $0 == " " }
    for mark in marks where line.hasPrefix(mark) { return line.dropFirst(mark.count) }
    // An empty input has lost the space of its prompt where the terminal was copied.
    return marks.contains("\(line) ") ? "" : nil
  }
}

extension String {
  /// Line ends are all `\n`, and what a terminal would act on is left out.
  var withoutControls: String {
    var text = ""
    var afterReturn = false
    for scalar in unicodeScalars {
      if scalar == "\r" {
        text += "\n"
      } else if scalar == "\n" {
        if !afterReturn { text += "\n" }
      } else if scalar == "\t" || scalar.properties.generalCategory != .control {
        text.unicodeScalars.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    return text
  }
}
