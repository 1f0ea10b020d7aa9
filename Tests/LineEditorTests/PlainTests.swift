import Glibc
import LineEditor
import Testing
import VirtualTerminal

extension TerminalTests {
  /// Without a terminal, or with one that cannot move its cursor.
  @Suite struct PlainTests {
    @Test func dumbTerminals() throws {
      let typist = try Typist(term: "dumb")
      typist.type("do\n")
      typist.type("end\n")
      #expect(try typist.inputs(1) == [.text("do\nend")])
      #expect(!typist.terminal.output.contains(0x1B))
      #expect(typist.screen.lines == ["> do", "| end", ">"])
    }

    @Test func pipes() throws {
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      let text = "one\r\n{\n}\nlast"
      #expect(write(ends[1], text, text.utf8.count) == text.utf8.count)
      close(ends[1])
      let output = open("/dev/null", O_WRONLY)
      defer {
        close(ends[0])
        close(output)
      }
      let assistant = Braces()
      let editor = LineEditor(
        input: ends[0], output: output, term: "xterm", palette: Palette(.colors), history: History(),
        assistant: assistant)
      #expect(!editor.isTerminal)
      #expect((0..<4).map { _ in editor.read() } == [.text("one"), .text("{\n}"), .text("last"), .end])
    }
  }
}

private final class Braces: InputAssistant {
  func isComplete(_ input: String) -> Bool { !input.contains("{") || input.contains("}") }
  func completions(after text: String) -> Completions { .none }
  func hint(after text: String) -> String? { nil }
}
