import CData
import Glibc
import Kernels

/// The cells of a CSV file, a block of rows at a time. Errors name the file and the line.
final class CsvCells {
  /// As the user typed it.
  let name: String
  /// For messages, once they are known.
  var columnNames: [String] = []
  private let table: OpaquePointer
  /// How the reading of the next block ended, if it was read.
  private var nextStatus: cdata_status?

  /// Throws `.argument` where `path` is no file that can be read.
  convenience init(file path: String) throws(Failure) {
    let descriptor = path.utf8.contains(0) ? -1 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = path.utf8.contains(0) ? ENOENT : errno
      throw reason == ENOENT
        ? Failure(
          .argument,
          "'\(path)' not found (in the working directory, or name a bundled set: \(BundledData.names.joined(separator: ", ")))"
        )
        : Failure(.argument, "'\(path)' cannot be opened: \(String(cString: strerror(reason)))")
    }
    guard let table = cdata_open(descriptor) else {
      close(descriptor)
      throw Failure(.memory, "not enough memory to read '\(path)'")
    }
    self.init(path, table)
  }

  /// Those of a text in memory.
  convenience init(name: String, bytes: [UInt8]) throws(Failure) {
    guard let table = cdata_open_memory(bytes, bytes.count) else {
      throw Failure(.memory, "not enough memory for '\(name)'")
    }
    self.init(name, table)
  }

  private init(_ name: String, _ table: OpaquePointer) {
    self.name = name
    self.table = table
  }

  deinit { cdata_close(table) }

  /// Starts again at the first row.
  func start(separator: UInt8) throws(Failure) {
    nextStatus = nil
    try check(cdata_start(table, CChar(bitPattern: separator)))
  }

  /// Goes on to the next block, which has at least one row; false at the end.
  func nextBlock() throws(Failure) -> Bool {
    try Interruption.check()
    readNext()
    guard let status = nextStatus, status != cdata_end else { return false }
    try check(status)
    cdata_go_on(table)
    nextStatus = nil
    return true
  }

  /// Reads the next block, which `nextBlock` goes on to, while others may read the cells of this one.
  func readNext() {
    if nextStatus == nil { nextStatus = cdata_read_next(table) }
  }

  /// How many rows there are if the rest of the file is like this block; 0 where nobody knows.
  var expectedRows: Int { cdata_expected_rows(table) }

  /// Rows in this block.
  var rows: Int { cdata_rows(table) }

  /// How many cells there are in `row` of this block.
  func width(_ row: Int) -> Int { cdata_first_cell(table, row + 1) - cdata_first_cell(table, row) }

  func text(_ row: Int, _ column: Int) throws(Failure) -> String {
    if let text = String(validating: bytes(row, column), as: UTF8.self) { return text }
    let name = column < columnNames.count ? " ('\(columnNames[column])')" : ""
    throw Failure(
      .data, "\(at(row)), column \(column + 1)\(name): not UTF-8; convert the file, as with 'iconv -f latin1 -t utf-8'")
  }

  func number(_ row: Int, _ column: Int) -> Double? {
    var value = 0.0
    let bytes = bytes(row, column)
    return cdata_parse_number(bytes.baseAddress, bytes.count, &value) ? value : nil
  }

  /// Reads numbers down `column`, from `row` on, until a cell is no number or `out` is full → how many.
  /// All rows of the block must have `width` cells.
  func numbers(_ row: Int, _ column: Int, width: Int, into out: UnsafeMutableBufferPointer<Double>) -> Int {
    cdata_numbers(table, cdata_first_cell(table, row) + column, width, out.count, out.baseAddress)
  }

  /// "data.csv, line 17", for a row of this block.
  func at(_ row: Int) -> String { "\(name), line \(cdata_row_line(table, row))" }

  private func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer {
    var length = 0
    let start = cdata_cell(table, cdata_first_cell(table, row) + column, &length)
    return UnsafeRawBufferPointer(start: start, count: length)
  }

  private func check(_ status: cdata_status) throws(Failure) {
    let at = "\(name), line \(cdata_line(table))"
    switch status {
    case cdata_unreadable: throw Failure(.data, "'\(name)' cannot be read: \(String(cString: cdata_message(table)))")
    case cdata_zero_byte: throw Failure(.data, "\(at): a zero byte; this is no text in UTF-8")
    case cdata_open_quote: throw Failure(.data, "\(at): a quote opens that nothing closes")
    case cdata_no_memory:
      throw Failure(.memory, "\(at): a cell too long for memory; does a quote close where it should?")
    case cdata_not_seekable:
      throw Failure(.argument, "'\(name)' is a pipe, and has to be read twice; save it to a file first")
    default: break
    }
  }
}
