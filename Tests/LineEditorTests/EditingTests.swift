import Glibc
import LineEditor
import Testing
import VirtualTerminal

extension TerminalTests {
  /// What keys do, as seen on the screen.
  @Suite struct EditingTests {
    @Test func linesAreShownAndEntered() throws {
      let typist = try Typist()
      #expect(typist.type("x = 1").lines == ["> x = 1"])
      #expect(typist.screen.cursor == (0, 7))
      typist.type("\r")
      #expect(try typist.inputs(1) == [.text("x = 1")])
      #expect(typist.screen.lines == ["> x = 1", ">"] && typist.screen.cursor == (1, 2))
    }

    @Test func movementWithinALine() throws {
      let typist = try Typist()
      typist.type("alpha beta" + Keys.control("a"))
      #expect(typist.screen.cursor.column == 2)
      typist.type(Keys.alt("f"))
      #expect(typist.screen.cursor.column == 7)
      typist.type(Keys.left + Keys.left + "X")
      #expect(typist.screen.lines == ["> alpXha beta"])
      typist.type(Keys.end + Keys.alt("b") + Keys.control("d"))
      #expect(typist.screen.lines == ["> alpXha eta"])
      typist.type(Keys.backspace + Keys.home + "\u{1B}[3~")
      #expect(typist.screen.lines == ["> lpXhaeta"])
    }

    @Test func incompleteInputGoesOnIndented() throws {
      let typist = try Typist()
      typist.type("for i = 1, 2 do\rprint(i)\rend")
      #expect(typist.screen.lines == ["> for i = 1, 2 do", "|   print(i)", "| end"])
      typist.type("\r")
      #expect(try typist.inputs(1) == [.text("for i = 1, 2 do\n  print(i)\nend")])
    }

    @Test func upAndDownMoveInsideTheInput() throws {
      let typist = try Typist()
      typist.type("do\rfirst\rsecond word")
      typist.type(Keys.up + "!")
      #expect(typist.screen.lines == ["> do", "|   first!", "|   second word"])
      // Past a short line the column is kept.
      typist.type(Keys.down + Keys.end + Keys.up + Keys.up + Keys.down + Keys.down + "?")
      #expect(typist.screen.lines == ["> do", "|   first!", "|   second word?"])
      // Enter runs what is complete, wherever the cursor is.
      typist.type("\rend" + Keys.up + Keys.up + "\r")
      #expect(try typist.inputs(1) == [.text("do\n  first!\n  second word?\nend")])
    }

    @Test func closersGoWhereTheyBelong() throws {
      let typist = try Typist()
      typist.type("if x then\ry()\relse")
      #expect(typist.screen.lines.last == "| else")
      typist.type("where")  // a name that begins with a closer
      #expect(typist.screen.lines.last == "|   elsewhere")
      typist.type(String(repeating: Keys.backspace, count: 5) + "\rz()\rend")
      #expect(typist.screen.lines == ["> if x then", "|   y()", "| else", "|   z()", "| end"])
    }

    @Test func longLinesWrap() throws {
      let typist = try Typist(columns: 20)
      typist.type("abcdefghijklmnopqrstuvwxyz")
      #expect(typist.screen.lines == ["> abcdefghijklmnopq", "rstuvwxyz"])
      #expect(typist.screen.cursor == (1, 9))
      typist.type(Keys.control("a") + String(repeating: Keys.right, count: 17))
      #expect(typist.screen.cursor == (1, 0))
      typist.type(Keys.end + String(repeating: Keys.backspace, count: 9))
      #expect(typist.screen.lines == ["> abcdefghijklmnopq"] && typist.screen.cursor == (1, 0))
    }

    @Test func killRing() throws {
      let typist = try Typist()
      typist.type("one two three" + Keys.control("w") + Keys.control("w"))
      #expect(typist.screen.lines == ["> one"])
      typist.type(Keys.control("y"))
      #expect(typist.screen.lines == ["> one two three"])
      typist.type(Keys.control("a") + Keys.control("k") + "x" + Keys.control("y"))
      #expect(typist.screen.lines == ["> xone two three"])
      typist.type(Keys.alt("y"))
      #expect(typist.screen.lines == ["> xtwo three"])
      typist.type(Keys.alt("y"))
      #expect(typist.screen.lines == ["> xone two three"])
      // What was cut can be put into the next input.
      typist.type(Keys.control("u") + "\r" + Keys.control("y"))
      #expect(typist.screen.lines.last == "> xone two three")
    }

    @Test func undoAndRedo() throws {
      let typist = try Typist()
      typist.type("alpha ")
      typist.type("beta")
      typist.type(Keys.control("w"))
      #expect(typist.screen.lines == ["> alpha"])
      typist.type(Keys.control("_"))
      #expect(typist.screen.lines == ["> alpha beta"])
      typist.type(Keys.control("_"))
      #expect(typist.screen.lines == ["> alpha"])
      typist.type(Keys.control("_") + Keys.control("_"))
      #expect(typist.screen.lines == [">"])
      typist.type(Keys.alt("/") + Keys.alt("/") + Keys.alt("/"))
      #expect(typist.screen.lines == ["> alpha"])
    }

    @Test func interruptClearsAndEndLeaves() throws {
      let typist = try Typist()
      typist.type("half an in" + Keys.control("c"))
      #expect(typist.screen.lines == ["> half an in^C", ">"])
      typist.type("x" + Keys.control("d") + Keys.backspace + Keys.control("d"))
      #expect(try typist.inputs(2) == [.interrupted, .end])
    }

    @Test func clearScreen() throws {
      let typist = try Typist()
      typist.type("1\r2\rabc" + Keys.control("l"))
      #expect(typist.screen.lines == ["> abc"] && typist.screen.cursor == (0, 5))
    }

    @Test func transposeAndDraft() throws {
      let typist = try Typist(draft: "pritn")
      #expect(typist.type(Keys.control("t")).lines == ["> print"])
    }

    @Test func keysThatMeanNothingDoNothing() throws {
      let typist = try Typist()
      typist.type("a\u{1B}[15~\u{1B}[1;9R\u{1B}OQ\u{1B}[b")
      #expect(typist.screen.lines == ["> ab"] || typist.screen.lines == ["> a"])
      typist.type("\u{1B}")
      usleep(200_000)
      #expect(typist.type("c").text.hasSuffix("c"))
    }
  }
}
