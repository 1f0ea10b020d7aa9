import Kernels
import Lua

extension Factor: ScriptObject {
  package static let scriptType = ScriptType("factor")
  package var nativeBytes: Int { codes.nativeBytes }
  package var brief: String { "factor of \(count)" }
}

extension TypeDeclaration {
  package static let factor: TypeDeclaration = TypeDeclaration(
    Factor.self, "A column of texts, each distinct one kept once. factor[i] is a string, or nil where it is missing.",
    methods: [equal, unequal, counts, chosen, table],
    operators: [
      Operator(
        "__len",
        Function(
          "#factor", "The number of rows.", subject, returns: "an integer",
          example: "print(#frame.load(\"iris\").species)"
        ) {
          _, x in x.count
        }),
      Operator(
        "__tostring",
        Function(
          "tostring(factor)", "How many rows there are of each level.", subject, returns: "a string",
          example: "print(frame.load(\"iris\").species)"
        ) { _, x in try x.text() }),
    ],
    fields: [
      Field("levels", "string[]", "the distinct texts, in ascending order") { $0.levels },
      Field("codes", "vector", "for each row the number of its level, or NaN; a copy") { try $0.codes.copy() },
    ],
    element: { factor, index in
      guard index >= 1, index <= factor.count else {
        throw ArgumentError("index", mustBe: "from 1 to \(factor.count)", got: String(index))
      }
      return factor[index - 1]
    })

  private static let subject = Parameter<Factor>("factor", .object, "the factor")
  private static let level = Parameter("level", .string, "a text")

  private static let equal: Function = Function(
    "factor:eq", "A mask: 1 where the row is this level, else 0.", subject, level,
    returns: "a vector", example: "print(frame.load(\"iris\").species:eq(\"setosa\"):sum())"
  ) { _, x, level in try x.isEqual(to: level) }

  private static let unequal: Function = Function(
    "factor:ne", "A mask: 1 where the row is another level, 0 where it is this one or missing.", subject, level,
    returns: "a vector", example: "print(frame.load(\"iris\").species:ne(\"setosa\"):sum())"
  ) { _, x, level in try x.isOther(than: level) }

  private static let counts: Function = Function(
    "factor:counts", "How many rows there are of each level.", subject,
    returns: "a frame of level and count", example: "print(frame.load(\"iris\").species:counts())"
  ) { _, x in
    try Frame([
      ("level", .factor(try Factor(x.levels))), ("count", .numbers(try Vector(x.counts().map { Double($0) }))),
    ])
  }

  private static let chosen: Function = Function(
    "factor:where", "The rows beside which a mask is not 0.", subject,
    Parameter("mask", .vector, "a vector of as many rows"),
    returns: "a factor",
    example: "local iris = frame.load \"iris\"\nprint(iris.species:where(iris.petal_length:gt(5)))"
  ) { _, x, mask in Factor(levels: x.levels, codes: try x.codes.where(mask)) }

  private static let table: Function = Function(
    "factor:table", "The texts; false where one is missing.", subject,
    returns: "a table of strings", example: "print(table.concat(frame.load(\"iris\"):head(3).species:table(), \" \"))"
  ) { _, x in (0..<x.count).map { row in x[row].map { AnyPushable($0) } ?? AnyPushable(false) } }
}

extension Factor {
  /// How many rows there are of each level.
  fileprivate func counts() -> [Int] {
    codes.array.reduce(into: [Int](repeating: 0, count: levels.count)) { counts, code in
      if !code.isNaN { counts[Int(code) - 1] += 1 }
    }
  }

  fileprivate func text() throws -> String {
    let missing = count - counts().reduce(0, +)
    var line = "factor of \(count):"
    for (level, count) in zip(levels, counts()) {
      let word = " \(quoted(level)) \(count),"
      if line.count + word.count > 75 { return line + " ..." }
      line += word
    }
    return missing > 0 ? "\(line) missing \(missing)" : String(line.dropLast())
  }
}
