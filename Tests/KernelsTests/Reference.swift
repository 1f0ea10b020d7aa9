import Foundation

/// A table of reference values, written by a script in Scripts/reference: a header, then rows of cells between tabs.
enum Reference {
  struct Row: Sendable, CustomStringConvertible {
    let cells: [String]

    subscript(column: Int) -> Double { Double(cells[column]) ?? .nan }
    /// The numbers of a cell with several, between spaces.
    func numbers(_ column: Int) -> [Double] { cells[column].split(separator: " ").compactMap { Double($0) } }
    var description: String { cells.joined(separator: " ") }
  }

  /// The rows of `name`.tsv below its header.
  static func rows(_ name: String) -> [Row] {
    guard let url = Bundle.module.url(forResource: name, withExtension: "tsv", subdirectory: "Reference"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else { fatalError("no reference table '\(name)'") }
    return text.split(separator: "\n").dropFirst().map { line in
      Row(cells: line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init))
    }
  }
}

/// The distance in units in the last place of the wanted double; infinite where one is NaN or infinite and the other not.
func ulps(_ got: Double, _ wanted: Double) -> Double {
  if got == wanted || got.isNaN && wanted.isNaN { return 0 }
  guard got.isFinite, wanted.isFinite else { return .infinity }
  return abs(Double(Float80(got) - Float80(wanted)) / wanted.ulp)
}
