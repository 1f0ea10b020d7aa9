import Kernels
import Lua

/// A table of counts as a script holds it.
struct CrosstabObject: ScriptObject {
  static let scriptType = ScriptType("crosstab")
  let table: Crosstab
  let rowNames: [String]
  let columnNames: [String]

  private static let mostCells = 10_000_000

  init(_ a: Grouping, _ b: Grouping) throws {
    guard a.names.count * b.names.count <= CrosstabObject.mostCells else {
      throw ArgumentError("too many groups for a table: \(a.names.count) x \(b.names.count)")
    }
    table = try Crosstab(a.codes, b.codes)
    (rowNames, columnNames) = (a.names, b.names)
  }

  var nativeBytes: Int { rowNames.count * columnNames.count * MemoryLayout<Int>.stride }
  var brief: String { "crosstab of \(rowNames.count) x \(columnNames.count)" }

  func counts() throws -> Matrix {
    let result = try Matrix.zeros(rowNames.count, columnNames.count)
    for (i, row) in table.counts.enumerated() { for (j, count) in row.enumerated() { result[i, j] = Double(count) } }
    return result
  }

  private static let mostRows = 20

  fileprivate var text: String {
    let shown = 0..<min(rowNames.count, CrosstabObject.mostRows)
    var blocks = [aligned([""] + shown.map { clipped(rowNames[$0]) }, left: true)]
    for (j, name) in columnNames.enumerated() {
      blocks.append(aligned([clipped(name)] + shown.map { "\(table.counts[$0][j])" }, left: false))
    }
    let (lines, hidden) = sideBySide(blocks)
    let more = [
      rowNames.count > shown.count ? "  … and \(rowNames.count - shown.count) more rows: see .counts" : nil,
      hidden > 0 ? "  … and \(hidden) more columns: see .counts" : nil,
    ]
    return (lines + more.compactMap { $0 }).joined(separator: "\n")
  }

  private func clipped(_ name: String) -> String {
    let line = String(name.map { $0.isNewline ? " " : $0 })
    return line.count <= 20 ? line : line.prefix(17) + "..."
  }
}

extension TypeDeclaration {
  static let crosstab = TypeDeclaration(
    CrosstabObject.self, "How many rows there are in each pair of groups.",
    methods: [],
    operators: [
      Operator(
        "__tostring",
        Function(
          "tostring(crosstab)", "The counts, with the names of the groups.",
          Parameter<CrosstabObject>("crosstab", .object, "the table"), returns: "a string",
          example: "print(stats.crosstab({\"a\", \"b\", \"a\"}, {1, 1, 2}))"
        ) { _, table in table.text })
    ],
    fields: [
      Field("counts", "matrix", "rows in each pair of groups") { try $0.counts() },
      Field("row_names", "string[]", "the groups of the first argument, ascending") { $0.rowNames },
      Field("column_names", "string[]", "the groups of the second argument, ascending") { $0.columnNames },
    ])
}
