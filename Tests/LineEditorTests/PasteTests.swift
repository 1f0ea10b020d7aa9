import LineEditor
import Testing
import VirtualTerminal

extension TerminalTests {
  @Suite struct PasteTests {
    @Test func linesArePastedWithoutBeingRun() throws {
      let typist = try Typist()
      typist.type(Keys.paste("x = 1\r\ny = 2\n"))
      #expect(typist.screen.lines == ["> x = 1", "| y = 2"] && typist.inputs.isEmpty)
      typist.type("\r")
      #expect(try typist.inputs(1) == [.text("x = 1\ny = 2")])
    }

    @Test func ownPromptsAreStripped() throws {
      let typist = try Typist()
      typist.type(Keys.paste("> for i = 1, 2 do\n|   print(i)\n| end\n1\n2\n> x\n"))
      #expect(typist.screen.lines == ["> for i = 1, 2 do", "|   print(i)", "| end"])
      // The next input of the transcript is there at the next prompt; its output is not.
      typist.type("\r")
      #expect(typist.screen.lines.last == "> x")
      typist.type("\r")
      #expect(try typist.inputs(2) == [.text("for i = 1, 2 do\n  print(i)\nend"), .text("x")])
    }

    @Test func comparisonsAreNoPrompts() throws {
      let typist = try Typist()
      typist.type(Keys.paste("x = a\n> b") + "\r")
      #expect(try typist.inputs(1) == [.text("x = a\n> b")])
    }

    @Test func whatTerminalsActOnIsLeftOut() throws {
      let typist = try Typist()
      typist.type(Keys.paste("a\u{1B}[31mb\u{7}\u{0}c"))
      #expect(typist.screen.lines == ["> a[31mbc"])
    }

    /// Half a megabyte, in brackets, of many lines: shown, edited and entered within seconds.
    @Test(.timeLimit(.minutes(1))) func halfAMegabyte() throws {
      let typist = try Typist()
      let line = "local name = vector.linspace(0, 1, 100) -- a comment\n"
      let text = String(String(repeating: line, count: 500_000 / line.utf8.count + 1).dropLast())
      let start = now()
      typist.terminal.type(Keys.paste(text))
      try typist.terminal.wait(for: "the end", seconds: 30) { $0.lines.last?.hasSuffix("comment") == true }
      typist.terminal.type("!")
      try typist.terminal.wait(for: "comment!", seconds: 10)
      #expect(now() - start < 20)  // 1 s in a debug build on two cores
      typist.terminal.type(Keys.backspace + "\r")
      #expect(try typist.inputs(1) == [.text(text)])
    }

    /// As a terminal without brackets sends it, and in one line.
    @Test(.timeLimit(.minutes(1))) func halfAMegabyteOfKeys() throws {
      let typist = try Typist()
      let text = String(repeating: "x = 1 ", count: 85_000)
      typist.terminal.type(text)
      typist.terminal.type("\r")
      try typist.terminal.wait(for: "the input", seconds: 50) { _ in typist.inputs.count == 1 }
      #expect(typist.inputs == [.text(text)])
    }
  }
}
