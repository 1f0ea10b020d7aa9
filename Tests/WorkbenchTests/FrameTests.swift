import Glibc
import Kernels
import Testing
import Workbench

@Suite struct FrameTests {
  private let sheep = """
    name,farm,weight,age
    Dolly,south,48.5,6
    Shaun,north,52,3
    Timmy,north,?,1
    Shirley,,97,3
    Hazel,south,50,3
    """

  // MARK: Making

  @Test func columnsMustBeNamedOnceAndBeOfOneLength() throws {
    let two = Frame.Column.numbers(try Vector([1, 2]))
    let three = Frame.Column.factor(try Factor(["a", nil, "b"]))
    #expect(throws: Failure(.shape, "column 'b' has 3 rows where 'a' has 2")) { try Frame([("a", two), ("b", three)]) }
    #expect(throws: Failure(.argument, "there are two columns 'a'")) { try Frame([("a", two), ("a", two)]) }
    #expect(throws: Failure(.argument, "column 1 needs a name")) { try Frame([("", two)]) }
    #expect(try Frame([]).rows == 0)
  }

  // MARK: Columns

  @Test func matrices() throws {
    let frame = try read(sheep)
    #expect(try frame.matrix(["age", "weight"]).row(1).array == [3, 52])
    #expect(try frame.matrix().columns == 2)
    #expect(throws: Failure(.argument, "column 'farm' is a factor; a matrix takes numbers")) {
      try frame.matrix(["age", "farm"])
    }
    #expect(throws: Failure(.argument, "no column 'wool' (columns: name, farm, weight, age)")) {
      try frame.matrix(["wool"])
    }
  }

  // MARK: Rows

  @Test func headStopsAtTheEnd() throws {
    let frame = try read(sheep)
    #expect(try texts(frame.head(2), "name") == ["Dolly", "Shaun"])
    #expect(try frame.head(99).rows == 5 && frame.head(0).rows == 0 && frame.head(-1).rows == 0)
    #expect(try frame.head(0).names == frame.names)
  }

  @Test func filter() throws {
    let frame = try read(sheep)
    #expect(try texts(frame.filter(Vector([1, 0, 0, 0, 1])), "name") == ["Dolly", "Hazel"])
    #expect(throws: Failure(.shape, "the mask must have an element for each of 5 rows, got 2")) {
      try frame.filter(Vector([1, 0]))
    }
  }

  @Test func sortingIsStableWithMissingLast() throws {
    let frame = try read(sheep)
    #expect(try texts(frame.sorted(by: ["age"]), "name") == ["Timmy", "Shaun", "Shirley", "Hazel", "Dolly"])
    #expect(try texts(frame.sorted(by: ["weight"]), "name") == ["Dolly", "Hazel", "Shaun", "Shirley", "Timmy"])
    #expect(
      try texts(frame.sorted(by: ["weight"], descending: true), "name") == [
        "Shirley", "Shaun", "Hazel", "Dolly", "Timmy",
      ])
    #expect(try texts(frame.sorted(by: ["farm", "age"]), "name") == ["Timmy", "Shaun", "Hazel", "Dolly", "Shirley"])
    #expect(try texts(frame.sorted(by: []), "name") == texts(frame, "name"))
  }

  @Test func groups() throws {
    let frame = try read(sheep)
    #expect(
      try frame.grouped(by: ["farm"]).map { try texts($0, "name") } == [
        ["Shaun", "Timmy"], ["Dolly", "Hazel"], ["Shirley"],
      ])
    #expect(
      try frame.grouped(by: ["age", "farm"]).map { try texts($0, "name") } == [
        ["Timmy"], ["Shaun"], ["Hazel"], ["Shirley"], ["Dolly"],
      ])
    #expect(try frame.head(0).grouped(by: ["farm"]).isEmpty)
    #expect(try frame.grouped(by: []).count == 1)
  }

  // MARK: Summaries and printing

  /// Quartiles as R's `summary(faithful)` prints them, to more digits by R's `quantile`.
  @Test func descriptionOfFaithful() throws {
    let d = try #require(try BundledData.load("faithful")).described()
    #expect(try texts(d, "name") == ["eruptions", "waiting"])
    #expect(try numbers(d, "count") == [272, 272] && numbers(d, "missing") == [0, 0])
    let expected: [(String, [Double])] = [
      ("mean", [3.4877830882352936, 70.897058823529406]), ("sd", [1.1413712511052083, 13.594973789999394]),
      ("min", [1.6, 43]), ("q1", [2.16275, 58]), ("median", [4, 76]), ("q3", [4.45425, 82]), ("max", [5.1, 96]),
    ]
    for (name, values) in expected {
      for (got, value) in zip(try numbers(d, name), values) { #expect(abs(got - value) <= 1e-13 * value, "\(name)") }
    }
  }

  @Test func descriptionOfMissingAndTexts() throws {
    let d = try read(sheep + "\nLola,,,").described()
    #expect(try numbers(d, "count") == [6, 4, 4, 5])
    #expect(try numbers(d, "missing") == [0, 2, 2, 1])
    #expect(try numbers(d, "levels").prefix(2) == [6, 2])
    #expect(try numbers(d, "median")[2] == 51)
    let empty = try read("x\nNA\n").described()
    #expect(try numbers(empty, "missing") == [1] && numbers(empty, "mean")[0].isNaN)
    let single = try read("x\n5\n").described()
    #expect(try numbers(single, "mean") == [5] && numbers(single, "sd")[0].isNaN)
  }

  @Test func printing() throws {
    #expect(
      try read(sheep).text == """
        frame · 5 rows · 4 columns
          name     farm   weight  age
          Dolly    south    48.5    6
          Shaun    north    52      3
          Timmy    north            1
          Shirley           97      3
          Hazel    south    50      3
        """)
    #expect(
      try read("id,x,y\n1000000,1000.123456,1e-9\n2,3.5,NA\n-12345678901,-inf,2\n").text == """
        frame · 3 rows · 3 columns
                    id        x      y
               1000000  1000.12  1e-09
                     2     3.5
          -12345678901  -inf     2
        """)
    #expect(try Frame([]).text == "frame · 0 rows · 0 columns")
  }

  @Test(arguments: [(0, 1), (1, 1), (20, 3), (21, 12), (10_000, 100), (3, 5000)])
  func printingFitsTheScreen(_ rows: Int, _ columns: Int) throws {
    let column = Frame.Column.numbers(try Vector((0..<rows).map { Double($0) * 1234.5 }))
    let frame = try Frame((0..<columns).map { ("column number \($0) has a name beyond all measure", column) })
    let lines = frame.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 24)
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  // MARK: Writing

  @Test func whatIsWrittenReadsBack() throws {
    let frame = try Frame([
      ("plain", .numbers(try Vector([0.1, -0.0, 1e300, .infinity, .leastNonzeroMagnitude, .nan, 3]))),
      (
        "a \"strange\", name",
        .factor(try Factor(["comma, semicolon;", "\"quote\"", "two\nlines", " blank ", nil, "é", "tab\t"]))
      ),
    ])
    let back = try withFile { path in
      try frame.write(to: path)
      return try FrameReader.read(path)
    }
    #expect(back.names == frame.names)
    #expect(try numbers(back, "plain").map(\.bitPattern) == numbers(frame, "plain").map(\.bitPattern))
    #expect(try texts(back, frame.names[1]) == texts(frame, frame.names[1]))
  }

  @Test func writtenText() throws {
    let bytes = try withFile { path in
      try read("x,s\n1,a\n2.50,\n,b c\n").write(to: path, separator: UInt8(ascii: ";"))
      return try contents(path)
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "x;s\n1;a\n2.5;\n;b c\n")
  }

  @Test func aSingleColumnKeepsItsMissingRows() throws {
    let back = try withFile { path in
      try read("x\n1\nNA\n2\n").write(to: path)
      return try FrameReader.read(path)
    }
    #expect(back.rows == 3)
  }

  @Test func writingThatFails() throws {
    let frame = try read(sheep)
    #expect(throws: Failure(.argument, "'/nowhere/out.csv' cannot be written: No such file or directory")) {
      try frame.write(to: "/nowhere/out.csv")
    }
    #expect(throws: Failure(.argument, "'/dev/full' cannot be written: No space left on device")) {
      try frame.write(to: "/dev/full")
    }
    #expect(throws: Failure(.argument, "'/tmp' cannot be written: Is a directory")) { try frame.write(to: "/tmp") }
    #expect(throws: Failure.self) { try frame.write(to: "/tmp/a\0b") }
  }
}
