import Glibc
import Lua
import Testing
import Workbench

@Suite struct CompletionTests {
  private func completions(_ text: String, after setup: String = "") throws -> [String] {
    try Session.open { (session: Session) throws in
      _ = try session.evaluate(setup)
      return session.completions(after: text).candidates.map(\.text)
    }
  }

  private static let withoutVariablesCases: [(String, [String])] = [
    ("em.st", ["step"]), ("x = kmea", ["kmeans"]), ("whi", ["while"]), ("string.rev", ["reverse"]),
    ("('x').re", []), ("em.fit(x, {cov", ["covariance = "]), ("em.fit(x, {k = 2, k", ["kmeans"]),
    ("em.fit(x, {covariance = \"VE", ["VEI", "VEE", "VEV"]), ("em.fit(x, {covariance = d", ["\"diagonal\""]),
    ("em.fit(x, {family = \"mvn", ["mvnormal"]), ("em.select(x, {covariance = {\"sph", ["spherical"]),
    ("em.fit(x, {k = 2,\n  equ", ["equal = "]),
    ("frame.load \"", ["faithful", "iris"]), ("frame.load(\"i", ["iris"]), ("dist.fit(\"lap", ["laplace"]),
    ("dist.gamma{sh", ["shape = "]), ("frame.load('iris'):sel", ["select"]), ("em.fit(x):poster", ["posterior"]),
    ("local abc = 1; return ab", ["abc"]), ("-- em.", []), ("1", []), ("", []), ("'closed'", []),
    ("vector{1, 2}:su", ["sum"]), ("vector.linspace(0, 1):cumsu", ["cumsum"]),
  ]

  @Test(arguments: withoutVariablesCases)
  func withoutVariables(text: String, wanted: [String]) throws { #expect(try completions(text) == wanted) }

  @Test func membersOfValues() throws {
    let setup = "t = {alpha = 1, beta = {gamma = vector{1}}, ['not a name'] = 2} s = 'x' iris = frame.load 'iris'"
    #expect(try completions("t.", after: setup) == ["alpha", "beta"])
    #expect(try completions("t.beta.gamma:me", after: setup).contains("mean"))
    #expect(try completions("s:rev", after: setup) == ["reverse"])
    #expect(try completions("iris.petal", after: setup) == ["petal_length", "petal_width"])
    #expect(try completions("iris.petal_width:qua", after: setup) == ["quantile"])
    #expect(try completions("iris:column(\"sp", after: setup) == ["species"])
    #expect(try completions("iris:select{\"species\", \"pet", after: setup) == ["petal_length", "petal_width"])
  }

  @Test func everyCandidateOfTheAPIHasALineOfDocumentation() throws {
    try Session.open { (session: Session) throws in
      for text in ["em.", "dist.nor", "vector{1}:", "em.fit(x, {"] {
        let candidates = session.completions(after: text).candidates
        #expect(!candidates.isEmpty && candidates.allSatisfy { !$0.summary.isEmpty })
      }
    }
  }

  /// Nothing of the user's runs, not even what answers for missing fields.
  @Test func noCodeIsRun() throws {
    try Session.open { (session: Session) throws in
      _ = try session.evaluate(
        """
        ran = 0
        local function note() ran = ran + 1 return {} end
        t = setmetatable({}, {__index = note, __call = note, __len = note, __pairs = note, __tostring = note, __name = 'x'})
        function f() ran = ran + 1 return t end
        setmetatable(_G, {__index = function() ran = ran + 1 end})
        """)
      for text in ["t.", "t.x.", "t:x", "t().", "f().", "f():x", "t[1].", "f(", "t(", "nosuch.", "nosuch"] {
        _ = session.completions(after: text)
        _ = session.hint(after: text)
      }
      for topic in ["t", "f", "t.x", "nosuch"] { _ = session.explain(topic) }
      #expect(try session.evaluate("rawget(_G, 'ran')").values == ["0"])
    }
  }

  /// The bar is 50 ms in a release build; here it is to be far from seconds.
  @Test func largeTablesAndTextsAreQuick() throws {
    try Session.open { (session: Session) throws in
      _ = try session.evaluate("big = {} for i = 1, 1e6 do big['key' .. i] = i _G['g' .. i] = i end")
      let text = String(String(repeating: "local x = em.fit(y, {k = 2})\n", count: 300).suffix(10_000))
      let start = clock()
      _ = session.completions(after: "big.k")
      _ = session.completions(after: "g1")
      _ = session.completions(after: "\(text)em.")
      _ = session.hint(after: "\(text)em.fit(")
      #expect(Double(clock() - start) / 1e6 < 1)
    }
  }

  @Test func filesInStrings() throws {
    var template = Array("/tmp/perigee-files-XXXXXX".utf8) + [0]
    try #require(template.withUnsafeMutableBytes { mkdtemp($0.baseAddress!) } != nil)
    let folder = String(decoding: template.dropLast(), as: UTF8.self)
    for name in ["waiting.csv", "weights.csv", ".hidden"] { fclose(fopen("\(folder)/\(name)", "w")) }
    mkdir("\(folder)/west", 0o700)
    #expect(try completions("frame.read(\"\(folder)/.h") == [".hidden"])
    #expect(try completions("frame.read(\"\(folder)/.h") == [".hidden"])
    #expect(try completions("x = '/no/such/folder/") == [])
  }

  private static let hintsCases: [(String, String?)] = [
    ("em.fit(", "em.fit(x, [options])"), ("em.fit(x, {k = 2, ", "em.fit(x, [options])"), ("em.fit(x)", nil),
    ("f(", nil),
    ("em.fit(vector.linspace(0, ", "vector.linspace(from, to, [n])"), ("vector{1}:quantile(", "vector:quantile"),
    ("em.fit(x, {criterion = ", "criterion: "), ("x = 1", nil), ("", nil), ("\"em.fit(", nil),
  ]

  @Test(arguments: hintsCases)
  func hints(text: String, wanted: String?) throws {
    let hint = try Session.open { $0.hint(after: text) }
    if let wanted { #expect(hint?.hasPrefix(wanted) == true) } else { #expect(hint == nil) }
  }

  @Test func explanations() throws {
    try Session.open { (session: Session) throws in
      _ = try session.evaluate("local fit = em.fit frame.load('iris') v = vector{1}")
      #expect(session.explain("em.fit")?.hasPrefix("em.fit(x, [options])") == true)
      #expect(session.explain("fit")?.hasPrefix("fit: ") == true)  // the type's page comes first
      #expect(session.explain("v")?.hasPrefix("vector: ") == true)
      #expect(session.explain("covariance")?.contains("em.fit") == true)
      #expect(session.explain("qwertyuiop") == nil)
    }
  }
}
