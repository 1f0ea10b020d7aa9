import Kernels
import Lua

/// A cell that a script gave.
enum Cell: Sendable {
  case number(Double)
  case text(String)
}

extension Kind where Value == [String: Cell] {
  static var record: Kind {
    Kind("a table of numbers and strings, by name", type: "table") { call, slot in
      guard case .table = call.content(slot) else { return nil }
      var record: [String: Cell] = [:]
      try call.forEachPair(slot) { key, value in
        guard case .string = call.content(key), let name = call.string(key) else {
          throw Mismatch(wanted: "a table with names")
        }
        if let number = call.number(value) {
          record[name] = .number(number)
        } else if let text = call.string(value) {
          record[name] = .text(text)
        } else {
          throw ArgumentError(name, mustBe: "a number or a string", got: call.describe(value))
        }
      }
      return record
    }
  }
}

extension Frame {
  /// The columns that the groups were made by, then those that the summaries name, in the order of their names.
  init(summaries: [[String: Cell]], of groups: [Frame], by names: [String]) throws {
    var named: [(String, Column)] = []
    for name in names {
      guard let first = groups.first else { break }
      let values = try Vector(groups.map { try $0.column(name).values[0] })
      named.append((name, try first.column(name).with(values)))
    }
    let added = Set(summaries.flatMap(\.keys)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in added { named.append((name, try Column(named: name, summaries.map { $0[name] }))) }
    try self.init(named)
  }

  /// The cells of `row`, from 0. Missing texts are left out.
  func record(_ row: Int) -> Record {
    Record(
      zip(names, columns).compactMap { name, column -> (String, any Pushable)? in
        switch column {
        case .numbers(let vector): (name, vector[row])
        case .factor(let factor): factor[row].map { (name, $0) }
        }
      })
  }
}

extension Frame.Column {
  /// nil: missing.
  fileprivate init(named name: String, _ cells: [Cell?]) throws {
    var numbers: [Double] = []
    var texts: [String?] = []
    for cell in cells {
      if case .number(let number) = cell { numbers.append(number) } else { numbers.append(.nan) }
      if case .text(let text) = cell { texts.append(text) } else { texts.append(nil) }
    }
    let isText = texts.contains { $0 != nil }
    guard !isText || numbers.allSatisfy(\.isNaN) else {
      throw ArgumentError("\(name) is a number for one group and a string for another")
    }
    self = isText ? .factor(try Factor(texts)) : .numbers(try Vector(numbers))
  }
}
