import Glibc
import LineEditor
import Testing
import VirtualTerminal

extension TerminalTests {
  /// Colours, menus, and how the picture is kept up to date.
  @Suite struct DrawingTests {
    @Test func colours() throws {
      let typist = try Typist(columns: 60, colors: true)
      typist.type("local s = 'text' .. 12 -- why")
      #expect(typist.screen.style(of: "local") == "35" && typist.screen.style(of: "'text'") == "32")
      #expect(typist.screen.style(of: "12") == "36" && typist.screen.style(of: "-- why") == "90")
      #expect(typist.screen.style(of: "s =") == "")
    }

    @Test func longStringsColourTheLinesAfterThem() throws {
      let typist = try Typist(colors: true)
      typist.type(Keys.paste("x = [[a\nwhile\n]] while"))
      #expect(typist.screen.style(row: 1, column: 2) == "32")
      #expect(typist.screen.style(row: 2, column: 5) == "35")
      // The string is closed above, and what follows is code.
      typist.type(Keys.up + Keys.up + Keys.end + "]]")
      #expect(typist.screen.style(row: 1, column: 2) == "35")
    }

    @Test func withoutColoursTextIsPlain() throws {
      let typist = try Typist()
      typist.type("local x = 'a'")
      #expect(typist.screen.style(of: "local") == "" && typist.screen.style(of: "'a'") == "")
    }

    @Test func matchingBrackets() throws {
      let typist = try Typist(colors: true)
      typist.type("f(a, {1, ')'})")
      #expect(typist.screen.style(row: 0, column: 3) == "1;4" && typist.screen.style(row: 0, column: 15) == "1;4")
      typist.type(Keys.left)
      #expect(typist.screen.style(row: 0, column: 3) == "1;4")
      typist.type(Keys.left + Keys.left)
      #expect(typist.screen.style(row: 0, column: 3) == "" && typist.screen.style(row: 0, column: 7) == "")
    }

    @Test func oneWriteForEachKey() throws {
      let typist = try Typist(history: History())
      for key in ["a", "b", "(", Keys.left, Keys.control("a"), "漢", Keys.control("k"), Keys.control("y")] {
        let before = typist.screen.updates
        typist.type(key)
        #expect(typist.screen.updates == before + 1)
        #expect(typist.screen.cursorIsVisible)
      }
    }

    /// Only what has changed is drawn.
    @Test func rowsThatStayAreNotDrawn() throws {
      let typist = try Typist()
      typist.type("do\rfirst\rsecond\rthird")
      let before = typist.terminal.output.count
      typist.type("x")
      let drawn = String(decoding: typist.terminal.output[before...], as: UTF8.self)
      #expect(drawn.contains("thirdx") && !drawn.contains("second") && !drawn.contains("do"))
    }

    @Test func menuOfCompletions() throws {
      let typist = try Typist(columns: 60)
      typist.type("p\t")
      #expect(typist.screen.lines == ["> p", "pairs  pcall  print"])
      typist.type("\t")
      #expect(typist.screen.lines == ["> pairs", "pairs  pcall  print", "goes through a table"])
      typist.type("\t")
      #expect(typist.screen.lines == ["> pcall", "pairs  pcall  print", "calls and catches"])
      typist.type(Keys.shiftTab + Keys.shiftTab)
      #expect(typist.screen.lines.first == "> print")
      typist.type("\r")
      #expect(typist.screen.lines == ["> print"])
      typist.type("(")
      #expect(typist.screen.lines == ["> print(", "print(...)"])  // the hint
      typist.type("ve\t")
      #expect(typist.screen.lines == ["> print(vector"])
      // Given up, the menu leaves what was typed.
      typist.type(Keys.control("u") + "p\t\t\u{7}")
      #expect(typist.screen.lines == ["> p"])
      // Letters typed on narrow the choice.
      typist.type("\tc")
      #expect(typist.screen.lines == ["> pc", "pcall"])
    }

    @Test func narrowWindowsWrapAnew() throws {
      let typist = try Typist(columns: 40, rows: 8)
      typist.type("1\r" + "abcdefghijklmnopqrstuvwxyz")
      typist.terminal.resize(columns: 20, rows: 8)
      kill(getpid(), SIGWINCH)
      typist.terminal.settle()
      #expect(typist.screen.lines == ["> 1", "> abcdefghijklmnopq", "rstuvwxyz"])
      #expect(typist.screen.cursor == (2, 9))
      typist.terminal.resize(columns: 60, rows: 8)
      kill(getpid(), SIGWINCH)
      typist.terminal.settle()
      #expect(typist.screen.lines == ["> 1", "> abcdefghijklmnopqrstuvwxyz"])
      typist.type("!")
      #expect(typist.screen.lines.last == "> abcdefghijklmnopqrstuvwxyz!")
    }

    @Test func inputsTallerThanTheScreenScroll() throws {
      let typist = try Typist(columns: 30, rows: 6)
      typist.type(Keys.paste((1...20).map { "line\($0)" }.joined(separator: "\n")))
      #expect(typist.screen.lines.last == "| line20" && typist.screen.lines.count <= 6)
      typist.type(String(repeating: Keys.up, count: 19))
      #expect(typist.screen.lines.first == "> line1")
      typist.type("x")
      #expect(typist.screen.text.contains("> line1x"))
    }

    /// An unfinished line of output is not written over.
    @Test func outputWithoutAnEndOfLineStays() throws {
      let typist = try Typist(columns: 20, rows: 5, output: "abc")
      #expect(typist.screen.lines == ["abc%", ">"])
      #expect(try Typist(columns: 20, rows: 5, output: "abc\n").screen.lines == ["abc", ">"])
    }
  }
}
