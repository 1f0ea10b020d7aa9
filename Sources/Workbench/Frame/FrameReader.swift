import Glibc
import Kernels

/// Frames from CSV files and their kin, plain or compressed by gzip.
///
/// Lines end in LF, CR or CR LF; blank ones are skipped. Blanks around a cell are not part of it, cells in double quotes may
/// hold separators and line ends, and a double quote there is written twice. A column is of numbers where every cell is a
/// number or missing, else a factor.
package struct FrameReader {
  package struct Options: Sendable {
    /// Whether the first row holds names; nil: it does if it has no number and no missing cell, or a text over numbers.
    package var header: Bool?
    /// nil: tab, comma, semicolon or bar, the one that parts the first rows into equally many cells.
    package var separator: UInt8?
    /// The columns to read, in this order; nil: all.
    package var columns: [ColumnChoice]?
    /// The rows to read, from 1, the header not counted; nil: all.
    package var rows: ClosedRange<Int>?
    /// Cells that count as missing, besides the empty ones, NA, N/A, NaN, NULL, null and ?.
    package var missing: [String] = []

    package init() {}
  }

  package enum ColumnChoice: Sendable {
    case name(String)
    /// From 1.
    case number(Int)
  }

  /// The file, or a bundled set where there is no such file. Throws `.argument` where there is neither or no such column, and
  /// `.data` where the file is damaged.
  package static func read(_ path: String, _ options: Options = Options()) throws(Failure) -> Frame {
    if access(path, F_OK) != 0, let set = try BundledData.cells(path) { return try read(set, options) }
    return try read(CsvCells(file: path), options)
  }

  static func read(_ cells: CsvCells, _ options: Options = Options()) throws(Failure) -> Frame {
    let separator: UInt8
    if let given = options.separator { separator = given } else { separator = try detectSeparator(cells) }
    var reader = FrameReader(cells, options)
    while true {
      try cells.start(separator: separator)
      try reader.readOnce()
      if !reader.builders.contains(where: \.mustBeReadAgain) { return try reader.finish() }
    }
  }

  private let cells: CsvCells
  private let options: Options
  private var hasHeader = false
  private var width = 0
  private var names: [String] = []
  private var chosen: [Int] = []
  private var builders: [ColumnBuilder] = []

  private init(_ cells: CsvCells, _ options: Options) {
    self.cells = cells
    self.options = options
  }

  private mutating func readOnce() throws(Failure) {
    guard try cells.nextBlock() else { throw Failure(.data, "'\(cells.name)' is empty") }
    try layOut()
    // Numbers of the rows wanted, and of the first row of the block, from 0.
    let wanted = options.rows.map { max(0, $0.lowerBound - 1)..<max(0, $0.upperBound) } ?? 0..<Int.max
    var start = hasHeader ? -1 : 0
    while true {
      for row in 0..<cells.rows where cells.width(row) != width { throw ragged(row) }
      let block = (start..<start + cells.rows).clamped(to: wanted)
      let rows = block.lowerBound - start..<block.upperBound - start
      try append(rows)
      start += cells.rows
      if start >= wanted.upperBound { return }
      guard try cells.nextBlock() else { return }
    }
  }

  /// Adds rows of the block to all columns, and reads the next block, on all threads.
  private mutating func append(_ rows: Range<Int>) throws(Failure) {
    let (cells, width, chosen) = (cells, width, chosen)
    // Few cells are done sooner than threads are woken.
    let isShort = cells.rows * width < 4096
    try builders.withUnsafeMutableBufferPointer { builders throws(Failure) in
      nonisolated(unsafe) let builders = builders
      try Parallel.forEach(chosen.count + 1, chunk: isShort ? chosen.count + 1 : 1) { tasks throws(Failure) in
        for task in tasks {
          if task == 0 {
            cells.readNext()
          } else {
            try builders[task - 1].append(rows, chosen[task - 1], of: cells, width: width)
          }
        }
      }
    }
  }

  /// Columns and their kinds, from the first block; a second reading keeps the kinds that the first one found.
  private mutating func layOut() throws(Failure) {
    hasHeader = options.header ?? detectHeader()
    width = cells.width(0)
    names = try hasHeader ? headerNames() : (1...width).map { "column_\($0)" }
    cells.columnNames = names
    chosen = try chooseColumns()
    // Somewhat more, since blocks differ.
    let expected = min(cells.expectedRows + cells.expectedRows / 50, options.rows?.upperBound ?? .max)
    builders = chosen.indices.map {
      let isText = builders.isEmpty ? false : builders[$0].isText
      return ColumnBuilder(isText: isText, missing: options.missing, expected: expected)
    }
  }

  private mutating func finish() throws(Failure) -> Frame {
    var named: [(String, Frame.Column)] = []
    for (i, column) in chosen.enumerated() { named.append((names[column], try builders[i].finish())) }
    return try Frame(named)
  }

  private func ragged(_ row: Int) -> Failure {
    let count = cells.width(row)
    return Failure(
      .data,
      "\(cells.at(row)): \(count) \(count == 1 ? "cell" : "cells") where the \(hasHeader ? "header" : "first row") has \(width)"
    )
  }

  private func chooseColumns() throws(Failure) -> [Int] {
    guard let choices = options.columns else { return Array(0..<width) }
    var chosen: [Int] = []
    for choice in choices {
      switch choice {
      case .number(let number):
        guard (1...width).contains(number) else {
          throw Failure(.argument, "no column \(number) in '\(cells.name)', which has \(width)")
        }
        chosen.append(number - 1)
      case .name(let name):
        guard let column = names.firstIndex(of: name) else {
          throw Failure(
            .argument, "no column '\(name)' in '\(cells.name)' (columns: \(names.joined(separator: ", ")))")
        }
        chosen.append(column)
      }
    }
    return chosen
  }
}

// What a file does not say itself, from its first rows.
extension FrameReader {
  private static let sample = 100

  private static func detectSeparator(_ cells: CsvCells) throws(Failure) -> UInt8 {
    var best = (separator: UInt8(ascii: ","), agreeing: 0)
    for separator in [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|")] {
      try cells.start(separator: separator)
      // What is wrong with a block under one separator may be right under the next.
      guard (try? cells.nextBlock()) == true, cells.width(0) > 1 else { continue }
      let rows = min(cells.rows, sample)
      let agreeing = (0..<rows).count { cells.width($0) == cells.width(0) }
      if agreeing == rows { return separator }
      if agreeing > best.agreeing { best = (separator, agreeing) }
    }
    return best.separator
  }

  private func detectHeader() -> Bool {
    enum Kind { case number, missing, text }
    func kind(_ row: Int, _ column: Int) -> Kind {
      if cells.number(row, column) != nil { return .number }
      let text = try? cells.text(row, column)
      return text.map { ColumnBuilder.missing.contains($0) || options.missing.contains($0) } == true ? .missing : .text
    }
    let columns = 0..<cells.width(0)
    let first = columns.map { kind(0, $0) }
    if first.allSatisfy({ $0 == .text }) { return true }
    let rows = (1..<max(1, min(cells.rows, FrameReader.sample))).filter { cells.width($0) == columns.count }
    return columns.contains { column in
      guard first[column] == .text else { return false }
      let below = rows.map { kind($0, column) }
      return below.contains(.number) && !below.contains(.text)
    }
  }

  /// Names of the first row; `column_3` where the third is empty, and `x_2` where there is an `x` already.
  private func headerNames() throws(Failure) -> [String] {
    var taken: Set<String> = []
    var names: [String] = []
    for column in 0..<width {
      let given = try cells.text(0, column)
      let base = given.isEmpty ? "column_\(column + 1)" : given
      var name = base
      var copy = 1
      while !taken.insert(name).inserted {
        copy += 1
        name = "\(base)_\(copy)"
      }
      names.append(name)
    }
    return names
  }
}
