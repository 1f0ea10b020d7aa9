import Glibc
import LineEditor
import Testing
import VirtualTerminal

extension TerminalTests {
  @Suite struct HistoryTests {
    private func history(_ entries: [String]) -> History {
      let history = History()
      for entry in entries { history.append(entry) }
      return history
    }

    @Test func upAndDown() throws {
      let typist = try Typist(history: history(["first", "second"]))
      #expect(typist.type(Keys.up).lines == ["> second"])
      #expect(typist.type(Keys.up).lines == ["> first"])
      #expect(typist.type(Keys.up).lines == ["> first"])
      #expect(typist.type(Keys.down + Keys.down).lines == [">"])
    }

    @Test func whatWasTypedIsAPrefixToSearchFor() throws {
      let typist = try Typist(history: history(["em.fit(x)", "print(1)", "em.step(m, x)", "y = 2"]))
      #expect(typist.type("em").text.hasPrefix("> em.step(m, x)"))  // in grey
      #expect(typist.type(Keys.up).lines == ["> em.step(m, x)"])
      #expect(typist.type(Keys.up).lines == ["> em.fit(x)"])
      typist.type(Keys.down + Keys.down)
      #expect(typist.screen.cursor == (0, 4))
    }

    @Test func inputsOfSeveralLinesComeBackWhole() throws {
      let typist = try Typist(history: history(["do\n  x()\nend"]))
      #expect(typist.type(Keys.up).lines == ["> do", "|   x()", "| end"])
    }

    @Test func searchByAnyPart() throws {
      let typist = try Typist(history: history(["local fit = em.fit(x)", "print(fit)", "y = 2"]))
      typist.type(Keys.control("r") + "FIT")
      #expect(typist.screen.lines == ["> print(fit)", "search: FIT"])
      typist.type(Keys.control("r"))
      #expect(typist.screen.lines.first == "> local fit = em.fit(x)")
      typist.type("!")
      #expect(typist.screen.lines.last == "not found: FIT!")
      typist.type(Keys.backspace + "\r")
      #expect(try typist.inputs(1) == [.text("print(fit)")])
      // Given up, the search leaves what was there.
      typist.type("abc" + Keys.control("r") + "y" + Keys.control("g"))
      #expect(typist.screen.lines.last == "> abc")
    }

    @Test func suggestionsAreTakenByTheRightKey() throws {
      let typist = try Typist(history: history(["print(fit.loglik)"]), colors: true)
      typist.type("pri")
      #expect(typist.screen.lines == ["> print(fit.loglik)"] && typist.screen.cursor == (0, 5))
      #expect(typist.screen.style(row: 0, column: 5) == "90")
      typist.type(Keys.alt("f"))
      #expect(typist.screen.cursor == (0, 7))
      typist.type(Keys.right + "\r")
      #expect(try typist.inputs(1) == [.text("print(fit.loglik)")])
    }

    /// What is suggested and not taken is not part of the input.
    @Test func suggestionsVanish() throws {
      let typist = try Typist(history: history(["print(1)"]))
      typist.type("print\r")
      #expect(try typist.inputs(1) == [.text("print")])
      #expect(typist.screen.lines == ["> print", ">"])
    }

    @Test func filesKeepProjectsApart() throws {
      let folder = try temporaryFolder()
      let path = "\(folder)/deep/er/history"
      let here = History(path: path, project: "/here")
      here.append("a = 'tab\there \\ and\nnewline'")
      here.append("b")
      here.append("b")
      here.append("  ")
      let there = History(path: path, project: "/there")
      there.append("c")
      #expect(History(path: path, project: "/here").entries == ["c", "a = 'tab\there \\ and\nnewline'", "b"])
      #expect(History(path: path, project: "/there").entries == ["a = 'tab\there \\ and\nnewline'", "b", "c"])
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & 0o077 == 0)
    }

    @Test func longFilesAreCut() throws {
      let path = "\(try temporaryFolder())/history"
      let file = try #require(fopen(path, "w"))
      for i in 1...20_001 { fputs("/p\tx = \(i)\n", file) }
      fclose(file)
      #expect(History(path: path, project: "/p").entries.count == 20_001)
      let again = History(path: path, project: "/p").entries
      #expect(again.count == 10_000 && again.first == "x = 10002" && again.last == "x = 20001")
    }

    @Test func aFileThatCannotBeWrittenIsNoHindrance() {
      let history = History(path: "/dev/null/none/history", project: "/")
      history.append("x")
      #expect(history.entries == ["x"])
    }

    private func temporaryFolder() throws -> String {
      var template = Array("/tmp/perigee-history-XXXXXX".utf8) + [0]
      try #require(template.withUnsafeMutableBytes { mkdtemp($0.baseAddress!) } != nil)
      return String(decoding: template.dropLast(), as: UTF8.self)
    }
  }
}
