import Kernels

/// A column that grows block by block: numbers, until a text turns up.
struct ColumnBuilder {
  /// Texts that stand for a missing cell.
  static let missing = ["", "NA", "N/A", "NaN", "nan", "NULL", "null", "?"]

  private(set) var isText: Bool
  /// A text came after numbers, whose spelling is lost: the column has to be read again, as text.
  private(set) var mustBeReadAgain = false

  private var encoder: FactorEncoder
  private let missingTexts: Set<String>
  private let missingNumbers: [Double]
  private var hasNumbers = false
  // The first segment has room for the rows that are expected. Others grow with the column, and are joined once.
  private let expected: Int
  private var segments: [Vector] = []
  private var room = 0
  private(set) var count = 0

  init(isText: Bool, missing: [String], expected: Int) {
    let missing = ColumnBuilder.missing + missing
    self.isText = isText
    self.expected = expected
    encoder = FactorEncoder(missing: missing)
    missingTexts = Set(missing)
    missingNumbers = missing.compactMap { Double($0) }.filter { !$0.isNaN }
  }

  /// Adds `rows` of the block from `column`.
  mutating func append(_ rows: Range<Int>, _ column: Int, of cells: CsvCells, width: Int) throws(Failure) {
    var rows = rows
    while !rows.isEmpty && !mustBeReadAgain {
      let free = try reserve(rows.count)
      let done =
        isText
        ? try readTexts(rows.prefix(free.count), column, of: cells, into: free)
        : try readNumbers(rows.prefix(free.count), column, of: cells, width, into: free)
      room -= done
      count += done
      rows = rows.dropFirst(done)
    }
  }

  /// The column, once: the builder is empty after that.
  mutating func finish() throws(Failure) -> Frame.Column {
    if let last = segments.popLast() { segments.append(Vector(last.storage, count: last.count - room)) }
    // A little room to spare costs less than a copy.
    let isTight = segments.count == 1 && room <= count / 8
    let values = isTight ? segments[0] : try Vector.concatenated(segments)
    segments = []
    return isText ? .factor(encoder.factor(values)) : .numbers(values)
  }

  /// Where the next cells go, at most `wanted`.
  private mutating func reserve(_ wanted: Int) throws(Failure) -> Vector {
    if room == 0 {
      segments.append(try nextSegment())
      room = segments[segments.count - 1].count
    }
    let last = segments[segments.count - 1]
    return Vector(last.storage, offset: last.count - room, count: min(room, wanted))
  }

  private func nextSegment() throws(Failure) -> Vector {
    // What is expected may be wrong, and too much.
    if segments.isEmpty, expected > 256, let all = try? Vector(uninitialized: expected) { return all }
    return try Vector(uninitialized: min(max(count, 256), 1 << 18))
  }

  /// How many of `rows` were numbers or missing, before the first text.
  private mutating func readNumbers(
    _ rows: Range<Int>, _ column: Int, of cells: CsvCells, _ width: Int, into out: Vector
  ) throws(Failure) -> Int {
    var done = 0
    while true {
      let read = out.withValues {
        cells.numbers(rows.lowerBound + done, column, width: width, into: .init(rebasing: $0[done...]))
      }
      if read > 0 { hasNumbers = true }
      if !missingNumbers.isEmpty {
        for i in done..<done + read where missingNumbers.contains(out[i]) { out[i] = .nan }
      }
      done += read
      if done == rows.count { return done }
      guard missingTexts.contains(try cells.text(rows.lowerBound + done, column)) else { break }
      out[done] = .nan
      done += 1
    }
    isText = true
    mustBeReadAgain = hasNumbers
    return done
  }

  private mutating func readTexts(
    _ rows: Range<Int>, _ column: Int, of cells: CsvCells, into out: Vector
  ) throws(Failure) -> Int {
    for (i, row) in rows.enumerated() { out[i] = encoder.code(of: try cells.text(row, column)) }
    return rows.count
  }
}
