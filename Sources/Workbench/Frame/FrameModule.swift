import Kernels
import Lua

extension Module {
  package static let frame: Module = Module(
    "frame", "Tables of named columns, of numbers or of texts.", constructor: make, functions: [load, read])

  private static let make: Function = Function(
    "frame", "A frame of these columns, in the order of their names; select puts them in another. Columns are copied.",
    Parameter(
      "columns", .columns, "vectors, factors, tables of numbers or of strings, by name; an empty string is missing"),
    returns: "a frame",
    example: """
      local f = frame{name = {"Dolly", "Shaun", "Timmy"}, weight = {48.5, 52, 0/0}}
      print(f)
      print(f.weight:where(f.name:ne "Timmy"):mean())
      """
  ) { _, columns in try Frame(columns) }

  private static let load: Function = Function(
    "frame.load", "A data set that comes with the program: faithful or iris.",
    Parameter("name", .string.offering(BundledData.names), "which one"),
    returns: "a frame", example: "print(frame.load \"iris\")"
  ) { _, name in
    if let set = try BundledData.load(name) { return set }
    let known = BundledData.names
    let advice = Spelling.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
    throw ArgumentError(
      "no bundled set \(quoted(name)) (\(advice ?? "known: \(known.joined(separator: ", ")); frame.read reads files"))")
  }

  private static let header = Parameter(
    "header", optional: .boolean, otherwise: "as the first rows look",
    "whether the first row holds names: by default, where none of its cells is a number or one is a text over numbers")
  private static let separator = Parameter(
    "separator", optional: .separator, otherwise: "as the first rows look",
    "the character between cells; tab, comma, semicolon and bar are found out")
  private static let columns = Parameter(
    "columns", optional: .columnChoices, otherwise: "all", "which, by name or number")
  private static let rows = Parameter(
    "rows", optional: .rowRange, otherwise: "all", "{first, last}, from 1, the header not counted")
  private static let missing = Parameter(
    "missing", optional: .names, otherwise: "none",
    "cells that count as missing, besides empty ones, NA, N/A, NaN, NULL, null and ?")

  private static let read: Function = Function(
    "frame.read",
    """
    A CSV file or the like, plain or compressed by gzip, or a bundled set. A column is of numbers where every cell is a \
    number or missing; any other is a factor.
    """,
    Parameter("file", .string, "its name"), .options([header, separator, columns, rows, missing]),
    returns: "a frame",
    example: """
      local file = os.tmpname()
      frame.load("iris"):write(file)
      local columns = {"species", "petal_length"}
      print(frame.read(file, {columns = columns, rows = {1, 5}}))
      os.remove(file)
      """
  ) { _, file, options in
    var choices = FrameReader.Options()
    choices.header = options[header]
    choices.separator = options[separator]
    choices.columns = options[columns]
    choices.rows = options[rows]
    choices.missing = options[missing] ?? []
    return try FrameReader.read(file, choices)
  }
}

extension Frame: ScriptObject {
  package static let scriptType = ScriptType("frame")
  package var nativeBytes: Int { columns.reduce(0) { $0 + $1.values.storage.count * MemoryLayout<Double>.stride } }
  package var brief: String { "frame of \(rows) x \(columns.count)" }
}

extension Frame.Column: Pushable {
  package func push(to call: Call) throws -> Int32 {
    switch self {
    case .numbers(let vector): try vector.push(to: call)
    case .factor(let factor): try factor.push(to: call)
    }
  }
}

extension TypeDeclaration {
  package static let frame: TypeDeclaration = TypeDeclaration(
    Frame.self, "A table of named columns. f.NAME is the column of that name.",
    methods: [
      column, row, select, numbers, head, describe, filter, sort, group, write,
    ],
    operators: [
      Operator(
        "__len",
        Function(
          "#frame", "The number of rows.", subject, returns: "an integer", example: "print(#frame.load \"iris\")"
        ) { _, f in
          f.rows
        }),
      Operator(
        "__tostring",
        Function(
          "tostring(frame)", "The frame, on a screen of 80 columns.", subject, returns: "a string",
          example: "print(frame.load \"faithful\")"
        ) { _, f in f.text }),
    ],
    fields: [
      Field("rows", "integer", "how many rows") { $0.rows },
      Field("cols", "integer", "how many columns") { $0.columns.count },
      Field("names", "string[]", "the columns' names") { $0.names },
      Field("numeric", "string[]", "the names of the columns of numbers") { $0.numeric },
    ],
    named: { frame, name in frame.names.firstIndex(of: name).map { frame.columns[$0] } },
    names: { $0.names })

  private static let subject = Parameter<Frame>("frame", .object, "the frame")

  private static let column: Function = Function(
    "frame:column",
    "One column, as f.NAME, for any name. It is the frame's own: what is written to it shows in the frame.",
    subject, Parameter("name", .string, "which one"),
    returns: "a vector or a factor", example: "print(frame.load(\"faithful\"):column(\"waiting\"):mean())"
  ) { _, f, name in try f.column(name) }

  private static let row: Function = Function(
    "frame:row", "One row. Missing texts are left out.",
    subject, Parameter("index", .integer, "which one, from 1"),
    returns: "a table of numbers and strings, by column", example: "print(frame.load(\"iris\"):row(1).species)"
  ) { _, f, index in
    guard f.rows > 0 else { throw ArgumentError("there are no rows") }
    guard (1...f.rows).contains(index) else {
      throw ArgumentError("index", mustBe: "from 1 to \(f.rows)", got: String(index))
    }
    return f.record(index - 1)
  }

  private static let select: Function = Function(
    "frame:select", "Some columns, in this order.", subject, Parameter("names", .names, "which ones"),
    returns: "a frame", example: "print(frame.load(\"iris\"):select{\"species\", \"petal_width\"}:head(3))"
  ) { _, f, names in try f.select(names) }

  private static let numbers: Function = Function(
    "frame:matrix", "Columns of numbers side by side, copied.",
    subject, Parameter("names", optional: .names, otherwise: "all that are of numbers", "which ones"),
    returns: "a matrix of rows x names",
    example: "print(frame.load(\"iris\"):matrix{\"petal_length\", \"petal_width\"}.cols)"
  ) { _, f, names in try f.matrix(names) }

  private static let head: Function = Function(
    "frame:head", "The first rows.", subject, Parameter("n", .integer(0...), default: 6, "how many"),
    returns: "a frame", example: "print(frame.load(\"faithful\"):head())"
  ) { _, f, n in try f.head(n) }

  private static let describe: Function = Function(
    "frame:describe",
    """
    For each column: how many cells are there and how many are missing, mean, standard deviation (n - 1), least, quartiles \
    (type 7) and greatest, and a factor's number of levels.
    """,
    subject, returns: "a frame with a row for each column", example: "print(frame.load(\"iris\"):describe())"
  ) { _, f in try f.described() }

  private static let filter: Function = Function(
    "frame:filter", "The rows beside which a mask is not 0, or for which a function is true; a mask is faster.",
    subject, Parameter("which", .rowTest, "a vector, or a function of a row as frame:row gives it"),
    returns: "a frame",
    example: """
      local iris = frame.load "iris"
      print(iris:filter(iris.petal_length:gt(6.5)))
      print(iris:filter(function(row) return row.sepal_length > 7.5 end))
      """
  ) { call, f, test in
    switch test {
    case .mask(let mask): return try f.filter(mask)
    case .function(let holds):
      return try f.rows(at: (0..<f.rows).filter { try holds(call, f.record($0), returning: .truth) })
    }
  }

  private static let descending = Parameter("descending", .boolean, default: false, "whether the greatest come first")

  private static let sort: Function = Function(
    "frame:sort_by",
    "The rows in order of one column, or of several, the first one first. Equal rows stay in order, missing ones come last.",
    subject, Parameter("names", .names, "a name or several"), .options([descending]),
    returns: "a frame", example: "print(frame.load(\"iris\"):sort_by(\"petal_length\", {descending = true}):head(3))"
  ) { _, f, names, options in try f.sorted(by: names, descending: options[descending]) }

  private static let group: Function = Function(
    "frame:group_by", "The rows that are equal in one column, or in several, together: ascending, missing ones last.",
    subject, Parameter("names", .names, "a name or several"),
    Parameter(
      "summary", optional: .function, otherwise: "the groups themselves",
      "a function of a frame, which answers {name = value, …}"),
    returns: "a table of frames; with a summary, a frame with a row for each group",
    example: """
      print(frame.load("iris"):group_by("species", function(group)
        return {n = #group, petal_length = group.petal_length:mean()}
      end))
      """
  ) { call, f, names, summary in
    let groups = try f.grouped(by: names)
    guard let summary else { return AnyPushable(groups) }
    return AnyPushable(
      try Frame(summaries: groups.map { try summary(call, $0, returning: .record) }, of: groups, by: names))
  }

  private static let separator = Parameter(
    "separator", .separator, default: UInt8(ascii: ","), "the character between cells")

  private static let write: Function = Function(
    "frame:write",
    """
    Writes a CSV file with a header, which frame.read reads back: numbers with the fewest digits that give the same double, \
    missing cells empty. The file appears when it is complete.
    """,
    subject, Parameter("file", .string, "its name"), .options([separator]),
    returns: "the frame",
    example: """
      local file = os.tmpname()
      frame.load("faithful"):write(file, {separator = "\\t"})
      print(#frame.read(file))
      os.remove(file)
      """
  ) { _, f, file, options in
    try f.write(to: file, separator: options[separator])
    return Same()
  }
}
