import LineEditor
import Testing
import VirtualTerminal

extension TerminalTests {
  @Suite struct UnicodeTests {
    @Test func wideCharacters() throws {
      let typist = try Typist(columns: 12)
      typist.type("漢字a")
      #expect(typist.screen.lines == ["> 漢字a"] && typist.screen.cursor == (0, 7))
      typist.type(Keys.left + Keys.left)
      #expect(typist.screen.cursor == (0, 4))
      typist.type(Keys.backspace)
      #expect(typist.screen.lines == ["> 字a"] && typist.screen.cursor == (0, 2))
      // A wide character that does not fit begins the next row.
      typist.type(Keys.end + "bcdef字")
      #expect(typist.screen.lines == ["> 字abcdef", "字"])
    }

    @Test func charactersOfSeveralScalarsAreOne() throws {
      let typist = try Typist()
      typist.type("e\u{301}x")
      #expect(typist.screen.cursor == (0, 4))
      typist.type(Keys.left + Keys.left)
      #expect(typist.screen.cursor == (0, 2))
      typist.type("\u{1B}[3~")
      #expect(typist.screen.lines == ["> x"])
    }

    @Test func emojiTakeTwoColumns() throws {
      let typist = try Typist()
      typist.type("'🎲'")
      #expect(typist.screen.cursor == (0, 6))
      typist.type("\r")
      #expect(try typist.inputs(1) == [.text("'🎲'")])
    }

    @Test func bytesThatAreNoTextDoNoHarm() throws {
      let typist = try Typist()
      typist.type("a")
      typist.terminal.typeBytes([0xFF, 0xC3, 0x29, 0x80])
      typist.type("b\r")
      guard case .text(let text)? = try typist.inputs(1).first else {
        Issue.record("nothing was entered")
        return
      }
      #expect(text.hasPrefix("a") && text.hasSuffix("b"))
    }
  }
}
