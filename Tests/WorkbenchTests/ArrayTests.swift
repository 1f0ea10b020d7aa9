import Lua
import Testing

@testable import Workbench

/// What the script prints, line by line.
private func output(_ script: String) throws -> [String] {
  let capture = """
    local lines = {}
    local function print(...)
      local texts = table.pack(...)
      for i = 1, texts.n do texts[i] = tostring(texts[i]) end
      lines[#lines + 1] = table.concat(texts, "\\t")
    end
    local function try(f, ...)
      local ok, e = pcall(f, ...)
      print(ok and "no error" or e.message)
    end
    do
    \(script)
    end
    return table.concat(lines, "\\n")
    """
  return try Session.open { session in
    try session.run(.text(capture, name: "=test"), describingResults: true)[0].split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }
}

@Suite struct ArrayTests {
  private static let examples = API.perigee.functions.filter { function in
    !function.example.isEmpty && (function.name.contains("vector") || function.name.contains("matrix"))
  }

  /// Every example runs, and prints what it says behind its arrow.
  @Test(arguments: examples.map { ($0.name, $0.example) })
  func examplesDoWhatTheySay(name: String, example: String) throws {
    let printed = try output(example)
    #expect(!printed.isEmpty)
    if let arrow = example.firstRange(of: "--> ") { #expect(printed == [String(example[arrow.upperBound...])]) }
  }

  /// Both orders of operands, numbers and tables beside arrays; Lua's own arithmetic knows the answers.
  @Test(arguments: ["+", "-", "*", "/", "//", "%", "^"])
  func arithmeticIsThatOfLua(symbol: String) throws {
    let script = """
      local x, y = {7, -7, 0.5, 3}, {2, 3, -2, 0.25}
      local v, w, m = vector(x), vector(y), vector(x):reshape(2, 2)
      for i = 1, 4 do
        local r, c = (i - 1) % 2 + 1, (i - 1) // 2 + 1
        assert((v \(symbol) w)[i] == x[i] \(symbol) y[i])
        assert((v \(symbol) y)[i] == x[i] \(symbol) y[i] and (x \(symbol) w)[i] == x[i] \(symbol) y[i])
        assert((v \(symbol) 3)[i] == x[i] \(symbol) 3 and (3 \(symbol) w)[i] == 3 \(symbol) y[i])
        assert((m \(symbol) m)(r, c) == x[i] \(symbol) x[i] or x[i] ~= x[i] \(symbol) x[i])
        assert((m \(symbol) 2)(r, c) == x[i] \(symbol) 2)
      end
      print "done"
      """
    #expect(try output(script) == ["done"])
  }

  @Test func elementsAreCountedFromOne() throws {
    let script = """
      local v = vector{5, 6, 7}
      local seen = {}
      for i, x in ipairs(v) do seen[i] = x end
      print(#v, #seen, v[1], v[3], v[4])
      v[2] = 9
      print(v)
      local m = matrix{{1, 2, 3}, {4, 5, 6}}
      print(m.rows, m.cols, m(2, 3), #m:col(1))
      m:col(2)[1] = 8
      m:row(1)[1] = 99
      print(m(1, 2), m(1, 1))
      """
    #expect(
      try output(script) == ["3\t3\t5.0\t7.0\tnil", "vector{5, 9, 7}", "2\t3\t6.0\t2", "8.0\t1.0"])
  }

  @Test(arguments: [
    ("vector{1, 2, 3}[5]", "vector index: i must be from 1 to 3, got 5"),
    ("vector{1, 2, 3}[0]", "vector index: i must be from 1 to 3, got 0"),
    ("vector{}[2]", "vector index: i = 2, but there are no elements"),
    ("vector{1}[1.5]", "vector index: a key must be a position or a name, got 1.5"),
    ("vector{1}.men", "vector index: no field or method 'men' (did you mean 'mean'?)"),
    ("vector{1, 'a'}", "vector: values: element 2 must be a number, got 'a'"),
    ("vector(5)", "vector: values must be a vector or a table of numbers, got 5"),
    ("vector.zeros(-1)", "vector.zeros: n must be an integer from 0, got -1"),
    ("vector{1, 2, 3} + vector{1, 2, 3, 4}", "vector + other: the shapes differ: vector of 3 and vector of 4"),
    ("vector{1} + 'a'", "vector + other: b must be a number, a vector or a matrix, got 'a'"),
    ("vector{1, 2}:where{1}", "vector:where: the shapes differ: vector of 2 and mask of 1"),
    ("vector{1, 2}:take{3}", "vector:take: positions: element 1 must be from 1 to 2, got 3"),
    ("vector{1, 2}:take{0.5}", "vector:take: positions: element 1 must be an integer, got 0.5"),
    ("vector{1, 2}:slice(2, 4)", "vector:slice: from 2 to 4 is no slice of a vector of 2"),
    ("vector{1}:quantile(2)", "vector:quantile: p must be between 0 and 1, got 2"),
    ("vector{}:min()", "vector:min: an empty vector has no minimum"),
    ("vector{1}:clamp(2, 1)", "vector:clamp: low must not be above high, got 2 and 1"),
    ("vector{1}:sort{down = true}", "vector:sort: unknown option 'down' (known: descending)"),
    ("vector{1}:map(function() return 'a' end)", "vector:map: the function's result must be a number, got 'a'"),
    ("vector{1}:dot{1, 2}", "vector:dot: the shapes differ: vector of 1 and vector of 2"),
    ("vector.range(0, 1, 0)", "vector.range: step must be not zero, got 0"),
    ("matrix{{1, 2}, {3}}", "matrix: rows must be of one length, but row 1 has 2 and row 2 has 1"),
    ("matrix{1, 2}", "matrix: rows: element 1 must be a row, a table of numbers, got 1"),
    ("matrix.eye(2)(3, 1)", "matrix(i, j): i must be from 1 to 2, got 3"),
    ("matrix.eye(2)[1]", "matrix index: a matrix has no [1]: say m(i, j), m:row(1) or m:col(1)"),
    ("matrix.eye(2):col(0)", "matrix:col: j must be from 1 to 2, got 0"),
    ("matrix.eye(2) + vector{1, 2}", "matrix + other: the shapes differ: matrix of 2 x 2 and vector of 2"),
    ("matrix{{1, 2}}:det()", "matrix:det: the matrix must be square, got 1 x 2"),
    ("matrix{{1, 2}, {2, 4}}:solve{1, 2}", "matrix:solve: the matrix is singular"),
    ("matrix{{1, 2}, {3, 4}}:eigen()", "matrix:eigen: the matrix must be symmetric, but a(1, 2) = 2 and a(2, 1) = 3"),
    (
      "matrix{{1, 2}, {2, 1}}:cholesky()",
      "matrix:cholesky: the matrix must be positive definite, but its leading minor of order 2 is not"
    ),
    ("matrix{{0/0}}:inverse()", "matrix:inverse: the matrix must be finite, but its element (1, 1) is NaN"),
    (
      "matrix{{1, 2}}:matmul{{1, 2}}",
      "matrix:matmul: the inner sizes differ: matrix of 1 x 2 times matrix of 1 x 2"
    ),
    ("vector{1, 2}:reshape(3, 1)", "vector:reshape: 2 elements do not fill a matrix of 3 x 1"),
    (
      "matrix{{1}}:vstack({{1, 2}})",
      "matrix:vstack: matrices with the same number of columns are wanted, got 1 x 1 and 1 x 2"
    ),
    ("matrix.zeros(math.maxinteger, 2)", "matrix.zeros: not enough memory for a matrix of 9223372036854775807 x 2"),
  ])
  func errorsSayWhatWasWanted(expression: String, message: String) throws {
    #expect(try output("try(function() return \(expression) end)") == [message])
  }

  @Test func shortArraysArePrintedWhole() throws {
    #expect(
      try output("print(vector{1, 2.5, 1/3, 0/0, -1/0, 1e-300, 12345678})") == [
        "vector{1, 2.5, 0.333333, NaN, -inf, 1e-300, 1.23457e+07}"
      ])
    #expect(
      try output("print(vector{}) print(matrix.zeros(0, 3)) print(matrix.zeros(3, 0))") == [
        "vector{}", "matrix of 0 x 3", "matrix of 3 x 0",
      ])
    #expect(
      try output("print(matrix{{1, 2.5}, {-3.25, 1e10}})") == ["matrix of 2 x 2", "   1     2.5", "  -3.25  1e+10"])
  }

  @Test func longVectorsAreCutInTheMiddle() throws {
    let lines = try output("print(vector.range(1, 1000))")
    #expect(lines.count == 12)
    #expect(lines[0] == "vector of 1000" && lines[6] == "  ...")
    #expect(lines[1] == "     [1]     1     2     3     4     5     6     7     8     9    10    11    12")
    #expect(lines[11] == "   [997]   997   998   999  1000")
  }

  @Test(arguments: [(2, 1), (7, 40), (21, 3), (150, 4), (60, 1000), (3, 100_000)])
  func matricesFitTheScreen(rows: Int, columns: Int) throws {
    let lines = try output("print(vector.linspace(-1, 1, \(rows * columns)):exp():reshape(\(rows), \(columns)))")
    #expect(lines[0] == "matrix of \(rows) x \(columns)")
    #expect(lines.count == (rows <= 20 ? 1 + rows : 12))
    #expect(lines.allSatisfy { $0.count <= 80 })
    // Both ends are there: 1/e and e.
    #expect(lines[1].contains("0.367879") && lines.last!.hasSuffix("2.71828"))
  }

  @Test func writingDuringAMapIsAnError() throws {
    let script = """
      local m, v = matrix.eye(2), vector{1, 2}
      try(m.map, m, function() m:set(1, 1, 5) return 0 end)
      try(v.map, v, function() v[1] = 5 return 0 end)
      print(m(1, 1), v)
      """
    #expect(
      try output(script) == [
        "matrix:set: a matrix of 2 x 2 is in use and cannot be changed now",
        "vector:[i] = x: a vector of 2 is in use and cannot be changed now", "1.0\tvector{1, 2}",
      ])
  }

  @Test func manyVectorsTakeBoundedMemory() throws {
    #expect(try output("for i = 1, 1000 do local v = vector.zeros(1e7) end print 'done'") == ["done"])
  }
}
