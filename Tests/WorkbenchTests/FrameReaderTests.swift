import Glibc
import Kernels
import Testing
import Workbench

@Suite struct FrameReaderTests {
  // MARK: What a file holds

  @Test func numbersAndNames() throws {
    let frame = try read("eruptions,waiting\n3.6,79\n1.8,54\n")
    #expect(frame.names == ["eruptions", "waiting"])
    #expect(frame.rows == 2)
    #expect(try numbers(frame, "eruptions") == [3.6, 1.8])
    #expect(try numbers(frame, "waiting") == [79, 54])
  }

  @Test(arguments: [
    "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2", "\n\na,b\n\n1,2\n\n", "\u{FEFF}a,b\n1,2\n",
  ])
  func lineEndsBlankLinesAndMarks(_ text: String) throws {
    let frame = try read(text)
    #expect(frame.names == ["a", "b"])
    #expect(try numbers(frame, "a") == [1] && numbers(frame, "b") == [2])
  }

  @Test(arguments: [",", "\t", ";", "|"]) func separators(_ separator: String) throws {
    let text = "name,x,y\n\"a, b; c|d\te\",1,2\nf,3,4\n"
    let frame = try read(
      text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .map { $0.offset == 1 ? "\"\($0.element)\"" : $0.element.replacing(",", with: separator) }.joined())
    #expect(try texts(frame, "name") == ["a, b; c|d\te", "f"])
    #expect(try numbers(frame, "x") == [1, 3] && numbers(frame, "y") == [2, 4])
  }

  @Test func separatorGiven() throws {
    var options = FrameReader.Options()
    options.separator = UInt8(ascii: ":")
    let frame = try read("a:b\n1:2\n", options)
    #expect(try numbers(frame, "b") == [2])
  }

  @Test func quotes() throws {
    let frame = try read("id,text\n1,\"two\nlines\"\n2,\"a \"\"word\"\"\"\n3,  blanks  \n4,6\" nail\n5,\"  kept  \"\n")
    #expect(try texts(frame, "text") == ["two\nlines", "a \"word\"", "blanks", "6\" nail", "  kept  "])
    #expect(try numbers(frame, "id") == [1, 2, 3, 4, 5])
  }

  @Test func missingCells() throws {
    let frame = try read("x,s\n1,a\n,\nNA,NA\nnan,nan\nNULL,null\n?,?\n\"\",N/A\n2,b\n")
    #expect(try numbers(frame, "x").map { $0.isNaN } == [false, true, true, true, true, true, true, false])
    #expect(try texts(frame, "s") == ["a", nil, nil, nil, nil, nil, nil, "b"])
  }

  @Test func missingCellsGiven() throws {
    var options = FrameReader.Options()
    options.missing = ["-999", "none"]
    let frame = try read("x,s\n-999,none\n-999.0,a\nnone,-999\nNA,NA\n7,b\n", options)
    #expect(try numbers(frame, "x").map { $0.isNaN } == [true, true, true, true, false])
    #expect(try texts(frame, "s") == [nil, "a", nil, nil, "b"])
  }

  @Test func levelsAscendWhateverTheOrderOfRows() throws {
    let factor = try factor(read("s\nb\nä\nB\na\nb\n"), "s")
    #expect(factor.levels == ["B", "a", "b", "ä"])
    #expect(factor.codes.array == [3, 4, 1, 2, 3])
    #expect(try factor.isEqual(to: "b").array == [1, 0, 0, 0, 1])
    #expect(try factor.isEqual(to: "c").array == [0, 0, 0, 0, 0])
  }

  @Test(arguments: [
    ("1,2\n3,4\n", false), ("a,b\n3,4\n", true), ("a,b\nc,d\n", true), ("a,1\nb,2\n", false),
    ("year,2019\n1,2\n", true),
    ("a,b\n", true), ("7\n", false), (",x\n1,2\n", true), ("a,NA\nb,1\n", false), ("a,b\n1,x\n2,y\n", true),
  ])
  func headerDetected(_ text: String, _ expected: Bool) throws {
    let lines = text.split(separator: "\n").count
    #expect(try read(text).rows == (expected ? lines - 1 : lines))
  }

  @Test func headerGiven() throws {
    var options = FrameReader.Options()
    options.header = false
    let bare = try read("a,b\n1,2\n", options)
    #expect(bare.names == ["column_1", "column_2"])
    #expect(try texts(bare, "column_1") == ["a", "1"])
    options.header = true
    #expect(try read("1,2\n3,4\n", options).names == ["1", "2"])
  }

  @Test func namesAreMadeDistinct() throws {
    #expect(try read("x,,x,x_2,x\n1,2,3,4,5\n").names == ["x", "column_2", "x_2", "x_2_2", "x_3"])
  }

  @Test func selectedColumns() throws {
    var options = FrameReader.Options()
    options.columns = [.name("c"), .number(1)]
    let frame = try read("a,b,c\n1,2,3\n4,5,6\n", options)
    #expect(frame.names == ["c", "a"])
    #expect(try numbers(frame, "c") == [3, 6])
  }

  @Test(arguments: [(1...2, [10.0, 20]), (2...2, [20]), (3...9, [30]), (7...9, []), (1...Int.max, [10, 20, 30])])
  func selectedRows(_ rows: ClosedRange<Int>, _ expected: [Double]) throws {
    var options = FrameReader.Options()
    options.rows = rows
    #expect(try numbers(read("a\n10\n20\n30\n", options), "a") == expected)
  }

  @Test func numbersBeforeTextKeepTheirSpelling() throws {
    let frame = try read("code,x\n007,1\n1.50,2\nA7,3\n")
    #expect(try texts(frame, "code") == ["007", "1.50", "A7"])
    #expect(try numbers(frame, "x") == [1, 2, 3])
  }

  /// Beyond one block of the reader, so that rows lie across block ends and a late text makes it read again.
  @Test func longFiles() throws {
    let rows = 60_000
    let text = (1...rows).map { "\($0),\(Double($0) / 7),\($0 == rows ? "x" : "0\($0 % 3)")" }.joined(separator: "\n")
    let frame = try read("i,x,s\n" + text)
    #expect(frame.rows == rows)
    #expect(try numbers(frame, "i") == (1...rows).map { Double($0) })
    #expect(try numbers(frame, "x") == (1...rows).map { Double($0) / 7 })
    #expect(try texts(frame, "s") == (1...rows).map { $0 == rows ? "x" : "0\($0 % 3)" })
  }

  /// Against the C library's strtod, correctly rounded.
  @Test func numbersAreTheNearestDoubles() throws {
    var generator = SplitMix(state: 20)
    var cells = [
      "0.1", "-0", "+5", "1e5", "1E-3", ".5", "5.", "1e308", "1.7976931348623157e308", "4.9e-324",
      "2.4703282292062328e-324",
      "1e400", "-1e400", "1e-400", "inf", "-Infinity", "9007199254740993", "123456789012345678901234567890",
    ]
    for _ in 0..<2000 {
      let bits = Double(bitPattern: generator.next())
      if bits.isFinite { cells.append("\(bits)") }
    }
    let values = try numbers(read("x\n" + cells.joined(separator: "\n")), "x")
    #expect(values.map(\.bitPattern) == cells.map { strtod($0, nil).bitPattern })
  }

  // `gzip -n` of "a,b\n1,2\n3,4\n".
  private static let compressed: [UInt8] = [
    0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0x4b, 0xd4, 0x49, 0xe2, 0x32, 0xd4, 0x31, 0xe2, 0x32, 0xd6, 0x31, 0xe1,
    0x02,
    0, 0xe5, 0xe9, 0xd6, 0xce, 0x0c, 0, 0, 0,
  ]

  @Test func compressedFiles() throws {
    let frame = try read(bytes: FrameReaderTests.compressed)
    #expect(try numbers(frame, "a") == [1, 3] && numbers(frame, "b") == [2, 4])
  }

  @Test func bundledSets() throws {
    let faithful = try #require(try BundledData.load("faithful"))
    #expect(faithful.rows == 272 && faithful.names == ["eruptions", "waiting"])
    let iris = try #require(try BundledData.load("iris"))
    #expect(iris.rows == 150)
    let species = try factor(iris, "species")
    #expect(species.levels == ["setosa", "versicolor", "virginica"])
    // R's `iris`; the UCI file has 0.1 and 3.1, 1.5 in these rows.
    let rows = try iris.matrix()
    #expect(try rows.row(34).array == [4.9, 3.1, 1.5, 0.2])
    #expect(try rows.row(37).array == [4.9, 3.6, 1.4, 0.1])
    #expect(try BundledData.load("titanic") == nil)
  }

  /// Means and standard deviations of Azzalini and Bowman's and of Fisher's data, as R gives them.
  @Test(arguments: [
    ("faithful", "waiting", 70.8970588235294, 13.5949738), ("faithful", "eruptions", 3.48778308823529, 1.14137125),
    ("iris", "sepal_length", 5.84333333333333, 0.828066128), ("iris", "sepal_width", 3.05733333333333, 0.435866285),
    ("iris", "petal_length", 3.758, 1.76529823), ("iris", "petal_width", 1.19933333333333, 0.762237669),
  ])
  func bundledNumbers(_ set: String, _ column: String, _ mean: Double, _ sd: Double) throws {
    let x = try numbers(try #require(try BundledData.load(set)), column)
    let centre = x.reduce(0, +) / Double(x.count)
    let spread = (x.map { ($0 - centre) * ($0 - centre) }.reduce(0, +) / Double(x.count - 1)).squareRoot()
    #expect(abs(centre - mean) < 1e-12)
    #expect(abs(spread - sd) < 1e-6)
  }

  // MARK: What is wrong with a file

  @Test(arguments: [
    ("a,b\n1,2\n3\n", "data.csv, line 3: 1 cell where the header has 2"),
    ("a,b\n\n1,2\n\"3\n3\",4\n5,6,7\n", "data.csv, line 6: 3 cells where the header has 2"),
    ("a,b\r\n1,2\r\n1,2,3\r\n", "data.csv, line 3: 3 cells where the header has 2"),
    ("1,2\n1,2\n3,4,5\n", "data.csv, line 3: 3 cells where the first row has 2"),
    ("a,b\n1,2\n3,\"four\n5,6\n", "data.csv, line 3: a quote opens that nothing closes"),
    ("a,b\n1,2\n3,\0\n", "data.csv, line 3: a zero byte; this is no text in UTF-8"),
  ])
  func damagedText(_ text: String, _ message: String) {
    #expect(failure(reading: text.utf8) == Failure(.data, message))
  }

  @Test func bytesThatAreNoText() {
    let latin1: [UInt8] = Array("x,age\n1,2\n3,".utf8) + [0xe9, 0x0a]
    #expect(
      failure(reading: latin1)
        == Failure(
          .data, "data.csv, line 3, column 2 ('age'): not UTF-8; convert the file, as with 'iconv -f latin1 -t utf-8'"))
    let utf16: [UInt8] = [0xff, 0xfe, 0x61, 0, 0x0a, 0]
    #expect(failure(reading: utf16) == Failure(.data, "data.csv, line 1: a zero byte; this is no text in UTF-8"))
  }

  @Test(arguments: ["", "\n\n", "\u{FEFF}"]) func emptyFiles(_ text: String) {
    #expect(failure(reading: text.utf8) == Failure(.data, "'data.csv' is empty"))
  }

  @Test func damagedCompression() {
    let whole = FrameReaderTests.compressed
    let cut = failure(reading: whole.dropLast(10))
    #expect(cut == Failure(.data, "'data.csv' cannot be read: the compressed data are damaged, unexpected end of file"))
    var wrong = whole
    wrong[wrong.count - 8] ^= 1
    let mismatch = failure(reading: wrong)
    #expect(
      mismatch == Failure(.data, "'data.csv' cannot be read: the compressed data are damaged, incorrect data check"))
  }

  @Test func headerAlone() throws {
    let frame = try read("a,b\n")
    #expect(frame.names == ["a", "b"] && frame.rows == 0)
    #expect(try frame.matrix().rows == 0)
  }

  @Test func longCells() throws {
    let long = String(repeating: "x", count: 1 << 20)
    let frame = try read("a,b\n1,\(long)\n2,\"\(long)\"\n")
    let factor = try factor(frame, "b")
    #expect(factor.levels == [long] && factor.codes.array == [1, 1])
  }

  @Test func wideFiles() throws {
    let width = 50_000
    let frame = try read(
      (1...width).map { "c\($0)" }.joined(separator: ",") + "\n" + (1...width).map { "\($0)" }.joined(separator: ","))
    #expect(frame.names.count == width)
    #expect(try frame.matrix().row(0).array == (1...width).map { Double($0) })
  }

  @Test func filesThatCannotBeRead() throws {
    #expect(
      throws: Failure(
        .argument, "'fathful.csv' not found (in the working directory, or name a bundled set: faithful, iris)")
    ) { try FrameReader.read("fathful.csv") }
    #expect(throws: Failure.self) { try FrameReader.read("data\0.csv") }
    #expect(throws: Failure(.data, "'/' cannot be read: Is a directory")) { try FrameReader.read("/") }
    #expect(throws: Failure(.data, "'/proc/self/mem' cannot be read: Input/output error")) {
      try FrameReader.read("/proc/self/mem")
    }
    #expect(throws: Failure(.argument, "'/dev/null/x' cannot be opened: Not a directory")) {
      try FrameReader.read("/dev/null/x")
    }
  }

  @Test func columnsThatAreNotThere() {
    var options = FrameReader.Options()
    options.columns = [.name("c")]
    #expect(
      failure(reading: "a,b\n1,2\n".utf8, options) == Failure(.argument, "no column 'c' in 'data.csv' (columns: a, b)"))
    options.columns = [.number(1), .number(3)]
    #expect(
      failure(reading: "a,b\n1,2\n".utf8, options) == Failure(.argument, "no column 3 in 'data.csv', which has 2"))
  }

  /// A quote anywhere sends the whole text through libcsv; without one, lines are cut by our own code.
  @Test func quotesElsewhereChangeNothing() throws {
    var generator = SplitMix(state: 3)
    let alphabet = Array("ab1.- \t,,\n\r".utf8)
    var options = FrameReader.Options()
    options.header = true
    options.separator = UInt8(ascii: ",")
    for _ in 0..<3000 {
      let rest = (0..<Int(generator.next() % 80)).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] }
      let plain = Array("x,y\n".utf8) + rest
      let quoted = Array("\"x\",y\n".utf8) + rest
      if let expected = failure(reading: quoted, options) {
        #expect(failure(reading: plain, options) == expected)
      } else {
        let expected = try read(bytes: quoted, options)
        let frame = try read(bytes: plain, options)
        #expect(frame.names == expected.names && frame.rows == expected.rows)
        for name in frame.names { #expect(try cells(frame, name) == cells(expected, name)) }
      }
    }
  }

  /// Whatever the bytes, a frame or an error.
  @Test func randomBytes() throws {
    var generator = SplitMix(state: 7)
    let alphabet = Array("aé1.-+,;\t|\"\n\r \0\u{FEFF}NA\n,\n,".utf8) + [0xff, 0x1f, 0x8b]
    for _ in 0..<2000 {
      let bytes = (0..<Int(generator.next() % 60)).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] }
      guard let frame = try? read(bytes: bytes) else { continue }
      #expect(frame.columns.allSatisfy { $0.count == frame.rows })
    }
  }
}
