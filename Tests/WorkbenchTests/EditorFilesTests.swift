import FoundationEssentials
import Kernels
import Lua
import Testing
import Workbench

/// What editors and checkers read.
@Suite struct EditorFilesTests {
  /// A Lua string that holds the text.
  private func literal(_ text: String) -> String { "[====[\n\(text)]====]" }

  @Test func definitionsAreLua() throws {
    try Session.open { (session: Session) throws in
      for file in LuaLSDefinitions().files {
        #expect(file.text.hasPrefix("---@meta\n"))
        try session.run(.text("assert(load(\(literal(file.text))))", name: "=\(file.name)"))
      }
    }
  }

  @Test func definitionsHaveEveryFunctionAndOption() {
    let all = LuaLSDefinitions().files.map(\.text).joined()
    for function in API.perigee.modules.flatMap(\.functions) + API.perigee.types.flatMap(\.methods) {
      let name = function.isMethod ? function.name.replacing(" ", with: "_") : function.name
      #expect(all.contains("function \(name)("), "\(name)")
      for option in function.parameters.flatMap(\.options) { #expect(all.contains("---@field \(option.name)")) }
    }
    #expect(all.contains("---@return fit # a fit\nfunction em.fit(x, options) end"))
    #expect(all.contains("---@operator unm: vector"))
  }

  @Test func luacheckKnowsEveryGlobal() throws {
    try Session.open { (session: Session) throws in
      let names = API.perigee.modules.flatMap { module in
        module.functions.map { "\(module.name).fields.\($0.shortName)" }
      }
      try session.run(
        .text(
          """
          local rc = {stds = {}}
          assert(load(\(literal(luacheckConfiguration())), "rc", "t", rc))()
          local known = rc.stds.perigee.read_globals
          assert(rc.std == "lua54+perigee" and known.help)
          \(names.map { "assert(known.\($0))" }.joined(separator: "\n"))
          """, name: "=test"))
    }
  }

  @Test func jsonHoldsEveryDeclaration() throws {
    struct Document: Decodable {
      struct Entry: Decodable { let name, summary, example: String }
      struct Module: Decodable { let functions: [Entry] }
      let version: String
      let modules: [Module]
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(try apiDocument().utf8))
    #expect(document.version == version)
    #expect(document.modules.flatMap(\.functions).map(\.name) == API.perigee.modules.flatMap(\.functions).map(\.name))
    #expect(document.modules.flatMap(\.functions).allSatisfy { !$0.example.isEmpty })
  }

  @Test func markdownShowsWhatExamplesPrint() throws {
    var ran: [String] = []
    let pages = try MarkdownReference(picturesIn: "folder") { script, name in
      ran.append(name)
      return script.contains("fig:save(\"folder/\(name).svg\")") ? "" : "OUTPUT OF \(name)\n"
    }.pages()
    let em = try #require(pages.first { $0.name == "em.md" }).text
    #expect(em.contains("## em.fit(x, [options])") && em.contains("```\nOUTPUT OF em.fit\n```"))
    #expect(em.contains("| `tolerance` |"))
    let wanted = API.perigee.modules.flatMap(\.functions) + API.perigee.types.flatMap(\.methods)
    #expect(Set(ran).isSuperset(of: wanted.map(\.name)))
    let dist = try #require(pages.first { $0.name == "dist.md" }).text
    for family in Family.all { #expect(dist.contains("![dist.\(family.name)](dist.\(family.name).svg)")) }
    // A bar within a cell would end it.
    for page in pages {
      for line in page.text.split(separator: "\n") where line.hasPrefix("| `") {
        #expect(line.count { $0 == "|" } - line.ranges(of: "\\|").count == 3, "\(line)")
      }
    }
  }
}
